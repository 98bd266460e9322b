"""From a letter to the lines, widths and distances that the template sets.

Lines are cut here and not by Typst: its own breaker divides Thai words wrongly in about one case of a hundred, and
a line that is whole is set several times faster than its words. Since the lines are known, so are their heights,
and the letter that misses one page by little is set closer, as a clerk would. All distances are in points.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from typing import Any

from u2t.letters import words
from u2t.letters.fonts import Face
from u2t.letters.letter import Annex, Column, Letter

CM = 72 / 2.54
TEXT_WIDTH = 16 * CM
"""Between the margins: 21 cm of A4 less 3 cm left and 2 cm right."""

TEXT_HEIGHT = 25.2 * CM
"""Between the margins: 29.7 cm less 2.5 cm above and 2 cm below."""

MIDDLE = 7.5 * CM
"""The middle of the paper, seen from the left margin."""

UPPER, LOWER = 0.906, 0.359
"""What a line takes above and below its base, in em: together the single spacing of TH Sarabun."""

BODY = 16.0
TABLE = 14.0
_SENDER_WIDEST = 215.0
_INSET = 4.0
_NARROWEST = 18.0
_NAME_WIDEST = 150.0
# A line cut to the last thousandth of its room could be taken for too long.
_SAFE = 0.25

Lines = tuple[str, ...]


@dataclass(frozen=True)
class Room:
    """Distances of a letter: ``closer`` is taken off every line, the others stand above what they name."""

    closer: float
    paragraph: float
    first: float
    closing: float
    signing: float
    office: float
    head: float = 6.0
    label: float = 9.0
    indent: float = 2.5 * CM
    top: float = 2 * CM - BODY * UPPER


WIDE = Room(closer=0, paragraph=6, first=12, closing=12, signing=61, office=20)
CLOSE = Room(closer=1, paragraph=3, first=6, closing=6, signing=50, office=6)


@dataclass(frozen=True)
class Compositor:
    """Cuts the texts of one letter into lines."""

    letter: Letter
    face: Face
    bold: Face

    def plain(self, text: str) -> str:
        """``text`` cleaned, in the numerals of this letter."""
        return words.printable(text, self.letter.thai_digits)

    @cached_property
    def unbroken(self) -> tuple[str, ...]:
        """The letter's number, date and signer stay whole, and the phrases that it names itself."""
        letter = self.letter
        phrases = (letter.number, letter.date_text, letter.signer.name, *letter.unbroken)
        return tuple(dict.fromkeys(filter(None, map(self.plain, phrases))))

    def pieces(self, text: str) -> tuple[str, ...]:
        """The boxes of running text."""
        plain = self.plain(text)
        return words.pieces(plain, tuple(phrase for phrase in self.unbroken if phrase in plain))

    def lines(
        self, text: str, width: float, *, size: float = BODY, indent: float = 0, bold: bool = False
    ) -> Lines:
        """``text`` in lines of at most ``width`` points, the first shorter by ``indent``."""
        face = self.bold if bold else self.face
        room = (width - _SAFE) / size
        return words.wrapped(self.pieces(text), room, face, first=room - indent / size)

    def cell_pieces(self, text: str, column: Column) -> tuple[str, ...]:
        """The boxes of one cell, cut as its kind of column asks."""
        if column.kind == "text":
            return self.pieces(text)
        plain = self.plain(text)
        return words.name_pieces(plain) if column.kind == "name" else (plain,)


def laid_out(letter: Letter, face: Face, bold: Face, emblem: str | None) -> dict[str, Any]:
    """``letter`` as the template reads it: only strings, numbers, truths, lists and maps of them."""
    by = Compositor(letter, face, bold)
    front = _front(by)
    room, on_one_page = _room(front)
    ending = _height(WIDE, _ending(front))
    return {
        **front,
        "bookmark": bookmark(letter),
        "digits": list(by.plain("0123456789")),
        "emblem": emblem,
        "room": asdict(room),
        "on_one_page": on_one_page,
        "ending_breaks": ending > TEXT_HEIGHT / 2,
        "annexes": [_annex(by, annex) for annex in letter.annexes],
    }


