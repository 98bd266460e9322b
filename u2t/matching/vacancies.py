"""One category around free places: who would move, who would come in, and for how much.

Nobody who holds a seat is left without one, so there are two kinds of people: those who hold a seat and may exchange
it for another, and those without one, who may come in. The last column of the costs stands for having none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from u2t.matching.answers import Chains, Priced, Weights
from u2t.matching.costs import Costs
from u2t.matching.flow import cheapest_assignment
from u2t.matching.people import Category, categories
from u2t.matching.plan import Plan
from u2t.matching.prices import NEVER, Block, Ints, canonical_prices
from u2t.matching.problem import Candidate, Problem, SeatKey

Changes = dict[int, int]
"""New columns by row, of everybody who changes."""


@dataclass(frozen=True)
class Market:
    """``cost[person, column]`` with ``NEVER`` for what is not allowed; ``held`` is everybody's column now.

    ``free[column]`` counts the places that are to be dealt with, other empty ones stay as they are.
    """

    name: str
    people: tuple[Candidate, ...]
    seats: tuple[SeatKey, ...]
    cost: Ints
    held: Ints
    free: Ints

    @property
    def waiting(self) -> Ints:
        """Rows of the people without a seat."""
        return np.flatnonzero(self.held == len(self.seats))

    @property
    def placed(self) -> Ints:
        """Rows of the people who hold a seat and may be moved."""
        return np.flatnonzero(self.held < len(self.seats))


def market_of(
    problem: Problem, costs: Costs, plan: Plan, name: str, vacancies: Sequence[SeatKey]
) -> tuple[Market, Category]:
    """The people of a category who are not locked, as the plan has them; costs are inconvenience alone as yet."""
    own = replace(
        problem,
        seats=tuple(seat for seat in problem.seats if seat.category == name),
        candidates=tuple(person for person in problem.candidates if person.category == name),
    )
    category = categories(own, costs)[0]
    seats = tuple(seat.key for seat in category.seats)
    column: dict[SeatKey | None, int] = {key: index for index, key in enumerate(seats)}
    column[None] = len(seats)
    held = np.array([column[plan.seats.get(p.key)] for p in category.people], dtype=np.int64)
    cost = np.full((len(held), len(seats) + 1), NEVER, dtype=np.int64)
    cost[:, :-1] = category.block.cost
    for row in np.flatnonzero(held < len(seats)).tolist():
        # What stands may stand, even where the rule would not allow it anew.
        if cost[row, held[row]] >= NEVER:
            cost[row, held[row]] = costs.seat(category.people[row], seats[held[row]]).total
    cost[held == len(seats), -1] = 0
    free = np.zeros(len(seats), dtype=np.int64)
    for seat in vacancies:
        if seat in column:
            free[column[seat]] += 1
    return Market(name, category.people, seats, cost, held, free), category


def weighed(
    markets: Sequence[tuple[Market, Category]], displaced: frozenset[str]
) -> tuple[Weights, list[Market]]:
    """The markets with the whole objective in their costs: filling first, the displaced next, then the rule's order."""
    span = 1
    for market, category in markets:
        most = int(category.worth[market.waiting].max(initial=0)) * category.unit
        span += category.dearest * len(market.people) + most * len(market.people)
    waiting = sum(len(market.waiting) for market, _ in markets)
    unit = max((category.unit for _, category in markets), default=0)
    weights = Weights(fill=span * (min(waiting, len(displaced)) + 2), restore=span, unit=unit)
    found = []
    for market, category in markets:
        cost, rows = market.cost.copy(), market.waiting
        bonus = np.array([market.people[row].key in displaced for row in rows], dtype=np.int64) * span
        gain = weights.fill + bonus + category.worth[rows] * unit
        entering = cost[rows, :-1]
        cost[rows, :-1] = np.where(entering < NEVER, entering - gain[:, None], NEVER)
        found.append(replace(market, cost=cost))
    return weights, found


