"""What a plan gives to the people, in figures that can be laid beside those of a plan by another rule.

Every rule counts inconvenience in its own numbers, so plans are measured by one and the same rule, the yardstick.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from fractions import Fraction
from statistics import median

from u2t.matching import Candidate, Plan, Problem, Rule, SeatKey
from u2t.matching.costs import Costs
from u2t.matching.numbers import dimension_cover, skill_cover


@dataclass(frozen=True)
class Figures:
    """A plan in whole numbers.

    ``inconvenience`` is the sum over all who have a seat and ``middle`` twice its median; ``asked`` had wishes and a
    seat, ``first`` of them the first wish, ``three`` one of the first three. ``km`` is the sum over the ``measured``
    distances, ``far`` counts those above ``far_km``. ``covered`` tambons have every skill of the round; ``lacking``
    people do work that needs a skill they do not have. ``score`` is the sum over the ``scored`` people with a seat,
    in hundredths. ``envy`` is :func:`envious`, ``None`` where nobody has a score. ``ways`` and ``uncovered`` are the
    kilometres of all lecturers and the dimensions that nobody brings, summed over the tambons.
    """

    people: int
    filled: int
    inconvenience: int
    middle: int | None
    asked: int
    first: int
    three: int
    measured: int
    km: int
    longest: int | None
    far: int
    far_km: int | None
    tambons: int
    covered: int
    lacking: int
    scored: int
    score: int
    envy: int | None
    ways: int
    uncovered: int

    def to_json(self) -> dict[str, int | None]:
        """The opposite of :meth:`from_json`."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: Mapping[str, int | None]) -> Figures:
        return cls(**data)  # type: ignore[arg-type]


def figures_of(problem: Problem, plan: Plan, yardstick: Rule) -> Figures:
    """The figures of a plan for ``problem``, its inconvenience counted as ``yardstick`` counts it."""
    costs = Costs(replace(problem, rule=yardstick))
    people = {person.key: person for person in problem.candidates}
    seated = [(people[key], seat) for key, seat in plan.seats.items() if seat]
    parts = [(person, costs.seat(person, seat)) for person, seat in seated]
    totals = [one.total for _, one in parts]
    ranks = [one.wish_rank for person, one in parts if person.wishes]
    ways = [one.km for _, one in parts if not one.km_assumed]
    scores = [person.score for person, _ in seated if person.score is not None]
    far_km = (yardstick.distance_bands[-2:] or (None,))[0]
    covers = skill_cover(problem, plan.seats)
    teams = dimension_cover(problem, plan.leaders)
    return Figures(
        people=len(people),
        filled=len(seated),
        inconvenience=sum(totals),
        middle=int(2 * median(totals)) if totals else None,
        asked=len(ranks),
        first=sum(rank == 0 for rank in ranks),
        three=sum(rank is not None and rank < 3 for rank in ranks),
        measured=len(ways),
        km=sum(ways),
        longest=max(ways, default=None),
        far=sum(far_km is not None and km > far_km for km in ways),
        far_km=far_km,
        tambons=len(covers),
        covered=sum(not cover.missing for cover in covers.values()),
        lacking=sum(bool(costs.needs.get(seat[2], frozenset()) - person.skills) for person, seat in seated),
        scored=len(scores),
        score=sum(scores),
        envy=len(envious(problem, plan, costs))
        if any(p.score is not None for p in people.values())
        else None,
        ways=_leaders_km(problem, plan, costs),
        uncovered=sum(len(cover.missing) for cover in teams.values()),
    )


def _leaders_km(problem: Problem, plan: Plan, costs: Costs) -> int:
    bases = {lecturer.key: lecturer.base for lecturer in problem.lecturers}
    return sum(costs.way(bases[key], tambon)[0] for tambon, team in plan.leaders.items() for key in team)


