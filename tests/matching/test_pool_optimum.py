"""Pools of people and seats as arrays: optimal, proved, and the same answer whoever works it out."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.matching.pools import best_reach, cost, make_pool, pools, ranked, reach
from tests.matching.test_textbook import CHRISTOFIDES, WORKERS
from u2t.matching.pool import NEVER, Pool, solve_pool, table

PEOPLE = ("block", "home", "wishes", "kind", "score", "lottery", "fixed")


@pytest.mark.parametrize("backend", ["kernel", "hub"])
@given(pools())
@settings(max_examples=120, deadline=None)
def test_no_placement_is_better_and_the_proof_says_so(backend: str, pool: Pool) -> None:
    answer = solve_pool(pool, backend)
    reached = reach(pool, answer.assign.tolist())
    assert ranked(pool, reached) == best_reach(pool)
    assert answer.proven
    assert (answer.levels.filled, answer.levels.score, answer.levels.inconvenience) == reached[:3]
    assert answer.block_levels.sum(axis=0).tolist() == list(reached[:3])


@given(pools(people=14))
@settings(max_examples=80, deadline=None)
def test_backends_reach_the_same_and_give_the_same_prices(pool: Pool) -> None:
    ours, theirs = solve_pool(pool, "kernel"), solve_pool(pool, "hub")
    assert ranked(pool, reach(pool, ours.assign.tolist())) == ranked(
        pool, reach(pool, theirs.assign.tolist())
    )
    assert ours.prices.tolist() == theirs.prices.tolist()
    assert ours.reserve.tolist() == theirs.reserve.tolist()
    assert ours.cover.tolist() == theirs.cover.tolist()
    assert ours.value == theirs.value


@given(pools(people=14), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_the_order_in_which_people_are_given_changes_nothing(pool: Pool, random: object) -> None:
    shuffled = list(range(pool.people))
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    mixed = replace(pool, **{name: getattr(pool, name)[shuffled] for name in PEOPLE})
    for backend in ("kernel", "hub"):
        whole, other = solve_pool(pool, backend), solve_pool(mixed, backend)
        assert whole.assign[shuffled].tolist() == other.assign.tolist()
        assert whole.prices.tolist() == other.prices.tolist()


@given(pools(people=8))
@settings(max_examples=60, deadline=None)
def test_the_bounds_can_be_worked_out_from_the_published_numbers(pool: Pool) -> None:
    answer = solve_pool(pool, "kernel")
    bound = fill = 0
    gains = pool.gains().tolist()
    for block in range(pool.blocks):
        seats = [seat for seat in range(pool.seats) if pool.seat_block[seat] == block]
        people = [person for person in range(pool.people) if pool.block[person] == block]
        unplaced = sum(1 for person in people if answer.assign[person] < 0)
        bound -= int(answer.reserve[block]) * unplaced
        bound -= sum(int(answer.prices[seat]) * int(pool.places[seat]) for seat in seats)
        outside = 0
        for person in people:
            options = {seat: own for seat in seats if (own := cost(pool, person, seat)) is not None}
            priced = [own - gains[person] + int(answer.prices[seat]) for seat, own in options.items()]
            bound += min([int(answer.reserve[block]), *priced])
            outside += any(not answer.cover[seat] for seat in options)
        fill += min(
            len(people), outside + sum(int(pool.places[seat]) for seat in seats if answer.cover[seat])
        )
    assert (bound, fill) == (answer.bound, answer.fill_bound)
    assert answer.prices.min(initial=0) == 0


@given(pools(people=4, blocks=1))
@settings(max_examples=60, deadline=None)
def test_a_price_is_what_one_more_person_would_cost(pool: Pool) -> None:
    pool = replace(pool, order="weighted")
    answer = solve_pool(pool, "kernel")
    for seat in np.flatnonzero(pool.places).tolist():
        fewer = pool.places.copy()
        fewer[seat] -= 1
        without = solve_pool(replace(pool, places=fewer), "kernel")
        lost = answer.levels.filled - without.levels.filled
        room = without.value - answer.value + pool.unplaced_cost * lost
        assert answer.prices[seat] + pool.unplaced_cost - answer.reserve[0] == room


@given(pools(people=8))
@settings(max_examples=60, deadline=None)
def test_the_table_holds_what_every_seat_costs(pool: Pool) -> None:
    for block in range(pool.blocks):
        who, costs = table(pool, block)
        seats = np.flatnonzero(pool.seat_block == block).tolist()
        assert sorted(who.tolist()) == np.flatnonzero(pool.block == block).tolist()
        for row, person in enumerate(who.tolist()):
            plain = [NEVER if (own := cost(pool, person, seat)) is None else own for seat in seats]
            assert costs[row].tolist() == plain


@given(pools(people=10), st.integers(0, 9))
@settings(max_examples=60, deadline=None)
def test_a_better_score_never_loses_the_place(pool: Pool, raised: int) -> None:
    if pool.order == "inconvenience" or raised >= pool.people:
        return
    before = solve_pool(pool, "kernel")
    if before.assign[raised] < 0:
        return
    score = pool.score.copy()
    score[raised] += 100
    assert solve_pool(replace(pool, score=score), "kernel").assign[raised] >= 0


def test_published_instances_reach_their_optimum() -> None:
    for costs, optimum in ((CHRISTOFIDES, 76), (WORKERS, 265)):
        seats = [(0, place, 0, 1) for place in range(len(costs[0]))]
        pool = make_pool(block=[0] * len(costs), ways=[list(row) for row in costs], seats=seats)
        for backend in ("kernel", "hub"):
            answer = solve_pool(pool, backend)
            assert answer.value == optimum
            assert answer.proven


def test_nobody_and_nothing_is_a_pool_too() -> None:
    for pool in (
        make_pool(block=[], ways=[[]], seats=[]),
        make_pool(block=[0, 0], ways=[[1], [1]], seats=[]),
        make_pool(block=[], ways=[[1]], seats=[(0, 0, 0, 3)]),
    ):
        for backend in ("kernel", "hub", "auto"):
            answer = solve_pool(pool, backend)
            assert answer.assign.tolist() == [-1] * pool.people
            assert answer.proven


def test_every_field_about_people_can_be_shuffled() -> None:
    arrays = {field.name for field in fields(Pool) if field.type == "Whole"}
    assert {name for name in arrays if not name.startswith(("seat_", "places", "ways", "needs"))} == set(
        PEOPLE
    )
