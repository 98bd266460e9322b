"""People with wanted skills in every tambon."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.placement.university import university
from tests.matching import worlds
from tests.matching.village import DIGITAL, FAR, FLOOR, NEAR, NEXT, hamlet
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
from u2t.matching import lacking as engine
from u2t.matching.highs import Answer, Columns, Floats
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


@st.composite
def crowds(draw: st.DrawFn) -> Problem:
    """More people than places; those with the skills live together, so that a floor sends some of them away."""
    chance = draw(st.randoms(use_true_random=False))
    tambons = worlds.TAMBONS[: chance.randint(2, 3)]
    seats = [
        SeatGroup(tambon, category, "team", chance.randint(1, 2))
        for tambon in tambons
        for category in chance.choice(("a", "ab"))
    ]
    people = []
    for number in range(chance.randint(4, 6)):
        skills = frozenset(skill for skill in ("digital", "english") if chance.random() < 0.6)
        home = tambons[0] if skills and chance.random() < 0.7 else chance.choice(worlds.HOMES)
        wishes = tuple(chance.sample(worlds.TAMBONS, chance.randint(0, 3)))
        category = "a" if chance.random() < 0.7 else "b"
        score = chance.choice((0, 49, 50, 100, 250))
        people.append(Candidate(f"p{number}", category, number, home, wishes, skills, score=score))
    rule = replace(
        worlds.RULE,
        order=chance.choice(("inconvenience", "merit", "weighted")),
        score_weight=chance.choice((0, 1, 3, 40)),
        max_km=chance.choice((None, None, 4)),
        skill_floor=chance.choice(FLOORS),
    )
    return Problem(tuple(seats), tuple(people), worlds.STREAMS, rule=rule)


@settings(max_examples=100, deadline=None)
@given(crowds())
def test_a_floor_is_kept_at_the_least_that_trying_everything_finds(problem: Problem) -> None:
    town = replace(problem, rule=replace(problem.rule, skill_floor=()))
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
    assert plan.certificate.gap >= 0
    assert Plan.from_json(json.loads(json.dumps(plan.to_json()))) == plan


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
    fixed = tuple(replace(one, fixed_tambon=NEAR) for one in hamlet().candidates[:2])
    assert [one.about["tambon"] for one in objections(hamlet(candidates=fixed))] == [NEXT]
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


@settings(max_examples=40, deadline=None)
@given(crowds())
def test_with_a_floor_no_stated_loss_is_more_than_a_new_plan_would_lose(problem: Problem) -> None:
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


def halved() -> Problem:
    """For merit, half a person with two skills and halves of others are worth more than whole people."""
    rows = (
        ("b", "63", ("620201",), ("english",), 49),
        ("a", "630101", ("620101", "620201", NEXT), (), 50),
        ("a", "6202", ("630101", "620201", "620101"), ("digital", "english"), 49),
        ("b", None, (), ("digital",), 49),
        ("b", "620103", (NEXT, "620201"), ("digital",), 100),
    )
    people = tuple(
        Candidate(f"p{number}", category, number, home, wishes, frozenset(skills), score=score)
        for number, (category, home, wishes, skills, score) in enumerate(rows)
    )
    rule = replace(worlds.RULE, order="merit", skill_floor=(("digital", 2), ("english", 1)))
    return Problem((SeatGroup(NEXT, "a", "team", 1), SeatGroup(NEXT, "b", "team", 2)), people, rule=rule)


def test_what_the_prices_cannot_prove_is_stated_as_a_gap() -> None:
    problem = halved()
    plan = solve(problem)
    proof = plan.certificate
    best = worlds.best_floored(problem)
    assert best is not None
    assert counted(problem, dict(plan.seats)) == counted(problem, best[2])
    assert 0 < proof.gap < proof.unit
    assert proof.scale == 720
    assert violations(problem, plan) == []
    for person in problem.candidates:
        told = explain(problem, plan, person.key)
        assert not told.exact
        for other in told.alternatives:
            (locked,) = worlds.forced(problem, person.key, [other.seat])
            forced = worlds.best_floored(locked)
            if forced is not None and forced[0] == plan.levels["seats_filled"]:
                assert (other.more_score, other.more) <= loss(problem, dict(plan.seats), forced[2])


def test_prices_that_would_grow_too_large_stay_whole_numbers() -> None:
    problem = halved()
    people = tuple(replace(one, score=(one.score or 0) * 10_000) for one in problem.candidates)
    rule = replace(problem.rule, tier_penalty=(0, 2, 50_000, 90_000, 90_000))
    large = replace(problem, candidates=people, rule=rule)
    plan = solve(large)
    assert plan.certificate.scale == 1
    assert violations(large, plan) == []


def test_a_search_for_whole_people_that_finds_nothing_looks_wider(monkeypatch: pytest.MonkeyPatch) -> None:
    careful, asked = engine.solve_whole, []

    def hesitant(columns: Columns, lower: Floats, upper: Floats, target: float, nodes: int) -> Answer:
        asked.append(nodes)
        return replace(careful(columns, lower, upper, target, nodes), found=len(asked) > 2)

    monkeypatch.setattr(engine, "solve_whole", hesitant)
    assert solve(hamlet()).levels["inconvenience"] == 30
    assert len(asked) == 3
    asked[:] = []
    monkeypatch.setattr(engine, "WINDOWS", engine.WINDOWS[:2])
    with pytest.raises(ArithmeticError):
        solve(hamlet())


def test_for_merit_too_an_impossible_floor_is_refused_with_names() -> None:
    rule = Rule(order="merit", skill_floor=(("digital", 1), ("english", 1)))
    people = (
        Candidate("a", "public", 1, NEAR, (), DIGITAL | {"english"}, score=1),
        Candidate("b", "public", 2, NEAR, (), DIGITAL, score=2),
        Candidate("c", "public", 3, NEAR, (), frozenset({"english"}), score=3),
    )
    seats = (SeatGroup(NEAR, "public", "team", 1), SeatGroup(NEXT, "public", "team", 1))
    with pytest.raises(Refused):
        solve(hamlet(rule, candidates=people, seats=seats))


def test_one_of_two_prices_may_serve_several_skills_of_one_tambon() -> None:
    # Also a category without any floor to keep, and a person whom a human has already placed for one of the skills.
    rule = Rule(skill_floor=(("digital", 1), ("english", 1)))
    people = (
        Candidate("a", "public", 1, NEAR, (NEAR,), DIGITAL),
        Candidate("b", "public", 2, NEAR, (NEAR,), frozenset({"english"})),
        Candidate("c", "public", 3, NEAR, (NEAR,), frozenset()),
        Candidate("kept", "public", 4, NEAR, (), DIGITAL | {"swim"}, lock=(NEXT, "public", "team")),
        Candidate("s", "student", 5, FAR, (), frozenset()),
    )
    seats = (
        SeatGroup(NEAR, "public", "team", 2),
        SeatGroup(NEXT, "public", "team", 2),
        SeatGroup(NEAR, "student", "team", 1),
    )
    problem = hamlet(rule, candidates=people, seats=seats)
    with pytest.raises(Refused) as refused:
        solve(problem)
    assert [one.code for one in refused.value.objections] == ["matching.floor_lacks_people"]
    more = Candidate("d", "public", 6, NEXT, (), frozenset({"english"}))
    problem = hamlet(rule, candidates=(*people, more), seats=seats)
    plan = solve(problem)
    assert violations(problem, plan) == []
    assert plan.seats["d"] == (NEXT, "public", "team")


def test_the_whole_university_keeps_a_floor_with_proof() -> None:
    problem = university(3)
    held = replace(
        problem,
        lecturers=(),
        offices=(),
        rule=replace(problem.rule, skill_floor=(("digital", 4), ("english", 3))),
    )
    free = replace(held, rule=problem.rule)
    assert {one.code for one in violations(held, replace(solve(free), digest=digest(held)))} == {
        "matching.floor_broken"
    }
    plan = solve(held)
    assert plan.certificate.gap == 0
    assert plan.levels["seats_filled"] == 1200
    assert violations(held, plan) == []
