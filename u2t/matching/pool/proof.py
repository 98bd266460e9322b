"""Prices and lower bound of one block with numpy alone, from an assignment that anybody may have found."""

from __future__ import annotations

import numpy as np

from u2t.matching.pool.kernel import NEVER, Ints
from u2t.matching.pool.problem import Pool
from u2t.matching.pool.table import costs_of

FEW = 20_000
"""People whose costs are laid out at once; with a hundred seat groups this is some 16 MB."""


def prices_of(pool: Pool, first: int, last: int, who: Ints, held: Ints) -> Ints:
    """The largest prices that can prove this placement; ``held`` is the seat group in the block or -1.

    A price is the cheapest change of cost that makes room for one more person. If the placement is not
    optimal, the prices still give a lower bound, only not one that it meets.
    """
    size = last - first
    placed = np.flatnonzero(held >= 0)
    placed = placed[np.argsort(held[placed], kind="stable")]
    at = held[placed]
    cost = np.empty((len(placed), size + 1), dtype=np.int64)
    cost[:, :size] = costs_of(pool, who[placed], first, last)
    cost[:, size] = pool.unplaced_cost + pool.gains(who[placed])
    moves = np.full((size, size + 1), NEVER, dtype=np.int64)
    if len(placed):
        starts = np.flatnonzero(np.r_[True, at[1:] != at[:-1]])
        change = cost - cost[np.arange(len(placed)), at][:, None]
        moves[at[starts]] = np.minimum.reduceat(change, starts, axis=0)
    price = np.full(size + 1, NEVER, dtype=np.int64)
    price[size] = 0
    price[:size][np.bincount(at, minlength=size) < pool.places[first:last]] = 0
    for _ in range(size + 1):
        price[:size] = np.minimum(price[:size], (moves + price).min(axis=1))
    return price[:size]


def reckon(
    pool: Pool, first: int, last: int, who: Ints, held: Ints, prices: Ints, reserve: int, inside: Ints
) -> tuple[int, int, int]:
    """Cost of all who are placed, what everybody costs at least at these prices, and how many people could go
    to a seat group outside the cover."""
    total = least = roaming = 0
    for start in range(0, len(who), FEW):
        some, at = who[start : start + FEW], held[start : start + FEW]
        cost = costs_of(pool, some, first, last)
        gains = pool.gains(some)
        placed = np.flatnonzero(at >= 0)
        total += int(cost[placed, at[placed]].sum())
        roaming += int((cost[:, inside == 0] < NEVER).any(axis=1).sum())
        best = (cost + prices).min(axis=1, initial=2 * NEVER)
        least += int((np.minimum(best, reserve + gains) - gains).sum())
    return total, least, roaming