def envious(problem: Problem, plan: Plan, costs: Costs) -> tuple[str, ...]:
    """Keys of the people who would rather have a seat that somebody with a lower score holds.

    Only seats of the own category count, and only people whose place the plan chose: neither who is locked or fixed
    to a tambon envies, nor is envied. Better means less way, tier and wish penalty for this person, or any seat for
    somebody who has none; what the work needs is not the person's wish.
    """
    chosen = {
        person.key: person
        for person in problem.candidates
        if person.lock is None and person.fixed_tambon is None and person.score is not None
    }
    lowest: dict[str, dict[str, int]] = defaultdict(dict)
    for key, seat in plan.seats.items():
        person = chosen.get(key)
        if seat and person is not None and person.score is not None:
            here = lowest[person.category]
            here[seat[0]] = min(here.get(seat[0], person.score), person.score)
    return tuple(
        sorted(
            key
            for key, person in chosen.items()
            if _envies(person, plan.seats.get(key), lowest[person.category], costs)
        )
    )


def _envies(person: Candidate, seat: SeatKey | None, lowest: Mapping[str, int], costs: Costs) -> bool:
    below = [tambon for tambon, score in lowest.items() if person.score is not None and score < person.score]
    if seat is None:
        return bool(below)
    own = _burden(person, seat[0], costs)
    return any(_burden(person, tambon, costs) < own for tambon in below)


def _burden(person: Candidate, tambon: str, costs: Costs) -> int:
    rank = person.wishes.index(tambon) if tambon in person.wishes else None
    return costs.travel(person.home, tambon) + costs.rule.wish_penalty(rank, bool(person.wishes))


@dataclass(frozen=True)
class Measure:
    """One figure that rules are compared by: its unit, whether more of it is better, and where it is shown.

    ``unit`` is ``people``, ``share`` (a part of one), ``km``, ``tambons``, ``points`` or ``""``.
    """

    key: str
    unit: str
    more_is_better: bool
    value: Callable[[Figures], Fraction | int | None]
    in_table: bool = True
    in_costs: bool = True


def _share(part: int, whole: int) -> Fraction | None:
    return Fraction(part, whole) if whole else None


MEASURES: tuple[Measure, ...] = (
    Measure("filled", "people", True, lambda f: f.filled, in_costs=False),
    Measure("unplaced", "people", False, lambda f: f.people - f.filled),
    Measure("mean", "", False, lambda f: _share(f.inconvenience, f.filled), in_costs=False),
    Measure(
        "middle", "", False, lambda f: None if f.middle is None else Fraction(f.middle, 2), in_costs=False
    ),
    Measure("inconvenience", "", False, lambda f: f.inconvenience, in_table=False),
    Measure("first", "share", True, lambda f: _share(f.first, f.asked)),
    Measure("three", "share", True, lambda f: _share(f.three, f.asked)),
    Measure("km_mean", "km", False, lambda f: _share(f.km, f.measured), in_costs=False),
    Measure("km", "km", False, lambda f: f.km, in_table=False),
    Measure("longest", "km", False, lambda f: f.longest),
    Measure("far", "people", False, lambda f: None if f.far_km is None else f.far),
    Measure("covered", "tambons", True, lambda f: f.covered),
    Measure("lacking", "people", False, lambda f: f.lacking),
    Measure("score", "points", True, lambda f: _share(f.score, 100 * f.scored)),
    Measure("envy", "people", False, lambda f: f.envy),
    Measure("ways", "km", False, lambda f: f.ways),
    Measure("uncovered", "", False, lambda f: f.uncovered),
)


def best_of(measure: Measure, figures: Sequence[Figures | None]) -> frozenset[int]:
    """Which of the plans are best by this measure; none where they do not differ or fewer than two are known."""
    values = [(place, measure.value(one)) for place, one in enumerate(figures) if one is not None]
    known = {place: value for place, value in values if value is not None}
    if len(set(known.values())) < 2:
        return frozenset()
    best = (max if measure.more_is_better else min)(known.values())
    return frozenset(place for place, value in known.items() if value == best)


@dataclass(frozen=True)
class Effect:
    """What a part of a rule does to one measure: ``change`` is the value with it less the value without it."""

    measure: Measure
    change: Fraction

    @property
    def is_cost(self) -> bool:
        """Whether the people are worse off by it."""
        return (self.change < 0) == self.measure.more_is_better


def effects_of(with_it: Figures, without_it: Figures) -> list[Effect]:
    """Every measure that a part of the rule changes, in the order of the measures."""
    found = []
    for measure in MEASURES:
        values = measure.value(with_it), measure.value(without_it)
        if measure.in_costs and values[0] is not None and values[1] is not None and values[0] != values[1]:
            found.append(Effect(measure, Fraction(values[0]) - Fraction(values[1])))
    return found
