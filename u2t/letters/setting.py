"""From a letter to the boxes, widths and numerals that the template sets."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from u2t.letters import words
from u2t.letters.fonts import Face
from u2t.letters.letter import Annex, Column, Letter

TEXT_WIDTH = 453.5
"""Points between the margins: 21 cm of A4 less 3 cm left and 2 cm right."""

BODY = 16.0
TABLE = 14.0
_CELL_SIDES = 9.0
_SENDER_WIDEST = 215.0
_NARROWEST = 18.0
_NAME_WIDEST = 150.0

Boxes = tuple[str, ...]


@dataclass(frozen=True)
class Compositor:
    """Cuts the texts of one letter: its numerals, its unbroken phrases, the face it is measured with."""

    face: Face
    bold: Face
    thai_digits: bool
    unbroken: tuple[str, ...] = field(default=())

    def text(self, text: str, width: float = TEXT_WIDTH, size: float = BODY) -> Boxes:
        """The boxes of running text, none wider than ``width`` points."""
        return words.fitted(words.pieces(self.plain(text), self.unbroken), width / size, self.face)

    def cell(self, text: str, column: Column) -> Boxes:
        """The boxes of one cell, cut as its kind of column asks."""
        plain = self.plain(text)
        if column.kind == "text":
            return words.pieces(plain, self.unbroken)
        return words.name_pieces(plain) if column.kind == "name" else ((plain,) if plain else ())

    def plain(self, text: str) -> str:
        """``text`` cleaned, in the numerals of this letter."""
        cleaned = words.clean(text)
        return words.in_thai_digits(cleaned) if self.thai_digits else cleaned


def compositor(letter: Letter, face: Face, bold: Face) -> Compositor:
    """The compositor of ``letter``, for which its number, its signer and its own phrases stay whole."""
    plain = Compositor(face, bold, letter.thai_digits)
    phrases = (letter.number, letter.date_text, letter.signer.name, *letter.unbroken)
    return Compositor(face, bold, letter.thai_digits, tuple(filter(None, map(plain.plain, phrases))))


def laid_out(letter: Letter, face: Face, bold: Face, emblem: str | None) -> dict[str, Any]:
    """``letter`` as the template reads it: only strings, numbers, lists and maps of them."""
    by = compositor(letter, face, bold)
    width = _sender_width(by, letter.sender)
    return {
        "bookmark": bookmark(letter),
        "digits": list(by.plain("0123456789")),
        "emblem": emblem,
        "number": by.text(letter.number, TEXT_WIDTH - width - 40),
        "sender": [by.text(line, width) for line in letter.sender],
        "sender_width": width,
        "date": by.text(letter.date_text, TEXT_WIDTH / 2),
        "subject": by.text(letter.subject, TEXT_WIDTH - 40),
        "to": by.text(letter.to, TEXT_WIDTH - 40),
        "references": [by.text(line, TEXT_WIDTH - 50) for line in _numbered(letter.references)],
        "enclosures": _enclosures(by, letter),
        "paragraphs": [by.text(paragraph) for paragraph in letter.paragraphs],
        "closing": by.text(letter.closing, TEXT_WIDTH / 2),
        "signer": by.text(f"({letter.signer.name})", TEXT_WIDTH / 2),
        "posts": [by.text(post, TEXT_WIDTH / 2) for post in letter.signer.posts],
        "office": [by.text(line) for line in letter.office],
        "annexes": [_annex(by, annex) for annex in letter.annexes],
    }


def bookmark(letter: Letter) -> str:
    """How a reader's side bar calls the letter among others."""
    return words.clean(" ".join(filter(None, (letter.number, letter.to))))


def _numbered(lines: Sequence[str]) -> list[str]:
    return list(lines) if len(lines) < 2 else [f"{n}. {line}" for n, line in enumerate(lines, 1)]


