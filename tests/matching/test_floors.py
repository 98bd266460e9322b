"""People with wanted skills in every tambon."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.matching import worlds
from tests.matching.test_rules import ruled
from tests.matching.village import FAR, NEAR, NEXT, village
from u2t.matching import (
    Candidate,
    Plan,
    Problem,
    Rule,
    SeatGroup,
    SeatKey,
    digest,
    explain,
    objections,
    solve,
    violations,
)
from u2t.objections import Objection, Refused

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


@settings(max_examples=120, deadline=None)
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


DIGITAL = frozenset({"digital"})
FLOOR = Rule(skill_floor=(("digital", 1),))


def hamlet(rule: Rule = FLOOR, **changes: object) -> Problem:
    """Four people of NEAR for two places there and one in NEXT, 10 km away; two of them have the skill.

    Whoever goes to NEXT pays 10 km and 20 for the district: the floor asks one of the two to.
    """
    given: dict[str, object] = {
        "seats": (SeatGroup(NEAR, "public", "team", 2), SeatGroup(NEXT, "public", "team", 1)),
        "candidates": (
            Candidate("ann", "public", 1, NEAR, (NEAR,), DIGITAL, score=9000),
            Candidate("ben", "public", 2, NEAR, (), DIGITAL, score=8000),
            Candidate("cat", "public", 3, NEXT, (NEXT,), frozenset(), score=7000),
            Candidate("dan", "public", 4, NEAR, (NEAR,), frozenset(), score=6000),
        ),
        "lecturers": (),
        "tambons": (),
        "rule": rule,
    }
    return village(**{**given, **changes})


def test_a_floor_sends_the_person_whom_it_costs_least() -> None:
    free, held = solve(hamlet(Rule())), solve(hamlet())
    assert (free.seats["cat"], free.levels["inconvenience"]) == ((NEXT, "public", "team"), 0)
    assert held.seats["ben"] == (NEXT, "public", "team")
    assert held.levels["inconvenience"] == 30
    assert held.unplaced == ("cat",)
    proof = held.certificate
    assert (proof.scale, proof.gap) == (1, 0)
    assert [(tambon, skill) for tambon, skill, _ in proof.skill_prices] == [(NEXT, "digital")]


def test_a_person_decided_by_a_human_counts_for_the_floor() -> None:
    held = hamlet(
        candidates=(
            replace(hamlet().candidates[0], lock=(NEXT, "public", "team")),
            *hamlet().candidates[1:],
        )
    )
    plan = solve(held)
    assert plan.seats["ben"] == (NEAR, "public", "team")
    assert plan.certificate.skill_prices == ()
    assert violations(held, plan) == []
    both = tuple(
        replace(one, lock=(tambon, "public", "team"))
        for one, tambon in zip(hamlet().candidates[:2], (NEAR, NEXT), strict=True)
    )
    assert solve(hamlet(candidates=both)).levels["seats_filled"] == 2


def test_a_floor_that_cannot_be_kept_names_the_tambon_and_the_most_there_can_be() -> None:
    few = hamlet(Rule(skill_floor=(("english", 1),)))
    assert objections(few) == (
        Objection(
            "matching.floor_lacks_people",
            {"skill": "english", "people": 0, "wanted": 2, "least": 1, "tambons": 2},
        ),
    )
    # Two places in NEAR hold two; NEXT has one place only.
    two = hamlet(Rule(skill_floor=(("digital", 2),)), candidates=(*hamlet().candidates, *more_digital(2)))
    assert objections(two) == (
        Objection("matching.floor_impossible", {"tambon": NEXT, "skill": "digital", "least": 2, "best": 1}),
    )
    far = hamlet(replace(FLOOR, max_km=5))
    assert [one.about for one in objections(far)] == [
        {"tambon": NEXT, "skill": "digital", "least": 1, "best": 0}
    ]


def more_digital(count: int) -> tuple[Candidate, ...]:
    return tuple(Candidate(f"m{number}", "public", 10 + number, NEAR, (), DIGITAL) for number in range(count))


def test_a_floor_that_only_the_whole_shows_to_be_impossible_is_refused_with_names() -> None:
    # Each tambon alone could have one who speaks and one who computes; three people for four such needs.
    rule = Rule(skill_floor=(("digital", 1), ("english", 1)))
    people = (
        Candidate("a", "public", 1, NEAR, (), DIGITAL | {"english"}),
        Candidate("b", "public", 2, NEAR, (), DIGITAL),
        Candidate("c", "public", 3, NEAR, (), frozenset({"english"})),
    )
    seats = (SeatGroup(NEAR, "public", "team", 1), SeatGroup(NEXT, "public", "team", 1))
    problem = hamlet(rule, candidates=people, seats=seats)
    assert objections(problem) == ()
    with pytest.raises(Refused) as refused:
        solve(problem)
    (one,) = refused.value.objections
    assert (one.code, one.about["least"], one.about["best"]) == ("matching.floor_impossible", 1, 0)


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


@settings(max_examples=40, deadline=None)
@given(ruled(6, locks=False), st.sampled_from(FLOORS[:2]))
def test_with_a_floor_no_stated_loss_is_more_than_a_new_plan_would_lose(
    town: Problem, floor: tuple[tuple[str, int], ...]
) -> None:
    problem = replace(town, rule=replace(town.rule, skill_floor=floor))
    try:
        plan = solve(problem)
    except Refused:
        return
    for person in problem.candidates:
        explanation = explain(problem, plan, person.key)
        assert not explanation.exact
        told = explanation.alternatives
        for other, locked in zip(
            told, worlds.forced(problem, person.key, [one.seat for one in told]), strict=True
        ):
            forced = worlds.best_floored(locked)
            if forced is None or forced[0] < plan.levels["seats_filled"]:
                continue
            lost = loss(problem, dict(plan.seats), forced[2])
            assert (other.more_score, other.more) <= lost


def loss(
    problem: Problem, before: dict[str, SeatKey | None], after: dict[str, SeatKey | None]
) -> tuple[int, int]:
    (merit, value), (other_merit, other_value) = counted(problem, before), counted(problem, after)
    return merit - other_merit, other_value - value


def test_a_wide_village_is_settled_by_the_lottery_among_people_who_bring_the_same() -> None:
    people = tuple(
        Candidate(f"p{number}", "public", 9 - number, NEAR, (), DIGITAL if number < 4 else frozenset())
        for number in range(9)
    )
    seats = tuple(SeatGroup(tambon, "public", "team", 3) for tambon in (NEAR, NEXT, FAR))
    problem = hamlet(candidates=people, seats=seats)
    plan = solve(problem)
    assert violations(problem, plan) == []
    early = [plan.parts[f"p{number}"].total for number in (8, 7, 6, 5, 4)]
    assert early == sorted(early)
    skilled = [plan.parts[f"p{number}"].total for number in (3, 2, 1, 0)]
    assert skilled == sorted(skilled)
