"""The board: every tambon as a tile in its district, of a computed plan or of what is in force.

Whatever the size it costs the same number of queries: the engine's problem is read once and everything is counted
from it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from u2t import matching
from u2t.agencies.models import Participation
from u2t.matching.plan import CostParts
from u2t.people.models import Lecturer, Worker
from u2t.placement.models import Engagement, Refill, Run
from u2t.placement.queries import listed, plans, readings
from u2t.placement.queries.problem import problem_for
from u2t.placement.queries.readings import Facts, Reading
from u2t.placement.queries.taking_part import fallen_out_by_tambon, fell_out, taking_part
from u2t.placement.rules import Tally
from u2t.programme.models import Category, Quota, Round, RoundTambon, Workstream

NAMED = 8
"""How many people a search names beside the tiles it marks."""
WAITING = 30
"""How many people without a slot the board lists before it refers to the list."""


@dataclass(frozen=True)
class Lens:
    """What the tiles show and are narrowed to; empty texts narrow nothing.

    ``area`` is the code of a province or district; category and workstream narrow the people that are counted.
    """

    show: str = "fill"
    area: str = ""
    category: str = ""
    workstream: str = ""
    troubled: bool = False
    text: str = ""

    @property
    def is_narrow(self) -> bool:
        """Something beside the name is narrowed."""
        return any((self.area, self.category, self.workstream, self.troubled))


@dataclass(frozen=True)
class Source:
    """What is looked at: a plan with the people and places it speaks of; ``run`` is ``None`` for what is in force."""

    round: Round
    run: Run | None
    problem: matching.Problem
    plan: matching.Plan

    @property
    def people(self) -> dict[str, matching.Candidate]:
        return {person.key: person for person in self.problem.candidates}


def source_of(round: Round, run: Run | None = None) -> Source:
    """The plan of the run as it was computed, or what is in force now."""
    problem = problem_for(round)
    plan = (
        matching.Plan.from_json(run.plan) if run and run.plan is not None else plans.plan_now(round, problem)
    )
    return Source(round, run, problem, plan)


@dataclass(frozen=True)
class Tile:
    """A tambon on the board; ``found`` counts the people there whom the search found, ``tried`` says what moving
    somebody there would take while a place is chosen."""

    tambon: RoundTambon
    reading: Reading
    found: int
    tried: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class District:
    name: str
    tiles: tuple[Tile, ...]


@dataclass(frozen=True)
class Province:
    name: str
    districts: tuple[District, ...]

    @property
    def count(self) -> int:
        return sum(len(district.tiles) for district in self.districts)


@dataclass(frozen=True)
class Found:
    """Somebody whom the search found, and where they are (``None``: without a slot)."""

    worker: Worker
    tambon: RoundTambon | None


@dataclass(frozen=True)
class Board:
    """The tiles that the lens leaves, the steps that occur among them with their counts, and who was found.

    A tambon that fell out has no tile; ``fallen_out`` names it whatever the lens.
    """

    provinces: tuple[Province, ...]
    legend: tuple[tuple[int, str, int], ...]
    categories: tuple[Category, ...]
    found: tuple[Found, ...]
    found_count: int
    fallen_out: tuple[Refill, ...]

    @property
    def count(self) -> int:
        return sum(province.count for province in self.provinces)


def board_of(source: Source, lens: Lens, tried: Mapping[str, Mapping[str, Any]] | None = None) -> Board:
    """The board under a lens: nine queries beside the source, two more where somebody is searched."""
    facts = facts_of(source, lens)
    found = _found_keys(source, lens.text)
    seats = source.plan.seats
    at = Counter(seat[0] for key in found if (seat := seats.get(str(key))))
    tambons = RoundTambon.objects.filter(round=source.round).with_places().select_related("round")
    everywhere = {tambon.tambon_id: tambon for tambon in tambons}
    gone = fallen_out_by_tambon(source.round)
    tiles = [
        Tile(tambon, readings.reading(lens.show, facts.get(code, Facts())), at[code], (tried or {}).get(code))
        for code, tambon in everywhere.items()
        if code.startswith(lens.area) and tambon.pk not in gone
    ]
    tiles = [tile for tile in tiles if tile.reading.is_troubled or not lens.troubled]
    steps = Counter(tile.reading.step for tile in tiles)
    named = Worker.objects.filter(pk__in=found[:NAMED]).select_related("person", "round", "category")
    return Board(
        provinces=tuple(_provinces(tiles)),
        legend=tuple(
            (step, str(words), steps[step])
            for step, words in enumerate(readings.STEPS[lens.show])
            if step or steps[step]
        ),
        categories=tuple(source.round.categories.all()),
        found=tuple(
            Found(one, everywhere.get(seat[0]) if (seat := seats.get(str(one.pk))) else None)
            for one in (named.order_by("number") if found else ())
        ),
        found_count=len(found),
        fallen_out=tuple(gone.values()),
    )


def _provinces(tiles: Sequence[Tile]) -> Iterable[Province]:
    for province, inside in groupby(tiles, key=lambda tile: tile.tambon.tambon.district.province):
        districts = groupby(inside, key=lambda tile: tile.tambon.tambon.district)
        yield Province(
            _("Changwat %(name)s") % {"name": province.name},
            tuple(
                District(_("Amphoe %(name)s") % {"name": district.name}, tuple(near))
                for district, near in districts
            ),
        )


def _found_keys(source: Source, text: str) -> list[int]:
    if not text:
        return []
    values = {"seats": source.plan.seats, "parts": {}}
    return listed.keys_of(source.round, values, listed.Filters(text=text))


def facts_of(source: Source, lens: Lens) -> dict[str, Facts]:
    """What is counted of every tambon, of the people and slots that the lens leaves: three queries."""
    round, problem, plan = source.round, source.problem, source.plan
    skills = {skill.code: skill.name for skill in round.skills.all()}
    dimensions = {dimension.code: dimension.name for dimension in round.dimensions.all()}
    categories = [c.code for c in round.categories.all() if lens.category in ("", c.code)]
    people, here = source.people, _here(plan, lens)
    slots: Counter[tuple[str, str]] = Counter()
    for group in problem.seats:
        if lens.workstream in ("", group.workstream):
            slots[group.tambon, group.category] += group.places
    knows = {lecturer.key: lecturer.expertise for lecturer in problem.lecturers}
    # What the rule asks of a whole tambon says nothing about some of its people.
    least = {} if lens.category or lens.workstream else dict(problem.rule.skill_floor)
    found = {}
    for tambon in problem.tambons:
        keys = here.get(tambon, ())
        filled = Counter(seat[1] for key in keys if (seat := plan.seats[key]))
        brought = Counter(skill for key in keys if key in people for skill in people[key].skills)
        parts = [plan.parts[key] for key in keys]
        led = plan.leaders.get(tambon, ())
        covered = frozenset().union(*(knows.get(key, frozenset()) for key in led))
        found[tambon] = Facts(
            tallies=tuple(Tally(filled[code], slots[tambon, code]) for code in categories),
            skills=len(skills),
            lacking=tuple(name for code, name in skills.items() if brought[code] < least.get(code, 1)),
            km=tuple(sorted(part.km for part in parts if not part.km_assumed)),
            asked=sum(has_wishes(part) for part in parts),
            first=sum(part.wish_rank == 0 for part in parts),
            leaders=len(led),
            wanted=round.leaders_per_tambon,
            dimensions=len(dimensions),
            uncovered=tuple(name for code, name in dimensions.items() if code not in covered),
        )
    return found


def _here(plan: matching.Plan, lens: Lens) -> dict[str, list[str]]:
    """Keys of the people by tambon."""
    here: dict[str, list[str]] = defaultdict(list)
    for key, seat in plan.seats.items():
        if seat and lens.category in ("", seat[1]) and lens.workstream in ("", seat[2]):
            here[seat[0]].append(key)
    return here


def has_wishes(parts: CostParts) -> bool:
    """The person had said where they would like to go; somebody who had not pays for no wish anywhere."""
    return parts.wish_rank is not None or bool(parts.wish_penalty)


@dataclass(frozen=True)
class Member:
    """Somebody in a tambon: what the way and the wish were, what they can do, and whether they are pinned."""

    worker: Worker
    parts: CostParts
    office: Participation | None
    skills: tuple[str, ...]
    held: Engagement | None

    @property
    def rank(self) -> int | None:
        """The wish that the tambon was, from 1."""
        return None if self.parts.wish_rank is None else self.parts.wish_rank + 1

    @property
    def has_wishes(self) -> bool:
        return has_wishes(self.parts)


@dataclass(frozen=True)
class Group:
    """The people of one category and workstream with how many of the slots they fill."""

    category: Category
    workstream: Workstream
    tally: Tally
    members: tuple[Member, ...]


@dataclass(frozen=True)
class Team:
    """One tambon to drill down into; ``leaders`` with the names of the dimensions that each brings."""

    tambon: RoundTambon
    facts: Facts
    groups: tuple[Group, ...]
    leaders: tuple[tuple[Lecturer, tuple[str, ...]], ...]
    fell_out: Refill | None


def team_of(source: Source, tambon: RoundTambon) -> Team:
    """Everybody in the tambon: eleven queries beside the source, whatever the size."""
    code, gone = tambon.tambon_id, fell_out(tambon)
    quotas = Quota.objects.filter(category__round=source.round).select_related("category", "workstream")
    members = _members(source, code)
    by_slot: dict[tuple[str, str], list[Member]] = defaultdict(list)
    for member in members:
        _tambon, category, workstream = source.plan.seats[str(member.worker.pk)] or ("", "", "")
        by_slot[category, workstream].append(member)
    groups = []
    for quota in quotas.order_by("workstream__position", "category__position"):
        there = by_slot[quota.category.code, quota.workstream.code]
        if there or (quota.per_tambon and not gone):
            tally = Tally(len(there), len(there) if gone else quota.per_tambon)
            groups.append(Group(quota.category, quota.workstream, tally, tuple(there)))
    facts = facts_of(source, Lens()).get(code, Facts())
    return Team(tambon, facts, tuple(groups), tuple(_leaders_of(source, code)), gone)


def _members(source: Source, code: str) -> list[Member]:
    keys = [key for key, seat in source.plan.seats.items() if seat and seat[0] == code]
    workers = Worker.objects.filter(pk__in=map(int, keys)).select_related("person", "category", "round")
    offices = Participation.objects.filter(
        pk__in={int(office) for key in keys if (office := source.plan.offices.get(key))}
    ).select_related("agency")
    sitting = {str(office.pk): office for office in offices}
    pinned = Engagement.objects.current().filter(worker__in=workers).exclude(held_at=None)
    held = {} if source.run else {engagement.worker_id: engagement for engagement in pinned}
    names = {skill.code: skill.name for skill in source.round.skills.all()}
    people = source.people
    found = []
    for worker in workers.order_by("number"):
        key = str(worker.pk)
        knows = people[key].skills if key in people else frozenset()
        found.append(
            Member(
                worker=worker,
                parts=source.plan.parts[key],
                office=sitting.get(source.plan.offices.get(key) or ""),
                skills=tuple(name for skill, name in names.items() if skill in knows),
                held=held.get(worker.pk),
            )
        )
    return found


def _leaders_of(source: Source, code: str) -> Iterable[tuple[Lecturer, tuple[str, ...]]]:
    names = {dimension.code: dimension.name for dimension in source.round.dimensions.all()}
    knows = {lecturer.key: lecturer.expertise for lecturer in source.problem.lecturers}
    keys = source.plan.leaders.get(code, ())
    lecturers = Lecturer.objects.select_related("person", "round").in_bulk([int(key) for key in keys])
    for key in keys:
        if int(key) in lecturers:
            brings = tuple(name for dimension, name in names.items() if dimension in knows.get(key, ()))
            yield lecturers[int(key)], brings


@dataclass(frozen=True)
class Area:
    """A province with its districts that the round works in, as codes with names."""

    code: str
    name: str
    districts: tuple[tuple[str, str], ...]


def areas_of(round: Round) -> list[Area]:
    """Provinces and districts of the round's tambons, by code: one query."""
    tambons = taking_part(round).with_places()
    found = []
    for province, inside in groupby(tambons, key=lambda one: one.tambon.district.province):
        districts = {one.tambon.district.code: one.tambon.district.name for one in inside}
        found.append(Area(province.code, province.name, tuple(districts.items())))
    return found


@dataclass(frozen=True)
class Waiting:
    """People without a slot: the first of them by number, and how many there are."""

    workers: tuple[Worker, ...]
    count: int


def waiting(source: Source, category: str = "") -> Waiting:
    """Who has no slot, of one category or of all: one query."""
    keys = [
        int(person.key)
        for person in source.problem.candidates
        if source.plan.seats.get(person.key) is None and category in ("", person.category)
    ]
    workers = Worker.objects.filter(pk__in=keys).select_related("person", "category", "round")
    return Waiting(tuple(workers.order_by("number")[:WAITING]), len(keys))
