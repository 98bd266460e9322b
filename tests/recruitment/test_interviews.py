"""Interviews: who interviews whom and when, points that nobody else sees, and the score that follows."""

from __future__ import annotations

import re
from datetime import time, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import cast, factories, recruiting
from tests.recruiting import NOW
from u2t.audit.models import Event
from u2t.mailing.models import Mail
from u2t.objections import Refused
from u2t.pages import words
from u2t.people.models import Account
from u2t.recruitment.actions import assessing
from u2t.recruitment.models import Application, Call, Criterion, Interview, Interviewer, Outcome, Selection
from u2t.recruitment.queries.assessing import interviews as queries
from u2t.recruitment.rules.assigning import Hours


@pytest.fixture
def call(world: cast.World) -> Call:
    made = recruiting.call(world.round)
    Criterion.objects.filter(call=made).update(max_points=100, weight=60)
    Criterion.objects.create(
        call=made, name_th="ความรู้", name_en="Knowledge", max_points=10, weight=40, position=2
    )
    return made


@pytest.fixture
def panel(world: cast.World, call: Call) -> list[Interviewer]:
    """Three interviewers: two lecturers and an executive."""
    second = cast.account_of(factories.lecturer(world.round, 2).person, "p")
    return [
        assessing.appoint(call=call, account=account, by=world.office, at=NOW)
        for account in (world.pm, second, world.executive)
    ]


@pytest.fixture
def applicant(call: Call) -> Application:
    return recruiting.application(call, 1, passed=True)


def url(name: str, call: Call, *more: object) -> str:
    return reverse(f"recruitment:{name}", args=[call.round.code, call.number, *more])


def codes(refused: pytest.ExceptionInfo[Refused]) -> set[str]:
    assert all(words.say(objection) for objection in refused.value.objections)
    return {objection.code.partition(".")[2] for objection in refused.value.objections}


def points(call: Call, first: int, second: int) -> dict[int, int | None]:
    one, two = queries.criteria_of(call)
    return {one.pk: first, two.pk: second}


def judge(interview: Interview, first: int, second: int, *, absent: bool = False) -> str:
    by = interview.interviewer.account
    given = {} if absent else points(interview.application.call, first, second)
    assessing.mark(interview=interview, points=given, is_absent=absent or None, by=by, at=NOW)
    return assessing.lock(interview=interview, by=by, at=NOW).state


def shows(text: str, number: int) -> bool:
    """The number stands on the page by itself, not inside a token or an address."""
    return re.search(rf"(?<![\w-]){number}(?![\w-])", text) is not None


def given_to(application: Application) -> list[Interview]:
    return list(application.interviews.filter(declined_at=None).order_by("pk"))


def test_everybody_gets_enough_interviewers_evenly_and_twice_changes_nothing(
    world: cast.World, call: Call, panel: list[Interviewer]
) -> None:
    passed = [recruiting.application(call, number, passed=True) for number in range(1, 7)]
    recruiting.application(call, 7, passed=False)
    assert assessing.assign(call=call, by=world.office, at=NOW).given == 12
    assert {len(given_to(one)) for one in passed} == {2}
    assert {one.given for one in queries.interviewers(call)} == {4}
    assert assessing.assign(call=call, by=world.office, at=NOW).given == 0


def test_two_locked_sheets_make_the_score(
    world: cast.World, call: Call, panel: list[Interviewer], applicant: Application
) -> None:
    assessing.assign(call=call, by=world.office, at=NOW)
    first, second = given_to(applicant)
    assert judge(first, 80, 7) == "waiting"
    applicant.refresh_from_db()
    assert applicant.score is None
    assert judge(second, 70, 6) == "scored"
    applicant.refresh_from_db()
    # 80 of 100 of 60 and 7 of 10 of 40 are 76; 42 and 24 are 66.
    assert (applicant.score, applicant.scored_at) == (71_000, NOW)


def test_a_large_difference_asks_the_third_who_decides(
    world: cast.World, call: Call, panel: list[Interviewer], applicant: Application
) -> None:
    assessing.assign(call=call, by=world.office, at=NOW)
    first, second = given_to(applicant)
    judge(first, 90, 9)
    assert judge(second, 50, 5) == "third"
    (third,) = [one for one in given_to(applicant) if one.is_third]
    assert third.interviewer_id not in {first.interviewer_id, second.interviewer_id}
    assert judge(third, 80, 8) == "scored"
    applicant.refresh_from_db()
    assert applicant.score == 85_000


