"""Lecturers to tambons: as many as possible, spread evenly, short ways and complementary expertise.

Prices for the lecturers' time come from a rough subgradient search and then from column generation on the
table of teams; the integer choice is looked for only among teams whose reduced cost leaves room for it.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from u2t.matching.costs import Costs
from u2t.matching.highs import Answer, Columns, LinearProgram, solve_whole
from u2t.matching.plan import LeaderProof
from u2t.matching.problem import Problem
from u2t.matching.teams import Teams, all_teams

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Choice = tuple[Ints, Ints, Ints]
"""Places, teams, and in how many of the place's tambons."""
SCALE = 1 << 20
"""Prices are published as whole numbers of 1/SCALE, so that everybody computes the same bound."""
TINY = 1e-6
NODES = 400


def solve_leaders(problem: Problem, costs: Costs) -> tuple[dict[str, tuple[str, ...]], LeaderProof | None]:
    """The leaders of each tambon and the proof; the gap in the proof is 0 in nearly all real cases."""
    if not problem.tambons or not problem.lecturers:
        return dict.fromkeys(problem.tambons, ()), None
    teams = all_teams(problem, costs)
    master = _Master(teams)
    chosen = master.solve()
    prices = np.rint(master.prices * SCALE).astype(np.int64)
    size_price = round(master.size_price * SCALE)
    total = int((chosen[2] * teams.cost[chosen[0], chosen[1]]).sum())
    proof = LeaderProof(
        filled=teams.sizes.filled,
        cut=teams.sizes.cut,
        total=total,
        bound=min(total, _bound(teams, prices, size_price)),
        scale=SCALE,
        size_price=size_price,
        prices=tuple(
            sorted(
                (lecturer.key, price)
                for kind, price in zip(teams.kinds, prices.tolist(), strict=True)
                for lecturer in kind.members
            )
        ),
    )
    return _by_name(problem, teams, chosen), proof


