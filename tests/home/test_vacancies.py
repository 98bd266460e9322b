"""The vacancy board: every slot is counted once, with its days, its money and what to do."""

from __future__ import annotations

import io
from datetime import date, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from django.test import Client
from django.utils import timezone

from tests import cast, given, recruiting
from u2t.home.queries import briefing, vacancies
from u2t.home.queries.vacancies import Vacancy
from u2t.people.models import Worker
from u2t.placement import actions as placement
from u2t.placement.models import Engagement
from u2t.placement.queries import figures
from u2t.placement.queries.problem import problem_for
from u2t.recruitment.actions import offering, selecting
from u2t.recruitment.models import Call, Offer

pytestmark = pytest.mark.django_db

MARCH = datetime(2021, 3, 3, 9, 0, tzinfo=timezone.get_default_timezone())


def row(world: cast.World, code: str, category: str, at: datetime = MARCH) -> Vacancy:
    found = vacancies.vacancies(world.round, at)
    return next(one for one in found if (one.tambon.tambon_id, one.category.code) == (code, category))


def leave(worker: Worker, on: date, at: datetime) -> None:
    placement.leave(worker=worker, kind="resigned", on=on, reason="ได้งานใหม่", by=None, at=at)


def test_a_full_round_has_no_vacancy_and_a_leaver_makes_one(world: cast.World) -> None:
    given.placed(world.round)
    assert all(one.is_filled for one in vacancies.vacancies(world.round, MARCH))
    engagement = Engagement.objects.current().filter(category__code="graduate").first()
    assert engagement is not None
    leave(engagement.worker, date(2021, 2, 22), MARCH)
    found = row(world, engagement.tambon.tambon_id, "graduate")
    assert (found.working, found.empty, found.since, found.days) == (2, 1, date(2021, 2, 22), 10)
    # Ten days of a month of 30: a third of the monthly rate.
    assert found.unspent == engagement.category.monthly_rate_satang // 3
    assert found.next_step == "open"
    engagement.refresh_from_db()
    assert (engagement.ended_at, engagement.end_reason) == (MARCH, "ได้งานใหม่")


def test_a_slot_that_somebody_was_moved_out_of_is_empty_from_that_day(world: cast.World) -> None:
    given.placed(world.round)
    engagement = Engagement.objects.current().filter(category__code="student").first()
    assert engagement is not None
    placement.unplace(worker=engagement.worker, reason="ย้ายไปที่อื่น", by=None, at=MARCH)
    found = row(world, engagement.tambon.tambon_id, "student", MARCH + timedelta(days=4))
    assert (found.empty, found.since, found.days) == (1, timezone.localdate(MARCH), 5)


def test_figures_plans_and_the_briefing_count_who_works_now(world: cast.World) -> None:
    given.placed(world.round)
    before = figures.placement_numbers(world.round).workers
    leave(world.hired, date(2021, 3, 1), MARCH)
    assert figures.placement_numbers(world.round).workers == before - 1
    assert briefing.briefing(world.round).workers == before - 1
    assert str(world.hired.pk) not in {one.key for one in problem_for(world.round).candidates}


def test_days_before_the_round_and_after_its_end_cost_nothing(world: cast.World) -> None:
    before = datetime(2021, 1, 15, tzinfo=timezone.get_default_timezone())
    assert row(world, cast.CITY, "public", before).unspent == 0
    after = datetime(2022, 6, 1, tzinfo=timezone.get_default_timezone())
    whole = row(world, cast.CITY, "public", after)
    assert whole.days == (date(2021, 12, 31) - date(2021, 2, 1)).days + 1
    assert whole.since == date(2021, 2, 1)


def test_what_is_offered_is_not_empty_and_reserves_are_counted(world: cast.World) -> None:
    closed = recruiting.NOW + timedelta(days=11)
    call = recruiting.call(world.round)
    for number in range(1, 6):
        recruiting.application(call, number, choices=(cast.CITY,), score=90_000 - number, passed=True)
    selection = selecting.compute(selection=selecting.begin(call=call, by=None, at=closed), at=closed)
    selecting.announce(selection=selecting.adopt(selection=selection, by=None, at=closed), by=None, at=closed)
    offering.accept(offer=Offer.objects.get(application__number=1), by=None, at=closed)
    found = row(world, cast.CITY, "graduate", closed)
    assert (found.working, found.promised, found.offered, found.empty) == (0, 1, 2, 0)
    assert (found.reserves, found.call, found.next_step) == (2, call, "wait")
    lapsed = row(world, cast.CITY, "graduate", closed + timedelta(days=call.accept_days, seconds=1))
    assert (lapsed.offered, lapsed.empty) == (0, 2)


