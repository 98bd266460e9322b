"""What a change by hand would do, before anybody makes it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count

from u2t import matching
from u2t.agencies.models import Participation
from u2t.objections import Objection
from u2t.people.models import Lecturer, Worker
from u2t.placement import rules
from u2t.placement.models import Engagement, Leadership
from u2t.placement.queries import plans, stated
from u2t.placement.queries.problem import problem_for
from u2t.placement.queries.taking_part import fell_out, taking_part
from u2t.placement.rules import Move, Place
from u2t.programme.models import Quota, Round, RoundTambon, Workstream


@dataclass(frozen=True)
class Side:
    """Where a person is before or after a change, with the costs by the round's rule."""

    place: Place
    tambon: RoundTambon
    workstream: str
    office: str
    parts: matching.CostParts
    office_parts: matching.CostParts | None

    @property
    def total(self) -> int:
        return self.parts.total + (self.office_parts.total if self.office_parts else 0)

    @property
    def rank(self) -> int | None:
        """The wish that the tambon was, from 1; ``None`` where it was not listed."""
        return None if self.parts.wish_rank is None else self.parts.wish_rank + 1


@dataclass(frozen=True)
class PersonChange:
    """``None`` on a side stands for no slot; ``decided`` is the tambon's code that selection had decided."""

    worker: Worker
    before: Side | None
    after: Side | None
    has_wishes: bool
    decided: str | None

    @property
    def more(self) -> int | None:
        """What the change costs; ``None`` where one side is no slot."""
        return self.after.total - self.before.total if self.before and self.after else None

    @property
    def leaves_decided(self) -> bool:
        """The change goes against the tambon that selection had decided."""
        return bool(self.decided and self.after and self.after.place.tambon != self.decided)


@dataclass(frozen=True)
class TambonChange:
    """Filled slots and skills of a tambon's people before and after; lost and gained are names."""

    tambon: RoundTambon
    slots: int
    before: int
    after: int
    skills: int
    skills_before: int
    skills_after: int
    lost: tuple[str, ...]
    gained: tuple[str, ...]


@dataclass(frozen=True)
class OfficeChange:
    """Data managers of an office before and after; ``room`` is ``None`` where it stated none."""

    name: str
    room: int | None
    before: int
    after: int


@dataclass(frozen=True)
class Consequence:
    """Everything that the confirmation page shows; ``seen`` names what it was worked out from."""

    objections: tuple[Objection, ...]
    people: tuple[PersonChange, ...]
    tambons: tuple[TambonChange, ...]
    offices: tuple[OfficeChange, ...]
    before: matching.Totals
    after: matching.Totals
    seen: str


def place_for(
    worker: Worker, tambon: RoundTambon, workstream: Workstream, office: Participation | None
) -> Place:
    """The slot in codes, in the worker's own category."""
    return Place(tambon.tambon_id, worker.category.code, workstream.code, str(office.pk) if office else None)


def places_now(round: Round, workers: Collection[int]) -> dict[int, tuple[int, Place]]:
    """The current engagement's key and place of each of the workers who has one."""
    found = Engagement.objects.current().filter(worker__round=round, worker_id__in=workers).order_by()
    columns = ("tambon__tambon_id", "category__code", "workstream__code", "office_id")
    return {
        worker: (pk, Place(tambon, category, workstream, str(office) if office else None))
        for worker, pk, tambon, category, workstream, office in found.values_list("worker_id", "pk", *columns)
    }


def moves_to(
    round: Round, workers: Sequence[Worker], ends: Mapping[int, Place | None]
) -> tuple[list[Move], str]:
    """The moves that take the workers to ``ends``, and the name of the state they start from."""
    now = places_now(round, [worker.pk for worker in workers])
    moves = [
        Move(
            str(worker.pk),
            worker.category.code,
            now[worker.pk][1] if worker.pk in now else None,
            ends[worker.pk],
        )
        for worker in workers
    ]
    return moves, "-".join(str(now[worker.pk][0] if worker.pk in now else 0) for worker in workers)


def swapped(worker: Worker, other: Worker) -> dict[int, Place | None]:
    """Each at the other's place."""
    now = places_now(worker.round, [worker.pk, other.pk])
    here, there = (now[one.pk][1] if one.pk in now else None for one in (worker, other))
    return {worker.pk: there, other.pk: here}


