"""What an OpenDocument sheet says beside its values, and whether it is safe to lay out.

One attribute can repeat a cell or a row a million times, so the content is walked before it is laid out.
"""

from __future__ import annotations

from xml.parsers import expat

from u2t.sheets.workbook import Limits, SheetFacts, Unreadable

_HIDDEN = ("collapse", "filter")


def walk(content: bytes, limits: Limits) -> dict[str, SheetFacts]:
    """Facts of each sheet by name; raises :class:`Unreadable` for sheets larger than ``limits``."""
    walker = _Walker(limits)
    parser = expat.ParserCreate()
    parser.StartElementHandler = walker.start
    parser.EndElementHandler = walker.end
    parser.CharacterDataHandler = walker.text
    parser.buffer_text = True
    try:
        parser.Parse(content, True)
    except expat.ExpatError as error:
        raise Unreadable("file.broken") from error
    return walker.sheets


def _times(attributes: dict[str, str], name: str) -> int:
    number = attributes.get(name, "1")
    return int(number) if number.isdecimal() and len(number) < 12 else 1


class _Walker:
    def __init__(self, limits: Limits) -> None:
        self.sheets: dict[str, SheetFacts] = {}
        self._limits = limits
        self._name = ""
        self._reset()

    def _reset(self) -> None:
        self._row, self._column, self._row_times, self._cell_times = 0, 0, 1, 1
        self._is_filled, self._row_is_hidden, self._depth, self._cells = False, False, 0, 0
        self._hidden: set[int] = set()
        self._formulas: dict[tuple[int, int], bool] = {}

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table:table":
            self._reset()
            self._name = attributes.get("table:name", "")
        elif name == "table:table-row":
            self._column = 0
            self._row_times = _times(attributes, "table:number-rows-repeated")
            self._row_is_hidden = attributes.get("table:visibility", "") in _HIDDEN
            self._row_width = 0
        elif name in ("table:table-cell", "table:covered-table-cell"):
            self._cell_times = _times(attributes, "table:number-columns-repeated")
            self._is_filled = "office:value-type" in attributes or "table:formula" in attributes
            if "table:formula" in attributes:
                has_value = any(key.startswith("office:") and "value" in key for key in attributes)
                self._formulas[self._row, self._column] = has_value

    def text(self, text: str) -> None:
        if not self._is_filled and text.strip():
            self._is_filled = True

    def end(self, name: str) -> None:
        if name in ("table:table-cell", "table:covered-table-cell"):
            if self._is_filled:
                self._row_width = self._column + self._cell_times
                self._check()
            self._column += self._cell_times
            self._is_filled = False
        elif name == "table:table-row":
            self._end_row()
        elif name == "table:table":
            self.sheets[self._name] = SheetFacts(frozenset(self._hidden), frozenset(), self._formulas)

    def _end_row(self) -> None:
        if self._row_width:
            self._cells += self._row_width * self._row_times
            if self._row + self._row_times > self._limits.rows or self._cells > self._limits.cells:
                rows = self._row + self._row_times
                raise Unreadable("file.too_many_rows", rows=rows, limit=self._limits.rows)
            if self._row_is_hidden:
                self._hidden.update(range(self._row, self._row + self._row_times))
        self._row += self._row_times

    def _check(self) -> None:
        if self._row_width > self._limits.columns:
            limit = self._limits.columns
            raise Unreadable("file.too_many_columns", columns=self._row_width, limit=limit)