def _bound(teams: Teams, prices: Ints, size_price: int) -> int:
    """What every choice costs at least, by the published prices, rounded up to a whole number."""
    added = np.append(prices, 0)[teams.members].sum(axis=1) - size_price * teams.size
    rows = zip(teams.cost, teams.times.tolist(), strict=True)
    cheapest = sum(times * int((row.astype(np.int64) * SCALE + added).min()) for row, times in rows)
    bound = cheapest + size_price * teams.sizes.filled - int((prices * teams.slots).sum())
    return int(-(-bound // SCALE))


class _Master:
    """The linear program over teams, grown team by team; one row a place, one a type, one for the count."""

    def __init__(self, teams: Teams) -> None:
        self.teams = teams
        self.places, self.kinds = len(teams.cost), len(teams.kinds)
        self.times = teams.times
        infinite = np.full(self.kinds, -np.inf)
        filled = teams.sizes.filled
        self.lower = np.concatenate([self.times, infinite, [filled]])
        self.upper = np.concatenate([self.times, teams.slots, [filled]]).astype(np.float64)
        self.prices = np.zeros(self.kinds)
        self.size_price = 0.0

    def columns(self, where: Ints, which: Ints) -> Columns:
        """Columns of the teams ``which`` in the places ``where``."""
        width = self.teams.members.shape[1]
        member = self.teams.members[which]
        rows = np.hstack([where[:, None], self.places + member])
        values = np.ones(rows.shape)
        keep = np.hstack([np.ones((len(where), 1), dtype=bool), member < self.kinds])
        for place in range(1, width):
            same = member[:, place] == member[:, place - 1]
            values[:, place + 1] += np.where(same, values[:, place], 0)
            keep[:, place] &= ~same
        count_row = self.places + self.kinds
        rows = np.hstack([rows, np.full((len(where), 1), count_row)])
        values = np.hstack([values, self.teams.size[which][:, None]])
        keep = np.hstack([keep, values[:, -1:] > 0])
        cost = self.teams.cost[where, which].astype(np.float64)
        start = np.concatenate([[0], np.cumsum(keep.sum(axis=1))])
        return Columns(cost, start, rows[keep], values[keep])

    def solve(self) -> Choice:
        """The teams to take; the prices that prove how good they are stay behind in the master."""
        answer, reduced, known = self._generate()
        chosen = self._whole(answer, known)
        if chosen is None:
            chosen = self._finish(answer, reduced, known) or self._search(answer, reduced)
        return chosen

    def _reduced(self) -> Floats:
        """Cost of every team with the prices of its members, by tambon."""
        added = np.append(self.prices, 0)[self.teams.members].sum(axis=1) - self.size_price * self.teams.size
        priced: Floats = self.teams.cost + added[None, :]
        return priced

    def _rough_prices(self) -> None:
        """Prices that are about right, by subgradient steps: fewer columns are needed afterwards."""
        best, step, slots = -np.inf, 20.0, self.teams.slots
        prices, rows = self.prices, np.arange(self.places)
        size_price = 0.0
        for _ in range(60):
            self.prices, self.size_price = prices, size_price
            priced = self._reduced()
            cheapest = priced.argmin(axis=1)
            value = priced[rows, cheapest] @ self.times - prices @ slots
            value += size_price * self.teams.sizes.filled
            if value > best:
                best, kept, kept_size = value, prices, size_price
            used = np.zeros(self.kinds + 1)
            np.add.at(used, self.teams.members[cheapest], self.times[:, None])
            used = used[: self.kinds]
            prices = np.maximum(0, prices + step * (used - slots))
            if self.teams.sizes.low != self.teams.sizes.high:
                missing = self.teams.sizes.filled - self.teams.size[cheapest] @ self.times
                size_price += step * missing / self.places
            step *= 0.95
        self.prices, self.size_price = kept, kept_size

    def _generate(self) -> tuple[Answer, Floats, tuple[Ints, Ints]]:
        """Add teams of negative reduced cost until there are none."""
        self._rough_prices()
        rescue = self._rescue()
        have = np.zeros(self.teams.cost.shape, dtype=bool)
        where, which = self._cheapest_teams(self._reduced(), 60)
        have[where, which] = True
        program = LinearProgram(rescue.joined(self.columns(where, which)), self.lower, self.upper)
        while True:
            answer = program.solve()
            dual = answer.row_dual
            self.prices = np.maximum(0, -dual[self.places : -1])
            self.size_price = float(dual[-1])
            reduced = self._reduced() - dual[: self.places, None]
            new_where, new_which = self._cheapest_teams(reduced, 20)
            news = (reduced[new_where, new_which] < -TINY) & ~have[new_where, new_which]
            if not news.any():
                return answer, reduced, (where, which)
            new_where, new_which = new_where[news], new_which[news]
            have[new_where, new_which] = True
            where, which = np.concatenate([where, new_where]), np.concatenate([which, new_which])
            program.add(self.columns(new_where, new_which))

    def _rescue(self) -> Columns:
        """Columns at a forbidding price that make the program solvable before the right teams are known."""
        low, high = self.teams.sizes.low, self.teams.sizes.high
        sizes = np.array([low, high] if low != high else [low])
        where = np.repeat(np.arange(self.places), len(sizes))
        size = np.tile(sizes, self.places)
        keep = np.stack([np.ones(len(where), dtype=bool), size > 0], axis=1)
        rows = np.stack([where, np.full(len(where), self.places + self.kinds)], axis=1)[keep]
        values = np.stack([np.ones(len(where)), size.astype(np.float64)], axis=1)[keep]
        start = np.concatenate([[0], np.cumsum(keep.sum(axis=1))])
        forbidding = 1000.0 + 100.0 * float(self.teams.cost.max())
        return Columns(np.full(len(where), forbidding), start, rows, values)

    def _cheapest_teams(self, reduced: Floats, count: int) -> tuple[Ints, Ints]:
        count = min(count, reduced.shape[1])
        which = np.argpartition(reduced, count - 1, axis=1)[:, :count]
        return np.repeat(np.arange(self.places), count), which.ravel().astype(np.int64)

    def _whole(self, answer: Answer, known: tuple[Ints, Ints]) -> Choice | None:
        """The linear solution if it is whole already."""
        rescue = len(answer.column) - len(known[0])
        value = answer.column[rescue:]
        count = np.rint(value).astype(np.int64)
        if answer.column[:rescue].max() > TINY or np.abs(value - count).max() > TINY:
            return None
        return known[0][count > 0], known[1][count > 0], count[count > 0]

    def _finish(self, answer: Answer, reduced: Floats, known: tuple[Ints, Ints]) -> Choice | None:
        """Keep the whole part of the linear solution and look for the rest; ``None`` if that costs more."""
        value = answer.column[len(answer.column) - len(known[0]) :]
        kept = np.floor(value + TINY).astype(np.int64)
        sure = known[0][kept > 0], known[1][kept > 0], kept[kept > 0]
        goal = np.ceil(answer.objective - TINY)
        done = self.columns(sure[0], sure[1])
        used = np.zeros(len(self.lower))
        np.add.at(used, done.index, np.repeat(sure[2], np.diff(done.start)) * done.value)
        spent = float((sure[2] * done.cost).sum())
        left = np.flatnonzero(self.times > used[: self.places])
        where, which = np.nonzero(reduced[left] <= goal - answer.objective + TINY)
        where = left[where]
        found = solve_whole(
            self.columns(where, which), self.lower - used, self.upper - used, goal - spent + 0.5, NODES
        )
        if not found.found or found.objective + spent > goal + 0.5:
            return None
        count = np.rint(found.column).astype(np.int64)
        more = where[count > 0], which[count > 0], count[count > 0]
        both = [np.concatenate([a, b]) for a, b in zip(sure, more, strict=True)]
        return both[0], both[1], both[2]

    def _search(self, answer: Answer, reduced: Floats) -> Choice:
        """Whole solutions among teams of small reduced cost, those without any first."""
        goal = np.ceil(answer.objective - TINY)
        best: Choice | None = None
        for room in (0, 2, 8, 32, 128, 512, np.inf):
            where, which = np.nonzero(reduced <= goal - answer.objective + room + TINY)
            if len(where) > 30_000 and best is not None:
                break
            found = solve_whole(self.columns(where, which), self.lower, self.upper, goal + 0.5, NODES)
            if not found.found:
                continue
            count = np.rint(found.column).astype(np.int64)
            best = where[count > 0], which[count > 0], count[count > 0]
            if found.objective <= answer.objective + room + 1 - TINY:
                break
        assert best is not None, "the closed form promised that the places can be filled"
        return best


def _by_name(problem: Problem, teams: Teams, chosen: Choice) -> dict[str, tuple[str, ...]]:
    """Hand the tambons of each type to its lecturers in turn, so that nobody gets one twice or too many."""
    leaders: dict[str, list[str]] = {tambon: [] for tambon in problem.tambons}
    turn: dict[int, int] = defaultdict(int)
    waiting = [list(tambons) for tambons in teams.tambons]
    for place, team in sorted(
        zip(*(np.repeat(side, chosen[2]).tolist() for side in chosen[:2]), strict=True)
    ):
        tambon = waiting[place].pop(0)
        for kind in teams.members[team].tolist():
            if kind < len(teams.kinds):
                members = teams.kinds[kind].members
                leaders[tambon].append(members[turn[kind] % len(members)].key)
                turn[kind] += 1
    return {tambon: tuple(sorted(names)) for tambon, names in leaders.items()}