def test_the_office_filters_sorts_and_takes_the_table_along(world: cast.World, time_machine: Any) -> None:
    time_machine.move_to(MARCH, tick=False)
    given.placed(world.round)
    leave(world.hired, date(2021, 3, 1), MARCH)
    office = cast.client_of(world.office)
    page = office.get(f"/rounds/{world.round.code}/vacancies").content.decode()
    assert "ต้องเปิดรับสมัครเพิ่ม" in page
    nothing = office.get(f"/rounds/{world.round.code}/vacancies", {"category": "student"}).content.decode()
    assert "ไม่พบ" in nothing or "Nothing matches" in nothing
    book = office.get(f"/rounds/{world.round.code}/vacancies.xlsx", {"order": "money"}).content
    rows = list(openpyxl.load_workbook(io.BytesIO(book)).active.values)
    assert len(rows) == 2
    assert rows[1][9] == 1


def test_only_the_office_and_the_executives_see_it(world: cast.World) -> None:
    address = f"/rounds/{world.round.code}/vacancies"
    other = cast.world(code="OTH-2564")
    for account in (world.worker, world.pm, world.stranger, other.office, other.executive):
        assert cast.client_of(account).get(address).status_code == 403
        assert cast.client_of(account).get(f"{address}.xlsx").status_code == 403
    assert "log-in" in Client().get(address).headers["Location"]
    assert cast.client_of(world.executive).get(address).status_code == 200


def test_more_people_need_no_more_queries(world: cast.World, django_assert_max_num_queries: Any) -> None:
    given.placed(world.round)
    with django_assert_max_num_queries(15):
        vacancies.vacancies(world.round, MARCH)


def test_the_office_notes_a_leaver_on_the_page_and_nobody_else_may(
    world: cast.World, time_machine: Any
) -> None:
    time_machine.move_to(MARCH, tick=False)
    given.placed(world.round)
    address = f"/placement/{world.round.code}/people/{world.hired.number}/leave"
    assert cast.client_of(world.executive).get(address).status_code == 403
    assert cast.client_of(world.worker).post(address).status_code == 403
    office = cast.client_of(world.office)
    nothing = office.post(address, {"on": "1/3/2564", "reason": "ลาออก"})
    assert nothing.status_code == 422  # nothing is chosen beforehand
    office.post(address, {"kind": "resigned", "on": "1/3/2564", "reason": "ลาออก"})
    world.hired.refresh_from_db()
    assert (world.hired.left_on, world.hired.left_by) == (date(2021, 3, 1), world.office)
    again = office.post(address, {"kind": "resigned", "on": "1/3/2564", "reason": "ลาออก"})
    assert "ไปแล้ว" in again.content.decode()
    change = office.get(f"/placement/{world.round.code}/people/{world.hired.number}/change")
    assert "พ้นจากงานแล้ว" in change.content.decode()
    assert "ไม่ได้ปฏิบัติงานแล้ว" in office.get(world.hired.get_absolute_url()).content.decode()


def test_a_further_call_looks_for_just_what_is_empty(world: cast.World, time_machine: Any) -> None:
    time_machine.move_to(MARCH, tick=False)
    given.placed(world.round)
    address = f"/rounds/{world.round.code}/vacancies/further-call"
    assert "ไม่มีอัตราว่าง" in cast.client_of(world.office).post(address).content.decode()
    leave(world.hired, date(2021, 3, 1), MARCH)
    assert cast.client_of(world.executive).post(address).status_code == 403
    cast.client_of(world.office).post(address)
    quotas = Call.objects.get().quotas.filter(slots__gt=0).values_list("category__code", "slots")
    assert list(quotas) == [("graduate", 1)]
