"""Where the table begins, and which column is which."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from u2t.sheets.columns import Column, header_key
from u2t.sheets.report import NOTICE, PROBLEM, Finding
from u2t.sheets.workbook import Cell, Sheet, cell_text, column_letter

_SEARCHED_ROWS = 40
# A row that names so many columns, with all that are needed among them, is not looked past.
_PLAINLY_A_HEADER = 3
# Columns of counting and remarks are in every list and mean nothing to us.
_IGNORED = frozenset(
    map(header_key, ("ลำดับ", "ลำดับที่", "ที่", "No", "No.", "#", "หมายเหตุ", "Remark", "Remarks"))
)


@dataclass(frozen=True, slots=True)
class Header:
    """The header of one sheet: ``columns`` by index, the first row of the body (from 0), what was odd."""

    columns: Mapping[int, Column]
    body: int
    findings: tuple[Finding, ...] = ()

    @property
    def fields(self) -> frozenset[str]:
        """The fields that the sheet has."""
        return frozenset(column.field for column in self.columns.values())


@dataclass(slots=True)
class _Found:
    columns: dict[int, Column] = field(default_factory=dict)
    duplicates: list[int] = field(default_factory=list)
    unknown: list[int] = field(default_factory=list)


def find(sheet: Sheet, known: Mapping[str, Column]) -> Header | None:
    """The header of ``sheet``, or None where no row names two known columns, or the one that is needed.

    Titles above are passed over; names may stand in two rows where cells are merged; unknown and repeated
    headers come back as findings, repeated ones as problems only where both columns hold something.
    """
    columns = list({column.field: column for column in known.values()}.values())
    best, best_row = _Found(), -1
    for index, row in enumerate(sheet.rows[:_SEARCHED_ROWS]):
        found = _match(row, known)
        if len(found.columns) > len(best.columns):
            best, best_row = found, index
            if len(found.columns) >= _PLAINLY_A_HEADER and not missing(_fields(found), columns):
                break
    fields = _fields(best)
    if not fields or (len(fields) == 1 and missing(fields, columns)):
        return None
    body = best_row + 1
    if best_row > 0:
        _join(best, _match(sheet.rows[best_row - 1], known))
    if body < len(sheet.rows):
        below = _match(sheet.rows[body], known)
        if len(below.columns) >= 2 and not set(below.columns) & set(best.columns):
            _join(best, below)
            body += 1
    return Header(best.columns, body, tuple(_findings(sheet, best, best_row, body)))


def _fields(found: _Found) -> frozenset[str]:
    return frozenset(column.field for column in found.columns.values())


def missing(fields: frozenset[str], columns: Sequence[Column]) -> list[Column]:
    """The needed columns that are neither there nor said by others."""
    return [
        column
        for column in columns
        if column.is_needed
        and column.field not in fields
        and not (column.instead and fields.issuperset(column.instead))
    ]


def _match(row: Sequence[Cell], known: Mapping[str, Column]) -> _Found:
    found = _Found()
    seen: set[str] = set()
    for index, cell in enumerate(row):
        if not isinstance(cell, str) or not cell or len(cell) > 200:
            continue
        key = header_key(cell)
        column = known.get(key)
        if column is None:
            if key and key not in _IGNORED:
                found.unknown.append(index)
        elif column.field in seen:
            found.duplicates.append(index)
        else:
            seen.add(column.field)
            found.columns[index] = column
    return found


def _join(best: _Found, other: _Found) -> None:
    """Take over columns that only the neighbouring row names."""
    taken = {column.field for column in best.columns.values()}
    for index, column in other.columns.items():
        if index not in best.columns and column.field not in taken:
            best.columns[index] = column
            taken.add(column.field)
    best.unknown = [index for index in best.unknown if index not in best.columns]


def _findings(sheet: Sheet, found: _Found, row: int, body: int) -> list[Finding]:
    findings = []
    for index in found.unknown:
        if any(line[index] != "" for line in sheet.rows[body:]):
            findings.append(_finding(NOTICE, "header.unknown", sheet, row, index))
    for index in found.duplicates:
        if any(line[index] != "" for line in sheet.rows[body:]):
            findings.append(_finding(PROBLEM, "header.duplicate", sheet, row, index))
    return findings


def _finding(kind: str, code: str, sheet: Sheet, row: int, index: int) -> Finding:
    text = cell_text(sheet.rows[row][index])
    return Finding(kind, code, sheet.name, row + 1, column_letter(index), "", text, {"header": text})
