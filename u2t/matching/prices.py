"""From one best assignment to the canonical prices and to the lottery's choice among all best ones.

A *block* is a table of costs, people (rows, in order of their lottery numbers) by place groups (columns),
with so many places in each; the last column may stand for "unplaced". Nothing here depends on which best
assignment the solver happened to find.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
NEVER = 1 << 50
"""Cost of a pair that is not allowed; above every sum of allowed costs, far below overflow."""


@dataclass(frozen=True)
class Block:
    """``cost[person, column]``; ``may_stay_free`` per column; so many people stay ``unplaced``.

    ``leaving[person]`` is what it costs to leave that person unplaced; nothing if it is not given.
    """

    cost: Ints
    places: Ints
    may_stay_free: NDArray[np.bool_]
    unplaced: int = 0
    leaving: Ints | None = None

    @property
    def with_reserve(self) -> Ints:
        """The costs with a last column "unplaced" if somebody must be."""
        if not self.unplaced:
            return self.cost
        leaving = np.zeros(len(self.cost), dtype=np.int64) if self.leaving is None else self.leaving
        return np.hstack([self.cost, leaving[:, None]])


def exchange_costs(block: Block, assigned: Ints) -> Ints:
    """``[s, t]``: the cheapest change of cost when somebody at column s goes to column t instead.

    Empty places move for nothing between columns that may stay empty. The last row and column is "unplaced"
    where the block has it.
    """
    cost, columns = block.with_reserve, len(block.places)
    size = cost.shape[1]
    moves = np.full((size, size), NEVER, dtype=np.int64)
    order = np.argsort(assigned, kind="stable")
    if len(order):
        held = assigned[order]
        change = cost[order] - cost[order, held][:, None]
        first = np.flatnonzero(np.r_[True, held[1:] != held[:-1]])
        moves[held[first]] = np.minimum.reduceat(change, first, axis=0)
    taken = np.bincount(assigned, minlength=size)[:columns]
    empty = np.flatnonzero(taken < block.places)
    open_columns = np.flatnonzero(block.may_stay_free)
    target = moves[np.ix_(empty, open_columns)]
    moves[np.ix_(empty, open_columns)] = np.minimum(target, 0)
    np.fill_diagonal(moves, 0)
    return moves


def canonical_prices(block: Block, assigned: Ints) -> tuple[Ints, int | None]:
    """Prices of the columns and the reserve: the largest that any proof can use below a common ceiling.

    Raises ``ArithmeticError`` if the assignment is not a cheapest one.
    """
    moves = exchange_costs(block, assigned)
    prices = np.zeros(len(moves), dtype=np.int64)
    for _ in range(len(moves) + 1):
        better = np.minimum(prices, (moves + prices[None, :]).min(axis=1, initial=NEVER))
        if np.array_equal(better, prices):
            break
        prices = better
    else:
        raise ArithmeticError("the assignment can be improved")
    columns = len(block.places)
    anchor = prices[:columns][block.may_stay_free] if block.may_stay_free.any() else prices[:columns]
    prices = prices - anchor.min(initial=NEVER)
    return prices[:columns], int(prices[-1]) if block.unplaced else None


def lottery_choice(block: Block, assigned: Ints, prices: Ints, reserve: int | None) -> Ints:
    """The one assignment, of all with the same total, in which each person in turn gets the best still
    possible.

    In the order of the rows everybody takes the cheapest column for themselves (the earlier of equal ones;
    any seat before none) that some cheapest assignment still allows after those before have taken theirs.
    """
    cost = block.with_reserve
    level = prices if reserve is None else np.append(prices, reserve)
    priced = cost + level[None, :]
    tight = priced == priced.min(axis=1, initial=NEVER * 2)[:, None]
    own = cost.copy()
    if block.unplaced:
        own[:, -1] = NEVER
    return _Settling(block, own, tight, level, assigned).run()


class _Settling:
    """Walks through the people and trades along chains in which every step is free of charge."""

    def __init__(
        self, block: Block, own: Ints, tight: NDArray[np.bool_], level: Ints, assigned: Ints
    ) -> None:
        self.at: list[int] = assigned.tolist()
        rows, columns = np.nonzero(tight)
        self.options: list[list[int]] = [[] for _ in self.at]
        for row, column in zip(rows.tolist(), columns.tolist(), strict=True):
            self.options[row].append(column)
        self.own = own
        size = own.shape[1]
        self.count = [[0] * size for _ in range(size)]
        self.into = [0] * size
        self.holders: list[set[int]] = [set() for _ in range(size)]
        seats = len(block.places)
        taken = np.bincount(assigned, minlength=size)[:seats]
        self.empty: list[int] = (block.places - taken).tolist() + [0] * (size - seats)
        free_prices = np.append(block.may_stay_free, np.zeros(size - seats, dtype=bool)) & (level == 0)
        self.free: list[bool] = free_prices.tolist()
        self.empty_mask = sum(1 << column for column, places in enumerate(self.empty) if places)

    def run(self) -> Ints:
        movable = [row for row, options in enumerate(self.options) if len(options) > 1]
        for row in movable:
            self._enter(row)
        for row in movable:
            here = self.at[row]
            cost = self.own[row].tolist()
            better = [c for c in self.options[row] if (cost[c], c) < (cost[here], here)]
            self._leave(row)
            if better:
                better.sort(key=lambda column: (cost[column], column))
                self._take_best(row, here, better)
        return np.array(self.at, dtype=np.int64)

    def _enter(self, row: int) -> None:
        here = self.at[row]
        self.holders[here].add(row)
        count = self.count[here]
        for column in self.options[row]:
            count[column] += 1
            if count[column] == 1:
                self.into[column] |= 1 << here

    def _leave(self, row: int) -> None:
        here = self.at[row]
        self.holders[here].discard(row)
        count = self.count[here]
        for column in self.options[row]:
            count[column] -= 1
            if not count[column]:
                self.into[column] &= ~(1 << here)

    def _take_best(self, row: int, here: int, better: list[int]) -> None:
        """Give the row the first column from which a free chain leads back to the place it leaves."""
        toward = self._reaching(here, better[0])
        for column in better:
            if column in toward:
                self.at[row] = column
                while column != here:
                    onward = toward[column]
                    self._shift(column, onward)
                    column = onward
                return

    def _reaching(self, here: int, wanted: int) -> dict[int, int]:
        """For each column with a free chain to ``here``, the next column of it (shortest chains first)."""
        toward = {here: here}
        seen = 1 << here
        waiting = [here]
        for column in waiting:
            new = self.into[column] | (self.empty_mask if self.free[column] else 0)
            new &= ~seen
            seen |= new
            while new:
                lowest = new & -new
                source = lowest.bit_length() - 1
                toward[source] = column
                waiting.append(source)
                new ^= lowest
            if wanted in toward:
                break
        return toward

    def _shift(self, source: int, target: int) -> None:
        """Move one unit, an empty place or a person not yet settled, from ``source`` to ``target``."""
        if self.free[target] and self.empty[source]:
            self.empty[source] -= 1
            self.empty[target] += 1
            if not self.empty[source]:
                self.empty_mask &= ~(1 << source)
            self.empty_mask |= 1 << target
            return
        row = min(row for row in self.holders[source] if target in self.options[row])
        self._leave(row)
        self.at[row] = target
        self._enter(row)