def bookmark(letter: Letter) -> str:
    """How a reader's side bar calls the letter among others."""
    return words.clean(" ".join(filter(None, (letter.number, letter.to))))


def _front(by: Compositor) -> dict[str, Any]:
    letter = by.letter
    sender_width = _sender_width(by, letter.sender)
    closing = by.lines(letter.closing, TEXT_WIDTH - MIDDLE)
    signature = 2 * (TEXT_WIDTH - MIDDLE) - by.face.width(max(closing, key=len, default="")) * BODY
    return {
        "number": by.lines(letter.number, TEXT_WIDTH - sender_width - _label(by, "ที่") - 12),
        "sender": [by.lines(line, sender_width) for line in letter.sender],
        "sender_width": sender_width,
        "date": by.lines(letter.date_text, TEXT_WIDTH - MIDDLE),
        "subject": by.lines(letter.subject, TEXT_WIDTH - _label(by, "เรื่อง")),
        "to": by.lines(letter.to, TEXT_WIDTH - _label(by, "เรียน")),
        "references": [
            by.lines(line, TEXT_WIDTH - _label(by, "อ้างถึง")) for line in _numbered(letter.references)
        ],
        "enclosures": _enclosures(by),
        "paragraphs": [by.lines(text, TEXT_WIDTH, indent=WIDE.indent) for text in letter.paragraphs],
        "closing": closing,
        "signature_from": TEXT_WIDTH - signature,
        "signer": by.lines(f"({letter.signer.name})", signature),
        "posts": [by.lines(post, signature) for post in letter.signer.posts],
        "office": [by.lines(line, TEXT_WIDTH) for line in letter.office],
    }


def _label(by: Compositor, label: str) -> float:
    return by.face.width(label) * BODY + WIDE.label


def _numbered(lines: Sequence[str]) -> list[str]:
    return list(lines) if len(lines) < 2 else [f"{n}. {line}" for n, line in enumerate(lines, 1)]


def _enclosures(by: Compositor) -> list[dict[str, Lines]]:
    items = by.letter.enclosures
    amounts = [by.lines(item.amount, TEXT_WIDTH / 3) for item in items]
    widest = max((by.face.width(line) * BODY for lines in amounts for line in lines), default=0.0)
    rest = TEXT_WIDTH - _label(by, "สิ่งที่ส่งมาด้วย") - WIDE.label - widest
    texts = _numbered([item.text for item in items])
    return [
        {"text": by.lines(text, rest), "amount": amount} for text, amount in zip(texts, amounts, strict=True)
    ]


def _sender_width(by: Compositor, lines: Iterable[str]) -> float:
    """As wide as its widest line, so that the block ends at the right margin, but clear of the emblem's foot."""
    natural = max((by.face.width(by.plain(line)) for line in lines), default=0.0) * BODY + 2 * _SAFE
    return min(natural, _SENDER_WIDEST)


def _ending(front: dict[str, Any]) -> list[tuple[str, list[Lines]]]:
    return [
        ("paragraph", front["paragraphs"][-1:]),
        ("closing", [front["closing"]]),
        ("signing", [front["signer"], *front["posts"]]),
        ("office", front["office"]),
    ]