def standing_of(round: Round) -> rules.Standing:
    """How full slots and offices are: six queries."""
    tambons = list(taking_part(round).order_by().values_list("tambon_id", flat=True))
    quotas = list(
        Quota.objects.filter(category__round=round)
        .order_by()
        .values_list("category__code", "workstream__code", "per_tambon")
    )
    current = Engagement.objects.current().order_by()
    held = current.filter(tambon__round=round).values_list(
        "tambon__tambon_id", "category__code", "workstream__code"
    )
    sitting = current.filter(office__round=round).values_list("office_id")
    rooms = Participation.objects.filter(round=round, is_data_agency=True).order_by()
    streams = Workstream.objects.filter(round=round, to_office=True).order_by()
    return rules.Standing(
        seats={(t, category, stream): count for t in tambons for category, stream, count in quotas},
        filled={(t, category, stream): count for t, category, stream, count in held.annotate(Count("id"))},
        rooms={str(pk): room for pk, room in rooms.values_list("pk", "data_capacity")},
        sitting={str(pk): count for pk, count in sitting.annotate(Count("id"))},
        to_office=frozenset(streams.values_list("code", flat=True)),
    )


def consequence_of(round: Round, workers: Sequence[Worker], ends: Mapping[int, Place | None]) -> Consequence:
    """What moving the workers would do and what stands against it."""
    moves, seen = moves_to(round, workers, ends)
    standing = standing_of(round)
    whole = problem_for(round)
    decided = {
        str(worker.pk): worker.fixed_tambon.tambon_id if worker.fixed_tambon else None for worker in workers
    }
    problem = plans.loosened(whole, decided)
    plan = plans.plan_now(round, problem)
    changes: list[matching.Change] = [
        matching.Move(move.person, move.end.slot if move.end else None) for move in moves
    ]
    changes += [
        matching.Post(move.person, move.end.office)
        for move in moves
        if move.end and move.end.office in standing.rooms
    ]
    result = matching.consequence(problem, plan, changes)
    after = result.after_plan or plan
    names = names_of(round)
    wishing = {person.key for person in problem.candidates if person.wishes}
    return Consequence(
        objections=stated.objections(round, rules.move_objections(moves, standing)),
        people=tuple(
            PersonChange(
                worker,
                _side(plan, move.person, move.start, names),
                _side(after, move.person, move.end, names),
                move.person in wishing,
                decided[move.person],
            )
            for worker, move in zip(workers, moves, strict=True)
        ),
        tambons=tuple(_tambon_changes(result, moves, standing, names)),
        offices=tuple(_office_changes(moves, standing, names)),
        before=result.before,
        after=result.after,
        seen=seen,
    )


def _side(plan: matching.Plan, person: str, place: Place | None, names: Names) -> Side | None:
    parts = plan.parts.get(person)
    if place is None or parts is None or place.tambon not in names.tambons:
        return None
    return Side(
        place=place,
        tambon=names.tambons[place.tambon],
        workstream=names.workstreams.get(place.workstream, place.workstream),
        office=names.offices.get(place.office or "", ""),
        parts=parts,
        office_parts=plan.office_parts.get(person),
    )


def _tambon_changes(
    result: matching.Consequence, moves: Sequence[Move], standing: rules.Standing, names: Names
) -> Iterable[TambonChange]:
    more: Counter[str] = Counter()
    for move in moves:
        more.subtract([move.start.tambon] if move.start else [])
        more.update([move.end.tambon] if move.end else [])
    for code, (before, after) in result.skills.items():
        filled = sum(count for slot, count in standing.filled.items() if slot[0] == code)
        lost, gained = set(before.present) - set(after.present), set(after.present) - set(before.present)
        yield TambonChange(
            tambon=names.tambons[code],
            slots=sum(count for slot, count in standing.seats.items() if slot[0] == code),
            before=filled,
            after=filled + more[code],
            skills=len(before.count),
            skills_before=len(before.present),
            skills_after=len(after.present),
            lost=tuple(names.skills[skill] for skill in sorted(lost)),
            gained=tuple(names.skills[skill] for skill in sorted(gained)),
        )


