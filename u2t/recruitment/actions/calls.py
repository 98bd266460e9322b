"""Draft a call, change it, publish it, draw its lottery seed, cancel it; give numbers to applications."""

from __future__ import annotations

import secrets
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F

from u2t.objections import Objection, refuse_if
from u2t.pages.declare import allow
from u2t.programme.models import Round
from u2t.recruitment import permissions, usual
from u2t.recruitment.actions.composing import (
    ended,
    held,
    record,
    set_criteria,
    set_documents,
    set_milestones,
    set_quotas,
    set_rules,
)
from u2t.recruitment.models import Call
from u2t.recruitment.queries import calls as queries
from u2t.recruitment.rules import amending, composing, timetable

__all__ = [
    "cancel_call",
    "change_call",
    "draft_call",
    "give_numbers",
    "publish_call",
    "publish_seed",
    "set_criteria",
    "set_documents",
    "set_milestones",
    "set_quotas",
    "set_rules",
]

_USUAL_DAYS = 14


def draft_call(*, round: Round, by: Any, at: datetime, **values: Any) -> Call:
    """A draft with the usual conditions, looking for every slot of the round that nobody holds.

    ``values`` are fields of :class:`~u2t.recruitment.models.Call`; whatever is not said is the usual
    (``usual.py``). Categories that the round does not have are left out of rules and papers.
    """
    allow(by is None or permissions.may_compose(by, round))
    with transaction.atomic():
        # The round's row keeps two drafts from taking the same number.
        Round.objects.select_for_update().get(pk=round.pk)
        last = Call.objects.filter(round=round).order_by("-number").values_list("number", flat=True).first()
        number = (last or 0) + 1
        said = _usual_values(round, number, at) | values
        call = Call(round=round, number=number, drafted_at=at, drafted_by=by, **said)
        refuse_if(composing.word_objections(queries.words_of(call)))
        call.save()
        record("draft_call", call, by, at, {"number": call.number})
        codes = {"", *round.categories.values_list("code", flat=True)}
        set_quotas(call=call, slots=queries.slots_to_fill(round), by=by, at=at)
        set_rules(call=call, rules=[row for row in usual.RULES if row.category in codes], by=by, at=at)
        wanted = [row for row in usual.DOCUMENTS if row.category in codes]
        set_documents(call=call, documents=wanted, by=by, at=at)
        set_criteria(call=call, criteria=usual.CRITERIA, by=by, at=at)
    return call


def _usual_values(round: Round, number: int, at: datetime) -> dict[str, Any]:
    again_th, again_en = (f" ครั้งที่ {number}", f", no. {number}") if number > 1 else ("", "")
    return {
        "name_th": f"ประกาศรับสมัครผู้ปฏิบัติงาน {round.name_th}{again_th}",
        "name_en": f"Call for applications, {round.name_en}{again_en}" if round.name_en else "",
        "text_th": usual.TEXT,
        "opens_at": at,
        "closes_at": at + timedelta(days=_USUAL_DAYS),
        "grace_minutes": usual.GRACE_MINUTES,
        "max_choices": usual.MAX_CHOICES,
        "interviewers_needed": usual.INTERVIEWERS,
        "spread_limit": usual.SPREAD_LIMIT,
        "priority": list(usual.PRIORITY),
        "accept_days": usual.ACCEPT_DAYS,
        "reserve_days": usual.RESERVE_DAYS,
        "appeal_days": usual.APPEAL_DAYS,
        "consent_th": usual.CONSENT,
        "retention_days": usual.RETENTION_DAYS,
    }


CHANGEABLE = (
    "name_th", "name_en", "text_th", "opens_at", "closes_at", "grace_minutes", "max_choices", "results_on",
    "interviews_from", "interviews_until", "interviewers_needed", "spread_limit", "pass_mark", "priority",
    "names_announced", "accept_days", "reserve_days", "appeal_days", "consent_th", "retention_days",
)  # fmt: skip