def _room(front: dict[str, Any]) -> tuple[Room, bool]:
    """The widest distances with which the letter fits one page, and whether any does."""
    address = front["sender"] if sum(map(len, front["sender"])) > len(front["number"]) else [front["number"]]
    enclosures = [max(item["text"], item["amount"], key=len) for item in front["enclosures"]]
    blocks: list[tuple[str, list[Lines]]] = [
        ("top", address),
        ("head", [front["date"]]),
        ("head", [front["subject"]]),
        ("head", [front["to"]]),
        *(("head", [lines]) for lines in front["references"]),
        ("head", enclosures),
        *(("paragraph", [lines]) for lines in front["paragraphs"][:-1]),
    ]
    for room in (WIDE, CLOSE):
        if _height(room, blocks) + room.first - room.paragraph + _height(room, _ending(front)) <= TEXT_HEIGHT:
            return room, True
    return WIDE, False


def _height(room: Room, blocks: Iterable[tuple[str, list[Lines]]]) -> float:
    pitch = BODY * (UPPER + LOWER) - room.closer
    return sum(float(getattr(room, above)) + pitch * sum(map(len, texts)) for above, texts in blocks)


def _annex(by: Compositor, annex: Annex) -> dict[str, Any]:
    rows = [
        [by.cell_pieces(cell, c) for cell, c in zip(row, annex.columns, strict=True)] for row in annex.rows
    ]
    heads = [by.pieces(column.head) for column in annex.columns]
    widths = _column_widths(by, annex.columns, heads, rows)
    rooms = [(width - 2 * _INSET - _SAFE) / TABLE for width in widths]
    return {
        "label": by.lines(annex.label, TEXT_WIDTH, size=TABLE),
        "title": [by.lines(line, TEXT_WIDTH, bold=True) for line in annex.title],
        "inset": _INSET,
        "columns": [
            {"head": words.wrapped(head, room, by.bold), "centred": column.kind == "number", "width": width}
            for column, head, room, width in zip(annex.columns, heads, rooms, widths, strict=True)
        ],
        "cells": [
            words.wrapped(pieces, room, by.face)
            for row in rows
            for pieces, room in zip(row, rooms, strict=True)
        ],
        "notes": [by.lines(note, TEXT_WIDTH, size=TABLE) for note in annex.notes],
    }


def _column_widths(
    by: Compositor, columns: Sequence[Column], heads: Sequence[Lines], rows: Sequence[Sequence[Lines]]
) -> list[float]:
    """Points for each column, together the width of the text.

    Every column gets what its widest box needs; what is left goes first to names, so that they stay on one line,
    then to other columns that would wrap, then to all but numbers. Where even the widest boxes do not fit side by
    side, they are narrowed alike and cut.
    """
    least, natural = [], []
    sides = 2 * _INSET + 2 * _SAFE
    for place, head in enumerate(heads):
        cells = [row[place] for row in rows]
        longest = max((by.face.width(piece) for pieces in cells for piece in pieces), default=0.0)
        whole = max((sum(map(by.face.width, pieces)) for pieces in cells), default=0.0)
        at_least = max(longest, *map(by.bold.width, head), 0.0) * TABLE + sides
        least.append(max(_NARROWEST, min(at_least, _NAME_WIDEST)))
        wished = max(whole, by.bold.width("".join(head))) * TABLE + sides
        natural.append(max(least[-1], min(wished, TEXT_WIDTH * 0.6)))
    return _shared_out(least, natural, [column.kind for column in columns])


def _shared_out(least: list[float], natural: list[float], kinds: list[str]) -> list[float]:
    names_first = [b if kind == "name" else a for a, b, kind in zip(least, natural, kinds, strict=True)]
    not_numbers = [a if kind == "number" else 2 * a for a, kind in zip(natural, kinds, strict=True)]
    widths = least
    for wished in (names_first, natural, not_numbers):
        more = [b - a for a, b in zip(widths, wished, strict=True)]
        share = min(1.0, max(0.0, TEXT_WIDTH - sum(widths)) / sum(more)) if sum(more) else 0.0
        widths = [a + b * share for a, b in zip(widths, more, strict=True)]
    # What no rule gave away, or what is too much even so, all columns share alike.
    return [round(width * TEXT_WIDTH / sum(widths), 2) for width in widths]
