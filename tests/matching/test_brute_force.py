"""On small problems the engine finds exactly what trying everything finds."""

from __future__ import annotations

import random
from dataclasses import fields, replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.matching import worlds
from u2t.matching import Explainer, Plan, Problem, explain, solve, violations


@settings(max_examples=150, deadline=None)
@given(worlds.towns())
def test_seats_are_filled_at_least_inconvenience_and_ties_go_to_the_lottery(problem: Problem) -> None:
    plan = solve(problem)
    filled, cost, seats = worlds.best_seats(problem)
    assert plan.levels["seats_filled"] == filled
    assert plan.levels["inconvenience"] == cost
    assert plan.seats == seats
    assert violations(problem, plan) == []


@settings(max_examples=120, deadline=None)
@given(worlds.desks())
def test_offices_get_their_minimum_then_the_shortest_ways(problem: Problem) -> None:
    plan = solve(problem)
    filled, _, cost, offices = worlds.best_offices(problem, plan)
    assert plan.offices == offices
    assert sum(office is not None for office in plan.offices.values()) == filled
    assert sum(parts.total for parts in plan.office_parts.values()) == cost
    assert violations(problem, plan) == []


@settings(max_examples=120, deadline=None)
@given(worlds.colleges())
def test_leaders_are_as_many_and_as_near_and_as_complementary_as_can_be(problem: Problem) -> None:
    plan = solve(problem)
    filled, cost = worlds.best_leaders(problem)
    people = {lecturer.key: lecturer for lecturer in problem.lecturers}
    teams = tuple(tuple(people[name] for name in plan.leaders[tambon]) for tambon in problem.tambons)
    assert sum(map(len, teams)) == filled
    assert worlds.leader_cost(problem, teams) == cost
    assert violations(problem, plan) == []
    if plan.certificate.leaders:
        assert plan.certificate.leaders.total == cost
        assert plan.certificate.leaders.bound <= cost


@settings(max_examples=40, deadline=None)
@given(worlds.towns(people=8), st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(problem: Problem, chance: random.Random) -> None:
    shuffled = {}
    for part in fields(problem):
        value = getattr(problem, part.name)
        shuffled[part.name] = tuple(chance.sample(value, len(value))) if isinstance(value, tuple) else value
    again = Problem(**shuffled)
    assert solve(again) == solve(problem)


@settings(max_examples=40, deadline=None)
@given(worlds.towns())
def test_a_plan_survives_json_unchanged(problem: Problem) -> None:
    plan = solve(problem)
    assert Plan.from_json(plan.to_json()) == plan


@settings(max_examples=40, deadline=None)
@given(worlds.towns(people=6, locks=False))
def test_the_stated_loss_of_every_other_seat_is_what_a_new_plan_would_lose(problem: Problem) -> None:
    plan = solve(problem)
    explainer = Explainer(problem, plan)
    for person in problem.candidates:
        explanation = explainer.explain(person.key)
        assert explanation == explain(problem, plan, person.key)
        told = list(explanation.alternatives) + [w.alternative for w in explanation.wishes if w.alternative]
        for other, locked in zip(
            told, worlds.forced(problem, person.key, [o.seat for o in told]), strict=True
        ):
            forced = solve(replace(locked))
            assert forced.levels["seats_filled"] == plan.levels["seats_filled"]
            best_here = forced.levels["inconvenience"] - plan.levels["inconvenience"]
            assert other.more == best_here >= 0
            assert other.parts.total - other.threshold == other.more
