"""Which of several equally good placements: the one that the lottery chooses, whoever found the first."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from u2t.matching import prices as university
from u2t.matching.pool.kernel import NEVER, Ints
from u2t.matching.pool.problem import Pool
from u2t.matching.pool.solve import Levels, PoolAnswer, levels_of
from u2t.matching.pool.table import costs_of


def draw_ties(pool: Pool, answer: PoolAnswer) -> PoolAnswer:
    """The one placement, of all with the same fill and value, that does not depend on how it was found.

    In the order of their lottery numbers people take the seat that costs them least (the earlier group of equal
    ones, any seat before none) among those that some best placement still allows, exactly as for a university.
    The answer must be proven. Works in plain Python on everybody to whom two places are worth the same.
    """
    assign, inconvenience = answer.assign.copy(), np.zeros(pool.blocks, dtype=np.int64)
    order = np.argsort(pool.lottery, kind="stable")
    order = order[np.argsort(pool.block[order], kind="stable")]
    ends = np.cumsum(np.bincount(pool.block, minlength=pool.blocks))
    for block, who in enumerate(np.split(order, ends[:-1])[: pool.blocks]):
        first, last = pool.first_seat[block : block + 2].tolist()
        cost = costs_of(pool, who, first, last)
        held = _settle(pool, answer, block, who, cost)
        assign[who] = np.where(held < last - first, held + first, -1)
        placed = np.flatnonzero(held < last - first)
        inconvenience[block] = cost[placed, held[placed]].sum()
    levels = levels_of(pool, assign, inconvenience)
    return replace(
        answer,
        assign=assign,
        block_levels=levels,
        levels=Levels(*(int(level) for level in levels.sum(axis=0))),
    )


def _settle(pool: Pool, answer: PoolAnswer, block: int, who: Ints, cost: Ints) -> Ints:
    """Column of ``cost`` for each of the block's people, in the order of the lottery; one more for none."""
    size, first = cost.shape[1], int(pool.first_seat[block])
    prices, places = answer.prices[first : first + size], pool.places[first : first + size]
    held = np.where(answer.assign[who] >= 0, answer.assign[who] - first, size).astype(np.int64)
    gains = pool.gains(who)
    priced = np.hstack([cost + prices, (answer.reserve[block] + gains)[:, None]])
    some = np.flatnonzero((priced == priced.min(axis=1)[:, None]).sum(axis=1) > 1)
    stuck = np.bincount(np.delete(held, some), minlength=size + 1)[:size]
    market = university.Block(
        np.where(cost[some] < NEVER, cost[some], university.NEVER),
        places - stuck,
        np.ones(size, dtype=bool),
        unplaced=int((held[some] == size).sum()),
        leaving=gains[some],
    )
    reserve = int(answer.reserve[block]) if market.unplaced else None
    held[some] = university.lottery_choice(market, held[some], prices, reserve)
    return held
