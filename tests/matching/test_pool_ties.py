"""Among equally good placements of a pool the lottery decides, whoever found the first of them."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import product

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.matching import worlds
from tests.matching.pools import cost, make_pool, pools, ranked, reach
from u2t.matching import Problem, solve
from u2t.matching.pool import Pool, draw_ties, solve_pool


def chosen(pool: Pool) -> list[int]:
    """What the lottery chooses among the best, by trying everything."""
    options = [
        [-1, *(seat for seat in range(pool.seats) if cost(pool, person, seat) is not None)]
        for person in range(pool.people)
    ]
    asked = np.argsort(pool.lottery).tolist()
    found = []
    for choice in product(*options):
        taken = Counter(seat for seat in choice if seat >= 0)
        if all(count <= pool.places[seat] for seat, count in taken.items()):
            turns = [
                (choice[p] < 0, cost(pool, p, choice[p]) if choice[p] >= 0 else 0, choice[p]) for p in asked
            ]
            found.append((ranked(pool, reach(pool, list(choice))), turns, choice))
    return list(min(found)[2])


@given(pools(people=5))
@settings(max_examples=120, deadline=None)
def test_ties_are_decided_as_trying_everything_decides_them(pool: Pool) -> None:
    settled = draw_ties(pool, solve_pool(pool, "kernel"))
    assert settled.assign.tolist() == chosen(pool)


@given(pools(people=14))
@settings(max_examples=60, deadline=None)
def test_every_backend_ends_at_the_same_placement(pool: Pool) -> None:
    ours, theirs = (draw_ties(pool, solve_pool(pool, backend)) for backend in ("kernel", "hub"))
    assert ours.assign.tolist() == theirs.assign.tolist()
    assert ours.levels == theirs.levels
    assert ours.block_levels.tolist() == theirs.block_levels.tolist()
    reached = reach(pool, ours.assign.tolist())
    assert (ours.levels.filled, ours.levels.score, ours.levels.inconvenience) == reached[:3]


def pool_of(problem: Problem) -> Pool:
    """The people and seats of a university as a pool, a block for each category."""
    names = sorted({seat.category for seat in problem.seats} | {one.category for one in problem.candidates})
    seats = sorted(problem.seats, key=lambda seat: names.index(seat.category))
    tambons = list(dict.fromkeys(seat.tambon for seat in seats))
    needs = {stream.code: stream.needs for stream in problem.workstreams}
    streams = sorted({seat.workstream for seat in seats})
    kinds = sorted({one.skills for one in problem.candidates}, key=sorted)
    rule, people = problem.rule, problem.candidates
    wishes = [[tambons.index(wish) if wish in tambons else -2 for wish in one.wishes] for one in people]
    return make_pool(
        block=[names.index(one.category) for one in people],
        wishes=[([*listed, -1, -1, -1])[:3] for listed in wishes],
        kind=[kinds.index(one.skills) for one in people],
        lottery=[one.lottery for one in people],
        fixed=[tambons.index(one.fixed_tambon) if one.fixed_tambon else -1 for one in people],
        seats=[
            (names.index(s.category), tambons.index(s.tambon), streams.index(s.workstream), s.places)
            for s in seats
        ],
        ways=[[worlds.way(problem, one.home, tambon) for tambon in tambons] for one in people],
        needs=[[rule.need_missing * len(needs[stream] - kind) for stream in streams] for kind in kinds],
        wish_costs=tuple(rule.wish_penalty(rank, True) for rank in range(3)),
        unlisted=rule.wish_unlisted,
    )


@given(worlds.towns(people=9, locks=False), st.sampled_from(("kernel", "hub")))
@settings(max_examples=60, deadline=None)
def test_a_university_is_placed_the_same_person_by_person(problem: Problem, backend: str) -> None:
    if not problem.candidates:
        return
    plan, pool = solve(problem), pool_of(problem)
    names = sorted({seat.category for seat in problem.seats} | {one.category for one in problem.candidates})
    seats = sorted(problem.seats, key=lambda seat: names.index(seat.category))
    answer = draw_ties(pool, solve_pool(pool, backend))
    for person, seat in zip(problem.candidates, answer.assign.tolist(), strict=True):
        assert plan.seats[person.key] == (seats[seat].key if seat >= 0 else None)


def test_an_empty_pool_has_no_ties() -> None:
    pool = make_pool(block=[], ways=[[]], seats=[])
    assert draw_ties(pool, solve_pool(pool, "hub")).assign.tolist() == []
    lonely = replace(make_pool(block=[1], ways=[[0]], seats=[(1, 0, 0, 1)]), blocks=3)
    assert draw_ties(lonely, solve_pool(lonely, "kernel")).assign.tolist() == [0]