def change_call(*, call: Call, by: Any, at: datetime, **values: Any) -> Call:
    """Change single values (:data:`CHANGEABLE`); what is not given stays.

    Once applicants rely on the call (it is published and has opened) nothing may change to their harm.
    """
    allow(by is None or permissions.may_compose(by, call.round))
    if unknown := set(values) - set(CHANGEABLE):
        raise TypeError(f"A call has no changeable {', '.join(sorted(unknown))}.")
    with transaction.atomic():
        now = held(call)
        before, has_begun = queries.words_of(now), timetable.has_begun(now.times, at)
        changed = {name: [_plain(getattr(now, name)), _plain(value)] for name, value in values.items()
                   if _plain(getattr(now, name)) != _plain(value)}  # fmt: skip
        for name, value in values.items():
            setattr(now, name, value.strip() if isinstance(value, str) else value)
        wanted = queries.words_of(now)
        harm = amending.word_objections(before, wanted) if has_begun else []
        refuse_if(composing.word_objections(wanted) + ended(now) + harm)
        if changed:
            now.save(update_fields=list(values))
            record("change_call", now, by, at, {"changed": changed})
    return now


def _plain(value: object) -> object:
    if isinstance(value, tuple):
        value = list(value)
    return value if isinstance(value, (bool, int, list, type(None))) else str(value)


def publish_seed(*, call: Call, seed: str | None = None, by: Any, at: datetime) -> Call:
    """Fix the lottery seed: what was typed (say, a number drawn elsewhere in public), else one drawn here.

    It may be put anew while nobody but the office sees it; once published with the call it stays.
    """
    allow(by is None or permissions.may_compose(by, call.round))
    typed = (seed or "").strip()
    with transaction.atomic():
        now = held(call)
        found = ended(now)
        if now.seed_published_at and now.published_at:
            found.append(Objection("recruitment.call_seed_is_fixed", {}, "seed"))
        if now.selections.exists():
            found.append(Objection("recruitment.call_seed_after_selection", {}, "seed"))
        if len(typed) > composing.SEED_AT_MOST:
            found.append(
                Objection("recruitment.call_seed_too_long", {"most": composing.SEED_AT_MOST}, "seed")
            )
        refuse_if(found)
        now.lottery_seed = typed or secrets.token_hex(8)
        now.seed_published_at, now.seed_published_by = at, by
        now.save(update_fields=["lottery_seed", "seed_published_at", "seed_published_by"])
        record("publish_seed", now, by, at, {"seed": now.lottery_seed, "is_drawn_here": not typed})
    return now


def publish_call(*, call: Call, by: Any, at: datetime) -> Call:
    """Show the call to the public; refused with everything that is missing."""
    allow(by is None or permissions.may_compose(by, call.round))
    with transaction.atomic():
        now = held(call)
        found = ended(now) + composing.publish_objections(queries.whole(now), at)
        if now.published_at:
            found = [Objection("recruitment.call_is_published")]
        refuse_if(found)
        now.published_at, now.published_by = at, by
        now.save(update_fields=["published_at", "published_by"])
        whole = asdict(queries.words_of(now))
        record("publish_call", now, by, at, {name: _plain(value) for name, value in whole.items()})
    return now


def cancel_call(*, call: Call, reason: str, by: Any, at: datetime) -> Call:
    """End a call for good, with a reason that applicants read; applications stay as they are."""
    allow(by is None or permissions.may_compose(by, call.round))
    with transaction.atomic():
        now = held(call)
        found = ended(now)
        if not reason.strip():
            found.append(Objection("recruitment.call_cancel_without_reason", {}, "reason"))
        refuse_if(found)
        now.cancelled_at, now.cancelled_by, now.cancel_reason = at, by, reason.strip()
        now.save(update_fields=["cancelled_at", "cancelled_by", "cancel_reason"])
        record("cancel_call", now, by, at, {"reason": now.cancel_reason})
    return now


def give_numbers(call: Call, count: int = 1) -> int:
    """Give the next ``count`` numbers of the call's applications; answers the first of them.

    To be called inside the transaction that stores the applications: the call's row stays locked until it ends, so
    that numbers have no gaps. They run in the order in which submissions reach this lock.
    """
    with transaction.atomic():
        Call.objects.filter(pk=call.pk).update(last_serial=F("last_serial") + count)
        last = Call.objects.values_list("last_serial", flat=True).get(pk=call.pk)
    return last - count + 1
