"""Lecturers to tambons: as many as possible, spread evenly, short ways and complementary expertise.

The linear program over teams nearly always says exactly what the best choice costs. Where it does not, the
question is divided: certain lecturers lead certain tambons at most so often, or more often. Each part gets its
own prices, so that the published proof needs nothing but arithmetic either way.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np
from numpy.typing import NDArray

from u2t.matching.costs import Costs
from u2t.matching.highs import solve_whole
from u2t.matching.master import TINY, Decision, Master, Prices, Relaxed
from u2t.matching.plan import Branch, LeaderProof, Leaf
from u2t.matching.problem import Problem
from u2t.matching.teams import Teams, all_teams

Ints = NDArray[np.int64]
Choice = tuple[Ints, Ints, Ints]
"""Places, teams, and in how many of the place's tambons."""
SCALE = 1 << 20
"""Prices are published as whole numbers of 1/SCALE, so that everybody computes the same bound."""
NODES = 400
MANY = 30_000
"""Teams by place: so many are not looked at whole any more once some choice is known."""
EFFORT = 720
"""Tambons times parts: how far a question is divided at most; what is then still open is stated as a gap."""


def solve_leaders(problem: Problem, costs: Costs) -> tuple[dict[str, tuple[str, ...]], LeaderProof | None]:
    """The leaders of each tambon and the proof; a gap in the proof is rare and stated."""
    if not problem.tambons or not problem.lecturers:
        return dict.fromkeys(problem.tambons, ()), None
    teams = all_teams(problem, costs)
    search = _Search(teams)
    tree, bound = search.prove(search.root, ())
    proof = LeaderProof(
        filled=teams.sizes.filled,
        cut=teams.sizes.cut,
        total=search.total,
        bound=min(search.total, bound),
        scale=SCALE,
        tree=tree,
    )
    return _by_name(problem, teams, search.chosen), proof


