"""From a pool to its placement, with prices that prove it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from u2t.matching.pool import compiled, kernel
from u2t.matching.pool.hub import place_by_hubs
from u2t.matching.pool.kernel import Ints, Whole
from u2t.matching.pool.problem import Pool, pool_objections
from u2t.matching.pool.proof import prices_of, reckon
from u2t.objections import refuse_if

BACKENDS = ("auto", "compiled", "kernel", "hub")
WORTH_COMPILING = 50_000
"""From so many people on, loading the compiler costs less than it saves."""


@dataclass(frozen=True)
class Levels:
    """What was reached: seats filled, sum of known scores in hundredths of a point, sum of inconvenience."""

    filled: int
    score: int
    inconvenience: int


@dataclass(frozen=True)
class PoolAnswer:
    """Who goes where, and the numbers that prove that nothing is better.

    ``assign[person]`` is a seat group or -1. ``prices[seat group]``, never negative, and ``reserve[block]`` are
    the largest that prove the placement. With ``cover`` (seat groups) they prove both levels:

    * no placement fills more than ``fill_bound`` seats: the places of the cover and all people who may go
      outside it, but never more than there are people;
    * no placement that fills as many has a smaller ``value`` (inconvenience less gains) than ``bound``, which
      is the sum over all people of ``min(reserve, min over seats(cost - gain + price))``, less ``reserve`` for
      everybody unplaced and ``price`` for every place.
    """

    assign: NDArray[np.int32]
    prices: Ints
    reserve: Ints
    cover: NDArray[np.bool_]
    levels: Levels
    block_levels: Ints
    value: int
    bound: int
    fill_bound: int
    backend: str

    @property
    def proven(self) -> bool:
        """Whether the bounds are met exactly."""
        return self.value == self.bound and self.levels.filled == self.fill_bound


def solve_pool(pool: Pool, backend: str = "auto") -> PoolAnswer:
    """The best placement of every block.

    ``backend``: ``"compiled"`` (needs numba), ``"kernel"`` (the same code uncompiled: small pools only),
    ``"hub"`` (LEMON), or ``"auto"``: compiled for large pools where numba is installed, else hub. All find the
    same levels; where several placements share them, ``"compiled"`` and ``"kernel"`` give the same one, and
    every backend gives the same one whenever it is asked, in whatever order the people are given. ``draw_ties``
    makes it one and the same for all of them.
    Raises :class:`u2t.objections.Refused` with everything that makes the arrays contradict themselves.
    """
    refuse_if(pool_objections(pool))
    if backend == "auto":
        large = pool.people >= WORTH_COMPILING and compiled.numba_is_there()
        backend = "compiled" if large else "hub"
    people, first_person = asking_order(pool)
    if backend == "hub":
        return _by_hubs(pool, people, first_person)
    if backend not in BACKENDS:
        raise ValueError(f"no such backend: {backend}")
    functions = compiled.compiled() if backend == "compiled" else vars(kernel)
    # One set of types, so that the kernel is compiled once and never again.
    given = tuple(
        getattr(pool, name).take(people, axis=0).astype(np.int32, copy=False)
        for name in ("home", "wishes", "kind", "fixed")
    )
    asked = (*given, pool.gains(people))
    wish_costs = np.array([*pool.wish_costs, pool.unlisted], dtype=np.int64)
    shared = (np.array(side, np.int32) for side in (pool.ways, pool.needs, pool.seat_place, pool.seat_stream))
    rules, places = (*shared, wish_costs), np.array(pool.places, np.int64)
    held, prices = np.full(pool.people, -1, dtype=np.int32), np.zeros(pool.seats, dtype=np.int64)
    functions["place_blocks"](
        first_person, pool.first_seat, places, pool.unplaced_cost, asked, rules, held, prices
    )
    assign = np.empty_like(held)
    assign[people] = held
    reserve, cover = _anchor(pool, assign, prices)
    sums = np.zeros((pool.blocks, 3), dtype=np.int64)
    functions["reckon_blocks"](
        first_person, pool.first_seat, reserve, asked, rules, prices, cover.astype(np.int64), held, sums
    )
    return _answer(pool, assign, prices, reserve, cover, sums, backend)


def asking_order(pool: Pool) -> tuple[Ints, Ints]:
    """Everybody by block, then higher gain, then lottery; and where each block begins."""
    order = _sorted(pool.lottery, None)
    if pool.order != "inconvenience":
        order = _sorted(-pool.score.astype(np.int32), order)
    order = _sorted(pool.block, order)
    return order, np.r_[0, np.cumsum(np.bincount(pool.block, minlength=pool.blocks))]


def _sorted(keys: Whole, order: Ints | None) -> Ints:
    """The people of ``order`` sorted by their keys; equal ones stay as they are. Narrow keys sort fastest."""
    least, most = (int(keys.min()), int(keys.max())) if keys.size else (0, 0)
    if order is None and most - least < 4 * len(keys):
        slots = np.full(most - least + 1, -1, dtype=np.int64)
        slots[keys - least] = np.arange(len(keys))
        return slots[slots >= 0]
    narrow = (keys - least).astype(np.uint16) if most - least < 1 << 16 else keys
    if order is None:
        return np.argsort(narrow, kind="stable")
    sorted_keys: Ints = order[np.argsort(narrow[order], kind="stable")]
    return sorted_keys


def _by_hubs(pool: Pool, people: Ints, first_person: Ints) -> PoolAnswer:
    assign, prices = np.full(pool.people, -1, dtype=np.int32), np.zeros(pool.seats, dtype=np.int64)
    spans = [
        (
            block,
            people[first_person[block] : first_person[block + 1]],
            *pool.first_seat[block : block + 2].tolist(),
        )
        for block in range(pool.blocks)
    ]
    for block, who, first, last in spans:
        held = place_by_hubs(pool, block, who)
        prices[first:last] = prices_of(pool, first, last, who, held)
        assign[who] = np.where(held >= 0, held + first, -1)
    reserve, cover = _anchor(pool, assign, prices)
    sums = np.zeros((pool.blocks, 3), dtype=np.int64)
    inside = cover.astype(np.int64)
    for block, who, first, last in spans:
        held = np.where(assign[who] >= 0, assign[who] - first, -1)
        sums[block] = reckon(
            pool, first, last, who, held, prices[first:last], int(reserve[block]), inside[first:last]
        )
    return _answer(pool, assign, prices, reserve, cover, sums, "hub")


def _anchor(pool: Pool, assign: NDArray[np.int32], prices: Ints) -> tuple[Ints, NDArray[np.bool_]]:
    """The reserve of each block and the cover; prices are lowered by what all seats of a full block share."""
    reserve = np.full(pool.blocks, pool.unplaced_cost, dtype=np.int64)
    # A group without places is dear enough to tempt nobody.
    np.minimum(prices, pool.unplaced_cost + pool.top_gain, out=prices)
    cover = prices > pool.widest * pool.top_cost
    everybody = np.bincount(pool.block, minlength=pool.blocks)
    placed = np.bincount(pool.seat_block[assign[assign >= 0]], minlength=pool.blocks)
    cover &= (placed < everybody)[pool.seat_block]
    full = placed == np.bincount(pool.seat_block, pool.places, pool.blocks)
    least = np.full(pool.blocks, pool.unplaced_cost, dtype=np.int64)
    np.minimum.at(least, pool.seat_block, prices)
    least[~full] = 0
    least[np.diff(pool.first_seat) == 0] = 0
    prices -= least[pool.seat_block]
    return reserve - least, cover


def levels_of(pool: Pool, assign: NDArray[np.int32], inconvenience: Ints) -> Ints:
    """``[block]``: seats filled, sum of known scores, and the inconvenience given."""
    held = np.flatnonzero(assign >= 0)
    own = pool.block[held]
    placed = np.bincount(own, minlength=pool.blocks)
    scores = np.bincount(own, np.maximum(pool.score[held], 0), pool.blocks).astype(np.int64)
    return np.stack([placed, scores, inconvenience], axis=1)


def _answer(
    pool: Pool, assign: NDArray[np.int32], prices: Ints, reserve: Ints, cover: NDArray[np.bool_], sums: Ints,
    backend: str,
) -> PoolAnswer:  # fmt: skip
    """Sum up what was reached and what the prices prove."""
    levels = levels_of(pool, assign, sums[:, 0])
    everybody, placed = np.bincount(pool.block, minlength=pool.blocks), levels[:, 0]
    filled, score, inconvenience = (int(level) for level in levels.sum(axis=0))
    held = np.flatnonzero(assign >= 0)
    inside = np.bincount(pool.seat_block, pool.places * cover, pool.blocks).astype(np.int64)
    return PoolAnswer(
        assign=assign,
        prices=prices,
        reserve=reserve,
        cover=cover,
        levels=Levels(filled, score, inconvenience),
        block_levels=levels,
        value=inconvenience - int(pool.gains(held).sum()),
        bound=int(sums[:, 1].sum() - (reserve * (everybody - placed)).sum() - (prices * pool.places).sum()),
        fill_bound=int(np.minimum(inside + sums[:, 2], everybody).sum()),
        backend=backend,
    )
