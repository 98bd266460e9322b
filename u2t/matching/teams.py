"""Teams of lecturers by type: every team a tambon could get, with what it costs there.

Lecturers with the same base, expertise and number of tambons are of one *type*; a team is a multiset of
types. A table of teams by tambon makes the linear bound tight where single lecturers would leave it loose,
because how well two lecturers complete each other is then a cost and no longer a sum of fractions.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import combinations_with_replacement
from math import comb

import numpy as np
from numpy.typing import NDArray

from u2t.matching.costs import Costs
from u2t.matching.flow import cheapest_flow
from u2t.matching.problem import Lecturer, Problem

Ints = NDArray[np.int64]
MOST_TEAMS = 400_000


@dataclass(frozen=True)
class Kind:
    """A type of lecturer and the lecturers of it, by key; ``each`` of them can lead so many tambons."""

    base: str | None
    expertise: frozenset[str]
    each: int
    members: tuple[Lecturer, ...]

    @property
    def slots(self) -> int:
        """Tambons that all of the type together can lead."""
        return self.each * len(self.members)


@dataclass(frozen=True)
class Sizes:
    """How many leaders a tambon gets: ``low`` or ``high``; ``filled`` in all, proved largest at ``cut``."""

    low: int
    high: int
    filled: int
    cut: int


@dataclass(frozen=True)
class Teams:
    """``members[team]`` holds types, padded with the number of types; ``cost[place, team]``.

    A *place* stands for all tambons (``tambons[place]``) to which every type has the same way, as tambons of
    one district where no positions are known: telling them apart would only multiply equal solutions. Where a lead
    stands, a team without it costs more than any plan.
    """

    kinds: tuple[Kind, ...]
    tambons: tuple[tuple[str, ...], ...]
    sizes: Sizes
    members: Ints
    size: Ints
    cost: NDArray[np.int32]

    @property
    def times(self) -> Ints:
        """How many tambons each place stands for."""
        return np.array([len(tambons) for tambons in self.tambons], dtype=np.int64)

    @property
    def slots(self) -> Ints:
        """Tambons that each type can lead."""
        return np.array([kind.slots for kind in self.kinds], dtype=np.int64)


def kinds_of(problem: Problem) -> tuple[Kind, ...]:
    """The types among the lecturers, in canonical order; who leads some tambon already is a type of their own."""
    tambons, dimensions = len(problem.tambons), frozenset(problem.dimensions)
    standing = {lecturer for _, lecturer in problem.leads}
    groups: dict[tuple[str, tuple[str, ...], int, str], list[Lecturer]] = defaultdict(list)
    for lecturer in problem.lecturers:
        each = min(lecturer.max_tambons, tambons)
        if each:
            known = tuple(sorted(lecturer.expertise & dimensions))
            alone = lecturer.key if lecturer.key in standing else ""
            groups[lecturer.base or "", known, each, alone].append(lecturer)
    return tuple(
        Kind(base or None, frozenset(known), each, tuple(members))
        for (base, known, each, _), members in sorted(groups.items())
    )


def sizes_of(problem: Problem) -> Sizes:
    """As many leaders as can be, spread evenly: a maximum flow in closed form, with its minimum cut."""
    tambons, wanted = len(problem.tambons), problem.rule.leaders_per_tambon
    limits = [min(lecturer.max_tambons, tambons) for lecturer in problem.lecturers]
    cuts = [(tambons - cut) * wanted + sum(min(limit, cut) for limit in limits) for cut in range(tambons + 1)]
    filled = min(cuts)
    low = filled // tambons if tambons else 0
    return Sizes(low, low + bool(tambons and filled % tambons), filled, cuts.index(filled))


def number_of_teams(problem: Problem) -> int:
    """How large the table would be for one tambon, at most."""
    sizes, kinds = sizes_of(problem), len(kinds_of(problem))
    return sum(comb(max(0, kinds + size - 1), size) for size in {sizes.low, sizes.high})


def all_teams(problem: Problem, costs: Costs) -> Teams:
    """Every possible team and what it costs in each place: ways of all, and dimensions nobody covers."""
    kinds, sizes = kinds_of(problem), sizes_of(problem)
    nobody = len(kinds)
    found = [
        team + (nobody,) * (sizes.high - size)
        for size in range(sizes.low, sizes.high + 1)
        for team in combinations_with_replacement(range(nobody), size)
        if _enough(team, kinds)
    ]
    members = np.array(found, dtype=np.int64).reshape(len(found), sizes.high)
    bit = {dimension: 1 << index for index, dimension in enumerate(problem.dimensions)}
    known = [sum(bit[dimension] for dimension in kind.expertise) for kind in kinds]
    mask = np.array([*known, 0], dtype=np.int64)
    covered = np.zeros(len(found), dtype=np.int64)
    for place in range(sizes.high):
        covered |= mask[members[:, place]]
    lacking = len(bit) - np.bitwise_count(covered).astype(np.int64)
    alike: dict[tuple[int, ...], list[str]] = defaultdict(list)
    standing = _standing(problem, kinds)
    for tambon in problem.tambons:
        alike[*(costs.travel(kind.base, tambon) for kind in kinds), 0, *standing[tambon]].append(tambon)
    way = np.array([place[: nobody + 1] for place in alike], dtype=np.int32).reshape(len(alike), nobody + 1)
    cost = np.broadcast_to(problem.rule.uncovered_dimension * lacking, (len(alike), len(found)))
    total: NDArray[np.int32] = cost.astype(np.int32)
    for place in range(sizes.high):
        total += way[:, members[:, place]]
    beyond = min(1 << 30, (int(total.max(initial=0)) + 1) * (len(problem.tambons) + 1))
    for place, tambons in enumerate(alike.values()):
        for kind in standing[tambons[0]]:
            total[place, ~(members == kind).any(axis=1)] = beyond
    return Teams(
        kinds, tuple(map(tuple, alike.values())), sizes, members, (members < nobody).sum(axis=1), total
    )


def _standing(problem: Problem, kinds: tuple[Kind, ...]) -> dict[str, tuple[int, ...]]:
    """The types, each of one lecturer, that lead a tambon already."""
    kind_of = {lecturer.key: number for number, kind in enumerate(kinds) for lecturer in kind.members}
    found: dict[str, list[int]] = {tambon: [] for tambon in problem.tambons}
    for tambon, lecturer in problem.leads:
        found[tambon].append(kind_of[lecturer])
    return {tambon: tuple(sorted(numbers)) for tambon, numbers in found.items()}


def leads_fit(problem: Problem) -> bool:
    """Whether the leads that stand leave as many leaders possible, spread as evenly, as without them."""
    sizes, here = sizes_of(problem), Counter(tambon for tambon, _ in problem.leads)
    most = {tambon: sizes.high - here[tambon] for tambon in problem.tambons}
    least = {tambon: max(0, sizes.low - here[tambon]) for tambon in problem.tambons}
    if min(most.values(), default=0) < 0:
        return False
    full = _further(problem, most) + len(problem.leads) == sizes.filled
    return full and _further(problem, least) == sum(least.values())


def _further(problem: Problem, room: dict[str, int]) -> int:
    """How many more leaders there can be beside those who stand, with so much room in each tambon."""
    turns, stands = Counter(lecturer for _, lecturer in problem.leads), set(problem.leads)
    count, tambons = len(problem.lecturers), problem.tambons
    free = np.array([one.max_tambons - turns[one.key] for one in problem.lecturers], dtype=np.int64)
    pairs = [
        (row, count + column)
        for row, one in enumerate(problem.lecturers)
        for column, tambon in enumerate(tambons)
        if (tambon, one.key) not in stands
    ]
    who, where = np.array(pairs, dtype=np.int64).reshape(len(pairs), 2).T
    rows, columns, sink = np.arange(count), count + np.arange(len(tambons)), count + len(tambons)
    starts = np.concatenate([who, columns, rows])
    ends = np.concatenate([where, np.full(len(tambons) + count, sink)])
    idle = np.zeros(len(starts), dtype=np.int64)
    idle[len(who) + len(tambons) :] = 1
    largest = np.concatenate([np.ones(len(who), dtype=np.int64), [room[tambon] for tambon in tambons], free])
    supply = np.concatenate([free, np.zeros(len(tambons), dtype=np.int64), [-free.sum()]])
    starts, ends, flow = cheapest_flow(supply, starts, ends, idle, largest)
    return int(flow[(starts >= count) & (ends == sink)].sum())


def _enough(team: tuple[int, ...], kinds: tuple[Kind, ...]) -> bool:
    """Whether the types have that many different lecturers."""
    return all(team.count(kind) <= len(kinds[kind].members) for kind in set(team))
