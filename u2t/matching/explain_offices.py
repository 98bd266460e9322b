"""Why a data manager sits at this office: the next best ones, and by how much the whole would lose, exactly.

As for seats (``explain``), the number for another office is what the best plan *with this person there* would cost
more, with everybody's seat as it is.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from u2t.matching.costs import Costs
from u2t.matching.offices import office_block, office_room, postings
from u2t.matching.plan import CostParts, Plan
from u2t.matching.prices import NEVER, Ints, exchange_costs
from u2t.matching.problem import Problem


@dataclass(frozen=True)
class OfficeOption:
    """Another office for the person: ``more`` for all together, ``own_more`` the person's own share of it."""

    office: str
    parts: CostParts
    own_more: int
    more: int


class OfficeExplainer:
    """Explains the offices of one plan that :func:`u2t.matching.solve` returned for this problem."""

    def __init__(self, problem: Problem, plan: Plan) -> None:
        self.problem, self.plan, self.costs = problem, plan, Costs(problem)
        self.sitting = postings(problem, plan.seats)
        taken = Counter(person.fixed_office for person, _ in self.sitting if person.fixed_office)
        self.free = [(person, seat) for person, seat in self.sitting if person.fixed_office is None]
        self.room = office_room(
            problem.offices, {key: count for key, count in taken.items() if key}, len(self.free)
        )
        self.rows = {person.key: row for row, (person, _) in enumerate(self.free)}
        self._chains: Ints | None = None
        self._columns: list[int] = []

    def options(self, key: str, most: int = 2) -> tuple[OfficeOption, ...]:
        """The next best offices for one person, least loss first; none for whoever a human sent to an office or who
        holds no seat at one."""
        if key not in self.rows or self.plan.offices.get(key) is None:
            return ()
        row = self.rows[key]
        person, seat = self.free[row]
        chains, here = self._settled(), self._columns[row]
        own = self.plan.office_parts[key].total
        found = []
        for index, office in enumerate(self.problem.offices):
            room = min(int(chains[2 * index, here]), int(chains[2 * index + 1, here]))
            if office.key == self.plan.offices[key] or room > NEVER // 2:
                continue
            parts = self.costs.office(person, seat, office)
            found.append(OfficeOption(office.key, parts, parts.total - own, parts.total - own + room))
        return tuple(sorted(found, key=lambda one: (one.more, one.parts.total, one.office))[:most])

    def _settled(self) -> Ints:
        """``[s, t]``: the cheapest way to make room in column s by filling column t, over any number of exchanges."""
        if self._chains is None:
            block = office_block(self.problem.offices, self.costs, self.free, self.room)
            self._columns = self._assigned(len(block.places))
            chains = exchange_costs(block, np.array(self._columns, dtype=np.int64))
            chains[:, : len(block.places)][:, block.places == 0] = NEVER
            chains[: len(block.places)][block.places == 0] = NEVER
            for middle in range(len(chains)):
                through = chains[:, middle : middle + 1] + chains[middle : middle + 1, :]
                chains = np.minimum(chains, np.minimum(through, NEVER))
            self._chains = chains
        return self._chains

    def _assigned(self, unplaced: int) -> list[int]:
        """The column of each person: an office's required places are taken first."""
        index = {office.key: place for place, office in enumerate(self.problem.offices)}
        left = [need for need, _ in self.room]
        columns = []
        for person, _ in self.free:
            office = self.plan.offices.get(person.key)
            if office is None:
                columns.append(unplaced)
                continue
            place = index[office]
            columns.append(2 * place + (0 if left[place] > 0 else 1))
            left[place] -= 1
        return columns
