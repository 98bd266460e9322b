"""From a workbook to typed columns: every cell a value, ``None`` where empty, ``INVALID`` where unreadable.

The work is done column by column, and an answer for one text serves for every cell with the same text: that
is what keeps sixty thousand rows cheap.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from u2t.sheets import headers
from u2t.sheets.columns import INVALID, Column, Compound, Mended, by_header
from u2t.sheets.report import NOTICE, PROBLEM, REPAIR, Finding, Report
from u2t.sheets.workbook import Cell, Sheet, Workbook, cell_text, column_letter
from u2t.thai.problem import Problem

_TOTAL = re.compile(
    r"(ผล|ยอด)?รวม(ทั้งสิ้น|ทั้งหมด|จำนวน|ทุกตำบล|ทั้งตำบล)*|ทั้งหมด|ทั้งสิ้น|จำนวนทั้งหมด|(grand\s+)?total|sum",
    re.IGNORECASE,
)
_TOTAL_NOISE = re.compile(r"[\d,.๐-๙:\s]+|(คน|ราย|แห่ง|ตำบล|หน่วยงาน)$")
_NOTE = re.compile(r"\s*(หมายเหตุ|ลงชื่อ|ที่มา|note\b|remark)", re.IGNORECASE)


@dataclass(slots=True)
class Table:
    """All rows of a file, column by column: ``values[field][i]`` belongs to row ``row_numbers[i]``.

    ``broken`` are the indexes of rows in which something is ``INVALID``.
    """

    sheet_names: list[str] = field(default_factory=list)
    row_numbers: list[int] = field(default_factory=list)
    values: dict[str, list[object]] = field(default_factory=dict)
    letters: dict[tuple[str, str], str] = field(default_factory=dict)
    broken: set[int] = field(default_factory=set)

    def __len__(self) -> int:
        return len(self.row_numbers)

    def column(self, name: str) -> list[object]:
        """The values of a field; ``None`` throughout where the file does not have it."""
        return self.values[name] if name in self.values else [None] * len(self)

    def value(self, name: str, index: int) -> object:
        """One value; ``None`` where the file does not have the field."""
        return self.values[name][index] if name in self.values else None

    def finding(
        self,
        kind: str,
        code: str,
        index: int,
        field: str,
        value: str = "",
        about: Mapping[str, object] = MappingProxyType({}),
    ) -> Finding:
        """A finding about one row, placed at the column of ``field``."""
        sheet = self.sheet_names[index]
        letter = self.letters.get((sheet, field), "")
        return Finding(kind, code, sheet, self.row_numbers[index], letter, field, value, about)


def read_table(
    workbook: Workbook,
    columns: Sequence[Column],
    compounds: Sequence[Compound] = (),
    *,
    report: Report,
    skipped_sheets: frozenset[str] = frozenset(),
) -> Table:
    """The rows of every sheet that has the header of this roster, with all findings added to ``report``."""
    for notice in workbook.notices:
        report.add(Finding(NOTICE, notice.code, str(notice.about.get("sheet", "")), about=notice.about))
    known = by_header(columns)
    table = Table()
    has_header = False
    for sheet in workbook.sheets:
        if sheet.name in skipped_sheets or not any(any(row) for row in sheet.rows):
            continue
        header = headers.find(sheet, known)
        if header is None:
            report.add(Finding(NOTICE, "sheet.without_header", sheet.name, about={"sheet": sheet.name}))
            continue
        has_header = True
        _read_sheet(table, sheet, header, columns, compounds, report)
    if not has_header:
        wanted = [column.thai for column in columns if column.is_needed]
        report.add(Finding(PROBLEM, "file.no_header", about={"wanted": wanted}))
    elif not len(table) and not report.has_problems:
        report.add(Finding(PROBLEM, "file.no_rows"))
    return table


def _read_sheet(
    table: Table,
    sheet: Sheet,
    header: headers.Header,
    columns: Sequence[Column],
    compounds: Sequence[Compound],
    report: Report,
) -> None:
    report.extend(header.findings)
    lacking = headers.missing(header.fields, columns)
    for column in lacking:
        about = {"header": column.thai}
        report.add(Finding(PROBLEM, "header.missing", sheet.name, header.body, "", column.field, "", about))
    if lacking:
        return
    before = len(table)
    chosen = _chosen_rows(sheet, header, report)
    table.row_numbers.extend(index + 1 for index in chosen)
    table.sheet_names.extend([sheet.name] * len(chosen))
    by_field = {column.field: index for index, column in header.columns.items()}
    for index, column in header.columns.items():
        table.letters[sheet.name, column.field] = column_letter(index)
        if index in sheet.facts.hidden_columns:
            about = {"header": column.thai}
            place = (sheet.name, 0, column_letter(index), column.field, "")
            report.add(Finding(NOTICE, "column.hidden", *place, about))
    for column in columns:
        stored = table.values.setdefault(column.field, [None] * before)
        if column.field not in by_field:
            stored.extend([None] * len(chosen))
            continue
        index = by_field[column.field]
        cells = _cells(sheet, chosen, index, column, report)
        parsed = _parsed(cells, column, sheet.name, chosen, column_letter(index), report)
        if INVALID in parsed:
            table.broken.update(before + at for at, value in enumerate(parsed) if value is INVALID)
        stored.extend(parsed)
    for compound in compounds:
        stored = table.values.setdefault(compound.field, [None] * before)
        stored.extend(_combined(table, compound, before, report))


def _chosen_rows(sheet: Sheet, header: headers.Header, report: Report) -> list[int]:
    """The rows that hold data: without blank rows, totals, notes and repeated headers."""
    chosen = []
    mapped = sorted(header.columns)
    head = sheet.rows[header.body - 1]
    few = max(3, len(mapped) // 2)
    for index in range(header.body, len(sheet.rows)):
        row = sheet.rows[index]
        filled = len(row) - row.count("")
        if not filled:
            continue
        if filled <= few and (code := _no_data(row)):
            report.add(_about_row(NOTICE, code, sheet, index, _first_text(row)))
        elif row == head:
            report.add(_about_row(NOTICE, "row.repeated_header", sheet, index, ""))
        elif any(row[column] != "" and str(row[column]).strip() for column in mapped):
            chosen.append(index)
            if index in sheet.facts.hidden_rows:
                report.add(_about_row(NOTICE, "row.hidden", sheet, index, _first_text(row)))
    return chosen


def _no_data(row: list[Cell]) -> str:
    """Why a row with few cells is no data: a total or a note; empty where it may be data."""
    for cell in row:
        if isinstance(cell, str) and cell:
            if _NOTE.match(cell):
                return "row.note_skipped"
            bare = _TOTAL_NOISE.sub("", cell.strip()).strip()
            if bare and _TOTAL.fullmatch(_TOTAL_NOISE.sub("", bare)):
                return "row.total_skipped"
    return ""


def _first_text(row: list[Cell]) -> str:
    return next((cell_text(cell) for cell in row if cell != ""), "")


def _about_row(kind: str, code: str, sheet: Sheet, index: int, value: str) -> Finding:
    return Finding(kind, code, sheet.name, index + 1, "", "", value[:200])


def _cells(
    sheet: Sheet, chosen: list[int], index: int, column: Column, report: Report
) -> list[Cell | Problem]:
    """The cells of one column, with formulas, error cells and merged ranges taken into account."""
    cells: list[Cell | Problem] = [sheet.rows[row][index] for row in chosen]
    facts = sheet.facts
    if not (facts.formulas or facts.errors or sheet.merged):
        return cells
    letter = column_letter(index)
    position = {row: at for at, row in enumerate(chosen)}
    for row, of in facts.formulas:
        if of != index or row not in position:
            continue
        if facts.formulas[row, of]:
            text = cell_text(sheet.rows[row][index])
            report.add(Finding(NOTICE, "cell.formula", sheet.name, row + 1, letter, column.field, text))
        else:
            cells[position[row]] = Problem("cell.formula_without_value")
    for row, of in facts.errors:
        if of == index and row in position:
            cells[position[row]] = Problem("cell.formula_error")
    for first, left, last, right in sheet.merged:
        if left == right == index:
            for row in _fill_down(cells, position, first, min(last, len(sheet.rows) - 1)):
                text = _shown(cells[position[row]])
                place = (sheet.name, row + 1, letter, column.field, text)
                report.add(Finding(REPAIR, "cell.merged_filled", *place, {"value": text}))
    return cells


def _fill_down(cells: list[Cell | Problem], position: dict[int, int], first: int, last: int) -> list[int]:
    """Let a merged cell say its value for every row that it covers; answers the rows that were filled."""
    if first not in position:
        return []
    rows = [row for row in range(first + 1, last + 1) if row in position and cells[position[row]] == ""]
    for row in rows:
        cells[position[row]] = cells[position[first]]
    return rows


def _shown(cell: Cell | Problem) -> str:
    return "" if isinstance(cell, Problem) else cell_text(cell)[:200]


def _parsed(
    cells: list[Cell | Problem],
    column: Column,
    sheet: str,
    chosen: list[int],
    letter: str,
    report: Report,
) -> list[object]:
    values: list[object] = []
    answers: dict[object, object] = {"": None}
    parse, field_name = column.parse, column.field
    for at, cell in enumerate(cells):
        if isinstance(cell, Problem):
            answer: object = cell
        elif isinstance(cell, bool) or not column.is_repeating:
            answer = parse(cell) if cell != "" else None
        else:
            try:
                answer = answers[cell]
            except KeyError:
                answer = answers[cell] = parse(cell)
        kind = type(answer)
        if answer is None and column.is_required:
            report.add(Finding(PROBLEM, "cell.empty", sheet, chosen[at] + 1, letter, field_name))
            answer = INVALID
        elif kind is Mended:
            for code in answer.repairs:  # type: ignore[attr-defined]
                place = (sheet, chosen[at] + 1, letter, field_name, _shown(cell))
                report.add(Finding(REPAIR, code, *place, {"value": str(answer.value)}))  # type: ignore[attr-defined]
            answer = answer.value  # type: ignore[attr-defined]
        elif kind is Problem:
            place = (sheet, chosen[at] + 1, letter, field_name, _shown(cell))
            report.add(Finding(PROBLEM, answer.code, *place, answer.about))  # type: ignore[attr-defined]
            answer = INVALID
        values.append(answer)
    return values


def _combined(table: Table, compound: Compound, start: int, report: Report) -> list[object]:
    """The compound's values for the rows from ``start`` on."""
    sources = [table.values[name][start:] for name in compound.sources]
    answers: dict[tuple[object, ...], object] = {}
    values: list[object] = []
    has_broken = bool(table.broken)
    for at, parts in enumerate(zip(*sources, strict=True)):
        if has_broken and INVALID in parts:
            values.append(INVALID)
            continue
        if compound.is_repeating:
            try:
                answer = answers[parts]
            except KeyError:
                answer = answers[parts] = compound.combine(*parts)
        else:
            answer = compound.combine(*parts)
        kind = type(answer)
        if kind is Mended or kind is Problem or (answer is None and compound.is_required):
            answer = _settled(table, compound, start + at, parts, answer, report)
            if answer is INVALID:
                table.broken.add(start + at)
        values.append(answer)
    return values


def _settled(
    table: Table, compound: Compound, index: int, parts: tuple[object, ...], answer: object, report: Report
) -> object:
    """What is kept of an answer that must be reported; the finding stands at the first filled source."""
    filled = [name for name, part in zip(compound.sources, parts, strict=True) if part is not None]
    order = [compound.at, *filled, *compound.sources]
    sheet = table.sheet_names[index]
    at = next((name for name in order if (sheet, name) in table.letters), "")
    shown = " ".join(str(part) for part in parts if part is not None)[:200]
    if isinstance(answer, Mended):
        for code in answer.repairs:
            report.add(table.finding(REPAIR, code, index, at, shown, {"value": str(answer.value)}))
        return answer.value
    code, about = (answer.code, answer.about) if isinstance(answer, Problem) else ("cell.empty", {})
    report.add(table.finding(PROBLEM, code, index, at, shown, about))
    return INVALID
