"""What reading a file yields: sheets of rows that know where they stood."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field

from u2t.thai.problem import Problem

Cell = str | float | int | bool | datetime.date | datetime.datetime | datetime.time | datetime.timedelta


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a file may hold before it is refused unread."""

    file_bytes: int = 30_000_000
    inflated_bytes: int = 250_000_000
    zip_entries: int = 2_000
    rows: int = 99_999
    columns: int = 104
    cells: int = 6_000_000
    sheets: int = 100


LIMITS = Limits()


class Unreadable(Exception):
    """The file cannot be read at all; ``problem`` says why."""

    def __init__(self, code: str, **about: object) -> None:
        self.problem = Problem(code, about)
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What a sheet says beside its values; rows and columns are counted from 0.

    ``formulas`` maps (row, column) to whether a calculated value was saved with the formula; ``errors`` are
    cells that show an error such as ``#REF!`` and therefore read as empty.
    """

    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    formulas: Mapping[tuple[int, int], bool] = field(default_factory=dict)
    errors: frozenset[tuple[int, int]] = frozenset()


NO_FACTS = SheetFacts()


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: ``rows[r][c]`` is the cell of row ``r + 1`` in column ``column_letter(c)``.

    Empty cells are ``""``. ``merged`` holds (first row, first column, last row, last column), from 0.
    """

    name: str
    rows: list[list[Cell]]
    facts: SheetFacts = NO_FACTS
    merged: tuple[tuple[int, int, int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Workbook:
    """A file that could be read. ``kind`` is ``xlsx``, ``xls``, ``ods`` or ``csv``.

    ``notices`` are findings about the file as a whole as (code, values) pairs, for instance
    ``("file.external_links", {})`` or ``("sheet.hidden_sheet_skipped", {"sheet": "เก่า"})``.
    """

    kind: str
    sheets: tuple[Sheet, ...]
    notices: tuple[Problem, ...] = ()


def column_letter(index: int) -> str:
    """``"A"`` for 0, ``"Z"`` for 25, ``"AA"`` for 26."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def column_index(letters: str) -> int:
    """0 for ``"A"``, 26 for ``"AA"``."""
    index = 0
    for letter in letters:
        index = index * 26 + ord(letter) - 64
    return index - 1


def cell_text(cell: Cell) -> str:
    """A cell as a person reads it: no ``.0`` behind whole numbers, no spaces around, dates as ISO."""
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    if isinstance(cell, datetime.datetime) and cell.time() == datetime.time():
        return cell.date().isoformat()
    return str(cell)
