"""What a change by hand would do, told before it is saved: objections, totals before and after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from u2t.matching.costs import Costs
from u2t.matching.numbers import Cover, dimension_cover, skill_cover
from u2t.matching.plan import CostParts, Plan
from u2t.matching.problem import Problem, SeatKey
from u2t.objections import Objection


@dataclass(frozen=True)
class Move:
    """Give a person another seat, or none."""

    person: str
    seat: SeatKey | None


@dataclass(frozen=True)
class Post:
    """Send the holder of an office seat to another office, or to none."""

    person: str
    office: str | None


@dataclass(frozen=True)
class Lead:
    """Let these lecturers, and no others, lead a tambon."""

    tambon: str
    lecturers: tuple[str, ...]


Change = Move | Post | Lead


@dataclass(frozen=True)
class Totals:
    """Sums over all people; ``km`` only of measured distances; ``wishes`` counts granted ones by rank."""

    filled: int
    cost: int
    km: int
    wishes: tuple[int, ...]
    office_cost: int
    without_office: int
    leader_cost: int


@dataclass(frozen=True)
class Consequence:
    """``people``: cost parts before and after of everybody who is moved (``None``: no seat then).

    ``skills`` and ``dimensions``: cover before and after of every tambon that the change touches.
    ``after_plan`` is the changed plan (its certificate speaks of the old one and is dropped), or ``None`` if
    a change names somebody or something unknown.
    """

    objections: tuple[Objection, ...]
    before: Totals
    after: Totals
    people: Mapping[str, tuple[CostParts | None, CostParts | None]]
    skills: Mapping[str, tuple[Cover, Cover]]
    dimensions: Mapping[str, tuple[Cover, Cover]]
    after_plan: Plan | None


def swap(plan: Plan, first: str, second: str) -> tuple[Move, Move]:
    """The two changes that let two people exchange their seats."""
    return Move(first, plan.seats[second]), Move(second, plan.seats[first])


def consequence(problem: Problem, plan: Plan, changes: Sequence[Change]) -> Consequence:
    """What all ``changes`` together would do; nothing is refused here, everything is told."""
    costs = Costs(problem)
    before = _totals(problem, costs, plan)
    unknown = tuple(_unknown(problem, changes))
    if unknown:
        return Consequence(unknown, before, before, {}, {}, {}, None)
    after_plan = _changed(problem, costs, plan, changes)
    moved = [change.person for change in changes if isinstance(change, Move)]
    ends = [plans.seats[key] for key in moved for plans in (plan, after_plan)]
    touched = sorted({seat[0] for seat in ends if seat})
    led = sorted({change.tambon for change in changes if isinstance(change, Lead)})
    return Consequence(
        objections=tuple(_broken(problem, after_plan, changes)),
        before=before,
        after=_totals(problem, costs, after_plan),
        people={key: (plan.parts.get(key), after_plan.parts.get(key)) for key in moved},
        skills=_pairs(skill_cover(problem, plan.seats), skill_cover(problem, after_plan.seats), touched),
        dimensions=_pairs(
            dimension_cover(problem, plan.leaders), dimension_cover(problem, after_plan.leaders), led
        ),
        after_plan=after_plan,
    )


def _pairs(
    before: Mapping[str, Cover], after: Mapping[str, Cover], tambons: Sequence[str]
) -> dict[str, tuple[Cover, Cover]]:
    return {tambon: (before[tambon], after[tambon]) for tambon in tambons}


def _unknown(problem: Problem, changes: Sequence[Change]) -> Iterator[Objection]:
    people = {person.key for person in problem.candidates}
    seats = {seat.key for seat in problem.seats}
    offices = {office.key for office in problem.offices}
    lecturers = {lecturer.key for lecturer in problem.lecturers}
    for change in changes:
        if isinstance(change, Lead):
            if change.tambon not in problem.tambons:
                yield Objection("matching.unknown_tambon", {"tambon": change.tambon})
            for name in change.lecturers:
                if name not in lecturers:
                    yield Objection("matching.unknown_lecturer", {"lecturer": name, "tambon": change.tambon})
            continue
        if change.person not in people:
            yield Objection("matching.unknown_person", {"person": change.person})
        if isinstance(change, Move) and change.seat is not None and change.seat not in seats:
            yield Objection("matching.unknown_seat", {"person": change.person, "seat": "/".join(change.seat)})
        if isinstance(change, Post) and change.office is not None and change.office not in offices:
            yield Objection("matching.unknown_office", {"person": change.person, "office": change.office})


def _changed(problem: Problem, costs: Costs, plan: Plan, changes: Sequence[Change]) -> Plan:
    """The plan after the changes; whoever comes to an office seat has no office until one is given."""
    streams = {stream.code for stream in problem.workstreams if stream.to_office}
    seats, offices, leaders = dict(plan.seats), dict(plan.offices), dict(plan.leaders)
    for change in changes:
        if isinstance(change, Move):
            seats[change.person] = change.seat
            if change.seat is None or change.seat[2] not in streams:
                offices.pop(change.person, None)
            else:
                offices.setdefault(change.person, None)
    for change in changes:
        if isinstance(change, Post):
            offices[change.person] = change.office
        elif isinstance(change, Lead):
            leaders[change.tambon] = tuple(sorted(change.lecturers))
    by_key = {office.key: office for office in problem.offices}
    parts, office_parts = {}, {}
    for person in problem.candidates:
        seat, office = seats[person.key], offices.get(person.key)
        if seat is not None:
            parts[person.key] = costs.seat(person, seat)
            if office is not None:
                office_parts[person.key] = costs.office(person, seat, by_key[office])
    blank = replace(plan.certificate, people=(), offices=None, leaders=None)
    return replace(
        plan,
        seats=seats,
        parts=parts,
        offices=offices,
        office_parts=office_parts,
        leaders=leaders,
        certificate=blank,
    )


def _broken(problem: Problem, after: Plan, changes: Sequence[Change]) -> Iterator[Objection]:
    """Hard rules that the changed plan would break where it was changed."""
    people = {person.key: person for person in problem.candidates}
    named = Counter(change.person for change in changes if isinstance(change, Move))
    for key, times in named.items():
        if times > 1:
            yield Objection("matching.moved_twice", {"person": key})
        person, seat = people[key], after.seats[key]
        about: dict[str, object] = {"person": key, "seat": "/".join(seat) if seat else None}
        if seat and seat[1] != person.category:
            yield Objection("matching.other_category", {**about, "category": person.category})
        if seat and person.fixed_tambon not in (None, seat[0]):
            yield Objection("matching.fixed_elsewhere", {**about, "tambon": person.fixed_tambon})
        if person.lock is not None and seat != person.lock:
            yield Objection("matching.lock_broken", {**about, "lock": "/".join(person.lock)})
    yield from _overfull(problem, after, {after.seats[key] for key in named})
    yield from _posted(problem, after, changes)
    yield from _led(problem, after, changes)


def _overfull(problem: Problem, after: Plan, entered: set[SeatKey | None]) -> Iterator[Objection]:
    taken = Counter(seat for seat in after.seats.values() if seat)
    for group in problem.seats:
        if group.key in entered and taken[group.key] > group.places:
            about = {"seat": "/".join(group.key), "places": group.places, "people": taken[group.key]}
            yield Objection("matching.quota_exceeded", about)


def _posted(problem: Problem, after: Plan, changes: Sequence[Change]) -> Iterator[Objection]:
    streams = {stream.code for stream in problem.workstreams if stream.to_office}
    people = {person.key: person for person in problem.candidates}
    posted = [change for change in changes if isinstance(change, Post)]
    for change in posted:
        seat, fixed = after.seats[change.person], people[change.person].fixed_office
        if seat is None or seat[2] not in streams:
            yield Objection("matching.office_for_wrong_people", {"person": change.person})
        if fixed not in (None, change.office):
            yield Objection("matching.fixed_office_broken", {"person": change.person, "office": fixed})
    workload = Counter(office for office in after.offices.values() if office)
    entered = {change.office for change in posted}
    for office in problem.offices:
        if office.key in entered and workload[office.key] > office.capacity:
            about = {"office": office.key, "people": workload[office.key], "most": office.capacity}
            yield Objection("matching.office_full", about)


def _led(problem: Problem, after: Plan, changes: Sequence[Change]) -> Iterator[Objection]:
    turns = Counter(name for names in after.leaders.values() for name in set(names))
    most = {lecturer.key: lecturer.max_tambons for lecturer in problem.lecturers}
    for change in changes:
        if not isinstance(change, Lead):
            continue
        names = change.lecturers
        if len(set(names)) < len(names):
            yield Objection("matching.leader_twice", {"tambon": change.tambon})
        if len(names) > problem.rule.leaders_per_tambon:
            about = {
                "tambon": change.tambon,
                "leaders": len(names),
                "wanted": problem.rule.leaders_per_tambon,
            }
            yield Objection("matching.leader_count", about)
        for tambon, lecturer in problem.leads:
            if tambon == change.tambon and lecturer not in names:
                yield Objection("matching.lead_broken", {"tambon": tambon, "lecturer": lecturer})
        for name in sorted(set(names)):
            if turns[name] > most[name]:
                over = {"lecturer": name, "tambons": turns[name], "most": most[name]}
                yield Objection("matching.lecturer_overloaded", over)


def _totals(problem: Problem, costs: Costs, plan: Plan) -> Totals:
    ranks = Counter(parts.wish_rank for parts in plan.parts.values() if parts.wish_rank is not None)
    known = {lecturer.key: lecturer for lecturer in problem.lecturers}
    ways = sum(costs.travel(known[n].base, tambon) for tambon, names in plan.leaders.items() for n in names)
    lacking = sum(len(cover.missing) for cover in dimension_cover(problem, plan.leaders).values())
    return Totals(
        filled=sum(seat is not None for seat in plan.seats.values()),
        cost=sum(parts.total for parts in plan.parts.values()),
        km=sum(parts.km for parts in plan.parts.values() if not parts.km_assumed),
        wishes=tuple(ranks[rank] for rank in range(max(ranks, default=-1) + 1)),
        office_cost=sum(parts.total for parts in plan.office_parts.values()),
        without_office=sum(office is None for office in plan.offices.values()),
        leader_cost=ways + problem.rule.uncovered_dimension * lacking,
    )
