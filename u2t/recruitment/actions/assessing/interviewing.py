"""Points: given one by one, locked for good, unlocked by the office alone and with a reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from u2t.objections import Objection, refuse_if
from u2t.pages.declare import allow
from u2t.people.models import Account
from u2t.recruitment import permissions
from u2t.recruitment.actions.assessing.noting import note_decision
from u2t.recruitment.actions.assessing.panels import more
from u2t.recruitment.models import Application, Call, Interview, Mark
from u2t.recruitment.queries import assessing
from u2t.recruitment.queries.assessing import interviews
from u2t.recruitment.rules import scoring


def mark(
    *,
    interview: Interview,
    points: Mapping[int, int | None],
    is_absent: bool | None = None,
    note: str = "",
    by: Account | None,
    at: datetime,
) -> None:
    """Save points by criterion as far as they are given; ``None`` takes one away. Only its interviewer may.

    Short on purpose, and without an audit record: fifty interviewers save at once. The lock is what is recorded.
    """
    allow(by is None or permissions.may_mark(by, interview))
    scales = {scale.key: scale for scale in interviews.scales_of(interview.application.call)}
    given = {key: value for key, value in points.items() if key in scales and value is not None}
    refuse_if(scoring.objections_to_points([scales[key] for key in given], given))
    with transaction.atomic():
        interview = Interview.objects.select_for_update(of=("self",)).get(pk=interview.pk)
        refuse_if(_against_marking(interview))
        Mark.objects.filter(interview=interview).exclude(criterion__in=given).delete()
        Mark.objects.bulk_create(
            [Mark(interview=interview, criterion_id=key, points=value) for key, value in given.items()],
            update_conflicts=True,
            unique_fields=["interview", "criterion"],
            update_fields=["points"],
        )
        interview.is_absent, interview.note = is_absent, note.strip()
        interview.save(update_fields=["is_absent", "note"])


def lock(*, interview: Interview, by: Account | None, at: datetime) -> scoring.Standing:
    """Close the sheet: its points count and stay. With the last one needed the application has its score.

    Where the first totals differ by more than the call allows, the next interviewer is asked at once.
    """
    allow(by is None or permissions.may_mark(by, interview))
    call = interview.application.call
    with transaction.atomic():
        # All sheets of one applicant are locked in one order, so that the last one sees the others.
        application = Application.objects.select_for_update(of=("self",)).get(pk=interview.application_id)
        application.call = call
        interview = Interview.objects.select_for_update(of=("self",)).get(pk=interview.pk)
        refuse_if(_against_marking(interview) + _against_locking(interview, application, call))
        interview.locked_at = at
        interview.is_absent = bool(interview.is_absent)
        interview.save(update_fields=["locked_at", "is_absent"])
        standing = settle(application, at)
        note = {"interview": interview.pk, "absent": interview.is_absent, "state": standing.state}
        note_decision("interview_locked", application, by, at, note)
    return standing


def unlock(*, interview: Interview, reason: str, by: Account | None, at: datetime) -> None:
    """Open a sheet again: the office, with a reason, before a selection was adopted. The score goes with it."""
    application = interview.application
    allow(by is None or permissions.may_screen(by, application.call))
    reason = reason.strip()
    with transaction.atomic():
        Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
        interview = Interview.objects.select_for_update(of=("self",)).get(pk=interview.pk)
        about = {"receipt": application.receipt}
        refuse_if(
            [
                *([] if interview.locked_at else [Objection("recruitment.interview_open")]),
                *([] if reason else [Objection("recruitment.reason_missing", field="reason")]),
                *(
                    [Objection("recruitment.selection_adopted", about)]
                    if assessing.is_decided(application)
                    else []
                ),
            ]
        )
        interview.locked_at = None
        interview.save(update_fields=["locked_at"])
        _keep_score(application, None, None)
        note_decision(
            "interview_unlocked", application, by, at, {"interview": interview.pk, "reason": reason}
        )


def settle(application: Application, at: datetime) -> scoring.Standing:
    """Keep what the locked sheets come to, ask a third interviewer where needed, release one no longer needed.

    Inside the caller's transaction, with the application locked.
    """
    standing = interviews.standings(application.call, [application.pk])[application.pk]
    if standing.is_over:
        _keep_score(application, standing.score, at)
        open_ones = Interview.objects.filter(application=application, locked_at=None, declined_at=None)
        open_ones.update(declined_at=at, decline_reason="")
    elif standing.state == "third":
        more(application, is_third=True, at=at)
    return standing


def _keep_score(application: Application, score: int | None, scored_at: datetime | None) -> None:
    application.score, application.scored_at = score, scored_at
    application.save(update_fields=["score", "scored_at"])


def _against_marking(interview: Interview) -> list[Objection]:
    return [
        *([Objection("recruitment.interview_locked")] if interview.locked_at else []),
        *([Objection("recruitment.interview_declined")] if interview.declined_at else []),
    ]


def _against_locking(interview: Interview, application: Application, call: Call) -> list[Objection]:
    found = []
    if application.withdrawn_at:
        found.append(Objection("recruitment.is_withdrawn", {"receipt": application.receipt}))
    if assessing.is_decided(application):
        found.append(Objection("recruitment.selection_adopted", {"receipt": application.receipt}))
    if not interview.is_absent:
        points = dict(interview.marks.values_list("criterion_id", "points"))
        criteria = interviews.criteria_of(call)
        names = {one.pk: one.name for one in criteria}
        scales = [scoring.Scale(one.pk, one.max_points, one.weight) for one in criteria]
        found += [
            Objection(
                one.code, {**one.about, "criterion": names[int(str(one.about["criterion"]))]}, one.field
            )
            for one in scoring.objections_to_points(scales, points)
        ]
        found += [] if scales else [Objection("recruitment.no_criteria")]
    return found
