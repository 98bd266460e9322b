"""Rules taken apart, and plans measured beside each other: pure, against trying everything."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given as generate
from hypothesis import settings
from hypothesis import strategies as st

from u2t.matching import Candidate, Certificate, Plan, Position, Problem, Rule, SeatGroup, Workstream
from u2t.matching.costs import Costs
from u2t.placement import rules
from u2t.placement.rules import figures

NEAR, FAR = "620101", "630802"
EVERYTHING = Rule(
    order="weighted",
    score_weight=10,
    max_km=40,
    need_weight=(("digital", 80),),
    skill_floor=(("data", 1), ("digital", 2)),
)


def seated(problem: Problem, **seats: str | None) -> Plan:
    """A plan that gives each named person a seat of their category in the tambon, or none."""
    people = {person.key: person for person in problem.candidates}
    costs = Costs(problem)
    where = {key: (tambon, people[key].category, "team") if tambon else None for key, tambon in seats.items()}
    return Plan(
        digest="",
        seats=where,
        parts={key: costs.seat(people[key], seat) for key, seat in where.items() if seat},
        offices={},
        office_parts={},
        leaders={},
        certificate=Certificate(),
    )


@pytest.fixture
def two_tambons() -> Problem:
    """Two tambons 30 km apart, one seat each; A has more points, lives near and wishes for the near one."""
    return Problem(
        seats=tuple(SeatGroup(tambon, "student", "team", 1) for tambon in (NEAR, FAR)),
        candidates=(
            Candidate("a", "student", 1, home=NEAR, wishes=(NEAR,), score=8_000),
            Candidate("b", "student", 2, home=NEAR, score=7_000, skills=frozenset({"digital"})),
        ),
        workstreams=(Workstream("team", needs=frozenset({"digital"})),),
        tambons=(NEAR, FAR),
        positions=(Position(NEAR, 0, 0), Position(FAR, 30_000, 0)),
        skills=("digital",),
    )


def test_a_rule_survives_being_stored_and_the_round_keeps_its_number_of_leaders() -> None:
    stored = rules.policy_json(EVERYTHING)
    assert rules.rule_of(stored, leaders_per_tambon=3) == replace(EVERYTHING, leaders_per_tambon=3)
    assert "leaders_per_tambon" not in stored


def test_each_part_left_out_is_gone_and_nothing_else_is() -> None:
    parts = rules.parts_of(EVERYTHING)
    assert set(parts) == {
        "max_km", "skill_floor:data", "skill_floor:digital", "order", "wishes", "tiers", "need_missing",
        "office_need_missing", "uncovered_dimension",
    }  # fmt: skip
    for part in parts:
        assert set(rules.parts_of(rules.without(EVERYTHING, part))) == set(parts) - {part}


def test_a_rule_is_told_everything_that_makes_it_senseless_at_once() -> None:
    wrong = replace(
        EVERYTHING,
        order="merit",
        max_km=0,
        wish_step=9,
        wish_unlisted=3,
        tier_penalty=(50, 20, 20, 20, 0),
        skill_floor=(("digital", 6),),
    )
    assert {(one.code, one.field) for one in rules.rule_objections(wrong, slots=5)} == {
        ("placement.score_weight_unused", "score_weight"),
        ("placement.max_km_zero", "max_km"),
        ("placement.unlisted_below_wishes", "wish_unlisted"),
        ("placement.tier_penalty_falls", "tier_penalty-district"),
        ("placement.floor_above_slots", "floor-digital"),
    }
    assert not rules.rule_objections(Rule(), slots=5)
    assert not rules.rule_objections(EVERYTHING, slots=5)


def test_the_figures_say_what_the_plan_does(two_tambons: Problem) -> None:
    plan = seated(two_tambons, a=FAR, b=NEAR)
    found = rules.figures_of(two_tambons, plan, Rule(distance_bands=(10, 20, 50)))
    # A: 30 km, another province 120, not wished 60, lacks a skill 40. B: nothing.
    assert (found.inconvenience, found.middle, found.filled) == (250, 250, 2)
    assert (found.asked, found.first, found.three) == (1, 0, 0), "B had no wishes and is not counted"
    assert (found.km, found.measured, found.longest, found.far, found.far_km) == (30, 2, 30, 1, 20)
    assert (found.lacking, found.covered, found.tambons) == (1, 1, 2)
    assert (found.score, found.scored, found.envy) == (15_000, 2, 1)
    assert rules.Figures.from_json(found.to_json()) == found


def test_plans_of_all_rules_are_measured_by_one_yardstick(two_tambons: Problem) -> None:
    plan = seated(two_tambons, a=FAR, b=NEAR)
    cheap = replace(two_tambons, rule=Rule(tier_penalty=(0, 0, 0, 0, 0), wish_unlisted=0, wish_step=0))
    assert rules.figures_of(cheap, plan, Rule()) == rules.figures_of(two_tambons, plan, Rule())


def test_what_is_not_known_is_not_zero(two_tambons: Problem) -> None:
    nobody = replace(two_tambons, candidates=tuple(replace(p, score=None) for p in two_tambons.candidates))
    found = rules.figures_of(nobody, seated(nobody, a=None, b=None), Rule())
    values = {one.key: one.value(found) for one in rules.MEASURES}
    unknown = {"mean", "middle", "first", "three", "km_mean", "longest", "score", "envy"}
    assert {key for key, value in values.items() if value is None} == unknown
    assert values["unplaced"] == 2


def test_who_was_fixed_by_humans_neither_envies_nor_is_envied(two_tambons: Problem) -> None:
    a, b = two_tambons.candidates
    plan = seated(two_tambons, a=FAR, b=NEAR)
    for people in ((replace(a, fixed_tambon=FAR), b), (a, replace(b, lock=(NEAR, "student", "team")))):
        fixed = replace(two_tambons, candidates=people)
        assert figures.envious(fixed, plan, Costs(fixed)) == ()


@settings(max_examples=60, deadline=None)
@generate(data=st.data())
def test_envy_is_what_looking_at_every_pair_finds(data: st.DataObject) -> None:
    tambons = ("620101", "620102", "620703", "630802")
    people = tuple(
        Candidate(
            str(number),
            data.draw(st.sampled_from(("student", "public"))),
            number,
            home=data.draw(st.sampled_from((*tambons, None))),
            wishes=tuple(data.draw(st.lists(st.sampled_from(tambons), unique=True, max_size=2))),
            score=data.draw(st.none() | st.integers(0, 3)),
        )
        for number in range(data.draw(st.integers(2, 7)))
    )
    problem = Problem(candidates=people, workstreams=(Workstream("team"),), tambons=tambons)
    seats = {person.key: data.draw(st.sampled_from((*tambons, None))) for person in people}
    plan, costs = seated(problem, **seats), Costs(problem)

    def burden(person: Candidate, tambon: str | None) -> int:
        return costs.seat(person, (tambon, person.category, "team")).total if tambon else 10**9

    looked = {
        one.key
        for one in people
        for other in people
        if one.category == other.category
        and one.score is not None
        and other.score is not None
        and other.score < one.score
        and seats[other.key]
        and burden(one, seats[other.key]) < burden(one, seats[one.key])
    }
    assert set(figures.envious(problem, plan, costs)) == looked


def test_the_best_is_marked_only_where_rules_differ(two_tambons: Problem) -> None:
    good = rules.figures_of(two_tambons, seated(two_tambons, a=NEAR, b=FAR), Rule())
    bad = rules.figures_of(two_tambons, seated(two_tambons, a=FAR, b=NEAR), Rule())
    measure = {one.key: one for one in rules.MEASURES}
    assert rules.best_of(measure["first"], [bad, None, good, good]) == {2, 3}
    assert rules.best_of(measure["envy"], [bad, good]) == {1}, "less envy is better"
    assert rules.best_of(measure["filled"], [bad, good]) == set()
    assert rules.best_of(measure["first"], [good]) == set()


def test_an_effect_has_its_direction_and_says_who_pays(two_tambons: Problem) -> None:
    with_it = rules.figures_of(two_tambons, seated(two_tambons, a=FAR, b=None), Rule())
    without_it = rules.figures_of(two_tambons, seated(two_tambons, a=NEAR, b=FAR), Rule())
    found = {one.measure.key: one for one in rules.effects_of(with_it, without_it)}
    assert (found["unplaced"].change, found["unplaced"].is_cost) == (Fraction(1), True)
    assert (found["first"].change, found["first"].is_cost) == (Fraction(-1), True)
    assert not found["score"].is_cost, "the mean of those who are left is higher"
    assert "ways" not in found, "what does not change is not said"
    assert not rules.effects_of(with_it, with_it)
