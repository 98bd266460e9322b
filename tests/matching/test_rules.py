"""The other rules that an office may choose: merit, scores in kilometres, a farthest way, skills by weight."""

from __future__ import annotations

import json
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.matching import worlds
from u2t.matching import Plan, Problem, solve, violations

ORDERS = ("inconvenience", "merit", "weighted")


@st.composite
def ruled(draw: st.DrawFn, people: int = 5, locks: bool = True, orders: tuple[str, ...] = ORDERS) -> Problem:
    """A small town under a drawn rule: scores with ties, ways that are too far, weights by skill."""
    town = draw(worlds.towns(people, locks))
    rule = replace(
        town.rule,
        order=draw(st.sampled_from(orders)),
        score_weight=draw(st.sampled_from((0, 1, 3, 40))),
        max_km=draw(st.sampled_from((None, 1, 2, 4, 6))),
        need_weight=draw(st.sampled_from(((), (("digital", 7),), (("digital", 0), ("english", 4))))),
    )
    scores = st.sampled_from((0, 49, 50, 100, 250))
    people_with_scores = tuple(replace(person, score=draw(scores)) for person in town.candidates)
    return replace(town, candidates=people_with_scores, rule=rule)


@settings(max_examples=150, deadline=None)
@given(ruled())
def test_every_rule_finds_what_trying_everything_finds(problem: Problem) -> None:
    plan = solve(problem)
    filled, cost, seats = worlds.best_seats(problem)
    assert plan.levels["seats_filled"] == filled
    assert plan.levels["inconvenience"] == cost
    assert plan.seats == seats
    assert violations(problem, plan) == []
    assert Plan.from_json(json.loads(json.dumps(plan.to_json()))) == plan
