"""What columns a roster may have, and how one cell becomes a value."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from u2t.sheets.workbook import Cell
from u2t.thai.digits import to_arabic
from u2t.thai.fold import normal
from u2t.thai.problem import Problem


class Mended(NamedTuple):
    """A value that had to be repaired, with the codes of the repairs."""

    value: object
    repairs: tuple[str, ...]


# A parser answers a plain value, a Mended value or a Problem. Equal cells give equal answers.
Parser = Callable[[Cell], object]


class Invalid:
    """Stands where a value could not be read; the report says why."""

    def __repr__(self) -> str:
        return "INVALID"

    def __bool__(self) -> bool:
        return False


INVALID = Invalid()


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``field`` in the program, its headers on paper, and the parser of its cells.

    An empty cell gives ``None`` without asking the parser, and is a problem where ``is_required``.
    ``is_needed`` says that the file must have the column at all (or one of ``instead``: other fields that
    together say the same). ``note`` tells the filler of the template what to write; ``choices`` become the
    list that the template offers. ``conceal`` is what a report may say of a value that was understood, where the
    value itself is too sensitive to be kept beside the file.
    """

    field: str
    thai: str
    english: str
    parse: Parser
    aliases: tuple[str, ...] = ()
    is_required: bool = False
    is_needed: bool = False
    instead: tuple[str, ...] = ()
    is_repeating: bool = True
    note: str = ""
    choices: tuple[str, ...] = ()
    example: str = ""
    width: int = 16
    conceal: Callable[[str], str] | None = None

    def told(self, text: str) -> str:
        """What a report says for ``text`` of this column."""
        return self.conceal(text) if self.conceal and text else text

    @property
    def headers(self) -> tuple[str, ...]:
        """Every header that names this column."""
        return (self.thai, self.english, self.field, *self.aliases)


@dataclass(frozen=True, slots=True)
class Compound:
    """A value made of several columns of one row: a name of three, a place of four.

    ``combine`` gets the parsed values of ``sources`` in order (``None`` where the column is missing or empty)
    and answers like a parser. Where a source is invalid, the compound is invalid without a second complaint.
    What is found is placed at ``at``, or at the first source that the row fills.
    """

    field: str
    sources: tuple[str, ...]
    combine: Callable[..., object]
    at: str = ""
    is_required: bool = False
    is_repeating: bool = True


@lru_cache(maxsize=4_096)
def header_key(text: str) -> str:
    """What two headers must share to be the same: letters and digits; no stars, no units in brackets."""
    cleaned = re.sub(r"[(\[（].*?[)\]）]", "", to_arabic(normal(text)).casefold())
    key = re.sub(r"[\s_*.:/\-–—'\"“”#\u200b]+", "", cleaned)
    return key or re.sub(r"[\s_*.:/()\-]+", "", normal(text).casefold())


def by_header(columns: Sequence[Column]) -> dict[str, Column]:
    """Columns by the key of every header; two columns that share one are a mistake of ours."""
    found: dict[str, Column] = {}
    for column in columns:
        for header in column.headers:
            key = header_key(header)
            if found.setdefault(key, column) is not column:
                raise ValueError(f"{header!r} names {found[key].field} and {column.field}")
    return found


def problem_of(answer: object) -> Problem | None:
    """``answer`` if it is a problem."""
    return answer if isinstance(answer, Problem) else None
