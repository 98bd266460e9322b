"""What the demo shows beside its rosters, played on the small world."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests import cast, factories, given
from u2t.home import actions
from u2t.home.demo import assessing, orientation, placing, recruiting
from u2t.home.demo.rows import Plan
from u2t.home.queries import vacancies
from u2t.orientation.models import Area, Certificate, Enrolment, Scan
from u2t.orientation.queries import completion
from u2t.people.actions import accounts
from u2t.people.models import Person, Worker
from u2t.placement.models import Engagement, Leadership
from u2t.placement.queries import proofs, studies
from u2t.programme.actions import rounds
from u2t.recruitment.models import Application, Interview, Screening
from u2t.recruitment.queries import calls
from u2t.recruitment.queries.assessing import pairs

NOW = factories.NOW + timedelta(days=90)
PLAN = Plan(
    tambons={"62": 3},
    categories={"public": 1},
    lecturers=1,
    dimensions=["ก"],
    skills=["ก", "ข", "ค"],
    office_skill="ก",
)


def test_everybody_but_who_stayed_away_a_day_gets_a_certificate(world: cast.World) -> None:
    given.workers(world.round, 50)
    orientation.hold(round=world.round, by=world.office, at=NOW)
    standing = completion.of_round(world.round, NOW)
    lacking = [number for number in Worker.objects.filter(round=world.round).values_list("number", flat=True)
               if number % 25 == 0]  # fmt: skip
    assert lacking, "the demo wants somebody who has not completed"
    assert sum(not one.is_complete for one in standing.values()) == len(lacking)
    assert Certificate.objects.filter(worker__round=world.round).count() == len(standing) - len(lacking)
    assert not Scan.objects.filter(session__round=world.round, is_doubted=True).exists()
    assert Area.objects.filter(round=world.round).count() == 4
    accepted = Enrolment.objects.filter(worker__round=world.round, accepted_at__isnull=False)
    assert accepted.exists()


@pytest.fixture
def call(world: cast.World):
    given.placed(world.round)
    rounds.announce_round(round=world.round, by=world.office, at=NOW)
    left = recruiting.let_leave(
        round=world.round, by=world.office, at=NOW, leavers={"public": 1, "graduate": 1, "student": 1}
    )
    assert len({worker.category_id for worker in left}) == 3
    return recruiting.open_call(round=world.round, by=world.office, at=NOW)


def test_the_further_call_is_open_and_asks_for_the_slots_that_people_left(world: cast.World, call) -> None:
    assert calls.open_calls(NOW, world.round) == [call]
    left = Worker.objects.filter(round=world.round, left_on__isnull=False).count()
    assert sum(calls.slots_of(call).values()) == left
    assert vacancies.totals(vacancies.vacancies(world.round, NOW)).empty == left
    assert not Engagement.objects.current().filter(worker__left_on__isnull=False).exists()


def test_applications_of_the_demo_stand_in_every_state(world: cast.World, call) -> None:
    login = recruiting.take_applications(call=call, plan=PLAN, by=world.office, at=NOW)
    lecturers = Person.objects.filter(lectureships__round=world.round, account=None)[:5]
    opened = accounts.open_accounts(persons=lecturers, prefix="p", by=world.office, at=NOW)
    assessing.assess(call=call, interviewers=[one.account for one in opened], by=world.office, at=NOW)
    assert actions.ROLES.keys() >= {"applicant", "interviewer"}
    assert login.account.check_password(login.password)
    assert Application.objects.get(call=call, account=login.account).receipt
    drafts = Application.objects.filter(call=call, submitted_at=None)
    assert {one.withdrawn_at is None for one in drafts} == {True, False}
    assert set(Screening.objects.values_list("is_passed", flat=True)) == {True, False}
    sheets = Interview.objects.filter(application__call=call)
    assert {one.locked_at is None for one in sheets} == {True, False}
    assert sheets.filter(is_third=True).exists()
    assert pairs.of_call(call)


def test_the_demo_has_a_proved_plan_in_public_and_rules_compared_with_it(world: cast.World) -> None:
    needed = world.round.skills.filter(for_office=True).first()
    for worker in given.workers(world.round):
        worker.skills.add(needed)
    given.lecturers(world.round, world.round.tambons.count() * 2)
    chosen = placing.make_rules(round=world.round, by=world.office, at=NOW, least=1)
    run = placing.place(round=world.round, policy=chosen, by=world.office, at=NOW)
    left = recruiting.let_leave(round=world.round, by=world.office, at=NOW, leavers={"public": 1})
    refilled = placing.refill_one(left=left, by=world.office, at=NOW)
    placing.pin(round=world.round, by=world.office, at=NOW)
    found = studies.compared(placing.compare(round=world.round, by=world.office, at=NOW))
    public = proofs.in_public(world.round)
    assert public is not None
    assert public.run == run
    assert [column.policy for column in found.columns if column.is_in_force] == [chosen]
    assert found.has_figures
    assert not found.is_stale
    assert refilled is None or refilled.moves
    assert Engagement.objects.current().filter(held_at__isnull=False).exists()
    assert Leadership.objects.current().filter(held_at__isnull=False).count() == 1
