"""What is short before anything is solved: places that nobody can fill, people for whom there is no place."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from u2t.matching.costs import Costs
from u2t.matching.problem import Candidate, Problem
from u2t.matching.reach import Bools, Reach, reach


@dataclass(frozen=True)
class Shortage:
    """``places`` of ``category`` in ``tambons`` can be filled by ``people`` at most: ``short`` stay empty.

    What would help: ``needed_km`` is the smallest farthest way with which the category fills as many places as with
    no limit (``None``: the limit is not the reason), and with it ``in_reach`` more people could come to these
    tambons. ``short_anyway`` places at most stay empty without any limit too: only more people fill them.
    """

    category: str
    tambons: tuple[str, ...]
    places: int
    people: int
    needed_km: int | None = None
    in_reach: int = 0
    short_anyway: int = 0

    @property
    def short(self) -> int:
        """Places that nobody can fill."""
        return self.places - self.people


@dataclass(frozen=True)
class Surplus:
    """``people`` may only take ``places`` places of ``category`` in ``tambons``: some stay unplaced."""

    category: str
    tambons: tuple[str, ...]
    places: int
    people: tuple[str, ...]

    @property
    def over(self) -> int:
        """People who stay without a seat."""
        return len(self.people) - self.places


@dataclass(frozen=True)
class Stranded:
    """A person whom no tambon can take; ``km`` is the way to the nearest one with places (``None``: none has any)."""

    person: str
    category: str
    km: int | None


def shortages(problem: Problem) -> tuple[Shortage, ...]:
    """Sets of tambons whose places cannot all be filled, whatever is decided (Hall violators).

    If no way is too far and people without a fixed tambon are too few, the set is all tambons that fixed people do
    not fill already.
    """
    if problem.rule.max_km is not None:
        return tuple(shortage for field in _fields(problem) for shortage in field.shortages())
    found = []
    for category, places, fixed, roaming in _markets(problem):
        open_tambons = tuple(tambon for tambon, count in places.items() if count > len(fixed[tambon]))
        room = sum(places[tambon] for tambon in open_tambons)
        people = sum(len(fixed[tambon]) for tambon in open_tambons) + len(roaming)
        if people >= room:
            continue
        if roaming:
            found.append(Shortage(category, open_tambons, room, people, short_anyway=room - people))
            continue
        for one in open_tambons:
            here = len(fixed[one])
            found.append(Shortage(category, (one,), places[one], here, short_anyway=places[one] - here))
    return tuple(found)


def surpluses(problem: Problem) -> tuple[Surplus, ...]:
    """People for whom there are too few places: fixed to a full tambon, or all people of a category.

    Where a way can be too far, those who may only go to tambons that are too full; whom it strands altogether,
    :func:`stranded` names.
    """
    if problem.rule.max_km is not None:
        return tuple(surplus for field in _fields(problem) for surplus in field.surpluses())
    found = []
    for category, places, fixed, roaming in _markets(problem):
        for tambon, people in fixed.items():
            if len(people) > places.get(tambon, 0):
                found.append(Surplus(category, (tambon,), places.get(tambon, 0), tuple(people)))
        left = sum(max(0, count - len(fixed[tambon])) for tambon, count in places.items())
        if len(roaming) > left:
            found.append(Surplus(category, tuple(places), left, tuple(roaming)))
    return tuple(found)


def stranded(problem: Problem) -> tuple[Stranded, ...]:
    """People whom no tambon can take: none has a place of their category, or all that have are too far."""
    costs, places = Costs(problem), defaultdict(set)
    for seat in problem.seats:
        if seat.places > 0:
            places[seat.category].add(seat.tambon)
    found = []
    for person in problem.candidates:
        if person.lock is None and person.fixed_tambon is None:
            ways = [costs.way(person.home, tambon)[0] for tambon in places[person.category]]
            if not any(costs.within(person.home, tambon) for tambon in places[person.category]):
                found.append(Stranded(person.key, person.category, min(ways, default=None)))
    return tuple(found)


class _Field:
    """One category where a way can be too far: who may go where."""

    def __init__(self, problem: Problem, category: str, costs: Costs) -> None:
        self.category, self.costs, self.most = category, costs, problem.rule.max_km
        places = Counter[str]()
        for seat in problem.seats:
            if seat.category == category:
                places[seat.tambon] += seat.places
        self.offered = np.array([count > 0 for count in places.values()], dtype=bool)
        self.people = []
        for person in problem.candidates:
            if person.category == category and person.lock:
                places[person.lock[0]] -= 1
            elif person.category == category:
                self.people.append(person)
        self.tambons, self.places = tuple(places), np.array(list(places.values()), dtype=np.int64)
        ways = [[costs.way(person.home, tambon)[0] for tambon in self.tambons] for person in self.people]
        self.km = np.array(ways, dtype=np.int64).reshape(len(self.people), len(self.tambons))
        fixed = [[person.fixed_tambon == tambon for tambon in self.tambons] for person in self.people]
        self.fixed = np.array(fixed, dtype=bool).reshape(self.km.shape)
        roaming = [person.fixed_tambon is None for person in self.people]
        self.roaming = np.array(roaming, dtype=bool).reshape(len(roaming), 1)

    def may(self, most: int | None) -> Bools:
        """Who may go where if nobody who is not fixed goes farther than ``most`` kilometres."""
        near = np.ones_like(self.fixed) if most is None else self.km <= most
        allowed: Bools = self.fixed | (self.roaming & near)
        return allowed

    def within(self, most: int | None) -> Reach:
        """The largest filling if nobody goes farther than ``most`` kilometres."""
        return reach(self.may(most), self.places)

    def shortages(self) -> list[Shortage]:
        now, anywhere = self.within(self.most), self.within(None).filled
        needed = self._needed_km(anywhere) if anywhere > now.filled else None
        found = []
        for tambons in now.short_sets():
            places, people = int(self.places[tambons].sum()), now.who_may(tambons)
            further = self.within(needed).who_may(tambons) - people if needed is not None else 0
            found.append(
                Shortage(
                    self.category,
                    tuple(self.tambons[tambon] for tambon in tambons.tolist()),
                    places,
                    people,
                    needed,
                    further,
                    min(places - people, int(self.places.sum()) - anywhere),
                )
            )
        return found

    def _needed_km(self, filled: int) -> int:
        """The smallest farthest way with which as many places are filled as with none."""
        ways = np.unique(self.km).tolist()
        return int(ways[bisect_left(ways, True, key=lambda most: self.within(most).filled == filled)])

    def surpluses(self) -> list[Surplus]:
        now, may = self.within(self.most), self.may(self.most)
        cover = now.cover()
        elsewhere = now.allowed[:, ~cover].any(axis=1)
        crowded = np.flatnonzero(now.allowed.any(axis=1) & ~elsewhere).tolist()
        groups: dict[tuple[int, ...], list[str]] = defaultdict(list)
        for person, group, row in zip(self.people, now.member.tolist(), may, strict=True):
            if group in crowded:
                groups[tuple(np.flatnonzero(cover).tolist())].append(person.key)
            elif not now.allowed[group].any() and (person.fixed_tambon or row[self.offered].any()):
                groups[tuple(np.flatnonzero(row).tolist())].append(person.key)
        return [
            Surplus(
                self.category,
                tuple(self.tambons[tambon] for tambon in tambons),
                self._room(tambons),
                tuple(people),
            )
            for tambons, people in sorted(groups.items())
            if len(people) > self._room(tambons)
        ]

    def _room(self, tambons: tuple[int, ...]) -> int:
        return int(self.places[list(tambons)].sum())


def _fields(problem: Problem) -> list[_Field]:
    costs = Costs(problem)
    names = {seat.category for seat in problem.seats} | {person.category for person in problem.candidates}
    return [_Field(problem, name, costs) for name in sorted(names)]


def _markets(
    problem: Problem,
) -> Iterator[tuple[str, dict[str, int], defaultdict[str, list[str]], list[str]]]:
    """Per category: places by tambon, people fixed to one, people who may go anywhere; without locks."""
    categories = {seat.category for seat in problem.seats} | {
        person.category for person in problem.candidates
    }
    for category in sorted(categories):
        people = [person for person in problem.candidates if person.category == category]
        places: dict[str, int] = {}
        for seat in problem.seats:
            if seat.category == category:
                places[seat.tambon] = places.get(seat.tambon, 0) + seat.places
        fixed: defaultdict[str, list[str]] = defaultdict(list)
        roaming: list[str] = []
        for person in people:
            if person.lock is not None:
                places[person.lock[0]] = places.get(person.lock[0], 0) - 1
            else:
                _where(person, fixed, roaming).append(person.key)
        yield category, places, fixed, roaming


def _where(person: Candidate, fixed: defaultdict[str, list[str]], roaming: list[str]) -> list[str]:
    return roaming if person.fixed_tambon is None else fixed[person.fixed_tambon]
