"""Papers, rules and the right to an interview. Nothing is overwritten: a new decision stands above the old ones."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from u2t.audit.actions import record
from u2t.objections import Objection, refuse_if
from u2t.pages.declare import allow
from u2t.people.models import Account
from u2t.recruitment import permissions
from u2t.recruitment.actions import telling
from u2t.recruitment.actions.assessing.noting import note_decision
from u2t.recruitment.models import (
    Application,
    Call,
    Document,
    DocumentCheck,
    Eligibility,
    Override,
    Screening,
)
from u2t.recruitment.queries import assessing
from u2t.recruitment.queries.assessing import cases, pairs


@dataclass(frozen=True)
class Screened:
    """One application of many: passed where there are no objections."""

    application: Application
    objections: tuple[Objection, ...] = ()

    @property
    def is_done(self) -> bool:
        return not self.objections


def check_document(
    *, document: Document, is_accepted: bool, reason: str = "", by: Account | None, at: datetime
) -> DocumentCheck:
    """Accept a paper, or refuse it with the reason that the applicant reads."""
    application = document.application
    allow(by is None or permissions.may_screen(by, application.call))
    reason = reason.strip()
    refuse_if(
        [
            *_against(application),
            *([Objection("recruitment.paper_gone")] if document.removed_at else []),
            *(
                [Objection("recruitment.reason_missing", field="reason")]
                if not (is_accepted or reason)
                else []
            ),
        ]
    )
    with transaction.atomic():
        made = DocumentCheck.objects.create(
            document=document, is_accepted=is_accepted, reason=reason, checked_at=at, checked_by=by
        )
        verb = "paper_accepted" if is_accepted else "paper_refused"
        note_decision(verb, application, by, at, {"kind": document.kind, "reason": reason})
    return made


def override(
    *,
    application: Application,
    rule: Eligibility,
    is_met: bool,
    reason: str,
    by: Account | None,
    at: datetime,
) -> Override:
    """Find for or against a rule whatever was computed, with the reason."""
    allow(by is None or permissions.may_screen(by, application.call))
    reason = reason.strip()
    refuse_if(
        [
            *_against(application),
            *([Objection("recruitment.reason_missing", field="reason")] if not reason else []),
            *([Objection("recruitment.rule_of_another_call")] if rule.call_id != application.call_id else []),
        ]
    )
    with transaction.atomic():
        made = Override.objects.create(
            application=application, rule=rule, is_met=is_met, reason=reason, decided_at=at, decided_by=by
        )
        note_decision(
            "rule_overridden", application, by, at, {"rule": rule.kind, "is_met": is_met, "reason": reason}
        )
    return made


def screen(
    *, application: Application, is_passed: bool, note: str = "", by: Account | None, at: datetime
) -> Screening:
    """Decide the right to an interview. A later decision takes the place of an earlier one, which stays on record.

    Passing needs every rule met or overridden; where a required paper is not accepted, and for every failing, a
    note must say why. The same person passes once in a round.
    """
    allow(by is None or permissions.may_screen(by, application.call))
    note = note.strip()
    with transaction.atomic():
        application = (
            Application.objects.select_for_update(of=("self",))
            .select_related("call__round")
            .get(pk=application.pk)
        )
        case = cases.case(application)
        found = _against(application)
        if is_passed:
            found += objections_to_pass(case, note) + _passed_elsewhere(application)
        elif not note:
            found.append(Objection("recruitment.note_missing", field="note"))
        refuse_if(found)
        made = Screening.objects.create(
            application=application,
            is_passed=is_passed,
            findings=case.kept(),
            note=note,
            decided_at=at,
            decided_by=by,
        )
        telling.screened(screenings=[made], at=at)
        note_decision("passed" if is_passed else "failed", application, by, at, {"note": note})
    return made


def screen_many(
    *, call: Call, applications: Iterable[Application], by: Account | None, at: datetime
) -> list[Screened]:
    """Pass all those whose papers are accepted and whose rules are met; the others stay, each with the reasons.

    Whoever has been decided already is left as decided. One audit record names all numbers.
    """
    allow(by is None or permissions.may_screen(by, call))
    keys = [application.pk for application in applications]
    with transaction.atomic():
        chosen = list(assessing.live(call).select_for_update(of=("self",)).filter(pk__in=keys))
        for application in chosen:
            application.call = call
        taken = pairs.passed_elsewhere(call, chosen)
        judged = set(assessing.live(call).values_list("pk", flat=True)) - set(
            assessing.undecided(assessing.live(call)).values_list("pk", flat=True)
        )
        outcomes, made = [], []
        for case in cases.cases(call, chosen):
            found = _against_many(case, taken, judged)
            outcomes.append(Screened(case.application, tuple(found)))
            if not found:
                made.append(
                    Screening(
                        application=case.application,
                        is_passed=True,
                        findings=case.kept(),
                        decided_at=at,
                        decided_by=by,
                    )
                )
        Screening.objects.bulk_create(made, batch_size=500)
        telling.screened(screenings=made, at=at)
        if made:
            numbers = [one.application.number for one in made]
            record(
                verb="recruitment.passed_many",
                subject=call,
                by=by,
                at=at,
                round_code=call.round.code,
                note={"numbers": numbers},
            )
    return outcomes


def _against_many(case: cases.Case, taken: dict[int, str], judged: set[int]) -> list[Objection]:
    application = case.application
    found = objections_to_pass(case, "")
    if application.pk in judged:
        found.append(Objection("recruitment.selection_adopted", {"receipt": application.receipt}))
    if application.passed is not None:  # type: ignore[attr-defined]
        found.append(Objection("recruitment.already_screened", {"receipt": application.receipt}))
    if application.pk in taken:
        found.append(Objection("recruitment.same_person_passed", {"receipt": taken[application.pk]}))
    return found


def objections_to_pass(case: cases.Case, note: str) -> list[Objection]:
    """Why the application can't simply go on to the interview."""
    found = []
    unmet = sum(judged.is_met is False for judged in case.unmet)
    unknown = len(case.unmet) - unmet
    if unmet:
        found.append(Objection("recruitment.rules_unmet", {"count": unmet}))
    if unknown:
        found.append(Objection("recruitment.rules_unknown", {"count": unknown}))
    if case.pending and not note:
        labels = ", ".join(paper.label for paper in case.pending)
        found.append(Objection("recruitment.papers_not_accepted", {"papers": labels}, "note"))
    return found


def _against(application: Application) -> list[Objection]:
    """Why nothing can be decided about the application any more, or not yet."""
    found = []
    if application.submitted_at is None:
        found.append(Objection("recruitment.not_submitted"))
    if application.withdrawn_at is not None:
        found.append(Objection("recruitment.is_withdrawn", {"receipt": application.receipt}))
    if application.erased_at is not None:
        found.append(Objection("recruitment.is_erased", {"receipt": application.receipt}))
    if assessing.is_decided(application):
        found.append(Objection("recruitment.selection_adopted", {"receipt": application.receipt}))
    return found


def _passed_elsewhere(application: Application) -> list[Objection]:
    receipts = pairs.passed_elsewhere(application.call, [application])
    return [
        Objection("recruitment.same_person_passed", {"receipt": receipt}) for receipt in receipts.values()
    ]