def test_without_a_third_the_office_is_told_and_gives_one(
    world: cast.World, call: Call, panel: list[Interviewer], applicant: Application
) -> None:
    assessing.dismiss(interviewer=panel[2], by=world.office, at=NOW)
    assessing.assign(call=call, by=world.office, at=NOW)
    first, second = given_to(applicant)
    judge(first, 100, 10)
    assert judge(second, 10, 1) == "third"
    assert len(given_to(applicant)) == 2
    page = cast.client_of(world.office).get(url("scores", call) + "?show=lacking")
    assert [line.application for line in page.context["page"]] == [applicant]
    assert "คนที่สาม" in cast.client_of(world.office).get(url("sheets", call, applicant.pk)).content.decode()
    again = assessing.appoint(call=call, account=world.executive, by=world.office, at=NOW)
    third = assessing.give(application=applicant, interviewer=again, by=world.office, at=NOW)
    assert judge(third, 90, 9) == "scored"
    applicant.refresh_from_db()
    assert applicant.score == 95_000


def test_who_does_not_come_has_no_score_and_is_not_scored_zero(
    world: cast.World, call: Call, panel: list[Interviewer], applicant: Application
) -> None:
    assessing.assign(call=call, by=world.office, at=NOW)
    first, second = given_to(applicant)
    judge(first, 0, 0, absent=True)
    assert judge(second, 0, 0, absent=True) == "absent"
    applicant.refresh_from_db()
    assert (applicant.score, applicant.scored_at) == (None, NOW)


def test_points_lock_whole_within_bounds_and_for_good(
    world: cast.World, call: Call, panel: list[Interviewer], applicant: Application
) -> None:
    assessing.assign(call=call, by=world.office, at=NOW)
    (sheet, _other) = given_to(applicant)
    by = sheet.interviewer.account
    with pytest.raises(Refused) as refused:
        assessing.mark(interview=sheet, points=points(call, 101, 11), by=by, at=NOW)
    assert [one.code for one in refused.value.objections] == ["recruitment.mark_out_of_range"] * 2
    assert not sheet.marks.exists()
    assessing.mark(
        interview=sheet, points={**points(call, 80, 0), queries.criteria_of(call)[1].pk: None}, by=by, at=NOW
    )
    with pytest.raises(Refused) as refused:
        assessing.lock(interview=sheet, by=by, at=NOW)
    assert codes(refused) == {"mark_missing"}
    judge(sheet, 80, 8)
    with pytest.raises(Refused) as refused:
        assessing.mark(interview=sheet, points=points(call, 90, 9), by=by, at=NOW)
    assert codes(refused) == {"interview_locked"}
    assert dict(sheet.marks.values_list("criterion_id", "points")) == points(call, 80, 8)


def test_only_the_office_unlocks_with_a_reason_on_record_and_never_after_the_selection(
    world: cast.World, call: Call, panel: list[Interviewer], applicant: Application
) -> None:
    assessing.assign(call=call, by=world.office, at=NOW)
    first, second = given_to(applicant)
    judge(first, 80, 8)
    judge(second, 70, 7)
    with pytest.raises(Refused) as refused:
        assessing.unlock(interview=first, reason="", by=world.office, at=NOW)
    assert codes(refused) == {"reason_missing"}
    assessing.unlock(interview=first, reason="กรอกผิดคน", by=world.office, at=NOW)
    applicant.refresh_from_db()
    assert (applicant.score, applicant.scored_at) == (None, None)
    assert Event.objects.get(verb="recruitment.interview_unlocked").note["reason"] == "กรอกผิดคน"
    assert judge(first, 60, 6) == "scored"
    run = Selection.objects.create(
        call=call, number=1, ballot={}, ballot_digest="x", asked_at=NOW, computed_at=NOW, adopted_at=NOW
    )
    Outcome.objects.create(selection=run, application=applicant, kind="not_selected")
    with pytest.raises(Refused) as refused:
        assessing.unlock(interview=first, reason="อีกครั้ง", by=world.office, at=NOW)
    assert codes(refused) == {"selection_adopted"}


def test_an_interviewer_who_applied_afterwards_is_never_given_the_own_application(
    world: cast.World, call: Call, panel: list[Interviewer], applicant: Application
) -> None:
    Application.objects.filter(pk=applicant.pk).update(account=world.pm)
    assessing.assign(call=call, by=world.office, at=NOW)
    assert {interview.interviewer for interview in given_to(applicant)} == set(panel[1:])


def test_a_sheet_that_was_left_open_changes_no_score_that_a_selection_was_adopted_with(
    world: cast.World, call: Call, panel: list[Interviewer], applicant: Application
) -> None:
    assessing.assign(call=call, by=world.office, at=NOW)
    first, second = given_to(applicant)
    judge(first, 80, 8)
    Application.objects.filter(pk=applicant.pk).update(score=90_000, scored_at=NOW)
    run = Selection.objects.create(
        call=call, number=1, ballot={}, ballot_digest="x", asked_at=NOW, computed_at=NOW, adopted_at=NOW
    )
    Outcome.objects.create(selection=run, application=applicant, kind="selected")
    with pytest.raises(Refused) as refused:
        judge(second, 10, 1)
    assert codes(refused) == {"selection_adopted"}
    applicant.refresh_from_db()
    assert applicant.score == 90_000


