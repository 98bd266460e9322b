"""Why somebody is here, or nowhere: to themselves and the office, and never with another person's name."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta
from random import Random

from django.urls import reverse
from django.utils.html import strip_tags
from hypothesis import given as given_values
from hypothesis import settings
from hypothesis import strategies as st

from tests import cast, given
from tests.factories import NOW
from u2t import matching
from u2t.people.models import Person, Worker
from u2t.placement import actions
from u2t.placement.models import Engagement
from u2t.placement.queries import reasons, teams
from u2t.placement.queries.problem import problem_for

LATER = NOW + timedelta(days=30)


def replan(world: cast.World) -> None:
    run = actions.begin_run(round=world.round, by=world.office, at=LATER)
    actions.compute(run=run, by=world.office, at=LATER)
    actions.adopt(run=run, by=world.office, at=LATER)


def read(account: object, name: str, *args: object) -> str:
    answer = cast.client_of(account).get(reverse(f"placement:{name}", args=args))  # type: ignore[arg-type]
    assert answer.status_code == 200
    return strip_tags(answer.content.decode())


def one_too_many(world: cast.World) -> Worker:
    """The one for whom there was no slot when a new plan was adopted."""
    given.workers(world.round, 16)
    replan(world)
    [without] = teams.unplaced(world.round)
    return without


def test_somebody_without_a_slot_reads_the_nearest_chances_and_what_was_lacking(placed: cast.World) -> None:
    without = one_too_many(placed)
    account = cast.account_of(without.person, "q")
    text = read(account, "why", placed.round.code, without.number)
    told = reasons.without_slot(without)
    assert told.kind == "plan"
    assert told.people == told.places + 1
    assert told.options[0].tambon.tambon.full_name in text
    problem = problem_for(placed.round)
    plan = matching.solve(problem)
    exact = matching.explain(problem, plan, str(without.pk))
    assert [option.more for option in told.options] == [one.more for one in exact.alternatives]
    others = Person.objects.exclude(pk=without.person_id).filter(hires__round=placed.round)
    assert [person.full_name for person in others if person.full_name in text] == []


def test_every_kind_of_having_no_slot_is_told(world: cast.World) -> None:
    assert reasons.without_slot(world.hired).kind == "no_plan"
    assert "ยังไม่" in read(world.worker, "why", world.round.code, world.hired.number)
    given.placed(world.round)
    newcomer = given.workers(world.round, 16)[0]
    assert reasons.without_slot(newcomer).kind == "after_plan"
    actions.unplace(worker=world.hired, reason="ขอพักงานเพื่อศึกษาต่อ", by=world.office, at=LATER)
    assert "ขอพักงานเพื่อศึกษาต่อ" in read(world.worker, "why", world.round.code, world.hired.number)


def test_a_data_manager_reads_why_this_office_and_which_were_next(placed: cast.World) -> None:
    manager = teams.engagements().filter(workstream__to_office=True).first()
    assert manager is not None
    why = reasons.why_of(manager.worker)
    assert why is not None
    [option] = why.office_options
    assert option.office in placed.data_agencies
    assert option.office != manager.office
    text = read(placed.office, "why", placed.round.code, manager.worker.number)
    assert option.office.agency.name_th in text


@settings(max_examples=40, deadline=None)
@given_values(st.randoms(use_true_random=False))
def test_what_is_told_to_have_been_enough_would_have_been_enough(chance: Random) -> None:
    """Where naming the tambon first is told to be enough, solving again with that gives the person the tambon."""
    tambons = ("620101", "620102", "620201", "630101")
    people = tuple(
        matching.Candidate(
            f"p{number}",
            "g",
            number,
            home=chance.choice(tambons),
            wishes=tuple(chance.sample(tambons, chance.randint(0, 3))),
            skills=frozenset(chance.sample("ab", chance.randint(0, 2))),
        )
        for number in range(chance.randint(2, 7))
    )
    problem = matching.Problem(
        seats=tuple(
            matching.SeatGroup(tambon, "g", work, 1) for tambon in tambons for work in ("team", "data")
        ),
        candidates=people,
        workstreams=(matching.Workstream("team"), matching.Workstream("data", needs=frozenset("ab"))),
        rule=matching.Rule(tier_penalty=(0, 5, 10, 20, 20), assumed_km=(1, 3, 9, 20, 20), need_missing=25),
    )
    explainer = matching.Explainer(problem, matching.solve(problem))
    for person in people:
        for one in explainer.explain(person.key).alternatives:
            option = reasons.Option(None, None, asdict(one.parts), one.parts.total, one.own_more, one.more)  # type: ignore[arg-type]
            if "wish" in option.levers:
                first = (one.seat[0], *(wish for wish in person.wishes if wish != one.seat[0]))
                changed = replace(person, wishes=first)
                rest = tuple(changed if who == person else who for who in people)
                seat = matching.solve(replace(problem, candidates=rest)).seats[person.key]
                assert seat is not None
                assert seat[0] == one.seat[0]


def test_a_lecturer_reads_why_this_tambon_and_nobody_elses_name(placed: cast.World) -> None:
    leadership = teams.leaderships().filter(lecturer=placed.lecturer).first()
    assert leadership is not None
    args = (placed.round.code, leadership.tambon.tambon_id, leadership.lecturer_id)
    text = read(placed.pm, "leader_why", *args)
    why = reasons.leader_why(leadership)
    assert why.knows
    assert len(why.options) == 2
    assert all(option.tambon.tambon.full_name in text for option in why.options)
    others = Person.objects.exclude(pk=placed.lecturer.person_id).filter(lectureships__round=placed.round)
    assert [person.full_name for person in others if person.full_name in text] == []
    other = teams.leaderships().exclude(lecturer=placed.lecturer).first()
    assert other is not None
    foreign = reverse(
        "placement:leader_why", args=[placed.round.code, other.tambon.tambon_id, other.lecturer_id]
    )
    assert cast.client_of(placed.pm).get(foreign).status_code == 403
    assert cast.client_of(placed.worker).get(foreign).status_code == 403
    assert cast.client_of(placed.executive).get(foreign).status_code == 200


def test_who_stays_reads_the_reasons_of_the_new_plan_and_who_was_moved_by_hand_that_it_was_by_hand(
    placed: cast.World,
) -> None:
    by_hand, other = teams.engagements().filter(category__code="student")[:2]
    actions.swap(worker=by_hand.worker, other=other.worker, reason="ทั้งสองตกลงกัน", by=placed.office, at=NOW)
    stays = teams.engagements().filter(category__code="public").first()
    assert stays is not None
    Engagement.objects.filter(pk=stays.pk).update(why={})
    replan(placed)
    again = teams.engagement_of(stays.worker)
    assert again is not None
    assert again.pk == stays.pk
    assert again.why["decided_by"] == "plan"
    text = read(placed.office, "why", placed.round.code, by_hand.worker.number)
    assert "ทั้งสองตกลงกัน" in text