def _enclosures(by: Compositor, letter: Letter) -> list[dict[str, Boxes]]:
    amounts = [by.text(item.amount.replace(" ", words.NBSP), 120) for item in letter.enclosures]
    widest = max((by.face.width("".join(boxes)) * BODY for boxes in amounts), default=0.0)
    texts = _numbered([item.text for item in letter.enclosures])
    return [
        {"text": by.text(text, TEXT_WIDTH - widest - 110), "amount": amount}
        for text, amount in zip(texts, amounts, strict=True)
    ]


def _sender_width(by: Compositor, lines: Iterable[str]) -> float:
    """As wide as its widest line, so that the block ends at the right margin, but clear of the emblem's
    foot.
    """
    natural = max((by.face.width(by.plain(line)) for line in lines), default=0.0) * BODY + 2
    return min(natural, _SENDER_WIDEST)


def _annex(by: Compositor, annex: Annex) -> dict[str, Any]:
    texts: dict[Boxes, int] = {}
    cells = [[by.cell(cell, c) for cell, c in zip(row, annex.columns, strict=True)] for row in annex.rows]
    heads = [by.text(column.head, TEXT_WIDTH, TABLE) for column in annex.columns]
    widths = _column_widths(by, annex.columns, heads, cells)
    rows = []
    for row in cells:
        fitted = (
            words.fitted(boxes, (width - _CELL_SIDES) / TABLE, by.face)
            for boxes, width in zip(row, widths, strict=True)
        )
        rows.append([texts.setdefault(boxes, len(texts)) for boxes in fitted])
    return {
        "label": by.text(annex.label, TEXT_WIDTH, TABLE),
        "title": [by.text(line, TEXT_WIDTH * 0.95) for line in annex.title],
        "columns": [
            {
                "head": words.fitted(head, (width - _CELL_SIDES) / TABLE / 1.1, by.bold),
                "kind": column.kind,
                "width": width,
            }
            for column, head, width in zip(annex.columns, heads, widths, strict=True)
        ],
        "rows": rows,
        "texts": list(texts),
        "notes": [by.text(note, TEXT_WIDTH, TABLE) for note in annex.notes],
    }


def _column_widths(
    by: Compositor, columns: Sequence[Column], heads: Sequence[Boxes], rows: Sequence[Sequence[Boxes]]
) -> list[float]:
    """Points for each column, together the width of the text.

    Every column gets what its widest box needs; what is left goes first to names, so that they stay on one
    line, then to other columns that would wrap, then to all but numbers. Where even the widest boxes do not
    fit side by side, they are narrowed alike and cut.
    """
    least, natural = [], []
    for place, head in enumerate(heads):
        boxes = [row[place] for row in rows]
        sizes = [by.face.width("".join(box)) for box in boxes]
        longest = [by.face.width(piece) for box in boxes for piece in box]
        head_sizes = [by.bold.width(piece) for piece in head]
        at_least = max([*longest, *head_sizes, 0.0]) * TABLE + _CELL_SIDES
        whole = max([*sizes, by.bold.width("".join(head)), 0.0]) * TABLE + _CELL_SIDES
        least.append(max(_NARROWEST, min(at_least, _NAME_WIDEST)))
        natural.append(max(least[-1], min(whole, TEXT_WIDTH * 0.6)))
    return _shared_out(least, natural, [column.kind for column in columns])


def _shared_out(least: list[float], natural: list[float], kinds: list[str]) -> list[float]:
    if sum(least) >= TEXT_WIDTH:
        return [round(width * TEXT_WIDTH / sum(least), 2) for width in least]
    widths = least
    names_first = [b if kind == "name" else a for a, b, kind in zip(least, natural, kinds, strict=True)]
    not_numbers = [a if kind == "number" else 2 * a for a, kind in zip(natural, kinds, strict=True)]
    for wished in (names_first, natural, not_numbers):
        more = [b - a for a, b in zip(widths, wished, strict=True)]
        share = min(1.0, (TEXT_WIDTH - sum(widths)) / sum(more)) if sum(more) else 0.0
        widths = [a + b * share for a, b in zip(widths, more, strict=True)]
    # With numbers alone there is nobody to give the rest to but all.
    return [round(width * TEXT_WIDTH / sum(widths), 2) for width in widths]
