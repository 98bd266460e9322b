"""A plan in figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from u2t.matching.plan import CostParts, Plan
from u2t.matching.problem import TIERS, Candidate, Problem, SeatKey


@dataclass(frozen=True)
class Cover:
    """How many people of a tambon bring each skill or dimension of the round's list, none as 0."""

    count: Mapping[str, int]

    @property
    def present(self) -> tuple[str, ...]:
        """Codes that at least one person brings."""
        return tuple(code for code, people in self.count.items() if people)

    @property
    def missing(self) -> tuple[str, ...]:
        """Codes that nobody brings."""
        return tuple(code for code, people in self.count.items() if not people)


@dataclass(frozen=True)
class Summary:
    """A plan in figures.

    ``wishes[rank]`` counts placed people at their wish of that rank (first = 0), ``unlisted`` those who had
    wishes but none of them, ``without_wishes`` those who had none. ``bands`` counts placed people by
    measured distance: ``(10, n)`` means above the band before and up to 10 km, ``(None, n)`` further than
    all; ``assumed_distance`` are those whose distance is not known. ``unfilled`` lists seat groups with
    empty places and how many.
    """

    places: int
    filled: int
    people: int
    unplaced: tuple[str, ...]
    unfilled: tuple[tuple[SeatKey, int], ...]
    wishes: tuple[int, ...]
    unlisted: int
    without_wishes: int
    bands: tuple[tuple[int | None, int], ...]
    assumed_distance: int
    tiers: Mapping[str, int]
    skills: Mapping[str, Cover]
    dimensions: Mapping[str, Cover]
    offices: Mapping[str, int]
    without_office: tuple[str, ...]
    leaders: int
    leaders_wanted: int


def numbers(problem: Problem, plan: Plan) -> Summary:
    """The figures of a plan, a manually changed one as well."""
    taken = Counter(seat for seat in plan.seats.values() if seat)
    empty = [(seat.key, seat.places - taken[seat.key]) for seat in problem.seats]
    ranks = Counter(parts.wish_rank for parts in plan.parts.values() if parts.wish_rank is not None)
    with_wishes = {person.key for person in problem.candidates if person.wishes}
    placed = set(plan.parts)
    tiers = Counter(parts.tier for parts in plan.parts.values())
    return Summary(
        places=sum(seat.places for seat in problem.seats),
        filled=taken.total(),
        people=len(problem.candidates),
        unplaced=plan.unplaced,
        unfilled=tuple((seat, count) for seat, count in empty if count > 0),
        wishes=tuple(ranks[rank] for rank in range(max(ranks, default=-1) + 1)),
        unlisted=len(placed & with_wishes) - ranks.total(),
        without_wishes=len(placed - with_wishes),
        bands=_bands(problem.rule.distance_bands, plan.parts.values()),
        assumed_distance=sum(parts.km_assumed for parts in plan.parts.values()),
        tiers={tier: tiers[tier] for tier in TIERS},
        skills=skill_cover(problem, plan.seats),
        dimensions=dimension_cover(problem, plan.leaders),
        offices=_workload(problem, plan),
        without_office=tuple(sorted(key for key, office in plan.offices.items() if office is None)),
        leaders=sum(len(names) for names in plan.leaders.values()),
        leaders_wanted=len(problem.tambons) * problem.rule.leaders_per_tambon,
    )


def _bands(limits: tuple[int, ...], placements: Iterable[CostParts]) -> tuple[tuple[int | None, int], ...]:
    measured = [parts.km for parts in placements if not parts.km_assumed]
    counted: list[tuple[int | None, int]] = []
    below = -1
    for limit in sorted(limits):
        counted.append((limit, sum(below < km <= limit for km in measured)))
        below = limit
    return (*counted, (None, sum(km > below for km in measured)))


def _workload(problem: Problem, plan: Plan) -> dict[str, int]:
    people = Counter(office for office in plan.offices.values() if office)
    return {office.key: people[office.key] for office in problem.offices}


def skill_cover(problem: Problem, seats: Mapping[str, SeatKey | None]) -> dict[str, Cover]:
    """Skills of the round's list by tambon (of the round or of a seat)."""
    here: dict[str, list[Candidate]] = {tambon: [] for tambon in _tambons(problem)}
    for person in problem.candidates:
        seat = seats.get(person.key)
        if seat:
            here.setdefault(seat[0], []).append(person)
    return {
        tambon: Cover({skill: sum(skill in person.skills for person in people) for skill in problem.skills})
        for tambon, people in here.items()
    }


def dimension_cover(problem: Problem, leaders: Mapping[str, tuple[str, ...]]) -> dict[str, Cover]:
    """Dimensions of the round by tambon, covered by its leaders."""
    known = {lecturer.key: lecturer.expertise for lecturer in problem.lecturers}
    return {
        tambon: Cover(
            {
                dimension: sum(dimension in known[name] for name in leaders.get(tambon, ()))
                for dimension in problem.dimensions
            }
        )
        for tambon in problem.tambons
    }


def _tambons(problem: Problem) -> list[str]:
    return sorted({*problem.tambons, *(seat.tambon for seat in problem.seats)})
