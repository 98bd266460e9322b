"""The village, by hand: costs, plan, explanations, figures and changes."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from tests.matching.village import FAR, NEAR, NEXT, village
from u2t.matching import (
    Candidate,
    CostParts,
    Lead,
    Move,
    Plan,
    Post,
    Problem,
    Rule,
    SeatGroup,
    Shortage,
    Surplus,
    consequence,
    digest,
    explain,
    flat_position,
    numbers,
    shortages,
    solve,
    surpluses,
    swap,
    violations,
)
from u2t.objections import Refused


@pytest.fixture
def problem() -> Problem:
    return village()


@pytest.fixture
def plan(problem: Problem) -> Plan:
    return solve(problem)


def codes(objections: object) -> list[str]:
    return [objection.code for objection in objections]  # type: ignore[attr-defined]


def test_the_village_is_placed_as_worked_out_by_hand(problem: Problem, plan: Plan) -> None:
    # Whoever goes to FAR pays 100 km + 120; Cat has no wishes, so she pays nothing more there or anywhere else.
    # Ben's second wish is NEXT: 10 km + 20 + 6; Ann would pay 10 + 20 + 60 for it.
    assert plan.seats == {
        "ann": (NEAR, "public", "team"),
        "ben": (NEXT, "public", "team"),
        "cat": (FAR, "public", "team"),
        "dan": (NEAR, "student", "data"),
    }
    assert plan.parts["ann"].total == 0
    assert plan.parts["ben"] == CostParts(10, False, "district", 20, 1, 6, 0)
    assert plan.parts["cat"].total == 100 + 120
    assert plan.parts["dan"] == CostParts(120, True, "unknown", 120, None, 60, 40)
    assert plan.levels["inconvenience"] == 0 + 36 + 220 + 340
    assert violations(problem, plan) == []


def test_the_only_data_manager_fills_the_office_that_needs_one(plan: Plan) -> None:
    # Both offices lack a position: 15 + 20 to the district's office, 50 + 50 to the province's.
    assert plan.offices == {"dan": "land"}
    assert plan.office_parts["dan"] == CostParts(15, True, "district", 20, None, 0, 0)


def test_leaders_complete_each_other_and_travel_little(plan: Plan) -> None:
    assert plan.leaders == {NEAR: ("lek", "mai"), FAR: ("nid", "oat")}
    assert plan.certificate.leaders is not None
    assert plan.certificate.leaders.total == 4 * 35
    assert plan.certificate.leaders.gap == 0


def test_progress_is_told_step_by_step(problem: Problem) -> None:
    told: list[tuple[str, int, int]] = []
    solve(problem, lambda step, done, of: told.append((step, done, of)))
    assert told[:3] == [("people", 0, 2), ("people", 1, 2), ("people", 2, 2)]
    assert told[-2:] == [("leaders", 0, 1), ("leaders", 1, 1)]


def test_an_explanation_says_what_another_seat_would_have_cost_the_whole(
    problem: Problem, plan: Plan
) -> None:
    told = explain(problem, plan, "ben")
    assert told.decided_by == "plan"
    first, second = told.wishes
    # In NEAR Ben would pay 36 less, but Ann would go to NEXT for 90.
    assert (first.reason, second.reason) == ("full", "granted")
    assert first.alternative is not None
    assert (first.alternative.own_more, first.alternative.more) == (-36, 54)
    assert first.alternative.threshold == -54
    assert [other.seat[0] for other in told.alternatives] == [NEAR, FAR]
    # In FAR he pays 220 + 60, and Cat, without wishes, takes NEXT for 30.
    assert told.alternatives[1].more == (280 - 36) + (30 - 220)


def test_an_explanation_names_nobody_else(problem: Problem, plan: Plan) -> None:
    told = repr(explain(problem, plan, "ben"))
    assert not any(name in told for name in ("ann", "cat", "dan"))


def test_a_wish_is_answered_by_its_reason() -> None:
    seats = (*village().seats, SeatGroup(NEXT, "student", "team", 0))
    people = (
        Candidate("ann", "public", 5, NEAR, (NEAR, FAR)),
        Candidate("eve", "public", 1, NEAR, (NEAR, FAR, "620109")),
        Candidate("fay", "student", 2, NEAR, (NEXT,), lock=(NEAR, "student", "data")),
        Candidate("gus", "public", 3, NEXT, (NEAR, NEXT), fixed_tambon=NEXT),
        Candidate("hal", "student", 4, NEAR, (NEXT,)),
    )
    problem = village(seats=seats, candidates=people)
    plan = solve(problem)
    reasons = {key: [w.reason for w in explain(problem, plan, key).wishes] for key in plan.seats}
    assert reasons == {
        "ann": ["lottery", "granted"],
        "eve": ["granted", "not_better", "no_seat"],
        "fay": ["locked"],
        "gus": ["fixed_elsewhere", "granted"],
        "hal": ["no_seat"],
    }
    assert explain(problem, plan, "fay").decided_by == "lock"
    assert explain(problem, plan, "gus").decided_by == "fixed_tambon"
    assert explain(problem, plan, "hal").seat is None


def test_a_wish_that_would_empty_another_seat_is_told_so() -> None:
    people = (
        Candidate("ann", "public", 1, NEAR, (NEXT,)),
        Candidate("gus", "public", 2, FAR, (), fixed_tambon=NEXT),
    )
    problem = village(candidates=people)
    told = explain(problem, solve(problem), "ann")
    assert told.wishes[0].reason == "fill"
    assert NEXT not in {other.seat[0] for other in told.alternatives}


def test_the_better_of_two_seats_in_a_tambon_is_offered() -> None:
    seats = (
        SeatGroup(NEAR, "public", "team", 1),
        SeatGroup(NEXT, "public", "data", 1),
        SeatGroup(NEXT, "public", "team", 1),
        SeatGroup(NEXT, "public", "yard", 1),
        SeatGroup(NEXT, "public", "zoo", 1),
    )
    problem = village(seats=seats, candidates=(Candidate("ann", "public", 1, NEAR, (NEXT,)),))
    told = explain(problem, solve(problem), "ann")
    assert [(other.seat, other.more) for other in told.alternatives] == [((NEAR, "public", "team"), 30)]
    assert told.seat == (NEXT, "public", "team")


def test_somebody_unplaced_learns_the_nearest_chance() -> None:
    people = tuple(Candidate(name, "student", number, home) for number, (name, home) in enumerate(
        {"ann": NEAR, "ben": NEXT, "cat": FAR}.items()
    ))  # fmt: skip
    problem = village(candidates=people)
    plan = solve(problem)
    assert plan.unplaced == ("ben", "cat")
    told = explain(problem, plan, "ben")
    assert told.parts is None
    # The seat costs Ann 0 + 40 for the missing skill; Ben pays 70.
    assert [(other.more, other.threshold) for other in told.alternatives] == [(30, 40)]


def test_figures_of_the_village(problem: Problem, plan: Plan) -> None:
    summary = numbers(problem, plan)
    assert (summary.filled, summary.places, summary.people) == (4, 4, 4)
    assert (summary.wishes, summary.unlisted, summary.without_wishes) == ((1, 1), 1, 1)
    assert summary.bands == ((5, 1), (10, 1), (20, 0), (50, 0), (100, 1), (None, 0))
    assert summary.assumed_distance == 1
    assert summary.tiers == {"tambon": 1, "district": 1, "province": 0, "elsewhere": 1, "unknown": 1}
    assert summary.skills[NEAR].count == {"digital": 1, "english": 0}
    assert summary.skills[NEAR].missing == ("english",)
    assert summary.skills[NEXT].present == ("english",)
    assert summary.dimensions[FAR].count == {"health": 2, "society": 1}
    assert summary.offices == {"labour": 0, "land": 1}
    assert (summary.leaders, summary.leaders_wanted) == (4, 4)
    assert summary.unplaced == summary.unfilled == summary.without_office == ()


def test_a_swap_tells_the_whole_difference_before_it_is_saved(problem: Problem, plan: Plan) -> None:
    told = consequence(problem, plan, swap(plan, "ann", "ben"))
    assert told.objections == ()
    assert told.after.cost - told.before.cost == 54
    assert (told.before.wishes, told.after.wishes) == ((1, 1), (1,))
    assert told.people["ann"][1] == CostParts(10, False, "district", 20, None, 60, 0)
    assert {tambon: pair[1].present for tambon, pair in told.skills.items()} == {
        NEAR: ("english",),
        NEXT: ("digital",),
    }
    assert told.after_plan is not None
    assert numbers(problem, told.after_plan).filled == 4


def test_a_move_that_breaks_rules_names_every_one(problem: Problem, plan: Plan) -> None:
    locked = village(
        candidates=(
            *problem.candidates[:3],
            Candidate("dan", "student", 4, None, fixed_tambon=NEAR, lock=(NEAR, "student", "data")),
        )
    )
    told = consequence(locked, solve(locked), [Move("dan", (FAR, "public", "team"))])
    assert codes(told.objections) == [
        "matching.other_category",
        "matching.fixed_elsewhere",
        "matching.lock_broken",
        "matching.quota_exceeded",
    ]
    assert told.after_plan is not None
    assert told.after_plan.offices == {}


def test_taking_somebody_out_of_the_plan_shows_the_empty_seat(problem: Problem, plan: Plan) -> None:
    told = consequence(problem, plan, [Move("cat", None)])
    assert told.objections == ()
    assert (told.before.filled, told.after.filled) == (4, 3)
    assert told.people["cat"][1] is None
    assert told.after_plan is not None
    assert numbers(problem, told.after_plan).unfilled == (((FAR, "public", "team"), 1),)


def test_whoever_comes_to_an_office_seat_has_no_office_yet(problem: Problem, plan: Plan) -> None:
    told = consequence(problem, plan, [Move("dan", None), Move("ann", (NEAR, "student", "data"))])
    assert told.after.without_office == 1
    assert codes(told.objections) == ["matching.other_category"]


def test_office_changes_are_held_to_capacity_and_to_the_right_people(problem: Problem, plan: Plan) -> None:
    moved = consequence(problem, plan, [Post("dan", "labour")])
    assert moved.objections == ()
    assert moved.after.office_cost == 100
    wrong = consequence(problem, plan, [Post("ann", "land")])
    assert codes(wrong.objections) == ["matching.office_for_wrong_people", "matching.office_full"]
    kept = village(
        candidates=(*problem.candidates[:3], replace(problem.candidates[3], fixed_office="labour"))
    )
    told = consequence(kept, solve(kept), [Post("dan", "land")])
    assert codes(told.objections) == ["matching.fixed_office_broken"]


def test_leader_changes_show_the_cover_before_and_after(problem: Problem, plan: Plan) -> None:
    told = consequence(problem, plan, [Lead(NEAR, ("lek", "oat"))])
    before, after = told.dimensions[NEAR]
    assert (before.missing, after.missing) == ((), ("society",))
    assert codes(told.objections) == ["matching.lecturer_overloaded"]
    assert told.after.leader_cost == told.before.leader_cost + 30 + (240 - 35)
    many = consequence(problem, plan, [Lead(NEAR, ("lek", "mai", "mai"))])
    assert codes(many.objections) == ["matching.leader_twice", "matching.leader_count"]


def test_a_change_that_names_something_unknown_changes_nothing(problem: Problem, plan: Plan) -> None:
    told = consequence(
        problem,
        plan,
        [
            Move("zoe", ("999999", "public", "team")),
            Post("dan", "moon"),
            Lead("999999", ("lek", "zed")),
        ],
    )
    assert codes(told.objections) == [
        "matching.unknown_person",
        "matching.unknown_seat",
        "matching.unknown_office",
        "matching.unknown_tambon",
        "matching.unknown_lecturer",
    ]
    assert told.after_plan is None
    assert told.after == told.before


def test_two_moves_of_one_person_are_refused(problem: Problem, plan: Plan) -> None:
    told = consequence(problem, plan, [Move("cat", None), Move("cat", (FAR, "public", "team"))])
    assert codes(told.objections) == ["matching.moved_twice"]


def test_a_plan_is_plain_json(plan: Plan) -> None:
    assert Plan.from_json(json.loads(json.dumps(plan.to_json()))) == plan


def test_the_digest_changes_with_any_input_and_with_nothing_else(problem: Problem) -> None:
    same = village(candidates=tuple(reversed(problem.candidates)), tambons=(FAR, NEAR))
    assert digest(same) == digest(problem)
    for other in (
        village(rule=Rule(wish_step=7)),
        village(candidates=problem.candidates[1:]),
        village(positions=()),
        village(dimensions=("health",)),
    ):
        assert digest(other) != digest(problem)


def test_too_few_people_are_diagnosed_by_tambon_and_category() -> None:
    fixed = Candidate("gus", "public", 1, fixed_tambon=NEXT)
    roaming = Candidate("ann", "public", 2)
    assert shortages(village(candidates=(fixed, roaming))) == (
        Shortage("public", (NEAR, FAR), 2, 1, short_anyway=1),
        Shortage("student", (NEAR,), 1, 0, short_anyway=1),
    )
    assert [one.short for one in shortages(village(candidates=(fixed,)))] == [1, 1, 1]
    assert shortages(village()) == ()


def test_too_many_people_are_diagnosed_by_tambon_and_category() -> None:
    people = tuple(Candidate(f"g{number}", "public", number, fixed_tambon=NEXT) for number in range(3))
    more = tuple(Candidate(f"s{number}", "student", 9 + number) for number in range(2))
    content = Candidate("u", "public", 30, fixed_tambon=FAR)
    locked = Candidate("t", "student", 20, lock=(NEAR, "student", "data"))
    problem = village(candidates=(*people, *more, locked, content))
    assert surpluses(problem) == (
        Surplus("public", (NEXT,), 1, ("g0", "g1", "g2")),
        Surplus("student", (NEAR,), 0, ("s0", "s1")),
    )
    assert [one.over for one in surpluses(problem)] == [2, 2]
    plan = solve(problem)
    assert plan.unplaced == ("g1", "g2", "s0", "s1")
    assert violations(problem, plan) == []


def test_everything_that_contradicts_itself_is_named_before_solving() -> None:
    base = village()
    seat = (NEAR, "public", "team")
    people = (
        Candidate("a", "public", 1, lock=seat),
        Candidate("a", "public", 1, lock=seat, wishes=(NEAR, NEAR)),
        Candidate("b", "student", 2, lock=seat, fixed_tambon=FAR),
        Candidate("c", "public", 3, lock=("620199", "public", "team")),
        Candidate("d", "student", 4, fixed_tambon=FAR, fixed_office="moon"),
        Candidate("e", "student", 5, fixed_office="land"),
        Candidate("f", "student", 6, fixed_office="land"),
    )
    problem = village(
        candidates=people,
        seats=(*base.seats, SeatGroup(NEXT, "student", "team", -1)),
        offices=(replace(base.offices[0], minimum=5), *base.offices[1:]),
        lecturers=(replace(base.lecturers[0], max_tambons=-1),),
        rule=Rule(wish_step=-1),
    )
    with pytest.raises(Refused) as refused:
        solve(problem)
    assert sorted(set(codes(refused.value.objections))) == [
        "matching.fixed_exceed_office",
        "matching.fixed_without_seat",
        "matching.given_twice",
        "matching.lock_against_fixed",
        "matching.lock_other_category",
        "matching.lock_unknown_seat",
        "matching.locks_exceed_places",
        "matching.negative_number",
        "matching.office_minimum_above_capacity",
        "matching.rule_out_of_range",
        "matching.unknown_office",
        "matching.wish_given_twice",
    ]
    twice = [one.about["key"] for one in refused.value.objections if one.code == "matching.given_twice"]
    assert twice == ["a", 1]


def test_degrees_become_whole_metres_once() -> None:
    south, north = flat_position(NEAR, 16.0, 99.5, 16.5), flat_position(FAR, 17.0, 99.5, 16.5)
    assert north.north - south.north == 111_195
    east = flat_position(NEXT, 16.0, 100.5, 16.5)
    assert 106_000 < east.east - south.east < 107_000
