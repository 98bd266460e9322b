"""Courses in the areas of skills, and who has learnt what."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from u2t.orientation.models import Area, Course, Enrolment
from u2t.orientation.queries import attendance, passes
from u2t.people.models import Worker
from u2t.programme.models import Round
from u2t.sheets import write

ENROLLED, HANDED_IN, ACCEPTED, RETURNED = "enrolled", "handed_in", "accepted", "returned"


def state_of(enrolment: Enrolment) -> str:
    """Where an enrolment that was not left stands."""
    if enrolment.accepted_at:
        return ACCEPTED
    if enrolment.returned_at:
        return RETURNED
    return HANDED_IN if enrolment.handed_in_at else ENROLLED


def areas(round: Round) -> list[Area]:
    """The areas of a round in their order."""
    return list(Area.objects.filter(round=round).order_by("position", "pk"))


def courses(round: Round) -> QuerySet[Course]:
    """All courses by area, with how many are enrolled, wait for the office, and were accepted."""
    current = Q(enrolments__left_at=None)
    waits = current & Q(enrolments__handed_in_at__isnull=False, enrolments__accepted_at=None)
    return (
        Course.objects.filter(area__round=round)
        .select_related("area")
        .annotate(
            enrolled=Count("enrolments", filter=current),
            waits=Count("enrolments", filter=waits & Q(enrolments__returned_at=None)),
            accepted=Count("enrolments", filter=current & Q(enrolments__accepted_at__isnull=False)),
        )
        .order_by("area__position", "name_th", "pk")
    )


def enrolments(round: Round) -> QuerySet[Enrolment]:
    """Enrolments of the round that were not left, with whom and what they are about."""
    found = Enrolment.objects.filter(course__area__round=round, left_at=None)
    return found.select_related(
        "worker__person", "worker__round", "course__area", "evidence", "accepted_by__person"
    )


def waiting(round: Round) -> QuerySet[Enrolment]:
    """Evidence that waits for the office, the oldest first."""
    found = enrolments(round).filter(accepted_at=None, returned_at=None)
    return found.exclude(handed_in_at=None).order_by("handed_in_at", "pk")


@dataclass
class Cell:
    """One worker in one area: accepted courses and their hours, and how many courses are under way."""

    area: Area
    hours: int = 0
    accepted: int = 0
    under_way: int = 0


@dataclass(frozen=True)
class Row:
    """One worker's line of the matrix, a cell an area in their order."""

    worker: Worker
    cells: list[Cell]

    @property
    def hours(self) -> int:
        return sum(cell.hours for cell in self.cells)

    @property
    def areas(self) -> int:
        """In how many areas at least one course was accepted."""
        return sum(cell.accepted > 0 for cell in self.cells)


def rows(workers: Collection[Worker], columns: Sequence[Area]) -> list[Row]:
    """The lines of these workers; one query."""
    keys = [worker.pk for worker in workers]
    found = Enrolment.objects.filter(left_at=None, course__area__in=columns)
    if len(keys) < 200:
        found = found.filter(worker__in=keys)
    cells = {(worker, area.pk): Cell(area) for worker in keys for area in columns}
    for worker, area, hours, accepted in found.order_by().values_list(
        "worker_id", "course__area_id", "hours", "accepted_at"
    ):
        cell = cells.get((worker, area))
        if cell is None:
            continue
        if accepted is None:
            cell.under_way += 1
        else:
            cell.accepted += 1
            cell.hours += hours or 0
    return [Row(w, [cells[w.pk, area.pk] for area in columns]) for w in workers]


def without(round: Round, found: QuerySet[Worker], area: str) -> QuerySet[Worker]:
    """Those of ``found`` who have no accepted course in the area (its code)."""
    have = Enrolment.objects.filter(
        course__area__round=round, course__area__code=area, left_at=None, accepted_at__isnull=False
    )
    return found.exclude(pk__in=have.values("worker"))


def workbook(round: Round) -> bytes:
    """The whole matrix as XLSX: hours and accepted courses by area."""
    columns = areas(round)
    heads = [_("No."), _("Name"), _("Category"), _("Tambon")]
    for area in columns:
        heads += [f"{area.name}: {_('hours')}", f"{area.name}: {_('courses accepted')}"]
    people = list(passes.workers(round))
    lines = (_written(row) for row in rows(people, columns))
    return write.xlsx_bytes(
        heads, lines, sheet=_("Skills"), widths=[8, 30, 18, 40, *[14] * (2 * len(columns))]
    )


def _written(row: Row) -> list[object]:
    place = attendance.place_of(row.worker)
    about: list[object] = [
        row.worker.number,
        row.worker.person.full_name,
        row.worker.category.name,
        place.full_name if place else "",
    ]
    return about + [value for cell in row.cells for value in (cell.hours, cell.accepted)]


@dataclass(frozen=True)
class Own:
    """One area as its worker sees it: courses to join, the own ones with their state, hours accepted."""

    area: Area
    offered: list[Course]
    joined: list[tuple[Enrolment, str]]
    hours: int


def own(worker: Worker) -> list[Own]:
    """All areas of the round for one worker; three queries."""
    joined: dict[int, list[Enrolment]] = defaultdict(list)
    mine = enrolments(worker.round).filter(worker=worker).order_by("pk")
    for enrolment in mine:
        joined[enrolment.course.area_id].append(enrolment)
    known = {one.course_id for each in joined.values() for one in each}
    offered: dict[int, list[Course]] = defaultdict(list)
    for course in Course.objects.filter(area__round=worker.round, closed_at=None).order_by("name_th", "pk"):
        if course.pk not in known:
            offered[course.area_id].append(course)
    return [
        Own(
            area, offered[area.pk], [(one, state_of(one)) for one in joined[area.pk]], _hours(joined[area.pk])
        )
        for area in areas(worker.round)
    ]


def _hours(of: Iterable[Enrolment]) -> int:
    return sum(one.hours or 0 for one in of if one.accepted_at)
