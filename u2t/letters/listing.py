"""Lists of many rows as PDF: results that are announced, sheets that are signed.

The same faces, numerals and line breaks as the letters; PDF/A-2b, tagged, the same bytes for the same list.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from u2t.letters import compiling, fonts, setting, words
from u2t.letters.fonts import Face

WIDTH = 17.8 * setting.CM
"""Points between the margins of upright A4."""

TEXT = 14.0
_INSET = 4.0
_MARGIN = (21 * setting.CM - WIDTH) / 2

Align = Literal["left", "center", "right"]
Group = tuple[str, Sequence[Sequence[str]]]


@dataclass(frozen=True)
class Head:
    """One column: the words above it, its share of the width (any unit, all columns together are the page), how
    its cells stand. An empty cell stays empty, for instance for a signature.
    """

    text: str
    width: float
    align: Align = "left"


def render(
    *,
    folder: Path,
    title: str,
    lines: Sequence[str],
    heads: Sequence[Head],
    groups: Sequence[Group],
    foot: str = "",
    dated_on: date = date(2021, 1, 1),
    thai_digits: bool = True,
    row_height: float = 0.0,
    page_each: bool = False,
) -> bytes:
    """The list as PDF of as many pages as it needs, heads and the current group's title repeated on each.

    ``folder`` is what :func:`u2t.letters.fonts.prepare` returned. ``lines`` stand under the title, ``foot`` at the
    foot of every page beside its number. A group is a title (or an empty text) and rows with one text a column;
    with ``page_each`` every group begins on a page of its own under the title. ``row_height`` (points) is the
    least height of a row, for lists that are signed by hand. ``dated_on`` is the day that the file says it was made
    on. Characters that the typeface lacks are set as "?". Raises ``ValueError`` for a row with more or fewer texts.
    """
    for _title, rows in groups:
        for row in rows:
            if len(row) != len(heads):
                raise ValueError(f"a row has {len(row)} texts for {len(heads)} columns")
    by = _Compositor(fonts.face(folder), fonts.face(folder, "Bold"), thai_digits)
    content = _content(by, title, lines, heads, groups, foot)
    content |= {"row_height": row_height, "page_each": page_each}
    return compiling.compiled("listing.typ", content, folder=folder, on=dated_on)


@dataclass(frozen=True)
class _Compositor:
    face: Face
    bold: Face
    thai_digits: bool

    def lines(self, text: str, width: float, size: float = TEXT, *, bold: bool = False) -> list[str]:
        plain = words.printable(text, self.thai_digits)
        if lacking := self.face.lacks(plain):
            plain = plain.translate({ord(character): "?" for character in lacking})
        face = self.bold if bold else self.face
        room = (width - 0.5) / size
        if face.width(plain) <= room:
            # Most cells fit; they need not be searched for words.
            return [plain] if plain else []
        return list(words.wrapped(words.pieces(plain), room, face))


def _content(
    by: _Compositor,
    title: str,
    lines: Sequence[str],
    heads: Sequence[Head],
    groups: Sequence[Group],
    foot: str,
) -> dict[str, Any]:
    whole = sum(head.width for head in heads)
    widths = [head.width * WIDTH / whole for head in heads]
    rooms = [width - 2 * _INSET for width in widths]
    return {
        "title": words.clean(title),
        "family": fonts.FAMILY,
        "size": TEXT,
        "upper": setting.UPPER,
        "lower": setting.LOWER,
        "margin": _MARGIN,
        "inset": _INSET,
        "digits": list(words.printable("0123456789", by.thai_digits)),
        "heading": by.lines(title, WIDTH, 18, bold=True),
        "lines": [by.lines(line, WIDTH, 16) for line in lines],
        "foot": by.lines(foot, WIDTH - 90, 12),
        "columns": [
            {"head": by.lines(head.text, room, bold=True), "width": width, "align": head.align}
            for head, width, room in zip(heads, widths, rooms, strict=True)
        ],
        "groups": [
            {
                "title": by.lines(group, WIDTH - 2 * _INSET, bold=True),
                "rows": [
                    [by.lines(cell, room) for cell, room in zip(row, rooms, strict=True)] for row in rows
                ],
            }
            for group, rows in groups
        ],
    }
