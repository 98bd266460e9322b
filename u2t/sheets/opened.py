"""What a workbook's XML says beside its values, and whether it is safe to parse.

The fast reader lays a sheet out as a full rectangle, so two cells in far corners would take gigabytes. The
usual form of a sheet is proved harmless with one regular expression; any other form is walked with expat.
"""

from __future__ import annotations

import posixpath
import re
from xml.parsers import expat

from u2t.sheets.workbook import Limits, SheetFacts, Unreadable, column_index

# A cell that is not written as <c r="A1" with a column up to CZ and a row of at most five digits.
_UNUSUAL_CELL = re.compile(rb'<c(?! r="[A-C]?[A-Z][0-9]{1,5}")[\s/>]|<[A-Za-z0-9]+:(?:c|row|sheetData)[\s/>]')
_HIDDEN_ROW = re.compile(rb'<row\b[^>]*\bhidden="(?:1|true)"[^>]*>')
_HIDDEN_COLUMN = re.compile(rb'<col\b[^>]*\bhidden="(?:1|true)"[^>]*>')
_ROW_NUMBER = re.compile(rb'\br="(\d+)"')
_SPAN = re.compile(rb'\b(min|max)="(\d+)"')
_FORMULA_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(<v>[^<])?')
_ERROR_CELL = re.compile(rb'<c r="([A-Z]+)(\d+)"[^>]*\bt="e"')
_RELATION = re.compile(r'<Relationship\b[^>]*?\b(?:Id|Target)="[^"]*"[^>]*>')
_SHEET = re.compile(r"<sheet\b[^>]*>")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')
_UNESCAPED = {"&amp;": "&", "&lt;": "<", "&gt;": ">", "&quot;": '"', "&apos;": "'"}


def check_sheet(part: bytes, limits: Limits) -> None:
    """Refuse a worksheet part whose cells lie further out than ``limits`` allow, without laying it out."""
    if b"heet" not in part[:2000] and not part.startswith((b"\xff\xfe", b"\xfe\xff")):
        return
    if part.startswith((b"\xff\xfe", b"\xfe\xff")) or _UNUSUAL_CELL.search(part):
        _Extent(limits).walk(part)


class _Extent:
    """Walks a worksheet part and remembers how far out its filled cells lie."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._row = -1
        self._column = -1
        self._here = (0, 0)
        self._is_in_cell = False
        self._last_row = -1
        self._last_column = -1

    def walk(self, part: bytes) -> None:
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        try:
            parser.Parse(part, True)
        except expat.ExpatError as error:
            raise Unreadable("file.broken") from error
        columns, rows = self._last_column + 1, self._last_row + 1
        if columns > self._limits.columns:
            raise Unreadable("file.too_many_columns", columns=columns, limit=self._limits.columns)
        if rows > self._limits.rows or columns * rows > self._limits.cells:
            raise Unreadable("file.too_many_rows", rows=rows, limit=self._limits.rows)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition(":")[2]
        if tag == "row":
            number = attributes.get("r", "")
            self._row = int(number) - 1 if number.isdecimal() else self._row + 1
            self._column = -1
        elif tag == "c":
            self._here = self._place(attributes.get("r", ""))
            self._column = self._here[1]
            self._is_in_cell = True
        elif self._is_in_cell:
            self._last_row = max(self._last_row, self._here[0])
            self._last_column = max(self._last_column, self._here[1])

    def _end(self, name: str) -> None:
        if name.rpartition(":")[2] == "c":
            self._is_in_cell = False

    def _place(self, reference: str) -> tuple[int, int]:
        found = re.fullmatch(r"([A-Z]+)(\d+)", reference)
        if found is None:
            return self._row, self._column + 1
        return int(found[2]) - 1, column_index(found[1])


def facts(part: bytes) -> SheetFacts:
    """Hidden rows and columns, formula cells and error cells of one worksheet part."""
    rows: set[int] = set()
    columns: set[int] = set()
    if b"hidden=" in part:
        for row in _HIDDEN_ROW.finditer(part):
            number = _ROW_NUMBER.search(row[0])
            rows.update({int(number[1]) - 1} if number else ())
        for column in _HIDDEN_COLUMN.finditer(part):
            span = dict(_SPAN.findall(column[0]))
            first, last = int(span.get(b"min", b"1")), int(span.get(b"max", b"1"))
            columns.update(range(first - 1, min(last, first + 200)))
    formulas: dict[tuple[int, int], bool] = {}
    if b"<f" in part:
        for cell in _FORMULA_CELL.finditer(part):
            formulas[int(cell[2]) - 1, column_index(cell[1].decode())] = cell[3] is not None
    errors: set[tuple[int, int]] = set()
    if b't="e"' in part:
        errors = {(int(cell[2]) - 1, column_index(cell[1].decode())) for cell in _ERROR_CELL.finditer(part)}
    return SheetFacts(frozenset(rows), frozenset(columns), formulas, frozenset(errors))


def sheet_parts(parts: dict[str, bytes]) -> dict[str, bytes]:
    """The worksheet part of each sheet by the sheet's name, as far as the workbook tells."""
    targets: dict[str, str] = {}
    for relation in _RELATION.findall(_text(parts.get("xl/_rels/workbook.xml.rels"))):
        about = dict(_ATTRIBUTE.findall(relation))
        target = about.get("Target", "")
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath("xl/" + target)
        targets[about.get("Id", "")] = path
    found: dict[str, bytes] = {}
    for sheet in _SHEET.findall(_text(parts.get("xl/workbook.xml"))):
        about = dict(_ATTRIBUTE.findall(sheet))
        part = parts.get(targets.get(about.get("r:id", ""), ""))
        if part is not None:
            found[_unescaped(about.get("name", ""))] = part
    return found


def _text(part: bytes | None) -> str:
    return (part or b"").decode("utf-8", "replace")


def _unescaped(text: str) -> str:
    return re.sub(r"&(?:amp|lt|gt|quot|apos);", lambda entity: _UNESCAPED[entity[0]], text)
