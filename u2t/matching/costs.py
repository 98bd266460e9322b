"""What a placement costs: the solver's side of the rule (the checker has its own)."""

from __future__ import annotations

from math import isqrt

from u2t.matching.plan import CostParts
from u2t.matching.problem import TIERS, Candidate, Office, Problem, SeatKey

UNKNOWN = len(TIERS) - 1


def tier_of(origin: str | None, place: str) -> int:
    """Index into :data:`TIERS`; where a code names only a district or province, no nearer tier is claimed."""
    if origin is None:
        return UNKNOWN
    if origin == place and len(place) == 6:
        return 0
    if len(origin) >= 4 and origin[:4] == place[:4]:
        return 1
    return 2 if origin[:2] == place[:2] else 3


class Costs:
    """Costs of one problem; ways between two places are worked out once."""

    def __init__(self, problem: Problem) -> None:
        self.rule = problem.rule
        self.position = {place.code: (place.east, place.north) for place in problem.positions}
        self.needs = {stream.code: stream.needs for stream in problem.workstreams}
        self.weights = dict(problem.rule.need_weight)
        self._ways: dict[tuple[str | None, str], tuple[int, bool, int]] = {}

    def way(self, origin: str | None, place: str) -> tuple[int, bool, int]:
        """Kilometres (rounded to the nearest), whether they are assumed, and the tier."""
        found = self._ways.get((origin, place))
        if found is None:
            found = self._ways[origin, place] = self._measure(origin, place)
        return found

    def _measure(self, origin: str | None, place: str) -> tuple[int, bool, int]:
        tier = tier_of(origin, place)
        start, end = self.position.get(origin or ""), self.position.get(place)
        if start is None or end is None:
            return self.rule.assumed_km[tier], True, tier
        squared = (start[0] - end[0]) ** 2 + (start[1] - end[1]) ** 2
        return (isqrt(squared) + 500) // 1000, False, tier

    def travel(self, origin: str | None, place: str) -> int:
        """Kilometres and tier penalty together."""
        km, _, tier = self.way(origin, place)
        return km + self.rule.tier_penalty[tier]

    def within(self, home: str | None, tambon: str) -> bool:
        """Whether the rule sends people from ``home`` as far as ``tambon``; locks and fixed tambons aside."""
        return self.rule.max_km is None or self.way(home, tambon)[0] <= self.rule.max_km

    def worth(self, person: Candidate) -> int:
        """What seating the person counts in the order of the rule: hundredths of a point, or kilometres."""
        return (person.score or 0) if self.rule.order == "merit" else self.rule.worth(person.score)

    def missing(self, person: Candidate, workstream: str) -> int:
        """Penalty for the workstream's skills that the person lacks."""
        return self.penalty(workstream, person.skills)

    def penalty(self, workstream: str, known: frozenset[str] = frozenset()) -> int:
        """Penalty for the workstream's skills without those ``known``."""
        lacking = self.needs.get(workstream, frozenset()) - known
        return sum(self.weights.get(skill, self.rule.need_missing) for skill in lacking)

    def seat(self, person: Candidate, seat: SeatKey) -> CostParts:
        """What it costs to give ``person`` the seat, part by part."""
        km, assumed, tier = self.way(person.home, seat[0])
        rank = person.wishes.index(seat[0]) if seat[0] in person.wishes else None
        return CostParts(
            km=km,
            km_assumed=assumed,
            tier=TIERS[tier],
            tier_penalty=self.rule.tier_penalty[tier],
            wish_rank=rank,
            wish_penalty=self.rule.wish_penalty(rank, bool(person.wishes)),
            need_penalty=self.missing(person, seat[2]),
        )

    def office(self, person: Candidate, seat: SeatKey, office: Office) -> CostParts:
        """What it costs to send the holder of ``seat`` to ``office``."""
        km, assumed, tier = self.way(self.office_origin(person, seat), office.place)
        return CostParts(
            km=km,
            km_assumed=assumed,
            tier=TIERS[tier],
            tier_penalty=self.rule.tier_penalty[tier],
            wish_rank=None,
            wish_penalty=0,
            need_penalty=self.office_missing(person, office),
        )

    def office_origin(self, person: Candidate, seat: SeatKey) -> str | None:
        """Where the way to an office is measured from."""
        return person.home if self.rule.office_from_home else seat[0]

    def office_missing(self, person: Candidate, office: Office) -> int:
        """Penalty for skills that the office needs and the person lacks."""
        return self.rule.office_need_missing * len(office.needs - person.skills)