class Exchange:
    """The cheapest exchanges between any two seat groups, worked out once for any number of questions."""

    def __init__(self, market: Market) -> None:
        self.market = market
        self._order = market.placed[np.argsort(market.held[market.placed], kind="stable")]
        size = len(market.seats)
        self.moves = np.full((size, size), NEVER, dtype=np.int64)
        self._rows: dict[int, Ints] = {}
        if len(self._order):
            held = market.held[self._order]
            change = self._change(self._order)
            first = np.flatnonzero(np.r_[True, held[1:] != held[:-1]])
            self.moves[held[first]] = np.minimum.reduceat(change, first, axis=0)
            for start, end in zip(first, [*first[1:], len(held)], strict=True):
                self._rows[int(held[start])] = self._order[start:end]
        waiting = market.waiting
        self.entries = market.cost[waiting, :-1].min(axis=0, initial=NEVER)
        self.moves[self.moves > NEVER // 2] = NEVER
        np.fill_diagonal(self.moves, 0)
        self.labels, self.is_settled = self._label()

    def _change(self, rows: Ints) -> Ints:
        market = self.market
        return market.cost[rows, :-1] - market.cost[rows, market.held[rows]][:, None]

    def _label(self) -> tuple[list[Ints], bool]:
        """``labels[k][t]``: the least that a free place at t comes to with at most k moves; settled if none is better.

        With a cycle of exchanges that pays by itself the labels never settle; they still bound every chain.
        """
        labels = [np.minimum(self.entries, 0)]
        for _ in range(len(self.moves) + 1):
            better = np.minimum(labels[-1], (self.moves + labels[-1][:, None]).min(axis=0, initial=NEVER))
            labels.append(better)
            if np.array_equal(better, labels[-2]):
                return labels, True
        return labels, False

    def answers(self, vacancy: int, most: int | None) -> list[tuple[int, int, Changes]]:
        """Value, moves and changes of each answer that is strictly better than all with fewer moves."""
        found: list[tuple[int, int, Changes]] = []
        limit = len(self.labels) - 1 if most is None else min(most, len(self.labels) - 1)
        for moves in range(limit + 1):
            value = int(self.labels[moves][vacancy])
            if found and value >= found[-1][0]:
                continue
            changes = self._chain(vacancy, moves)
            if changes is None:
                break
            found.append((value, moves, changes))
        return found

    def _chain(self, vacancy: int, moves: int) -> Changes | None:
        """Who moves along the cheapest chain; ``None`` where it would go through one seat group twice."""
        changes: Changes = {}
        target, seen = vacancy, {vacancy}
        for level in range(moves, 0, -1):
            if self.labels[level][target] == self.labels[level - 1][target]:
                continue
            start = int((self.moves[:, target] + self.labels[level - 1]).argmin())
            if start in seen:
                return None
            rows = self._rows[start]
            changes[int(rows[self._change(rows)[:, target].argmin()])] = target
            target = start
            seen.add(start)
        if self.entries[target] < 0:
            waiting = self.market.waiting
            changes[int(waiting[self.market.cost[waiting, target].argmin()])] = target
        return changes

    @cached_property
    def proof(self) -> Chains:
        """The tables and labels as they are published; ``vacancy`` is for the question to fill in."""
        return Chains(
            vacancy=0,
            seats=self.market.seats,
            exchanges=tuple(tuple(_known(value) for value in row) for row in self.moves.tolist()),
            entries=tuple(_known(value) for value in self.entries.tolist()),
            labels=tuple(tuple(row.tolist()) for row in self.labels),
            is_settled=self.is_settled,
        )


def _known(value: int) -> int | None:
    return value if value < NEVER else None


@dataclass(frozen=True)
class Point:
    """One plan of all markets: what it is worth, how many move, who changes, and the prices that prove it."""

    value: int
    moves: int
    changes: Mapping[str, Changes]
    proof: Priced


def points_of(markets: Sequence[Market], most: int | None) -> list[Point]:
    """Every answer with at most so many moves that is best for some price of a move, fewest moves first.

    Between two neighbours there may be answers that no price of a move singles out; they are left out, so that each
    one given is proved to be the best with that many moves or fewer.
    """
    still = _point(markets, 0, 1, is_frozen=True)
    everybody = sum(len(market.people) for market in markets)
    best = _point(markets, 1, everybody + 1)
    if best.value >= still.value:
        return [still]
    found = [still, *_between(markets, still, best, most), best]
    return [point for point in found if most is None or point.moves <= most]


def _between(markets: Sequence[Market], left: Point, right: Point, most: int | None) -> list[Point]:
    turn, scale = left.value - right.value, right.moves - left.moves
    if scale <= 1 or (most is not None and left.moves >= most):
        return []
    found = _point(markets, turn, scale)
    if scale * found.value + turn * found.moves >= scale * left.value + turn * left.moves:
        return []
    before, after = _between(markets, left, found, most), _between(markets, found, right, most)
    return [*before, found, *after]


def _point(markets: Sequence[Market], turn: int, scale: int, *, is_frozen: bool = False) -> Point:
    value = moves = 0
    changes: dict[str, Changes] = {}
    prices = []
    for market in markets:
        rows, table, places = _table(market, turn, scale, is_frozen)
        block = Block(table, places, np.ones(len(places), dtype=bool))
        assigned = cheapest_assignment(block)
        found, _ = canonical_prices(block, assigned)
        held = market.held[rows]
        moved = assigned != held
        changes[market.name] = dict(zip(rows[moved].tolist(), assigned[moved].tolist(), strict=True))
        value += int((market.cost[rows, assigned] - market.cost[rows, held]).sum())
        moves += int((moved & (held < len(market.seats))).sum())
        prices.append((market.name, tuple(found.tolist())))
    return Point(value, moves, changes, Priced(turn, scale, is_frozen, tuple(prices)))


def _table(market: Market, turn: int, scale: int, is_frozen: bool) -> tuple[Ints, Ints, Ints]:
    """Rows that may change, their costs with the price of a move, and the places of each column."""
    rows = market.waiting if is_frozen else np.arange(len(market.people))
    size = len(market.seats)
    taken = np.bincount(market.held[rows], minlength=size + 1)
    places = taken.astype(np.int64)
    places[:size] += market.free
    cost = market.cost[rows]
    moved = (market.held[rows] < size)[:, None] & (np.arange(size + 1) != market.held[rows][:, None])
    may = (cost < NEVER) & (places > 0)
    return rows, np.where(may, cost * scale + turn * moved, NEVER), places
