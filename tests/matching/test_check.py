"""The checker believes nothing: every tampered plan is refused, and for the right reason."""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.placement.university import university
from tests.matching import worlds
from tests.matching.village import FAR, NEAR, NEXT, village
from u2t.matching import (
    Branch,
    Candidate,
    Certificate,
    LeaderProof,
    Leaf,
    Move,
    Plan,
    PriceProof,
    Problem,
    Rule,
    consequence,
    solve,
    swap,
    violations,
)

TEAM = (NEAR, "public", "team")
STUDENT_SEAT = next(seat for seat in village().seats if seat.category == "student")


def people_proof(plan: Plan, **changes: object) -> Plan:
    first, *others = plan.certificate.people
    return with_proof(plan, people=(replace(first, **changes), *others))  # type: ignore[arg-type]


def with_proof(plan: Plan, **changes: object) -> Plan:
    return replace(plan, certificate=replace(plan.certificate, **changes))  # type: ignore[arg-type]


def leader_proof(plan: Plan, **changes: object) -> Plan:
    assert plan.certificate.leaders is not None
    return with_proof(plan, leaders=replace(plan.certificate.leaders, **changes))  # type: ignore[arg-type]


def leaf(plan: Plan) -> Leaf:
    assert plan.certificate.leaders is not None
    assert isinstance(plan.certificate.leaders.tree, Leaf)
    return plan.certificate.leaders.tree


def leader_leaf(plan: Plan, more: int) -> Plan:
    prices = tuple((key, price + more) for key, price in leaf(plan).prices)
    return leader_proof(plan, tree=replace(leaf(plan), prices=prices))


def office_proof(plan: Plan, **changes: object) -> Plan:
    assert plan.certificate.offices is not None
    return with_proof(plan, offices=replace(plan.certificate.offices, **changes))  # type: ignore[arg-type]


def raised(plan: Plan) -> tuple[tuple[tuple[str, ...], int], ...]:
    (key, price), *others = plan.certificate.people[0].prices
    return ((key, price + 1000), *others)


def moved(plan: Plan, person: str, seat: tuple[str, str, str] | None) -> Plan:
    """The change alone: totals, parts and certificate stay as they were."""
    return replace(plan, seats={**plan.seats, person: seat})


def honest_swap(plan: Plan) -> Plan:
    """Two people exchange seats, parts and totals are put right, the proof is kept: only optimality is broken."""
    told = consequence(village(), plan, swap(plan, "ann", "ben"))
    assert told.after_plan is not None
    first, *others = plan.certificate.people
    people = (replace(first, total=first.total + told.after.cost - told.before.cost), *others)
    return replace(told.after_plan, certificate=replace(plan.certificate, people=people))


def emptied(plan: Plan) -> Plan:
    """Somebody loses the seat and everything is stated honestly: only the fill is no longer the largest."""
    told = consequence(village(), plan, [Move("cat", None)])
    assert told.after_plan is not None
    first, *others = plan.certificate.people
    smaller = replace(first, filled=first.filled - 1, total=first.total - plan.parts["cat"].total)
    return replace(told.after_plan, certificate=replace(plan.certificate, people=(smaller, *others)))


def other_office(plan: Plan) -> Plan:
    return replace(plan, offices={**plan.offices, "dan": "labour"})


