"""What a letter says, as values: every word that is not a set phrase of the form arrives in here.

Texts are plain strings in Arabic or Thai digits; the press sets Thai digits where the letter asks for them.
Runs of white space count as one space, control and direction characters are dropped.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

RESPECTFULLY = "ขอแสดงความนับถือ"
"""The closing of an external letter to anyone of ordinary standing."""


@dataclass(frozen=True)
class Enclosure:
    """One thing sent with the letter: what it is and, apart at the right, how many (``จำนวน 1 ฉบับ``)."""

    text: str
    amount: str = ""


@dataclass(frozen=True)
class Signer:
    """Who signs: full name with title, set in brackets under the room for the signature, then one post a
    line.
    """

    name: str
    posts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Column:
    """One column of an annex. A ``name`` breaks only at its spaces, a ``number`` never, and is centred."""

    head: str
    kind: Literal["text", "name", "number"] = "text"


@dataclass(frozen=True)
class Annex:
    """A table on pages of its own after the letter, its head repeated on each.

    ``label`` stands at the right of the first page (``สิ่งที่ส่งมาด้วย 1``), ``title`` lines centred over
    the table, ``notes`` under it. Every row has as many cells as there are columns.
    """

    title: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    label: str = ""
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if not self.columns or any(len(row) != len(self.columns) for row in self.rows):
            raise ValueError("every row of an annex needs one cell for each of its columns")


@dataclass(frozen=True)
class Letter:
    """One external official letter (หนังสือภายนอก) with its annexes.

    ``number`` is the whole reference (``อว 0616/123``; empty leaves the place blank for the registrar),
    ``sender`` the lines at the upper right (office, then address), ``date_text`` the date in words.
    ``dated_on`` is the same day as a value: it dates the file. ``paragraphs`` are the filled wording,
    ``office`` the owner's lines at the foot. ``emblem`` is a PNG, JPEG or SVG set three centimetres high;
    ``None`` leaves its place free for paper that carries it already. ``unbroken`` lists phrases, such as
    names, that no line may divide.
    """

    number: str
    sender: tuple[str, ...]
    date_text: str
    dated_on: date
    subject: str
    to: str
    paragraphs: tuple[str, ...]
    signer: Signer
    references: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    closing: str = RESPECTFULLY
    office: tuple[str, ...] = ()
    annexes: tuple[Annex, ...] = ()
    emblem: bytes | None = None
    thai_digits: bool = True
    unbroken: tuple[str, ...] = ()
