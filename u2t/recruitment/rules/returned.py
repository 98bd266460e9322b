"""A list of interviews that comes back: times and scores by application number, every cell checked."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass

from u2t.recruitment.rules import scoring
from u2t.sheets import cells, reading, tables
from u2t.sheets.columns import Column, header_key
from u2t.sheets.persons import text_column
from u2t.sheets.report import NOTICE, PROBLEM, Report
from u2t.sheets.workbook import Cell, Limits
from u2t.thai import fold
from u2t.thai.digits import to_arabic
from u2t.thai.problem import Problem

ABSENT = "absent"
_ABSENT = frozenset(map(header_key, ("ขาด", "ไม่มา", "ขาดสอบ", "ขาดสัมภาษณ์", "ไม่มาสัมภาษณ์", "absent")))
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?:[:.]00)?")
_SCORE = re.compile(r"(\d{1,3})(?:\.(\d{1,3}))?")
LIMITS = Limits(file_bytes=1_500_000)


@dataclass(frozen=True)
class Known:
    """An application as it is now; ``objection`` is the code of what stands against any change, if anything.

    ``begins`` has no time zone. ``is_marked`` says that interviewers have locked points of their own.
    """

    key: int
    name: str
    begins: datetime.datetime | None
    place: str
    score: int | None
    is_absent: bool
    is_marked: bool
    objection: str = ""


@dataclass(frozen=True)
class Change:
    """What a row changes of one application; None leaves it as it is."""

    key: int
    begins: datetime.datetime | None = None
    place: str | None = None
    score: int | None = None
    is_absent: bool = False


@dataclass(frozen=True)
class Checked:
    """What a file comes to: rows read, how many change nothing, the changes, everything found."""

    rows: int
    unchanged: int
    changes: tuple[Change, ...]
    report: Report


def clock(cell: Cell) -> object:
    """A time of day: a time cell, a share of a day, or text like ``9:30`` or ``๙.๓๐ น.``."""
    if isinstance(cell, datetime.datetime):
        return cell.time()
    if isinstance(cell, datetime.time):
        return cell
    if isinstance(cell, float) and 0 <= cell < 1:
        minutes = round(cell * 24 * 60)
        return datetime.time(*divmod(minutes, 60)) if minutes < 24 * 60 else Problem("time.unreadable")
    found = cells.text(cell)
    if not isinstance(found, str):
        return found
    match = _CLOCK.fullmatch(to_arabic(found).replace("น.", "").replace("น", "").replace(" ", ""))
    if match is None or int(match[1]) > 23 or int(match[2]) > 59:
        return Problem("time.unreadable", {"text": found})
    return datetime.time(int(match[1]), int(match[2]))


def score(cell: Cell) -> object:
    """A score out of 100 in thousandths, or :data:`ABSENT`."""
    if isinstance(cell, bool):
        return Problem("score.unreadable", {"text": str(cell)})
    if isinstance(cell, (int, float)):
        thousandths = round(cell * 1_000)
        if abs(cell * 1_000 - thousandths) > 1e-6:
            return Problem("score.unreadable", {"text": str(cell)})
    else:
        found = cells.text(cell)
        if not isinstance(found, str):
            return found
        if header_key(found) in _ABSENT:
            return ABSENT
        match = _SCORE.fullmatch(to_arabic(found))
        if match is None:
            return Problem("score.unreadable", {"text": found})
        thousandths = int(match[1]) * 1_000 + int((match[2] or "").ljust(3, "0"))
    return thousandths if 0 <= thousandths <= scoring.FULL else Problem("score.out_of_range", {"most": 100})


def columns(today: datetime.date) -> tuple[Column, ...]:
    """The columns; all but the number may be missing."""
    return (
        Column("number", "ลำดับที่", "No.", cells.whole_number(1), ("เลขที่", "เลขที่ใบสมัคร", "ที่", "number"),
               is_required=True, is_needed=True, is_repeating=False),
        text_column("receipt", "เลขรับสมัคร", "Receipt"),
        text_column("name", "ชื่อ-สกุล", "Name", "ชื่อ", "ชื่อสกุล", "ชื่อ นามสกุล"),
        text_column("category", "ประเภท", "Category"),
        text_column("choice", "ตำบลอันดับ 1", "First choice"),
        text_column("telephone", "โทรศัพท์", "Telephone"),
        Column("day", "วันที่สัมภาษณ์", "Day of interview", cells.day(today), ("วันสัมภาษณ์", "วันที่", "date")),
        Column("time", "เวลา", "Time", clock, ("เวลาสัมภาษณ์",)),
        text_column("place", "สถานที่", "Place", "ห้อง", "ห้องสัมภาษณ์", longest=200),
        text_column("interviewers", "กรรมการ", "Interviewers"),
        Column("score", "คะแนน", "Score", score, ("คะแนนรวม", "คะแนนสัมภาษณ์", "points")),
    )  # fmt: skip


def check(data: bytes, file_name: str, known: Mapping[int, Known], today: datetime.date) -> Checked:
    """Read and check the file against ``known`` by number; raises ``u2t.sheets.workbook.Unreadable``.

    An empty cell changes nothing. A row whose name is not the application's is a problem: then somebody has sorted
    one column without the others.
    """
    report = Report()
    table = tables.read_table(reading.read(data, file_name, LIMITS), columns(today), report=report)
    first: dict[int, int] = {}
    changes = []
    unchanged = 0
    for index, number in enumerate(table.column("number")):
        if not isinstance(number, int) or index in table.broken:
            continue
        if number in first:
            about = {"first": table.row_numbers[first[number]]}
            report.add(table.finding(PROBLEM, "application.twice", index, "number", str(number), about))
            continue
        first[number] = index
        application = known.get(number)
        if application is None:
            report.add(table.finding(PROBLEM, "application.unknown", index, "number", str(number)))
            continue
        change = _change(table, index, application, report)
        if change == Change(application.key):
            unchanged += 1
        elif change is not None:
            changes.append(change)
    return Checked(len(table), unchanged, tuple(changes), report)


def _change(table: tables.Table, index: int, known: Known, report: Report) -> Change | None:
    """What the row changes; None where it may not, which the report then says."""

    def problem(code: str, field: str, value: object = "") -> None:
        report.add(table.finding(PROBLEM, code, index, field, str(value or "")))

    day, at, place, name = (table.value(field, index) for field in ("day", "time", "place", "name"))
    given = table.value("score", index)
    before = report.count(PROBLEM)
    if isinstance(name, str) and fold.fold(name) != fold.fold(known.name):
        problem("application.other_name", "name", name)
    if bool(day) != (at is not None):
        problem("time.half", "day" if not day else "time")
    begins = (
        datetime.datetime.combine(day, at)
        if isinstance(day, datetime.date) and isinstance(at, datetime.time)
        else None
    )
    if begins and not (place or known.place):
        problem("time.without_place", "place")
    change = Change(
        known.key,
        begins if begins != known.begins else None,
        place if isinstance(place, str) and place != known.place else None,
        given if isinstance(given, int) and given != known.score else None,
        given == ABSENT and not known.is_absent,
    )
    if change != Change(known.key) and known.objection:
        problem(known.objection, "number")
    if (change.score is not None or change.is_absent) and known.is_marked:
        problem("application.is_marked", "score", given)
    if report.count(PROBLEM) > before:
        return None
    if place and not (begins or known.begins):
        report.add(table.finding(NOTICE, "place.without_time", index, "place", str(place)))
    return change
