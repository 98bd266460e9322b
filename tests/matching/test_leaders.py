"""Leaders where the linear program alone does not decide, and where there are too few of them."""

from __future__ import annotations

import json
import random
from dataclasses import replace

import geothai
import numpy as np
import pytest

from u2t.matching import (
    Branch,
    Leaf,
    Lecturer,
    Plan,
    Position,
    Problem,
    Rule,
    objections,
    solve,
    violations,
)
from u2t.matching import leaders as engine
from u2t.matching.highs import Answer, Columns, Floats

DISTRICTS = [district.code for district in geothai.districts("62")]
TAMBONS = [tambon.code for district in DISTRICTS for tambon in geothai.subdistricts(district)]


def college(
    seed: int, tambons: int, lecturers: int, *, most: int = 1, places: bool = True, each: int = 2
) -> Problem:
    """Lecturers of one province, drawn at random."""
    draw = random.Random(seed)
    chosen = draw.sample(TAMBONS, tambons)
    positions = []
    for district in DISTRICTS if places else ():
        east, north = draw.randrange(90_000), draw.randrange(120_000)
        positions.append(Position(district, east, north))
        for code in TAMBONS:
            if code[:4] == district:
                near = draw.randint(-15_000, 15_000), draw.randint(-15_000, 15_000)
                positions.append(Position(code, east + near[0], north + near[1]))
    people = tuple(
        Lecturer(
            f"l{number:03}",
            draw.choice(DISTRICTS),
            frozenset(draw.sample("abcdef", draw.randint(1, 3))),
            draw.randint(1, most),
        )
        for number in range(lecturers)
    )
    return Problem(
        tambons=tuple(chosen),
        positions=tuple(positions),
        dimensions=tuple("abcdef"),
        rule=Rule(leaders_per_tambon=each),
        lecturers=people,
    )


def divided() -> Problem:
    """A college for which one set of prices cannot prove the optimum."""
    return college(53, 12, 30)


def test_a_question_that_one_set_of_prices_cannot_settle_is_divided_until_it_is_proved() -> None:
    problem = divided()
    plan = solve(problem)
    proof = plan.certificate.leaders
    assert proof is not None
    assert isinstance(proof.tree, Branch)
    assert proof.gap == 0
    assert violations(problem, plan) == []
    assert Plan.from_json(json.loads(json.dumps(plan.to_json()))) == plan


def test_a_part_left_out_of_the_division_is_noticed() -> None:
    problem = divided()
    plan = solve(problem)
    proof = plan.certificate.leaders
    assert proof is not None
    assert isinstance(proof.tree, Branch)
    for side in (proof.tree.fewer, proof.tree.more):
        hidden = replace(plan, certificate=replace(plan.certificate, leaders=replace(proof, tree=side)))
        assert [one.code for one in violations(problem, hidden)] == ["matching.proof_broken"]


def test_what_cannot_be_proved_is_stated_as_a_gap(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = divided()
    best = solve(problem).certificate.leaders
    monkeypatch.setattr(engine, "EFFORT", 0)
    plan = solve(problem)
    proof = plan.certificate.leaders
    assert proof is not None
    assert best is not None
    assert isinstance(proof.tree, Leaf)
    assert proof.gap > 0
    assert proof.bound < best.bound == best.total == proof.total
    assert violations(problem, plan) == []


def test_a_hasty_search_for_a_whole_choice_still_ends_in_an_honest_plan(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    careful = engine.solve_whole

    def hasty(columns: Columns, lower: Floats, upper: Floats, target: float, nodes: int) -> Answer:
        return careful(columns, lower, upper, target + 1e6, 1)

    for seed in (43, 53):
        problem = college(seed, 12, 30)
        best = solve(problem).certificate.leaders
        with monkeypatch.context() as patch:
            patch.setattr(engine, "solve_whole", hasty)
            plan = solve(problem)
        proof = plan.certificate.leaders
        assert proof is not None
        assert best is not None
        assert proof.bound <= best.total <= proof.total
        assert violations(problem, plan) == []


def test_a_division_that_proves_no_more_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = college(98, 12, 30)
    monkeypatch.setattr(engine, "EFFORT", 24)
    plan = solve(problem)
    proof = plan.certificate.leaders
    assert proof is not None
    assert isinstance(proof.tree, Leaf)
    assert proof.gap > 0
    assert violations(problem, plan) == []


@pytest.mark.parametrize(("blind", "many"), [(2, 10**9), (2, 0), (10**9, 10**9)])
def test_a_search_that_finds_nothing_looks_at_more_teams(
    monkeypatch: pytest.MonkeyPatch, blind: int, many: int
) -> None:
    problem, careful, asked = college(43, 12, 30), engine.solve_whole, []

    def hesitant(columns: Columns, lower: Floats, upper: Floats, target: float, nodes: int) -> Answer:
        """Finds nothing at first, and then choices that seem to be bad."""
        asked.append(len(columns.cost))
        if len(asked) <= blind:
            return Answer(False, 0.0, np.zeros(0), np.zeros(0))
        found = careful(columns, lower, upper, target, nodes)
        return replace(found, objective=found.objective + 10**6)

    monkeypatch.setattr(engine, "solve_whole", hesitant)
    monkeypatch.setattr(engine, "MANY", many)
    if blind > 100:
        with pytest.raises(AssertionError):
            solve(problem)
        return
    plan = solve(problem)
    assert len(asked) == (8 if many else 3)
    assert violations(problem, plan) == []


@pytest.mark.parametrize(
    ("tambons", "lecturers", "most", "each"),
    [(12, 17, 1, 2), (12, 7, 1, 2), (20, 20, 3, 2), (8, 16, 2, 3), (10, 30, 1, 1)],
)
@pytest.mark.parametrize("places", [True, False])
def test_every_lecturer_leads_at_most_as_many_as_allowed_and_teams_differ_by_one(
    tambons: int, lecturers: int, most: int, each: int, places: bool
) -> None:
    problem = college(5, tambons, lecturers, most=most, places=places, each=each)
    plan = solve(problem)
    assert violations(problem, plan) == []
    sizes = {len(names) for names in plan.leaders.values()}
    assert max(sizes) - min(sizes) <= 1
    limit = sum(min(lecturer.max_tambons, tambons) for lecturer in problem.lecturers)
    assert sum(len(names) for names in plan.leaders.values()) == min(limit, tambons * each)


def test_a_table_of_teams_beyond_all_measure_is_refused() -> None:
    problem = college(1, 20, 100, each=5)
    assert [one.code for one in objections(problem)] == ["matching.too_many_teams"]