class _Search:
    """Looks for a whole choice first and then for its proof."""

    def __init__(self, teams: Teams) -> None:
        self.teams, self.master = teams, Master(teams)
        self.root = self.master.relax(())
        chosen = _whole(self.root) or self._finish() or self._every_team()
        self.chosen, self.total = chosen, self._cost(chosen)
        room = self.total - self.root.objective + TINY
        where, which = np.nonzero(self.root.reduced <= room)
        self.pool = where.astype(np.int64), which.astype(np.int64)
        self.parts = 1

    def _cost(self, choice: Choice) -> int:
        return int((choice[2] * self.teams.cost[choice[0], choice[1]]).sum())

    def prove(self, here: Relaxed, decisions: tuple[Decision, ...]) -> tuple[Leaf | Branch, int]:
        """The tree of parts below these decisions and the bound that it proves."""
        better = _whole(here)
        if better is not None and self._cost(better) < self.total:
            self.chosen, self.total = better, self._cost(better)
        leaf, bound = self._leaf(here.prices, decisions)
        divide = self._most_divided(here)
        if bound >= self.total or divide is None or self.parts * self.master.places >= EFFORT:
            return leaf, bound
        self.parts += 1
        sides = []
        for fewer in (True, False):
            path = (*decisions, Decision(*divide, fewer))
            sides.append(self.prove(self.master.relax(path, self.pool), path))
        (low, low_bound), (high, high_bound) = sides
        if min(low_bound, high_bound) <= bound:
            return leaf, bound
        kinds, places, most = divide
        names = sorted(one.key for kind in kinds for one in self.teams.kinds[kind].members)
        tambons = sorted(tambon for place in places for tambon in self.teams.tambons[place])
        branch = Branch(tuple(names), tuple(tambons), most, low, high)
        return branch, min(low_bound, high_bound)

    def _most_divided(self, here: Relaxed) -> tuple[tuple[int, ...], tuple[int, ...], int] | None:
        """What to divide by: a number that must be whole and is furthest from it, rounded down.

        First the leaders of a place, then the tambons of a type in all, then those of a type in one place.
        """
        places, kinds = range(self.master.places), range(self.master.kinds)
        turns = np.zeros((len(places), len(kinds) + 1))
        np.add.at(turns, (here.where[:, None], self.teams.members[here.which]), here.share[:, None])
        turns = turns[:, : len(kinds)]
        for number in (turns.sum(axis=1, keepdims=True), turns.sum(axis=0, keepdims=True), turns):
            distance = np.abs(number - np.rint(number))
            if distance.max(initial=0) > TINY:
                place, kind = divmod(int(distance.argmax()), number.shape[1])
                return (
                    (kind,) if number.shape[1] > 1 else tuple(kinds),
                    (place,) if number.shape[0] > 1 else tuple(places),
                    int(np.floor(number[place, kind])),
                )
        return None

    def _leaf(self, prices: Prices, decisions: tuple[Decision, ...]) -> tuple[Leaf, int]:
        """The published prices and the bound by them, rounded up to a whole number."""
        teams = self.teams
        kinds = np.rint(prices.kinds * SCALE).astype(np.int64)
        size = round(prices.size * SCALE)
        turns = np.rint(prices.decisions * SCALE).astype(np.int64)
        added = np.append(kinds, 0)[teams.members].sum(axis=1) - size * teams.size
        bound = size * teams.sizes.filled - int((kinds * teams.slots).sum())
        for place, row in enumerate(teams.cost):
            table = row.astype(np.int64) * SCALE + added
            for decision, price in zip(decisions, turns.tolist(), strict=True):
                if place in decision.places and price:
                    table += decision.sign * price * decision.turns(teams.members)
            bound += len(teams.tambons[place]) * int(table.min())
        for decision, price in zip(decisions, turns.tolist(), strict=True):
            bound -= decision.sign * price * decision.limit
        by_kind = zip(teams.kinds, kinds.tolist(), strict=True)
        named = sorted((one.key, price) for kind, price in by_kind for one in kind.members)
        return Leaf(tuple(named), size, tuple(turns.tolist())), int(-(-bound // SCALE))

    def _finish(self) -> Choice | None:
        """Keep the whole part of the linear solution, look for the rest; ``None`` if that costs more."""
        root, master = self.root, self.master
        kept = np.floor(root.share + TINY).astype(np.int64)
        sure = root.where[kept > 0], root.which[kept > 0], kept[kept > 0]
        goal = np.ceil(root.objective - TINY)
        done = master.columns(sure[0], sure[1])
        used = np.zeros(len(master.lower))
        np.add.at(used, done.index, np.repeat(sure[2], np.diff(done.start)) * done.value)
        spent = float((sure[2] * done.cost).sum())
        left = np.flatnonzero(self.teams.times > used[: master.places])
        where, which = np.nonzero(root.reduced[left] <= goal - root.objective + TINY)
        where = left[where]
        columns = master.columns(where, which)
        goal -= spent
        found = solve_whole(columns, master.lower - used, master.upper - used, goal + 0.5, NODES)
        if not found.found or found.objective > goal + 0.5:
            return None
        count = np.rint(found.column).astype(np.int64)
        more = where[count > 0], which[count > 0], count[count > 0]
        both = [np.concatenate([a, b]) for a, b in zip(sure, more, strict=True)]
        return both[0], both[1], both[2]

    def _every_team(self) -> Choice:
        """The best whole choice among teams of small reduced cost, those without any first."""
        root, master = self.root, self.master
        goal = np.ceil(root.objective - TINY)
        best: Choice | None = None
        for room in (0, 2, 8, 32, 128, 512, np.inf):
            where, which = np.nonzero(root.reduced <= goal - root.objective + room + TINY)
            if len(where) > MANY and best is not None:
                break
            columns = master.columns(where, which)
            found = solve_whole(columns, master.lower, master.upper, goal + 0.5, NODES)
            if not found.found:
                continue
            count = np.rint(found.column).astype(np.int64)
            best = where[count > 0], which[count > 0], count[count > 0]
            if found.objective <= root.objective + room + 1 - TINY:
                break
        assert best is not None, "the closed form promised that the places can be filled"
        return best


def _whole(here: Relaxed) -> Choice | None:
    """The linear solution if it is whole already."""
    count = np.rint(here.share).astype(np.int64)
    if not here.feasible or np.abs(here.share - count).max(initial=0) > TINY:
        return None
    return here.where[count > 0], here.which[count > 0], count[count > 0]


def _by_name(problem: Problem, teams: Teams, chosen: Choice) -> dict[str, tuple[str, ...]]:
    """Hand the tambons of each type to its lecturers in turn: nobody gets one twice or too many."""
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
