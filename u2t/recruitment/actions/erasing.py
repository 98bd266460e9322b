"""Erase what is due, so that only statistics stay; hold what must not be erased yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef, Q

from u2t.audit import actions as audit
from u2t.mailing.models import Mail
from u2t.objections import Objection, Refused, refuse_if
from u2t.people.actions import forgetting
from u2t.people.models import Account
from u2t.recruitment.models import (
    Appeal,
    Application,
    Call,
    Document,
    DocumentCheck,
    Experience,
    Hold,
    Interview,
    Interviewer,
    Offer,
    Override,
    SamePerson,
    Screening,
    Upload,
)
from u2t.recruitment.queries import keeping as queries
from u2t.recruitment.rules import retention
from u2t.vault import actions as vault

# Of what an application says about its person, only this stays: enough to count who applied where and with which
# result, too little to find anybody by. Home is not among it: with age or score it points at one house in a village.
STAYS = frozenset({"category", "receipt", "level", "score", "scored_at", "consented_at", "consent_digest"})
# An override without a reason can't be kept, and the reason may name the person.
GONE = "–"
# Of what a screening found: which rule was met and which not, without the evidence.
FOUND = ("rule", "kind", "is_met", "overridden")
_AT_ONCE = 50


def erase_due(*, at: datetime, by: Any = None) -> int:
    """Erase every application whose time has passed and that nothing stops; returns how many.

    Fifty at a time are erased and recorded in one transaction: killed at any moment it has lost nothing, and begun
    again it goes on.
    """
    count = 0
    for call in queries.calls_with_something_due(at):
        due = [one.pk for one in queries.keepings(call) if one.is_due(at)]
        for start in range(0, len(due), _AT_ONCE):
            count += _erase(call, due[start : start + _AT_ONCE], by, at)
    forget_idle_accounts(at=at)
    return count


def _erase(call: Call, keys: list[int], by: Any, at: datetime) -> int:
    with transaction.atomic():
        rows = list(
            Application.objects.select_for_update().filter(pk__in=keys, erased_at=None).order_by("pk")
        )
        # Somebody may have put a hold on one, or filed an appeal, since it was found due.
        still = {one.pk for one in queries.keepings(call, keys) if one.is_due(at)}
        rows = [row for row in rows if row.pk in still]
        if not rows:
            return 0
        papers = _erase_around([row.pk for row in rows], at)
        addresses = {row.email for row in rows} | {row.account.email for row in rows if row.account}
        accounts = [row.account_id for row in rows if row.account_id]
        for row in rows:
            _empty(row, at)
        _forget_mail(addresses - {""})
        _forget_accounts(accounts, at)
        note = {"applications": len(rows), "papers": papers, "numbers": [row.number for row in rows]}
        audit.record(
            verb="recruitment.erase", subject=call, by=by, at=at, round_code=call.round.code, note=note
        )
        return len(rows)


def _empty(row: Application, at: datetime) -> None:
    """Empty every field that is stated to be personal or sensitive and not named in :data:`STAYS`."""
    for field in Application._meta.concrete_fields:
        if Application.privacy[field.name] != "public" and field.name not in STAYS:
            setattr(row, field.attname, _nothing(field))
    # The digest of what is gone could still be compared with a guess.
    row.submitted_digest = ""
    row.erased_at = at
    row.save()


def _nothing(field: Any) -> object:
    return None if field.null else field.get_default() if field.has_default() else ""


def _erase_around(keys: Collection[int], at: datetime) -> int:
    """What other tables say about the persons of these applications; returns the number of papers."""
    mine = {"application__in": keys}
    documents = list(Document.objects.filter(**mine).select_related("file"))
    for document in documents:
        vault.erase(file=document.file, at=at)
    Document.objects.filter(**mine).update(name="")
    Document.objects.filter(**mine, removed_at=None).update(removed_at=at)
    DocumentCheck.objects.filter(document__application__in=keys).update(reason="")
    for upload in Upload.objects.filter(**mine):
        vault.drop_parts(upload=upload.pk)
    Upload.objects.filter(**mine).delete()
    Experience.objects.filter(**mine).delete()
    Application.skills.through.objects.filter(**mine).delete()
    for screening in Screening.objects.filter(**mine):
        said = [{name: found[name] for name in FOUND if name in found} for found in screening.findings]
        Screening.objects.filter(pk=screening.pk).update(findings=said, note="")
    Override.objects.filter(**mine).update(reason=GONE)
    Interview.objects.filter(**mine).update(note="", decline_reason="")
    Offer.objects.filter(**mine).update(decline_reason="", taken_back_reason="")
    Appeal.objects.filter(**mine).update(text="", answer="")
    Hold.objects.filter(**mine).update(reason=GONE)
    SamePerson.objects.filter(Q(first__in=keys) | Q(second__in=keys)).update(reason="")
    return len(documents)


def _forget_mail(addresses: Iterable[str]) -> None:
    """Mails to addresses under which nothing else is kept; others stay for the other application."""
    for address in addresses:
        others = Q(email__iexact=address) | Q(account__email__iexact=address)
        if not Application.objects.filter(others, erased_at=None).exists():
            Mail.objects.filter(to__iexact=address).delete()


def _forget_accounts(accounts: Iterable[int], at: datetime) -> None:
    """Accounts with which nobody applies or interviews any more."""
    candidates = Account.objects.filter(pk__in=list(accounts))
    forgetting.forget_accounts(accounts=_unneeded(candidates), at=at)


def forget_idle_accounts(*, at: datetime) -> int:
    """Accounts that were opened to apply and with which nothing was begun for half a year; returns how many."""
    before = at - timedelta(days=retention.IDLE_DAYS)
    unused = Q(last_login=None) | Q(last_login__lt=before)
    idle = Account.objects.filter(unused, person=None, opened_at__lt=before, is_active=True)
    return forgetting.forget_accounts(accounts=_unneeded(idle), at=at)


def _unneeded(accounts: models.QuerySet[Account]) -> list[int]:
    needed = Exists(Application.objects.filter(account=OuterRef("pk"), erased_at=None))
    interviews = Exists(Interviewer.objects.filter(account=OuterRef("pk")))
    return list(accounts.exclude(needed).exclude(interviews).values_list("pk", flat=True))


def hold(*, call: Call, number: int | None, reason: str, by: Any, at: datetime) -> Hold:
    """Keep the application with this number, or with ``None`` the whole call, until :func:`end_hold`."""
    found = []
    application = None
    if number is not None:
        application = Application.objects.filter(call=call, number=number, erased_at=None).first()
        if application is None:
            found.append(Objection("recruitment.hold_unknown_application", {"number": number}, "number"))
    if not reason.strip():
        found.append(Objection("recruitment.hold_needs_reason", {}, "reason"))
    refuse_if(found)
    with transaction.atomic():
        made = Hold.objects.create(
            call=call, application=application, reason=reason.strip(), begun_at=at, begun_by=by
        )
        note = {"number": number, "hold": made.pk}
        audit.record(
            verb="recruitment.hold", subject=call, by=by, at=at, round_code=call.round.code, note=note
        )
    return made


def end_hold(*, hold: Hold, by: Any, at: datetime) -> None:
    """Let the clock run again; what has fallen due meanwhile is erased by the next regular run."""
    with transaction.atomic():
        if not Hold.objects.filter(pk=hold.pk, ended_at=None).update(ended_at=at, ended_by=by):
            raise Refused([Objection("recruitment.hold_ended_already")])
        round_code = hold.call.round.code
        audit.record(
            verb="recruitment.end_hold", subject=hold.call, by=by, at=at, round_code=round_code,
            note={"hold": hold.pk},
        )  # fmt: skip