def _office_changes(moves: Sequence[Move], standing: rules.Standing, names: Names) -> Iterable[OfficeChange]:
    more: Counter[str] = Counter()
    for move in moves:
        more.subtract([move.start.office] if move.start and move.start.office else [])
        more.update([move.end.office] if move.end and move.end.office else [])
    for key, difference in sorted(more.items()):
        if difference:
            now = standing.sitting.get(key, 0)
            yield OfficeChange(names.offices.get(key, key), standing.rooms.get(key), now, now + difference)


@dataclass(frozen=True)
class LeadConsequence:
    """What a change of leader would do: who leads, what they cover, what it costs, the newcomer's load and reasons."""

    objections: tuple[Objection, ...]
    before: tuple[Lecturer, ...]
    after: tuple[Lecturer, ...]
    covered_before: tuple[str, ...]
    covered_after: tuple[str, ...]
    dimensions: int
    cost_before: int
    cost_after: int
    load: int | None
    seen: str
    why: Mapping[str, Any]


def lead_consequence_of(
    round: Round, tambon: RoundTambon, leaves: Lecturer | None, comes: Lecturer | None
) -> LeadConsequence:
    """What replacing, adding or taking away a leader would do and what stands against it."""
    current = leading(round)
    here = [str(lecturer) for lecturer, where, _ in current if where == tambon.pk]
    turns = Counter(str(lecturer) for lecturer, _, _ in current)
    lecturers = Lecturer.objects.filter(round=round).select_related("person").in_bulk()
    change = rules.Lead(
        tambon.tambon_id, str(leaves.pk) if leaves else None, str(comes.pk) if comes else None
    )
    found = rules.lead_objections(
        change,
        here=here,
        turns=turns,
        most={str(pk): lecturer.max_tambons for pk, lecturer in lecturers.items()},
        wanted=round.leaders_per_tambon,
    )
    gone = [Objection("placement.dropped_already", {"tambon": str(tambon)})] if fell_out(tambon) else []
    after = [key for key in here if key != change.leaves]
    after += [change.comes] if change.comes and change.comes not in after else []
    problem = problem_for(round)
    plan = plans.plan_now(round, problem)
    result = matching.consequence(problem, plan, [matching.Lead(tambon.tambon_id, tuple(after))])
    covers = result.dimensions.get(tambon.tambon_id)
    reasons = plans.leader_reasons(problem, result.after_plan) if result.after_plan else {}
    names = names_of(round).dimensions
    covered = [[names[code] for code in cover.present] for cover in covers] if covers else [[], []]
    return LeadConsequence(
        objections=(*gone, *stated.objections(round, found)),
        before=tuple(lecturers[int(key)] for key in here),
        after=tuple(lecturers[int(key)] for key in after),
        covered_before=tuple(covered[0]),
        covered_after=tuple(covered[1]),
        dimensions=len(names),
        cost_before=result.before.leader_cost,
        cost_after=result.after.leader_cost,
        load=turns[change.comes] + 1 if change.comes else None,
        seen=seen_leaders(current, tambon),
        why=reasons.get((change.comes or "", tambon.tambon_id), {}),
    )


def leading(round: Round) -> list[tuple[int, int, int]]:
    """Lecturer, tambon and leadership of everybody who leads now, in a steady order."""
    found = Leadership.objects.current().filter(tambon__round=round).order_by("pk")
    return list(found.values_list("lecturer_id", "tambon_id", "pk"))


def seen_leaders(current: Iterable[tuple[int, int, int]], tambon: RoundTambon) -> str:
    """A short name of who leads the tambon."""
    return "-".join(str(pk) for _, where, pk in current if where == tambon.pk) or "0"


@dataclass(frozen=True)
class Names:
    """Names by the engine's codes and keys."""

    tambons: Mapping[str, RoundTambon]
    workstreams: Mapping[str, str]
    offices: Mapping[str, str]
    skills: Mapping[str, str]
    dimensions: Mapping[str, str]


def names_of(round: Round) -> Names:
    """Five queries."""
    offices = Participation.objects.filter(round=round, is_data_agency=True).order_by()
    return Names(
        tambons={t.tambon_id: t for t in RoundTambon.objects.filter(round=round).with_places()},
        workstreams={stream.code: stream.name for stream in round.workstreams.all()},
        offices={str(pk): name for pk, name in offices.values_list("pk", "agency__name_th")},
        skills={skill.code: skill.name for skill in round.skills.all()},
        dimensions={dimension.code: dimension.name for dimension in round.dimensions.all()},
    )
