"""People with wanted skills in every tambon."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.matching import worlds
from tests.matching.test_rules import ruled
from u2t.matching import Plan, Problem, solve, violations
from u2t.objections import Refused

FLOORS = ((("digital", 1),), (("english", 1),), (("digital", 1), ("english", 1)), (("digital", 2),))


def counted(problem: Problem, seats: dict[str, tuple[str, str, str] | None]) -> tuple[int, int]:
    """Merit, and inconvenience less what scores are worth, of everybody who is not locked."""
    merit = value = 0
    for person in problem.candidates:
        seat = seats[person.key]
        if seat and not person.lock:
            one, gain = worlds.worth(problem, person)
            merit, value = merit + one, value + worlds.inconvenience(problem, person, seat) - gain
    return merit, value


@settings(max_examples=200, deadline=None)
@given(ruled(6), st.sampled_from(FLOORS))
def test_a_floor_is_kept_at_the_least_that_trying_everything_finds(
    town: Problem, floor: tuple[tuple[str, int], ...]
) -> None:
    problem = replace(town, rule=replace(town.rule, skill_floor=floor))
    most = worlds.best_seats(town)[0]
    best = worlds.best_floored(problem)
    if best is None or best[0] < most:
        with pytest.raises(Refused) as refused:
            solve(problem)
        assert {one.code for one in refused.value.objections} <= {
            "matching.floor_impossible",
            "matching.floor_lacks_people",
        }
        return
    plan = solve(problem)
    assert plan.levels["seats_filled"] == most
    assert counted(problem, dict(plan.seats)) == counted(problem, best[2])
    assert violations(problem, plan) == []
    assert Plan.from_json(json.loads(json.dumps(plan.to_json()))) == plan
