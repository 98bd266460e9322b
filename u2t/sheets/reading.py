"""From the bytes of an upload to a workbook, or to the reason why not."""

from __future__ import annotations

import io
from dataclasses import replace

from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, PasswordError, SheetVisibleEnum

from u2t.sheets import archive, opendocument, opened, sniff, text
from u2t.sheets.workbook import LIMITS, NO_FACTS, Cell, Limits, Sheet, SheetFacts, Unreadable, Workbook
from u2t.thai.problem import Problem

# How the XML of a workbook writes a null character.
_NULL = b"_x0000_"


def read(data: bytes, filename: str, limits: Limits = LIMITS) -> Workbook:
    """The workbook in ``data``; the kind is what the bytes are, not what ``filename`` says.

    Raises :class:`Unreadable`, and nothing else, for whatever is no table of reasonable size: wrong kind,
    password, broken archive, zip bomb, unknown encoding, too many rows or columns.
    """
    if len(data) > limits.file_bytes:
        raise Unreadable("file.too_big", size=len(data), limit=limits.file_bytes)
    kind = sniff.real_kind(data)
    notices: list[Problem] = []
    if sniff.named_kind(filename) not in ("", kind):
        notices.append(Problem("file.kind_differs_from_name", {"name": filename, "kind": kind}))
    if kind == "csv":
        decoded, encoding = text.decode(data)
        if encoding == "windows-874":
            notices.append(Problem("text.windows_874", {}))
        return Workbook(kind, (Sheet("", text.read_rows(decoded, limits)),), tuple(notices))
    parts = archive.inflated_parts(data, limits) if kind != "xls" else {}
    try:
        facts = _checked_facts(parts, kind, limits, notices)
    except ValueError as error:  # numbers of thousands of digits, which only a hostile file has
        raise Unreadable("file.broken") from error
    sheets = _read_sheets(data, facts, limits, notices)
    if kind == "xls" or any(_NULL in part for part in parts.values()):
        sheets = tuple(replace(sheet, rows=_without_nulls(sheet.rows)) for sheet in sheets)
    return Workbook(kind, sheets, tuple(notices))


def _without_nulls(rows: list[list[Cell]]) -> list[list[Cell]]:
    """No list means a null character, and PostgreSQL takes none."""
    return [[cell.replace("\x00", "") if type(cell) is str else cell for cell in row] for row in rows]


def _checked_facts(
    parts: dict[str, bytes], kind: str, limits: Limits, notices: list[Problem]
) -> dict[str, SheetFacts]:
    """What the XML says beside the values, after its size was found harmless."""
    if kind == "xls":
        return {}
    if kind == "ods":
        return opendocument.walk(parts.get("content.xml", b""), limits)
    for part in parts.values():
        opened.check_sheet(part, limits)
    if any(name.startswith("xl/externalLinks/") for name in parts):
        notices.append(Problem("file.external_links", {}))
    return {name: opened.facts(part) for name, part in opened.sheet_parts(parts).items()}


def _read_sheets(
    data: bytes, facts: dict[str, SheetFacts], limits: Limits, notices: list[Problem]
) -> tuple[Sheet, ...]:
    try:
        with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
            metadata = workbook.sheets_metadata
            if len(metadata) > limits.sheets:
                raise Unreadable("file.too_many_sheets", limit=limits.sheets)
            sheets: list[Sheet] = []
            cells = 0
            for index, sheet in enumerate(metadata):
                if sheet.visible != SheetVisibleEnum.Visible:
                    notices.append(Problem("sheet.hidden_sheet_skipped", {"sheet": sheet.name}))
                    continue
                sheets.append(_read_sheet(workbook.get_sheet_by_index(index), facts, limits))
                cells += len(sheets[-1].rows) * len(sheets[-1].rows[0]) if sheets[-1].rows else 0
                if cells > limits.cells:
                    raise Unreadable("file.too_many_rows", limit=limits.rows, sheet=sheet.name)
            return tuple(sheets)
    except Unreadable:
        raise
    except PasswordError as error:
        raise Unreadable("file.password") from error
    except (CalamineError, ValueError, OSError, OverflowError, MemoryError) as error:
        raise Unreadable("file.broken") from error
    except BaseException as error:
        # A panic of the reader arrives as an exception outside of Exception; it must not end the server.
        if type(error).__name__ == "PanicException":
            raise Unreadable("file.broken") from error
        raise


def _read_sheet(sheet: CalamineSheet, facts: dict[str, SheetFacts], limits: Limits) -> Sheet:
    columns, rows = sheet.end[1] + 1 if sheet.end else 0, sheet.end[0] + 1 if sheet.end else 0
    if columns > limits.columns:
        raise Unreadable("file.too_many_columns", columns=columns, limit=limits.columns, sheet=sheet.name)
    if rows > limits.rows or rows * columns > limits.cells:
        raise Unreadable("file.too_many_rows", rows=rows, limit=limits.rows, sheet=sheet.name)
    merged = tuple((a, b, c, d) for (a, b), (c, d) in sheet.merged_cell_ranges or ())
    cells = sheet.to_python(skip_empty_area=False)
    return Sheet(sheet.name, cells, facts.get(sheet.name, NO_FACTS), merged)
