"""Why a lecturer leads this tambon: what an exchange with another tambon, or another lecturer here, would cost.

Nobody is named: an exchange is told by its tambon alone. The numbers are those of one exchange, all else as it is.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from u2t.matching.costs import Costs
from u2t.matching.plan import Plan
from u2t.matching.problem import Problem


@dataclass(frozen=True)
class LeaderOption:
    """Another tambon for the lecturer by the best exchange with one who leads there.

    ``km`` is the way there; ``more`` what ways and uncovered dimensions of both tambons would cost more.
    """

    tambon: str
    km: int
    km_assumed: bool
    more: int


class LeaderExchanges:
    """Exchanges around the leaders of a plan, whether the engine or a human chose them."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.leaders, self.rule, self.costs = plan.leaders, problem.rule, Costs(problem)
        self.lecturers = {lecturer.key: lecturer for lecturer in problem.lecturers}
        self.dimensions = frozenset(problem.dimensions)
        self.held = frozenset(problem.leads)
        self.turns = Counter(key for team in plan.leaders.values() for key in team)
        self._now = {tambon: self.cost(tambon, team) for tambon, team in plan.leaders.items()}

    def cost(self, tambon: str, team: Iterable[str]) -> int:
        """Ways and uncovered dimensions of a tambon led by ``team``."""
        members = [self.lecturers[key] for key in team]
        covered = frozenset[str]().union(*(member.expertise for member in members))
        ways = sum(self.costs.travel(member.base, tambon) for member in members)
        return ways + self.rule.uncovered_dimension * len(self.dimensions - covered)

    def options(self, key: str, tambon: str, most: int = 2) -> tuple[LeaderOption, ...]:
        """The tambons to which an exchange would cost least; none for a pair that a human chose."""
        if (tambon, key) in self.held:
            return ()
        found = []
        for other, team in self.leaders.items():
            if other == tambon or key in team:
                continue
            ways = [self._exchange(key, tambon, one, other) for one in team if self._may(one, other, tambon)]
            if ways:
                km, assumed, _ = self.costs.way(self.lecturers[key].base, other)
                found.append(LeaderOption(other, km, assumed, min(ways)))
        return tuple(sorted(found, key=lambda one: (one.more, one.km, one.tambon))[:most])

    def instead(self, key: str, tambon: str) -> int | None:
        """What the best lecturer with a turn left would cost more in this place; ``None`` where there is none."""
        rest = [one for one in self.leaders[tambon] if one != key]
        spare = [
            one.key
            for one in self.lecturers.values()
            if one.key not in self.leaders[tambon] and self.turns[one.key] < one.max_tambons
        ]
        if (tambon, key) in self.held or not spare:
            return None
        return min(self.cost(tambon, [*rest, one]) for one in spare) - self._now[tambon]

    def _may(self, one: str, there: str, here: str) -> bool:
        return (there, one) not in self.held and one not in self.leaders[here]

    def _exchange(self, key: str, tambon: str, one: str, other: str) -> int:
        here = [one if member == key else member for member in self.leaders[tambon]]
        there = [key if member == one else member for member in self.leaders[other]]
        then = self.cost(tambon, here) + self.cost(other, there)
        return then - self._now[tambon] - self._now[other]