def test_a_conflict_of_interest_passes_the_applicant_to_the_next_and_deletes_the_points(
    world: cast.World, call: Call, panel: list[Interviewer], applicant: Application
) -> None:
    assessing.assign(call=call, by=world.office, at=NOW)
    sheet, other = given_to(applicant)
    client = cast.client_of(sheet.interviewer.account)
    client.post(url("interview", call, sheet.pk), {f"points_{queries.criteria_of(call)[0].pk}": "50"})
    refused = client.post(url("decline_interview", call, sheet.pk), {"reason": " "})
    assert refused.status_code == 422
    client.post(url("decline_interview", call, sheet.pk), {"reason": "เป็นหลานของข้าพเจ้า"})
    now = {one.interviewer_id for one in given_to(applicant)}
    assert now == {one.pk for one in panel} - {sheet.interviewer_id}
    assert other.interviewer_id in now
    assert not sheet.marks.exists()
    assert client.get(url("interview", call, sheet.pk)).status_code == 404


def test_nobody_sees_points_before_they_are_locked_and_interviewers_never_each_others(
    world: cast.World, call: Call, panel: list[Interviewer], applicant: Application
) -> None:
    assessing.assign(call=call, by=world.office, at=NOW)
    first, second = given_to(applicant)
    by = first.interviewer.account
    assessing.mark(interview=first, points=points(call, 73, 9), note="เคยเป็นประธานนักศึกษา", by=by, at=NOW)
    office = cast.client_of(world.office)
    pages = [url("sheets", call, applicant.pk), url("scores", call), url("screen", call, applicant.pk)]
    for page in pages:
        text = office.get(page).content.decode()
        assert not shows(text, 73)
        assert "ประธานนักศึกษา" not in text
    assessing.lock(interview=first, by=by, at=NOW)
    assert "73 จาก 100" in office.get(pages[0]).content.decode()
    other = cast.client_of(second.interviewer.account)
    for page in (url("interviews", call), url("interview", call, second.pk)):
        assert not shows(other.get(page).content.decode(), 73)
    assert other.get(url("interview", call, first.pk)).status_code == 403


def test_only_the_own_interviewer_gives_points(
    world: cast.World, call: Call, panel: list[Interviewer], applicant: Application
) -> None:
    assessing.assign(call=call, by=world.office, at=NOW)
    sheet = given_to(applicant)[0]
    strangers = [
        world.office, applicant.account, world.worker, cast.world(code="OTH-2564").office,
        *(one.account for one in panel if one.pk != sheet.interviewer_id),
    ]  # fmt: skip
    for page in (url("interview", call, sheet.pk), url("lock_interview", call, sheet.pk)):
        assert {cast.client_of(who).get(page).status_code for who in strangers} == {403}
        assert {cast.client_of(who).post(page).status_code for who in strangers} == {403}
        assert cast.client_of(None).get(page).status_code == 302
    own = cast.client_of(sheet.interviewer.account)
    assessing.dismiss(interviewer=sheet.interviewer, by=world.office, at=NOW)
    assert own.get(url("interviews", call)).status_code == 403
    assert own.get(url("interview", call, sheet.pk)).status_code == 404


def test_an_interviewer_scores_on_the_page_step_by_step(
    world: cast.World, call: Call, panel: list[Interviewer], applicant: Application
) -> None:
    assessing.assign(call=call, by=world.office, at=NOW)
    sheet = given_to(applicant)[0]
    client = cast.client_of(sheet.interviewer.account)
    one, two = queries.criteria_of(call)
    assert applicant.given_name in client.get(url("interviews", call)).content.decode()
    wrong = client.post(
        url("interview", call, sheet.pk), {f"points_{one.pk}": "๑๐๑", f"points_{two.pk}": "5"}
    )
    assert wrong.status_code == 422
    assert "๑๐๑" in wrong.content.decode()
    saved = client.post(
        url("interview", call, sheet.pk), {f"points_{one.pk}": "๘๐"}, headers={"X-Autosave": "1"}
    )
    assert saved.content.decode() == "บันทึกแล้ว"
    assert "ยังไม่ครบ" in client.get(url("lock_interview", call, sheet.pk)).content.decode()
    client.post(
        url("interview", call, sheet.pk), {f"points_{one.pk}": "80", f"points_{two.pk}": "8", "lock": "1"}
    )
    client.post(url("lock_interview", call, sheet.pk))
    sheet.refresh_from_db()
    assert sheet.locked_at is not None
    assert "ล็อกแล้ว" in client.get(url("interview", call, sheet.pk)).content.decode()