MUTATIONS: dict[str, tuple[Callable[[Plan], Plan], set[str]]] = {
    "for another problem": (lambda p: replace(p, digest="0"), {"matching.other_problem"}),
    "person left out": (
        lambda p: replace(p, seats={k: v for k, v in p.seats.items() if k != "ann"}),
        {"matching.person_missing_or_unknown"},
    ),
    "unknown seat": (lambda p: moved(p, "ann", ("999999", "public", "team")), {"matching.unknown_seat"}),
    "unknown office": (lambda p: replace(p, offices={"dan": "moon"}), {"matching.unknown_office"}),
    "tambon left out": (lambda p: replace(p, leaders={}), {"matching.tambon_missing_or_unknown"}),
    "unknown lecturer": (
        lambda p: replace(p, leaders={**p.leaders, NEAR: ("zed", "lek")}),
        {"matching.unknown_lecturer"},
    ),
    "over-filled seat": (lambda p: moved(p, "ben", TEAM), {"matching.quota_exceeded", "matching.wrong_cost"}),
    "other category": (
        lambda p: moved(p, "dan", TEAM),
        {
            "matching.other_category",
            "matching.quota_exceeded",
            "matching.office_for_wrong_people",
            "matching.wrong_cost",
        },
    ),
    "swapped but not said": (
        lambda p: moved(moved(p, "ann", p.seats["ben"]), "ben", p.seats["ann"]),
        {"matching.wrong_cost"},
    ),
    "swapped and said": (honest_swap, {"matching.optimum_not_proved"}),
    "seat emptied and said": (emptied, {"matching.fill_not_proved"}),
    "cost part left out": (lambda p: replace(p, parts={}), {"matching.wrong_cost"}),
    "rank of wish changed": (
        lambda p: replace(p, parts={**p.parts, "ann": replace(p.parts["ann"], wish_rank=1)}),
        {"matching.wrong_cost"},
    ),
    "price changed": (lambda p: people_proof(p, prices=raised(p)), {"matching.optimum_not_proved"}),
    "negative price": (
        lambda p: people_proof(
            p, prices=tuple((k, price - 1000) for k, price in p.certificate.people[0].prices)
        ),
        {"matching.proof_broken"},
    ),
    "total changed": (lambda p: people_proof(p, total=1), {"matching.wrong_total"}),
    "fill changed": (lambda p: people_proof(p, filled=2), {"matching.wrong_total"}),
    "no proof": (
        lambda p: replace(p, certificate=Certificate()),
        {
            "matching.leader_count",
            "matching.wrong_total",
        },
    ),
    "no proof of people": (lambda p: with_proof(p, people=()), {"matching.proof_missing"}),
    "no proof of offices": (lambda p: with_proof(p, offices=None), {"matching.proof_missing"}),
    "office changed": (other_office, {"matching.office_count", "matching.wrong_cost"}),
    "office not told": (
        lambda p: replace(p, offices={"dan": None}, office_parts={}),
        {"matching.office_count"},
    ),
    "office cost left out": (lambda p: replace(p, office_parts={}), {"matching.wrong_cost"}),
    "office cost changed": (
        lambda p: replace(p, office_parts={"dan": replace(p.office_parts["dan"], km=14)}),
        {"matching.wrong_cost"},
    ),
    "office price changed": (
        lambda p: office_proof(p, prices=((("labour",), 0), (("land",), 500))),
        {"matching.optimum_not_proved"},
    ),
    "office price left out": (lambda p: office_proof(p, prices=()), {"matching.proof_broken"}),
    "leader twice": (
        lambda p: replace(p, leaders={**p.leaders, NEAR: ("lek", "lek")}),
        {"matching.leader_twice", "matching.lecturer_overloaded"},
    ),
    "one leader": (
        lambda p: replace(p, leaders={**p.leaders, NEAR: ("lek",)}),
        {"matching.leader_count", "matching.wrong_total"},
    ),
    "leaders swapped": (
        lambda p: replace(p, leaders={NEAR: p.leaders[FAR], FAR: p.leaders[NEAR]}),
        {"matching.wrong_total"},
    ),
    "leader price raised": (
        lambda p: leader_leaf(p, 10**9),
        {"matching.optimum_not_proved"},
    ),
    "leader price negative": (
        lambda p: leader_leaf(p, -(10**9)),
        {"matching.proof_broken"},
    ),
    "leader tree cut short": (
        lambda p: leader_proof(p, tree=Branch(("lek",), (NEAR,), 0, leaf(p), leaf(p))),
        {"matching.proof_broken"},
    ),
    "no leaders and no proof": (
        lambda p: with_proof(replace(p, leaders=dict.fromkeys(p.leaders, ())), leaders=None),
        {"matching.proof_missing"},
    ),
    "leader scale missing": (lambda p: leader_proof(p, scale=0), {"matching.proof_broken"}),
    "leader cut wrong": (lambda p: leader_proof(p, cut=2), {"matching.fill_not_proved"}),
    "leader bound claimed": (lambda p: leader_proof(p, bound=139), {"matching.optimum_not_proved"}),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_tampered_plan_is_refused_for_the_right_reason(name: str) -> None:
    tamper, expected = MUTATIONS[name]
    problem = village()
    assert {one.code for one in violations(problem, tamper(solve(problem)))} == expected


def test_broken_locks_and_fixed_tambons_are_seen() -> None:
    people = (
        Candidate("ann", "public", 1, NEAR, lock=TEAM),
        Candidate("ben", "public", 2, NEAR, fixed_tambon=NEXT),
        Candidate("dan", "student", 3, NEAR, fixed_office="labour"),
    )
    problem = village(candidates=people)
    plan = solve(problem)
    assert violations(problem, plan) == []
    wrong = moved(moved(plan, "ann", plan.seats["ben"]), "ben", plan.seats["ann"])
    wrong = replace(wrong, offices={"dan": "land"})
    assert {one.code for one in violations(problem, wrong)} >= {
        "matching.lock_broken",
        "matching.fixed_elsewhere",
        "matching.fixed_office_broken",
    }


def test_a_missing_reserve_is_no_proof_when_somebody_stays_unplaced() -> None:
    people = tuple(Candidate(f"p{number}", "student", number, NEAR) for number in range(4))
    problem = village(candidates=people, seats=(STUDENT_SEAT,))
    plan = solve(problem)
    assert violations(problem, plan) == []
    assert {one.code for one in violations(problem, people_proof(plan, reserve=None))} == {
        "matching.optimum_not_proved"
    }


def test_too_many_for_the_offices_is_proved_too() -> None:
    seats = (replace(STUDENT_SEAT, places=6),)
    people = tuple(Candidate(f"p{number}", "student", number, NEAR) for number in range(6))
    problem = village(candidates=people, seats=seats)
    plan = solve(problem)
    assert violations(problem, plan) == []
    assert plan.levels["offices_filled"] == 3
    assert {one.code for one in violations(problem, office_proof(plan, reserve=None))} == {
        "matching.optimum_not_proved"
    }
    idle = next(key for key, office in plan.offices.items() if office == "labour")
    fewer = replace(plan, offices={**plan.offices, idle: None})
    fewer = replace(fewer, office_parts={k: v for k, v in plan.office_parts.items() if k != idle})
    cost = plan.office_parts[idle].total
    fewer = office_proof(fewer, filled=2, total=plan.certificate.offices.total - cost)  # type: ignore[union-attr]
    assert {one.code for one in violations(problem, fewer)} == {"matching.fill_not_proved"}


@settings(max_examples=40, deadline=None)
@given(worlds.towns(), st.data())
def test_no_random_exchange_passes_unless_it_is_as_good(problem: Problem, data: st.DataObject) -> None:
    plan = solve(problem)
    if len(plan.seats) < 2:
        return
    first, second = data.draw(st.permutations(sorted(plan.seats)))[:2]
    told = consequence(problem, plan, swap(plan, first, second))
    assert told.after_plan is not None
    changed = replace(told.after_plan, certificate=plan.certificate)
    good = [
        one.code
        for one in violations(problem, changed)
        if not one.code.startswith("matching.office") and one.about.get("name") != "offices total"
    ]
    worse = told.objections or told.after.cost > told.before.cost
    assert bool(good) >= bool(worse)


def test_the_whole_university_is_proved_optimal() -> None:
    for positions in (True, False):
        problem = university(3, positions=positions)
        plan = solve(problem)
        assert violations(problem, plan) == []
        assert plan.levels["seats_filled"] == 1200
        assert plan.certificate.leaders is not None
        assert plan.certificate.leaders.gap == 0


def test_the_checker_imports_nothing_of_the_solver() -> None:
    allowed = {"u2t.matching.bounds", "u2t.matching.plan", "u2t.matching.problem", "u2t.objections"}
    for name in ("check", "bounds"):
        tree = ast.parse(Path(f"u2t/matching/{name}.py").read_text())
        imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert {module for module in imported if module and module.startswith("u2t")} <= allowed


def test_proofs_are_plain_values() -> None:
    assert PriceProof("a", 0, 0, ()) == PriceProof("a", 0, 0, ())
    assert LeaderProof(0, 0, 5, 3, 1, Leaf(())).gap == 2
    assert Rule().wish_penalty(99, True) == Rule().wish_unlisted
