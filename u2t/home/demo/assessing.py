"""The office and the interviewers of the demo's call: decisions, times and points in every state."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import datetime, time, timedelta

from django.utils import timezone

from u2t.people.models import Account
from u2t.recruitment.actions import assessing
from u2t.recruitment.models import Application, Call, Interview
from u2t.recruitment.queries.assessing import cases, interviews, pairs
from u2t.recruitment.rules.assigning import Hours

_NOTE = "ตรวจเอกสารฉบับจริงที่สำนักงานแล้ว"
_FAILED = "ไม่เป็นไปตามคุณสมบัติที่ประกาศ"
# The office has looked at so many applications; so many of the first applicants have all their points, and so many
# more lack those of somebody.
_LOOKED_AT, _SCORED, _HALF_SCORED, _BEGUN = 36, 14, 4, 3
_HOURS = Hours(time(9, 0), time(16, 0), 20, time(12, 0), time(13, 0))
_ROOMS = ("ห้อง 1", "ห้อง 2")


def assess(*, call: Call, interviewers: Sequence[Account], by: Account, at: datetime) -> None:
    """Screen the first applications, decide a pair, give times and interviewers, enter points.

    ``interviewers`` are people of the round with an account. Interviews of the first are locked, of some one of the
    two, of some begun; where two differ widely the third is asked.
    """
    submitted = Application.objects.filter(call=call, submitted_at__isnull=False, account=None).order_by(
        "number"
    )
    looked_at = list(submitted[:_LOOKED_AT])
    found = pairs.of_call(call)
    if found:
        one = found[0].pair
        first, second = Application.objects.in_bulk([one.first, one.second]).values()
        assessing.decide_same_person(
            first=first, second=second, is_same=False, reason="เลขประจำตัวประชาชนต่างกัน เป็นคนละคน", by=by, at=at
        )
    for case in cases.cases(call, looked_at):
        is_passed = not case.unmet
        assessing.screen(
            application=case.application,
            is_passed=is_passed,
            note=_NOTE if is_passed else _FAILED,
            by=by,
            at=at,
        )
    _interview(call, [one.pk for one in looked_at], interviewers, by, at)


def _interview(
    call: Call, keys: Sequence[int], interviewers: Sequence[Account], by: Account, at: datetime
) -> None:
    for account in interviewers:
        assessing.appoint(call=call, account=account, by=by, at=at)
    days = [timezone.localdate(at) + timedelta(days=day) for day in range(3)]
    applications = Application.objects.filter(pk__in=keys)
    assessing.schedule(
        call=call, applications=applications, days=days, hours=_HOURS, rooms=_ROOMS, by=by, at=at
    )
    assessing.assign(call=call, by=by, at=at)
    _score(call, at)


def _score(call: Call, at: datetime) -> None:
    chance = random.Random(2564)  # noqa: S311  (invention, not secrecy)
    criteria = interviews.criteria_of(call)
    rows = Interview.objects.filter(application__call=call).order_by("application__number", "pk")
    given: dict[int, list[Interview]] = {}
    for interview in rows.select_related("application__call__round", "interviewer__account"):
        given.setdefault(interview.application_id, []).append(interview)
    for place, sheets in enumerate(list(given.values())[: _SCORED + _HALF_SCORED + _BEGUN]):
        level = chance.randint(55, 90)
        for turn, interview in enumerate(sheets):
            if turn and place >= _SCORED:
                break
            # Two of the first are judged so differently that a third interviewer is asked.
            apart = -30 if turn and place in (3, 9) else chance.randint(-5, 5)
            points: dict[int, int | None] = {
                one.pk: level + apart + chance.randint(-3, 3) for one in criteria
            }
            who = interview.interviewer.account
            assessing.mark(interview=interview, points=points, by=who, at=at)
            if place < _SCORED + _HALF_SCORED:
                assessing.lock(interview=interview, by=who, at=at)