def test_applicants_get_times_in_order_of_their_numbers_and_are_told(world: cast.World, call: Call) -> None:
    for number in (3, 1, 2):
        recruiting.application(call, number, passed=True)
    day = NOW.date() + timedelta(days=20)
    hours = Hours(time(9), time(10), 30)
    form = {
        "first": day.isoformat(), "last": day.isoformat(), "weekends": "yes", "begins": "๙.๐๐ น.", "ends": "10:00",
        "minutes": "30", "rooms": "ห้อง ๑",
    }  # fmt: skip
    office = cast.client_of(world.office)
    refused = office.post(url("schedule", call), form)
    assert "มีผู้สมัครรอ 3 คน แต่จัดได้ 2 คน" in refused.content.decode()
    assert not call.applications.filter(interview_at__isnull=False).exists()
    office.post(url("schedule", call), {**form, "rooms": "ห้อง ๑\nห้อง ๒\nห้อง ๑"})
    found = call.applications.order_by("number").values_list("interview_at", "interview_place")
    nine = NOW.replace(hour=9) + timedelta(days=20)
    assert list(found) == [(nine, "ห้อง ๑"), (nine, "ห้อง ๒"), (nine + timedelta(minutes=30), "ห้อง ๑")]
    assert Mail.objects.filter(text__contains="ห้อง ๒").count() == 1
    late = recruiting.application(call, 4, passed=True)
    assessing.schedule(
        call=call,
        applications=[late],
        days=[day],
        hours=hours,
        rooms=["ห้อง ๑", "ห้อง ๒"],
        by=world.office,
        at=NOW,
    )
    late.refresh_from_db()
    assert (late.interview_at, late.interview_place) == (nine + timedelta(minutes=30), "ห้อง ๒")


def test_who_interviews_must_belong_to_the_round_and_not_be_an_applicant(
    world: cast.World, call: Call, panel: list[Interviewer]
) -> None:
    for account in (world.stranger, world.worker, world.pm, recruiting.application(call, 5).account):
        with pytest.raises(Refused) as refused:
            assessing.appoint(call=call, account=account, by=world.office, at=NOW)
        assert codes(refused) == {"no_candidate"}
    page = cast.client_of(world.office).get(url("interviewers", call) + "?q=" + world.am.person.given_name)
    assert world.am in list(page.context["page"])
    cast.client_of(world.office).post(url("appoint", call), {"account": world.am.pk})
    assert call.interviewers.filter(account=world.am).exists()


def test_the_office_moves_a_time_gives_and_takes_away_by_hand(
    world: cast.World, call: Call, panel: list[Interviewer], applicant: Application
) -> None:
    office: Client = cast.client_of(world.office)
    office.post(url("set_time", call, applicant.pk), {"day": "15/3/2564", "time": "13.30", "place": "ห้อง ๙"})
    applicant.refresh_from_db()
    assert applicant.interview_at == NOW.replace(month=3, day=15, hour=13, minute=30)
    half = office.post(url("set_time", call, applicant.pk), {"day": "", "time": "13.30", "place": "ห้อง ๙"})
    assert half.status_code == 422
    office.post(url("give_interviewer", call, applicant.pk), {"interviewer": panel[0].pk})
    twice = office.post(url("give_interviewer", call, applicant.pk), {"interviewer": panel[0].pk})
    assert twice.status_code == 409
    (sheet,) = given_to(applicant)
    office.post(url("take_away", call, applicant.pk, sheet.pk), {"reason": "ย้ายวัน"})
    assert sheet.pk not in {one.pk for one in given_to(applicant)}


def test_an_interviewer_with_two_applicants_at_one_moment_is_shown(
    world: cast.World, call: Call, panel: list[Interviewer]
) -> None:
    for number in (1, 2):
        one = recruiting.application(call, number, passed=True, interview_at=NOW, interview_place=str(number))
        assessing.give(application=one, interviewer=panel[0], by=world.office, at=NOW)
    (clash,) = queries.clashes(call)
    assert (clash.interviewer, len(clash.applications)) == (panel[0], 2)
    assert "2 คนในเวลาเดียวกัน" in cast.client_of(world.office).get(url("scores", call)).content.decode()


def test_saving_points_asks_few_queries_whoever_else_scores(
    world: cast.World, call: Call, panel: list[Interviewer], applicant: Application
) -> None:
    assessing.assign(call=call, by=world.office, at=NOW)
    sheet = Interview.objects.select_related("application__call", "interviewer").get(
        pk=given_to(applicant)[0].pk
    )
    by = Account.objects.get(pk=sheet.interviewer.account_id)
    with CaptureQueriesContext(connection) as asked:
        assessing.mark(interview=sheet, points=points(call, 80, 8), by=by, at=NOW)
    assert len([one for one in asked if "SAVEPOINT" not in one["sql"]]) <= 6
