"""The other rules that an office may choose: merit, scores in kilometres, a farthest way, skills by weight."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.matching import worlds
from tests.matching.village import FAR, NEAR, NEXT, village
from u2t.matching import (
    Candidate,
    Explainer,
    Plan,
    Problem,
    Rule,
    Shortage,
    Stranded,
    Surplus,
    digest,
    explain,
    objections,
    shortages,
    solve,
    stranded,
    surpluses,
    violations,
)
from u2t.matching.reach import reach
from u2t.objections import Objection, Refused

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


@settings(max_examples=80, deadline=None)
@given(ruled())
def test_every_rule_finds_what_trying_everything_finds(problem: Problem) -> None:
    plan = solve(problem)
    filled, cost, seats = worlds.best_seats(problem)
    assert plan.levels["seats_filled"] == filled
    assert plan.levels["inconvenience"] == cost
    assert plan.seats == seats
    assert violations(problem, plan) == []
    assert Plan.from_json(json.loads(json.dumps(plan.to_json()))) == plan


def value(problem: Problem, plan: Plan) -> tuple[int, int]:
    """The levels after the fill, as numbers to be kept small: score, then inconvenience less what scores weigh."""
    rule = problem.rule
    placed = [person for person in problem.candidates if plan.seats[person.key]]
    if rule.order == "weighted":
        gain = sum((person.score or 0) * rule.score_weight // 100 for person in placed)
        return 0, plan.levels["inconvenience"] - gain
    return -plan.levels.get("score", 0), plan.levels["inconvenience"]


@settings(max_examples=60, deadline=None)
@given(ruled(6, locks=False))
def test_under_every_rule_the_stated_loss_is_what_a_new_plan_would_lose(problem: Problem) -> None:
    plan = solve(problem)
    explainer = Explainer(problem, plan)
    for person in problem.candidates:
        explanation = explainer.explain(person.key)
        assert explanation.exact
        told = [*explanation.alternatives, *(w.alternative for w in explanation.wishes if w.alternative)]
        if explanation.nearest:
            assert explanation.nearest == explanation.alternatives[0]
        seats = [other.seat for other in told]
        for other, locked in zip(told, worlds.forced(problem, person.key, seats), strict=True):
            forced = solve(locked)
            assert forced.levels["seats_filled"] == plan.levels["seats_filled"]
            (score, cost), (best_score, best_cost) = value(problem, forced), value(problem, plan)
            assert (other.more_score, other.more) == (score - best_score, cost - best_cost)


@settings(max_examples=60, deadline=None)
@given(ruled(6, orders=("merit", "weighted")))
def test_the_score_that_would_have_been_needed_is_the_exact_threshold(problem: Problem) -> None:
    plan = solve(problem)

    def placed_with(key: str, score: int) -> bool:
        people = tuple(replace(p, score=score) if p.key == key else p for p in problem.candidates)
        return solve(replace(problem, candidates=people)).seats[key] is not None

    for key in plan.unplaced:
        needed = explain(problem, plan, key).needed
        if needed is None:
            assert not placed_with(key, 100_000)
        else:
            assert placed_with(key, needed)
            assert not placed_with(key, needed - 1)


@settings(max_examples=40, deadline=None)
@given(ruled(6, orders=("merit", "weighted")), st.integers(1, 300))
def test_a_better_score_never_costs_anybody_the_seat(problem: Problem, more: int) -> None:
    hired = [person for person in problem.candidates if solve(problem).seats[person.key]]
    for person in hired[:2]:
        people = tuple(
            replace(p, score=(p.score or 0) + more) if p is person else p for p in problem.candidates
        )
        assert solve(replace(problem, candidates=people)).seats[person.key] is not None


@settings(max_examples=40, deadline=None)
@given(ruled(6), st.randoms(use_true_random=False))
def test_under_every_rule_the_order_of_the_input_changes_nothing(
    problem: Problem, chance: random.Random
) -> None:
    again = replace(
        problem,
        candidates=tuple(chance.sample(problem.candidates, len(problem.candidates))),
        seats=tuple(chance.sample(problem.seats, len(problem.seats))),
    )
    assert solve(again) == solve(problem)


@settings(max_examples=50, deadline=None)
@given(ruled(6))
def test_what_is_short_and_who_is_left_out_add_up(problem: Problem) -> None:
    plan = solve(problem)
    empty = sum(seat.places for seat in problem.seats) - plan.levels["seats_filled"]
    assert sum(one.short for one in shortages(problem)) == empty
    alone = {one.person for one in stranded(problem)} if problem.rule.max_km is not None else set()
    assert sum(one.over for one in surpluses(problem)) + len(alone) == len(plan.unplaced)
    assert alone <= set(plan.unplaced)
    for shortage in shortages(problem):
        assert 0 <= shortage.short_anyway <= shortage.short
        if shortage.needed_km is None:
            continue
        own = [one for one in problem.candidates if one.category == shortage.category]
        seats = tuple(seat for seat in problem.seats if seat.category == shortage.category)
        market = replace(problem, candidates=tuple(own), seats=seats)

        def filled(most: int | None, market: Problem = market) -> int:
            return worlds.best_seats(replace(market, rule=replace(market.rule, max_km=most)))[0]

        assert filled(shortage.needed_km) == filled(None) > filled(shortage.needed_km - 1)


def test_a_farthest_way_that_leaves_places_empty_says_what_would_help() -> None:
    # Homes at NEAR; NEXT lies 10 km and FAR 100 km away.
    people = tuple(Candidate(f"p{number}", "public", number, NEAR) for number in range(4))
    lost = Candidate("lost", "public", 9, "900101")
    problem = village(candidates=(*people, lost), rule=Rule(max_km=9))
    seats = (NEXT, FAR)
    assert shortages(problem)[:2] == (
        Shortage("public", (NEXT,), 1, 0, needed_km=100, in_reach=4, short_anyway=0),
        Shortage("public", (FAR,), 1, 0, needed_km=100, in_reach=4, short_anyway=0),
    )
    assert shortages(problem)[2] == Shortage("student", (NEAR,), 1, 0, short_anyway=1)
    assert surpluses(problem) == (Surplus("public", (NEAR,), 1, tuple(one.key for one in people)),)
    assert stranded(problem) == (Stranded("lost", "public", 120),)
    assert solve(problem).levels["seats_filled"] == 1
    assert {one.tambons for one in shortages(problem)[:2]} == {(seat,) for seat in seats}


def test_whom_no_tambon_can_take_is_named_with_the_nearest_way() -> None:
    people = (
        Candidate("far", "public", 1, "900101"),
        Candidate("none", "monk", 2, NEAR),
        Candidate("near", "public", 3, NEAR),
        Candidate("sure", "public", 4, "900101", fixed_tambon=NEAR),
        Candidate("kept", "public", 5, "900101", lock=(NEXT, "public", "team")),
    )
    assert stranded(village(candidates=people, rule=Rule(max_km=50))) == (
        Stranded("far", "public", 120),
        Stranded("none", "monk", None),
    )
    assert [one.person for one in stranded(village(candidates=people))] == ["none"]


def ruled_village(rule: Rule, *scores: int | None) -> Problem:
    people = tuple(
        Candidate(f"p{number}", "public", number, NEAR, score=score) for number, score in enumerate(scores)
    )
    return village(candidates=people, rule=rule)


def test_scores_that_a_rule_needs_must_be_there_and_make_sense() -> None:
    merit = Rule(order="merit")
    assert objections(ruled_village(Rule(), None, 5000)) == ()
    assert objections(ruled_village(merit, None, 5000, None)) == (
        Objection("matching.score_missing", {"count": 2, "people": "p0, p2"}),
    )
    assert objections(ruled_village(Rule(), -1, 5000)) == (
        Objection("matching.score_negative", {"count": 1, "people": "p0"}),
    )
    assert objections(ruled_village(merit, 1_000_001, 5000)) == (
        Objection("matching.score_too_large", {"count": 1, "people": "p0", "most": 10_000}),
    )
    held = replace(
        ruled_village(merit, 100), candidates=(Candidate("x", "public", 1, lock=(NEAR, "public", "team")),)
    )
    assert objections(held) == ()


def test_a_rule_that_cannot_be_used_is_refused_by_its_reason() -> None:
    assert [one.code for one in objections(village(rule=Rule(order="beauty")))] == ["matching.unknown_order"]
    assert [one.code for one in objections(village(rule=Rule(max_km=-1)))] == ["matching.rule_out_of_range"]
    twice = Rule(need_weight=(("digital", 1), ("digital", 2)), skill_floor=(("english", -1),))
    assert [one.code for one in objections(village(rule=twice))] == [
        "matching.given_twice",
        "matching.rule_out_of_range",
    ]
    huge = Rule(order="merit", tier_penalty=(10**6,) * 5, wish_unlisted=10**6, need_missing=10**6)
    crowd = ruled_village(huge, *[10**6] * 30)
    with pytest.raises(Refused) as refused:
        solve(replace(crowd, seats=(replace(crowd.seats[0], places=30),)))
    assert [one.code for one in refused.value.objections] == ["matching.numbers_too_large"]


def test_a_rule_that_says_nothing_new_keeps_the_fingerprint_of_older_plans() -> None:
    # Computed before orders, scores, limits, floors and leads were known.
    assert digest(village()) == "ec0407815595e6423f1343e6dbee0690595159e65b0cda89e9776d78fbcadb60"
    for other in (Rule(order="merit"), Rule(max_km=200), Rule(skill_floor=(("digital", 1),))):
        assert digest(village(rule=other)) != digest(village())
    scored = replace(village().candidates[0], score=0)
    assert digest(village(candidates=(scored, *village().candidates[1:]))) != digest(village())
    assert digest(village(leads=((NEAR, "lek"),))) != digest(village())
    both = (("b", 1), ("a", 2))
    assert digest(village(rule=Rule(need_weight=both))) == digest(village(rule=Rule(need_weight=both[::-1])))


def test_people_who_crowd_and_places_that_nobody_reaches_are_told_apart() -> None:
    # Ann may go to either tambon, Ben only to the second: two people for three places, whoever goes where.
    short = reach(np.array([[True, True], [False, True]]), [1, 2])
    assert short.filled == 2
    assert [one.tolist() for one in short.short_sets()] == [[0, 1]]
    assert not short.cover().any()
    # Three people crowd into two tambons, one of them by way of the other; the third tambon stays half empty.
    rows = [[True, False, False], [True, True, False], [False, True, False], [False, False, True]]
    crowded = reach(np.array(rows), [1, 1, 2])
    assert crowded.filled == 3
    assert crowded.cover().tolist() == [True, True, False]
    assert [one.tolist() for one in crowded.short_sets()] == [[2]]


def test_merit_decides_even_where_no_seat_costs_anything() -> None:
    free = Rule((0,) * 5, (0,) * 5, 0, 0, 0, order="merit")
    people = tuple(Candidate(f"p{number}", "student", number, score=100 * number) for number in range(1, 4))
    problem = village(candidates=people, positions=(), rule=free)
    plan = solve(problem)
    assert plan.unplaced == ("p1", "p2")
    told = explain(problem, plan, "p2")
    assert (told.needed, told.nearest and told.nearest.more_score) == (300, 100)
    assert violations(problem, plan) == []
