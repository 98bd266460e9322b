"""Interviewers and whom they interview."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from u2t.audit.actions import record
from u2t.objections import Objection, Refused, refuse_if
from u2t.pages.declare import allow
from u2t.people.models import Account
from u2t.recruitment import permissions
from u2t.recruitment.models import Application, Call, Interview, Interviewer
from u2t.recruitment.queries import assessing
from u2t.recruitment.queries.assessing import interviews
from u2t.recruitment.rules import assigning


@dataclass(frozen=True)
class Assigned:
    """How many interviews were given, and the receipts of applications that still lack an interviewer."""

    given: int
    short: tuple[str, ...] = ()


def appoint(*, call: Call, account: Account, by: Account | None, at: datetime) -> Interviewer:
    """Let an account of the round's lecturers, staff or agencies interview for the call."""
    allow(by is None or permissions.may_screen(by, call))
    with transaction.atomic():
        Call.objects.select_for_update().get(pk=call.pk)
        if not interviews.candidates(call).filter(pk=account.pk).exists():
            raise Refused([Objection("recruitment.no_candidate", {"name": str(account)})])
        made = Interviewer.objects.create(call=call, account=account, appointed_at=at, appointed_by=by)
        _record("interviewer_appointed", made, call, by, at, {})
    return made


def dismiss(*, interviewer: Interviewer, by: Account | None, at: datetime) -> int:
    """End an appointment: locked scores stay, open interviews are taken away; answers how many."""
    call = interviewer.call
    allow(by is None or permissions.may_screen(by, call))
    with transaction.atomic():
        interviewer = Interviewer.objects.select_for_update().get(pk=interviewer.pk)
        refuse_if([Objection("recruitment.interviewer_ended")] if interviewer.ended_at else [])
        interviewer.ended_at = at
        interviewer.save(update_fields=["ended_at"])
        open_ones = interviewer.interviews.filter(locked_at=None, declined_at=None)
        taken = open_ones.update(declined_at=at, declined_by=by)
        _record("interviewer_dismissed", interviewer, call, by, at, {"open": taken})
    return taken


def assign(*, call: Call, by: Account | None, at: datetime) -> Assigned:
    """Give every applicant with the right to an interview as many interviewers as the call needs.

    Who has enough already keeps them. The same rows give the same answer.
    """
    allow(by is None or permissions.may_screen(by, call))
    with transaction.atomic():
        Call.objects.select_for_update().get(pk=call.pk)
        loads = interviews.loads(call)
        refuse_if([] if loads.counts else [Objection("recruitment.no_interviewers")])
        waiting = assessing.passed(call).filter(scored_at=None)
        pairs, short = assigning.assign(interviews.wanted(call, waiting), loads)
        _give(pairs, False, by, at)
        receipts = tuple(
            Application.objects.filter(pk__in=short).order_by("number").values_list("receipt", flat=True)
        )
        if pairs:
            _record("interviews_assigned", call, call, by, at, {"given": len(pairs), "short": len(short)})
    return Assigned(len(pairs), receipts)


def give(
    *, application: Application, interviewer: Interviewer, by: Account | None, at: datetime
) -> Interview:
    """Give an applicant one more interviewer by hand."""
    call = application.call
    allow(by is None or permissions.may_screen(by, call))
    with transaction.atomic():
        application = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
        refuse_if(_against_giving(application, interviewer))
        made = Interview.objects.create(
            application=application, interviewer=interviewer, assigned_at=at, assigned_by=by
        )
        _record("interviewer_given", application, call, by, at, {"interviewer": interviewer.pk})
    return made


def decline(*, interview: Interview, reason: str, by: Account | None, at: datetime) -> Interview | None:
    """Give an interview back (a conflict of interest), or take it away; the next interviewer gets it at once.

    Answers the interview that takes its place, None where nobody is free.
    """
    application = interview.application
    call = application.call
    allow(by is None or permissions.may_mark(by, interview) or permissions.may_screen(by, call))
    reason = reason.strip()
    with transaction.atomic():
        Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
        interview = Interview.objects.select_for_update(of=("self",)).get(pk=interview.pk)
        refuse_if(
            [
                *([Objection("recruitment.interview_locked")] if interview.locked_at else []),
                *([Objection("recruitment.interview_declined")] if interview.declined_at else []),
                *([] if reason else [Objection("recruitment.reason_missing", field="reason")]),
            ]
        )
        interview.declined_at, interview.declined_by, interview.decline_reason = at, by, reason
        interview.save(update_fields=["declined_at", "declined_by", "decline_reason"])
        interview.marks.all().delete()
        _record(
            "interview_declined", application, call, by, at, {"interview": interview.pk, "reason": reason}
        )
        return more(application, is_third=interview.is_third, at=at)


def more(application: Application, *, is_third: bool, at: datetime) -> Interview | None:
    """One more interviewer for an application, if one is free; inside the caller's transaction."""
    call = application.call
    wanted = interviews.wanted(call, Application.objects.filter(pk=application.pk), third=is_third)
    pairs, _short = assigning.assign(wanted, interviews.loads(call))
    made = _give(pairs, is_third, None, at)
    return made[0] if made else None


def _give(
    pairs: Iterable[tuple[int, int]], is_third: bool, by: Account | None, at: datetime
) -> list[Interview]:
    return Interview.objects.bulk_create(
        [
            Interview(
                application_id=application,
                interviewer_id=interviewer,
                is_third=is_third,
                assigned_at=at,
                assigned_by=by,
            )
            for application, interviewer in pairs
        ],
        batch_size=500,
    )


def _against_giving(application: Application, interviewer: Interviewer) -> list[Objection]:
    about = {"receipt": application.receipt, "name": str(interviewer.account)}
    existing: QuerySet[Interview] = Interview.objects.filter(application=application, interviewer=interviewer)
    return [
        *([] if assessing.has_passed(application) else [Objection("recruitment.not_passed", about)]),
        *([Objection("recruitment.is_withdrawn", about)] if application.withdrawn_at else []),
        *([Objection("recruitment.already_scored", about)] if application.scored_at else []),
        *([Objection("recruitment.interviewer_ended")] if interviewer.ended_at else []),
        *([Objection("recruitment.interviewer_has_it", about)] if existing.exists() else []),
        *(
            [Objection("recruitment.own_application", about)]
            if interviewer.account_id == application.account_id
            else []
        ),
    ]


def _record(
    verb: str,
    subject: Call | Application | Interviewer,
    call: Call,
    by: Account | None,
    at: datetime,
    note: dict[str, object],
) -> None:
    record(verb=f"recruitment.{verb}", subject=subject, by=by, at=at, round_code=call.round.code, note=note)
