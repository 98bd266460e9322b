"""The linear program over teams, grown team by team: it prices the lecturers' time.

One row a place, one a type of lecturer, one for the count of all leaders, and one for each decision about how often
certain types lead certain places. Prices come from a rough subgradient search first and then from column
generation, until no team of the whole table has a negative reduced cost: then the bound is the best there is.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from u2t.matching.highs import Columns, LinearProgram
from u2t.matching.teams import Teams

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
TINY = 1e-6


@dataclass(frozen=True)
class Decision:
    """The types ``kinds`` lead ``places`` at most ``most`` times, or (``fewer`` false) at least once more."""

    kinds: tuple[int, ...]
    places: tuple[int, ...]
    most: int
    fewer: bool

    def turns(self, members: Ints) -> Ints:
        """How many members of each team are of the types."""
        turns: Ints = np.isin(members, self.kinds).sum(axis=1)
        return turns

    @property
    def sign(self) -> int:
        """Whether the price of the decision makes teams with the type dearer or cheaper."""
        return 1 if self.fewer else -1

    @property
    def limit(self) -> int:
        """What the row allows at most or demands at least."""
        return self.most if self.fewer else self.most + 1


@dataclass(frozen=True)
class Prices:
    """Prices of the types, of a leader as such, and of each decision."""

    kinds: Floats
    size: float
    decisions: Floats


@dataclass(frozen=True)
class Relaxed:
    """The linear optimum: ``share[i]`` of the team ``which[i]`` in the place ``where[i]``."""

    objective: float
    prices: Prices
    reduced: Floats
    where: Ints
    which: Ints
    share: Floats
    feasible: bool


class Master:
    """Solves the linear program under any decisions; the pool of teams grows from one to the next."""

    def __init__(self, teams: Teams) -> None:
        self.teams = teams
        self.places, self.kinds = len(teams.cost), len(teams.kinds)
        filled, infinite = teams.sizes.filled, np.full(self.kinds, -np.inf)
        self.lower = np.concatenate([teams.times, infinite, [filled]])
        self.upper = np.concatenate([teams.times, teams.slots, [filled]]).astype(np.float64)
        self.forbidding = 2.0 * (teams.times.sum() + 10) * (float(teams.cost.max()) + 10)

    def columns(self, where: Ints, which: Ints, decisions: tuple[Decision, ...] = ()) -> Columns:
        """Columns of the teams ``which`` in the places ``where``."""
        member = self.teams.members[which]
        rows = [where, *(self.places + member).T, np.full(len(where), self.places + self.kinds)]
        values = [np.ones(len(where)), *np.ones(member.T.shape), self.teams.size[which].astype(np.float64)]
        keep = [np.ones(len(where), dtype=bool), *(member < self.kinds).T, self.teams.size[which] > 0]
        for place in range(1, member.shape[1]):
            same = member[:, place] == member[:, place - 1]
            values[place + 1] = values[place + 1] + np.where(same, values[place], 0)
            keep[place] = keep[place] & ~same
        for number, decision in enumerate(decisions):
            count = decision.turns(member) * np.isin(where, decision.places)
            rows.append(np.full(len(where), len(self.lower) + number))
            values.append(count.astype(np.float64))
            keep.append(count > 0)
        used = np.stack(keep, axis=1)
        start = np.concatenate([[0], np.cumsum(used.sum(axis=1))])
        cost = self.teams.cost[where, which].astype(np.float64)
        return Columns(cost, start, np.stack(rows, axis=1)[used], np.stack(values, axis=1)[used])

    def priced(self, prices: Prices, decisions: tuple[Decision, ...]) -> Floats:
        """Cost of every team with the prices of its members, by place."""
        members = self.teams.members
        added = np.append(prices.kinds, 0)[members].sum(axis=1) - prices.size * self.teams.size
        table: Floats = self.teams.cost + added[None, :]
        for decision, price in zip(decisions, prices.decisions.tolist(), strict=True):
            if price:
                table[list(decision.places)] += decision.sign * price * decision.turns(members)
        return table

    def rough_prices(self) -> Prices:
        """Prices that are about right, by subgradient steps: fewer teams are needed afterwards."""
        teams, none = self.teams, np.zeros(0)
        best, step, rows = -np.inf, 20.0, np.arange(self.places)
        kept = Prices(np.zeros(self.kinds), 0.0, none)
        kinds, size = kept.kinds, 0.0
        for _ in range(60):
            priced = self.priced(Prices(kinds, size, none), ())
            cheapest = priced.argmin(axis=1)
            value = priced[rows, cheapest] @ teams.times - kinds @ teams.slots + size * teams.sizes.filled
            if value > best:
                best, kept = value, Prices(kinds, size, none)
            used = np.zeros(self.kinds + 1)
            np.add.at(used, teams.members[cheapest], teams.times[:, None])
            kinds = np.maximum(0, kinds + step * (used[: self.kinds] - teams.slots))
            if teams.sizes.low != teams.sizes.high:
                size += step * (teams.sizes.filled - teams.size[cheapest] @ teams.times) / self.places
            step *= 0.95
        return kept

    def relax(self, decisions: tuple[Decision, ...], pool: tuple[Ints, Ints] | None = None) -> Relaxed:
        """The linear optimum under the decisions, starting from a pool of teams by place."""
        where, which = pool or self._cheapest_teams(self.priced(self.rough_prices(), ()), 60)
        have = np.zeros(self.teams.cost.shape, dtype=bool)
        have[where, which] = True
        rescue = self._rescue(decisions)
        first = rescue.joined(self.columns(where, which, decisions))
        program = LinearProgram(first, *self._limits(decisions))
        while True:
            answer = program.solve()
            prices = self._prices(answer.row_dual, decisions)
            reduced = self.priced(prices, decisions) - answer.row_dual[: self.places, None]
            new_where, new_which = self._cheapest_teams(reduced, 20)
            news = (reduced[new_where, new_which] < -TINY) & ~have[new_where, new_which]
            if not news.any():
                extra = len(rescue.cost)
                feasible = not (answer.column[:extra] > TINY).any()
                share = answer.column[extra:]
                return Relaxed(answer.objective, prices, reduced, where, which, share, feasible)
            new_where, new_which = new_where[news], new_which[news]
            have[new_where, new_which] = True
            where, which = np.concatenate([where, new_where]), np.concatenate([which, new_which])
            program.add(self.columns(new_where, new_which, decisions))

    def _limits(self, decisions: tuple[Decision, ...]) -> tuple[Floats, Floats]:
        lower = [-np.inf if decision.fewer else decision.limit for decision in decisions]
        upper = [decision.limit if decision.fewer else np.inf for decision in decisions]
        return np.concatenate([self.lower, lower]), np.concatenate([self.upper, upper])

    def _prices(self, dual: Floats, decisions: tuple[Decision, ...]) -> Prices:
        count = self.places + self.kinds
        signs = np.array([-decision.sign for decision in decisions], dtype=np.float64)
        return Prices(
            np.maximum(0, -dual[self.places : count]),
            float(dual[count]),
            np.maximum(0, signs * dual[count + 1 :]),
        )

    def _rescue(self, decisions: tuple[Decision, ...]) -> Columns:
        """Columns at a forbidding price that make the program solvable before the right teams are known."""
        sizes = sorted({self.teams.sizes.low, self.teams.sizes.high})
        entries: list[list[tuple[int, float]]] = [
            [(place, 1.0), (self.places + self.kinds, float(size))] if size else [(place, 1.0)]
            for place in range(self.places)
            for size in sizes
        ]
        entries += [
            [(len(self.lower) + number, 1.0)] for number, one in enumerate(decisions) if not one.fewer
        ]
        start = np.cumsum([0, *map(len, entries)])
        index = np.array([row for column in entries for row, _ in column], dtype=np.int64)
        value = np.array([value for column in entries for _, value in column])
        return Columns(np.full(len(entries), self.forbidding), start, index, value)

    def _cheapest_teams(self, reduced: Floats, count: int) -> tuple[Ints, Ints]:
        count = min(count, reduced.shape[1])
        which = np.argpartition(reduced, count - 1, axis=1)[:, :count]
        return np.repeat(np.arange(self.places), count), which.ravel().astype(np.int64)
