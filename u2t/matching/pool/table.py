"""The dense table of one block: for small pools, for proofs without a compiler, and for tests."""

from __future__ import annotations

import numpy as np

from u2t.matching.pool.kernel import NEVER, Ints
from u2t.matching.pool.problem import Pool


def table(pool: Pool, block: int) -> tuple[Ints, Ints]:
    """The people of a block, and ``[person, seat group]`` what each would cost, without any gain."""
    who = np.flatnonzero(pool.block == block)
    return who, costs_of(pool, who, int(pool.first_seat[block]), int(pool.first_seat[block + 1]))


def costs_of(pool: Pool, who: Ints, first: int, last: int) -> Ints:
    """``[person, seat group]`` for these people and the seat groups from ``first`` up to ``last``."""
    near = pool.ways[pool.home[who]].astype(np.int64)
    wishes = pool.wishes[who]
    every = np.arange(len(who))
    near += np.where(near < 0, 0, np.where(pool.wishing(who), pool.unlisted, 0)[:, None])
    for rank in range(wishes.shape[1] - 1, -1, -1):
        wish = wishes[:, rank]
        rows = every[wish >= 0]
        column = wish[rows]
        way = pool.ways[pool.home[who[rows]], column].astype(np.int64)
        near[rows, column] = np.where(way < 0, way, way + pool.wish_costs[rank])
    fixed = pool.fixed[who]
    rows = every[fixed >= 0]
    if len(rows):
        near[rows] = -1
        near[rows, fixed[rows]] = fixed_costs(pool, who[rows])
    near[near < 0] = NEVER
    cost: Ints = near[:, pool.seat_place[first:last]]
    cost += pool.needs[pool.kind[who]][:, pool.seat_stream[first:last]]
    cost[cost >= NEVER] = NEVER
    return cost


def fixed_costs(pool: Pool, who: Ints) -> Ints:
    """What it costs these people to go where they are fixed, be it too far for others; without needs."""
    column, wishes = pool.fixed[who], pool.wishes[who]
    extra = np.where(pool.wishing(who), pool.unlisted, 0).astype(np.int64)
    for rank in range(wishes.shape[1] - 1, -1, -1):
        extra[wishes[:, rank] == column] = pool.wish_costs[rank]
    way = pool.ways[pool.home[who], column].astype(np.int64)
    return np.where(way < 0, ~way, way) + extra
