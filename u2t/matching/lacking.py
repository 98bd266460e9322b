"""The best choice of people with wanted skills: a linear program over people and seats, then whole people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from u2t.matching.highs import Columns, LinearProgram, solve_whole
from u2t.matching.people import Category, Seating
from u2t.matching.prices import NEVER, Ints

Floats = NDArray[np.float64]
Skill = tuple[str, str]
"""A tambon and a skill that it wants."""
TINY = 1e-6
NODES = 2_000
WINDOWS = (4.0, 4.0, 32.0, 128.0, np.inf)
"""How much more an arc may cost than it brings to be looked at; first only those that the program used."""


@dataclass(frozen=True)
class Market:
    """All categories side by side: people as rows, seat groups and then one column "unplaced" for each category.

    ``cost[person, column]`` is :data:`NEVER` outside the own category. ``brings[person, skill]``, and
    ``line[skill, column]`` is the number of the demand that somebody with the skill serves there (-1: none).
    ``given`` is the assignment without the floor, ``level`` the prices of its columns; ``parts`` are the rows and
    columns of each category. ``merit`` tells that scores come first and that somebody stays unplaced.
    """

    cost: Ints
    leaving: Ints
    worth: Ints
    merit: bool
    places: Ints
    seats: int
    brings: NDArray[np.bool_]
    line: Ints
    demands: tuple[Skill, ...]
    needs: Ints
    given: Ints
    level: Ints
    parts: tuple[tuple[slice, slice], ...]

    @classmethod
    def of(
        cls, categories: Sequence[Category], seatings: Sequence[Seating], wanted: Mapping[Skill, int]
    ) -> Market:
        """The market of categories as they are seated without the floor."""
        people = sum(len(category.people) for category in categories)
        seats = sum(len(category.seats) for category in categories)
        cost = np.full((people, seats + len(categories)), NEVER, dtype=np.int64)
        given, level = np.zeros(people, dtype=np.int64), np.zeros(cost.shape[1], dtype=np.int64)
        parts, row, column = [], 0, 0
        for number, (category, seating) in enumerate(zip(categories, seatings, strict=True)):
            rows, columns = (
                slice(row, row + len(category.people)),
                slice(column, column + len(category.seats)),
            )
            cost[rows, columns] = category.block.cost
            placed = seating.assigned < len(category.seats)
            given[rows] = np.where(placed, seating.assigned + column, seats + number)
            level[columns] = seating.prices
            if category.unplaced:
                cost[rows, seats + number] = 0
                level[seats + number] = seating.reserve or 0
            parts.append((rows, columns))
            row, column = rows.stop, columns.stop
        brings, line = _skills(categories, wanted)
        return cls(
            cost=cost,
            leaving=np.concatenate([category.leaving for category in categories]),
            worth=np.concatenate([category.worth for category in categories]),
            merit=any(category.unit > 1 and category.unplaced for category in categories),
            places=np.concatenate([*(c.places for c in categories), [c.unplaced for c in categories]]),
            seats=seats,
            brings=brings,
            line=line,
            demands=tuple(sorted(wanted)),
            needs=np.array([wanted[demand] for demand in sorted(wanted)], dtype=np.int64),
            given=given,
            level=level,
            parts=tuple(parts),
        )

    def served(self, at: Ints) -> Ints:
        """How many people serve each demand if they sit at these columns."""
        served = np.zeros(len(self.demands), dtype=np.int64)
        seated = np.flatnonzero(at < self.seats)
        for skill, line in enumerate(self.line):
            lines = line[at[seated][self.brings[seated, skill]]]
            np.add.at(served, lines[lines >= 0], 1)
        return served

    def keeps(self, at: Ints) -> bool:
        """Whether everything that is wanted is there."""
        return bool((self.served(at) >= self.needs).all())

    def split(self, at: Ints) -> list[Ints]:
        """The columns by category, as a :class:`Seating` counts them."""
        found = []
        for rows, columns in self.parts:
            here = at[rows]
            found.append(np.where(here < self.seats, here - columns.start, columns.stop - columns.start))
        return found


def _skills(categories: Sequence[Category], wanted: Mapping[Skill, int]) -> tuple[NDArray[np.bool_], Ints]:
    """The fields ``brings`` and ``line`` of a market."""
    skills = sorted({skill for _, skill in wanted})
    number_of = {demand: number for number, demand in enumerate(sorted(wanted))}
    everybody = [person for category in categories for person in category.people]
    tambons = [seat.tambon for category in categories for seat in category.seats]
    brings = np.array([[skill in person.skills for skill in skills] for person in everybody], dtype=bool)
    line = [[number_of.get((tambon, skill), -1) for tambon in tambons] for skill in skills]
    return brings.reshape(len(everybody), len(skills)), np.array(line, dtype=np.int64)


@dataclass(frozen=True)
class Choice:
    """Columns by person, prices of the demands by level of the objective, and what stays short if anything must."""

    at: Ints
    demands: tuple[Skill, ...]
    first: Floats
    second: Floats
    trade: float = 0.0
    short: Mapping[Skill, int] = field(default_factory=dict)

    def prices(self, scale: int, unit: int) -> dict[Skill, int]:
        """Whole prices of 1/``scale`` for both levels as one number; ``unit`` of the second make one of the first."""
        much = unit - round(self.trade)
        first, second = np.rint(self.first * scale), np.rint(self.second * scale)
        values = [
            max(0, round(a) * much + round(b)) for a, b in zip(first.tolist(), second.tolist(), strict=True)
        ]
        return dict(zip(self.demands, values, strict=True))


def choose(market: Market) -> Choice:
    """The best whole choice; for merit first the scores, then the inconvenience among the best by scores."""
    none = np.zeros(len(market.demands))
    if not market.merit:
        found = _Stage(market, _with_leaving(market, market.cost, market.leaving)).run()
        return Choice(found.at, market.demands, none, found.prices, short=found.short)
    scores = np.where(market.cost < NEVER, 0, NEVER)
    best = _Stage(market, _with_leaving(market, scores, market.worth)).run()
    if best.short:
        return Choice(best.at, market.demands, best.prices, none, short=best.short)
    lost = int(market.worth[best.at >= market.seats].sum())
    found = _Stage(market, market.cost, lost, best.at).run()
    return Choice(found.at, market.demands, best.prices, found.prices, found.trade, found.short)


def _with_leaving(market: Market, cost: Ints, leaving: Ints) -> Ints:
    """The costs with what it costs to leave somebody unplaced."""
    whole = cost.copy()
    unplaced = whole[:, market.seats :]
    whole[:, market.seats :] = np.where(unplaced < NEVER, leaving[:, None], NEVER)
    return whole


@dataclass(frozen=True)
class _Found:
    at: Ints
    prices: Floats
    trade: float
    short: Mapping[Skill, int]


class _Stage:
    """One level of the objective: ``lost`` worth of unplaced people is allowed at most, if given."""

    def __init__(
        self, market: Market, cost: Ints, lost: int | None = None, start: Ints | None = None
    ) -> None:
        self.market, self.cost, self.lost = market, cost, lost
        self.start = market.given if start is None else start
        self.people, self.columns = cost.shape
        first = self.people + self.columns
        self.first_demand, self.rows = first, first + len(market.demands) + (lost is not None)
        allowed = cost[cost < NEVER]
        self.forbidding = 1.0 + float(np.abs(allowed).max(initial=0)) * max(2, self.people)

    def run(self) -> _Found:
        """Prices from the linear program, people from whole numbers among the arcs worth while."""
        who, where = self._first_arcs()
        have = np.zeros(self.cost.shape, dtype=bool)
        have[who, where] = True
        spare = self._shortfalls()
        program = LinearProgram(spare.joined(self._arcs(who, where)), *self._limits())
        while True:
            answer = program.solve()
            reduced = self._reduced(answer.row_dual)
            who, where = self._worst(np.where(have, 0.0, reduced))
            if not len(who):
                break
            have[who, where] = True
            program.add(self._arcs(who, where))
        at, short = self._whole(reduced, have, answer.objective)
        dual = np.maximum(0.0, answer.row_dual[self.first_demand :])
        trade = float(-answer.row_dual[-1]) if self.lost is not None else 0.0
        return _Found(at, dual[: len(self.market.demands)], max(0.0, trade), short)

    def _first_arcs(self) -> tuple[Ints, Ints]:
        """The arcs of the start, the cheapest by its prices of each person, and of those who are wanted there."""
        priced = np.where(self.cost < NEVER, self.cost + self.market.level[None, :], NEVER).astype(np.float64)
        priced -= priced.min(axis=1, keepdims=True, initial=NEVER)
        take = np.zeros(self.cost.shape, dtype=bool)
        count = min(6, self.columns)
        near = np.argpartition(priced, count - 1, axis=1)[:, :count]
        take[np.arange(self.people)[:, None], near] = True
        take[np.arange(self.people), self.start] = True
        for skill, line in enumerate(self.market.line):
            able = np.flatnonzero(self.market.brings[:, skill])
            for column in np.flatnonzero(line >= 0).tolist():
                best = np.argsort(priced[able, column], kind="stable")
                take[able[best[: 2 * int(self.market.needs[line[column]]) + 4]], column] = True
        who, where = np.nonzero(take & (self.cost < NEVER))
        return who.astype(np.int64), where.astype(np.int64)

    def _arcs(self, who: Ints, where: Ints) -> Columns:
        """Columns of people in places, with the demands that they serve there."""
        market, ones = self.market, np.ones(len(who))
        rows, values, keep = [who, self.people + where], [ones, ones], [ones > 0, ones > 0]
        seated = where < market.seats
        for skill, line in enumerate(market.line):
            demand = line[np.where(seated, where, 0)]
            rows.append(self.first_demand + demand)
            values.append(ones)
            keep.append(seated & market.brings[who, skill] & (demand >= 0))
        if self.lost is not None:
            rows.append(np.full(len(who), self.rows - 1))
            values.append(market.worth[who].astype(np.float64))
            keep.append(~seated & (market.worth[who] > 0))
        used = np.stack(keep, axis=1)
        start = np.concatenate([[0], np.cumsum(used.sum(axis=1))])
        cost = self.cost[who, where].astype(np.float64)
        return Columns(cost, start, np.stack(rows, axis=1)[used], np.stack(values, axis=1)[used])

    def _shortfalls(self) -> Columns:
        """One column for each demand that leaves it short, at a forbidding price."""
        count = len(self.market.demands)
        rows = self.first_demand + np.arange(count)
        return Columns(np.full(count, self.forbidding), np.arange(count + 1), rows, np.ones(count))

    def _limits(self) -> tuple[Floats, Floats]:
        market = self.market
        exact = np.arange(self.columns) >= market.seats
        places = market.places.astype(np.float64)
        lower = [np.ones(self.people), np.where(exact, places, -np.inf), market.needs.astype(np.float64)]
        upper = [np.ones(self.people), places, np.full(len(market.needs), np.inf)]
        if self.lost is not None:
            lower.append(np.array([-np.inf]))
            upper.append(np.array([float(self.lost)]))
        return np.concatenate(lower), np.concatenate(upper)

    def _reduced(self, dual: Floats) -> Floats:
        """What every arc costs at these prices; infinite where it is not allowed."""
        market = self.market
        reduced = np.where(self.cost < NEVER, self.cost, np.inf)
        reduced -= dual[: self.people, None] + dual[None, self.people : self.first_demand]
        for skill, line in enumerate(market.line):
            gain = np.where(line >= 0, dual[self.first_demand + line], 0.0)
            reduced[:, : market.seats] -= market.brings[:, skill, None] * gain[None, :]
        if self.lost is not None:
            reduced[:, market.seats :] -= dual[-1] * market.worth[:, None]
        return reduced

    def _worst(self, reduced: Floats) -> tuple[Ints, Ints]:
        """The arcs that would improve the program, at most eight for each person."""
        count = min(8, self.columns)
        near = np.argpartition(reduced, count - 1, axis=1)[:, :count]
        who = np.repeat(np.arange(self.people), count)
        where = near.ravel()
        news = reduced[who, where] < -TINY
        return who[news], where[news].astype(np.int64)

    def _whole(
        self, reduced: Floats, have: NDArray[np.bool_], objective: float
    ) -> tuple[Ints, dict[Skill, int]]:
        """The best whole choice: any better one than what is found would lie among the arcs looked at."""
        goal, spare = np.ceil(objective - TINY), self._shortfalls()
        extra, found = len(spare.cost), None
        for step, room in enumerate(WINDOWS):
            worth_while = (reduced <= goal - objective + room + TINY) & (have if not step else True)
            worth_while[np.arange(self.people), self.start] = True
            who, where = np.nonzero(worth_while & (self.cost < NEVER))
            arcs = spare.joined(self._arcs(who, where))
            answer = solve_whole(arcs, *self._limits(), goal + 0.5, NODES)
            if answer.found:
                found = answer, who, where
                if answer.objective <= goal + (room if step else 0) + 0.5:
                    break
        if found is None:
            raise ArithmeticError("no whole choice was found")
        answer, who, where = found
        used = answer.column[extra:] > 0.5
        at = np.zeros(self.people, dtype=np.int64)
        at[who[used]] = where[used]
        short = np.rint(answer.column[:extra]).astype(np.int64).tolist()
        return at, {
            demand: lacking for demand, lacking in zip(self.market.demands, short, strict=True) if lacking
        }
