"""A checker that believes nothing: tampered floors, units and limits are refused for the right reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from tests.matching.village import NEXT, hamlet
from u2t.matching import Plan, Rule, digest, solve, violations


def certified(plan: Plan, **changes: object) -> Plan:
    return replace(plan, certificate=replace(plan.certificate, **changes))  # type: ignore[arg-type]


def free_plan_stated_honestly(_: Plan) -> Plan:
    return replace(solve(hamlet(Rule())), digest=digest(hamlet()))


def other_prices(plan: Plan, price: int) -> Plan:
    ((tambon, skill, _),) = plan.certificate.skill_prices
    return certified(plan, skill_prices=((tambon, skill, price),))


TAMPERED: dict[str, tuple[Callable[[Plan], Plan], str]] = {
    "the floor ignored": (free_plan_stated_honestly, "matching.floor_broken"),
    "a skill price changed": (lambda plan: other_prices(plan, 1000), "matching.optimum_not_proved"),
    "a skill price left out": (lambda plan: certified(plan, skill_prices=()), "matching.optimum_not_proved"),
    "a negative skill price": (lambda plan: other_prices(plan, -1), "matching.proof_broken"),
    "a price for another skill": (
        lambda plan: certified(plan, skill_prices=((NEXT, "english", 1),)),
        "matching.proof_broken",
    ),
    "another scale": (lambda plan: certified(plan, scale=7), "matching.optimum_not_proved"),
    "no scale": (lambda plan: certified(plan, scale=0), "matching.proof_broken"),
    "a gap claimed": (lambda plan: certified(plan, gap=5), "matching.optimum_not_proved"),
    "a negative gap": (lambda plan: certified(plan, gap=-1), "matching.proof_broken"),
    "a unit of worth": (lambda plan: certified(plan, unit=1), "matching.proof_broken"),
}


@pytest.mark.parametrize("name", TAMPERED)
def test_a_tampered_floor_is_refused(name: str) -> None:
    tamper, expected = TAMPERED[name]
    assert {one.code for one in violations(hamlet(), tamper(solve(hamlet())))} == {expected}


def test_a_gap_without_a_floor_is_no_proof() -> None:
    problem = hamlet(Rule())
    plan = certified(solve(problem), gap=1)
    assert {one.code for one in violations(problem, plan)} == {"matching.proof_broken"}


def test_for_merit_a_unit_that_kilometres_could_outweigh_is_no_proof() -> None:
    problem = hamlet(Rule(order="merit"))
    plan = solve(problem)
    assert plan.unplaced == ("dan",)
    assert {one.code for one in violations(problem, certified(plan, unit=50))} == {"matching.proof_broken"}
    scores = replace(plan.certificate.people[0], score_total=1)
    tampered = certified(plan, people=(scores, *plan.certificate.people[1:]))
    assert {one.code for one in violations(problem, tampered)} == {"matching.wrong_total"}


def test_somebody_sent_too_far_is_seen() -> None:
    problem = hamlet(Rule(max_km=5), candidates=hamlet().candidates[:3])
    plan = replace(solve(hamlet(Rule(), candidates=hamlet().candidates[1:])), digest=digest(problem))
    far = {**plan.seats, "ann": (NEXT, "public", "team"), "cat": None}
    far.pop("dan")
    tampered = replace(plan, seats=far)
    assert "matching.too_far" in {one.code for one in violations(problem, tampered)}
