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
    by_column = list(zip(*(sheet.rows[row] for row in chosen), strict=True))
    for column in columns:
        stored = table.values.setdefault(column.field, [None] * before)
        if column.field not in by_field or not chosen:
            stored.extend([None] * len(chosen))
            continue
        index = by_field[column.field]
        cells = _cells(sheet, chosen, by_column[index], index, column, report)
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
    sheet: Sheet, chosen: list[int], plain: tuple[Cell, ...], index: int, column: Column, report: Report
) -> list[Cell | Problem]:
    """The cells of one column, with formulas, error cells and merged ranges taken into account."""
    cells: list[Cell | Problem] = list(plain)
    facts = sheet.facts
    if not (facts.formulas or facts.errors or sheet.merged):
        return cells
    letter = column_letter(index)
    position = {row: at for at, row in enumerate(chosen)}
    for row, of in facts.formulas:
        if of != index or row not in position:
            continue
        if facts.formulas[row, of]:
            text = column.told(cell_text(sheet.rows[row][index]))
            report.add(Finding(NOTICE, "cell.formula", sheet.name, row + 1, letter, column.field, text))
        else:
            cells[position[row]] = Problem("cell.formula_without_value")
    for row, of in facts.errors:
        if of == index and row in position:
            cells[position[row]] = Problem("cell.formula_error")
    for first, left, last, right in sheet.merged:
        if left == right == index:
            for row in _fill_down(cells, position, first, min(last, len(sheet.rows) - 1)):
                text = column.told(_shown(cells[position[row]]))
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


def _answers(cells: list[Cell | Problem], column: Column) -> list[object]:
    """What the parser says to each cell; equal cells are asked about once where they are many."""
    parse = column.parse
    kinds = set(map(type, cells))
    if Problem in kinds:
        return [cell if isinstance(cell, Problem) else parse(cell) if cell != "" else None for cell in cells]
    # True equals 1.0 as a key, so a column with ticks is not asked by distinct cells.
    if column.is_repeating and bool not in kinds:
        known: dict[object, object] = {cell: parse(cell) for cell in set(cells) if cell != ""}  # type: ignore[arg-type]
        known[""] = None
        return [known[cell] for cell in cells]
    return [parse(cell) if cell != "" else None for cell in cells]  # type: ignore[arg-type]


def _parsed(
    cells: list[Cell | Problem],
    column: Column,
    sheet: str,
    chosen: list[int],
    letter: str,
    report: Report,
) -> list[object]:
    answers = _answers(cells, column)
    kinds = set(map(type, answers))
    if not (Mended in kinds or Problem in kinds or (column.is_required and type(None) in kinds)):
        return answers
    for at, answer in enumerate(answers):
        place = (sheet, chosen[at] + 1, letter, column.field)
        if isinstance(answer, Mended):
            shown, value = column.told(_shown(cells[at])), column.told(str(answer.value))
            for code in answer.repairs:
                report.add(Finding(REPAIR, code, *place, shown, {"value": value}))
            answers[at] = answer.value
        elif isinstance(answer, Problem):
            report.add(Finding(PROBLEM, answer.code, *place, _shown(cells[at]), answer.about))
            answers[at] = INVALID
        elif answer is None and column.is_required:
            report.add(Finding(PROBLEM, "cell.empty", *place))
            answers[at] = INVALID
    return answers


def _combined(table: Table, compound: Compound, start: int, report: Report) -> list[object]:
    """The compound's values for the rows from ``start`` on."""
    sources = [table.values[name][start:] for name in compound.sources]
    rows = list(zip(*sources, strict=True))
    combine = compound.combine
    answers: list[object]
    if table.broken:
        answers = [INVALID if INVALID in parts else combine(*parts) for parts in rows]
    elif compound.is_repeating:
        known = {parts: combine(*parts) for parts in set(rows)}
        answers = [known[parts] for parts in rows]
    else:
        answers = [combine(*parts) for parts in rows]
    kinds = set(map(type, answers))
    if Mended in kinds or Problem in kinds or (compound.is_required and type(None) in kinds):
        for at, answer in enumerate(answers):
            if isinstance(answer, (Mended, Problem)) or (answer is None and compound.is_required):
                answers[at] = _settled(table, compound, start + at, rows[at], answer, report)
                if answers[at] is INVALID:
                    table.broken.add(start + at)
    return answers


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
