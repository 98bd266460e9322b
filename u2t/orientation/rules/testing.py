"""Results of a test as people bring them: a spreadsheet, or lines typed as "number points". Pure."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from u2t.objections import Objection, Refused
from u2t.sheets import cells, reading, tables
from u2t.sheets.columns import INVALID, Column
from u2t.sheets.report import PROBLEM, Report
from u2t.sheets.workbook import Unreadable
from u2t.thai.digits import to_arabic

COLUMNS = (
    Column(
        "number", "ลำดับที่", "No.", cells.whole_number(1, 99_999), ("ลำดับ", "เลขที่", "ที่", "number", "no"),
        is_required=True, is_needed=True, is_repeating=False, example="12",
    ),
    Column("name", "ชื่อ-นามสกุล", "Name", cells.text, ("ชื่อ", "ชื่อ - นามสกุล", "ชื่อสกุล"), example="นายสมมติ ทดสอบ"),
    Column(
        "points", "คะแนน", "Points", cells.whole_number(0, 9_999), ("คะแนนสอบ", "คะแนนที่ได้", "score"),
        is_needed=True, is_repeating=False, example="18",
    ),
)  # fmt: skip
_LINE = re.compile(r"\s*(\d{1,5})[\s,;:]+(\d{1,4})\s*")


@dataclass(frozen=True)
class Result:
    """Points of the worker with this number; ``place`` says where it stands in what was brought."""

    place: str
    number: int
    points: int


def of_file(data: bytes, name: str) -> list[Result]:
    """The results of a spreadsheet; people without points took no test. Raises :class:`Refused` with every reason."""
    try:
        workbook = reading.read(data, name)
    except Unreadable as unreadable:
        raise Refused([Objection("orientation.file_unreadable", {"file": name}, "file")]) from unreadable
    report = Report()
    table = tables.read_table(workbook, COLUMNS, report=report)
    found = [
        Objection(
            "orientation.cell_unreadable" if finding.row else "orientation.results_header",
            {"place": f"{finding.sheet} {finding.column}{finding.row}".strip(), "value": finding.value},
            "file",
        )
        for group in report.groups(PROBLEM)
        for finding in group.findings
    ]
    if found:
        raise Refused(dict.fromkeys(found))
    return [
        Result(f"{table.sheet_names[i]} {table.row_numbers[i]}", int(str(number)), int(str(points)))
        for i, (number, points) in enumerate(zip(table.column("number"), table.column("points"), strict=True))
        if points is not None and INVALID not in (number, points)
    ]


def of_lines(text: str) -> list[Result]:
    """The results of typed lines; empty ones are passed over. Raises :class:`Refused` with every line not understood."""
    found, wrong = [], []
    for at, line in enumerate(to_arabic(text).splitlines(), 1):
        if not line.strip():
            continue
        if read := _LINE.fullmatch(line):
            found.append(Result(str(at), int(read[1]), int(read[2])))
        else:
            about = {"place": str(at), "value": line.strip()[:60]}
            wrong.append(Objection("orientation.line_unreadable", about, "lines"))
    if wrong:
        raise Refused(wrong)
    return found


def objections(results: Sequence[Result], numbers: Collection[int], max_points: int) -> tuple[Objection, ...]:
    """Everything against noting these results of a test with ``max_points`` for the workers with ``numbers``."""
    found = [] if results else [Objection("orientation.no_results")]
    often = Counter(result.number for result in results)
    for result in results:
        about = {"place": result.place, "number": result.number, "points": result.points, "most": max_points}
        if result.number not in numbers:
            found.append(Objection("orientation.number_unknown", about))
        if often[result.number] > 1:
            found.append(Objection("orientation.number_twice", about))
        if result.points > max_points:
            found.append(Objection("orientation.too_many_points", about))
    return tuple(found)
