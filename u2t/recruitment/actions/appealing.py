"""Object to a result and answer the objection."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction

from u2t.audit import actions as audit
from u2t.objections import Objection, refuse_if
from u2t.pages.declare import allow
from u2t.recruitment import permissions
from u2t.recruitment.actions import telling
from u2t.recruitment.actions.offering import lock
from u2t.recruitment.models import Appeal, Application
from u2t.recruitment.queries import offers as asked
from u2t.recruitment.rules import offering as rules


def file(*, application: Application, text: str, by: Any, at: datetime) -> Appeal:
    """Object to one's own result within the call's days; one objection is answered before the next is filed."""
    allow(by is None or permissions.is_own(by, application))
    with transaction.atomic():
        call = lock(application.call)
        selection = asked.announced(call)
        announced_at = selection.announced_at if selection else None
        found = rules.objections_to_appeal(announced_at, call.appeal_days, at)
        if not text.strip():
            found.append(Objection("recruitment.appeal_text_missing", field="text"))
        if application.appeals.filter(answered_at=None).exists():
            found.append(Objection("recruitment.appeal_waiting"))
        refuse_if(found)
        appeal = Appeal.objects.create(application=application, text=text.strip(), filed_at=at)
        _record("appeal_filed", appeal, by, at)
    return appeal


def answer(*, appeal: Appeal, is_upheld: bool | None, text: str, by: Any, at: datetime) -> Appeal:
    """Uphold or reject an objection with the reason that the applicant reads.

    What follows from an upheld one (an offer) is another step of the office; outcomes are never rewritten.
    """
    allow(by is None or permissions.may_select(by, appeal.application.call))
    with transaction.atomic():
        appeal = (
            Appeal.objects.select_for_update(of=("self",))
            .select_related("application__account", "application__call__round")
            .get(pk=appeal.pk)
        )
        refuse_if(_objections_to_answer(appeal, is_upheld, text))
        appeal.is_upheld, appeal.answer, appeal.answered_at, appeal.answered_by = (
            is_upheld,
            text.strip(),
            at,
            by,
        )
        appeal.save(update_fields=["is_upheld", "answer", "answered_at", "answered_by"])
        telling.appeal_answered(appeal=appeal, at=at)
        _record("appeal_answered", appeal, by, at, is_upheld=is_upheld)
    return appeal


def _objections_to_answer(appeal: Appeal, is_upheld: bool | None, text: str) -> Iterator[Objection]:
    if appeal.answered_at is not None:
        yield Objection("recruitment.appeal_answered_already")
    if is_upheld is None:
        yield Objection("recruitment.appeal_undecided", field="is_upheld")
    if not text.strip():
        yield Objection("recruitment.appeal_answer_missing", field="text")


def _record(verb: str, appeal: Appeal, by: Any, at: datetime, **note: object) -> None:
    audit.record(
        verb=f"recruitment.{verb}",
        subject=appeal,
        by=by,
        at=at,
        round_code=appeal.application.call.round.code,
        note={"application": appeal.application.number, **note},
    )
