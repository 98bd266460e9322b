"""Badges (บัตรประจำตัว) of many people on sheets of A4, with marks to cut along."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from u2t.letters import compiling, fonts, joining, qr, words
from u2t.letters.compiling import MM, fitted
from u2t.letters.fonts import Face

WIDTH, HEIGHT = 95 * MM, 66 * MM
ACROSS, DOWN = 2, 4
BATCH = 25 * ACROSS * DOWN
_EDGE = 5 * MM
_CODE = 27 * MM
_TEXT = WIDTH - 2 * _EDGE


@dataclass(frozen=True)
class Badge:
    """One person's badge: ``place`` and ``kind`` stand under the name, ``code`` is what the QR code says."""

    name: str
    place: str
    kind: str
    number: str
    code: str


def render(
    badges: Sequence[Badge],
    *,
    folder: Path,
    head: str,
    foot: str,
    on: date,
    progress: Callable[[int], None] | None = None,
) -> bytes:
    """Eight badges a sheet, in their order; ``head`` stands on top of each, ``foot`` under its code.

    ``folder`` is what :func:`u2t.letters.fonts.prepare` returned, ``on`` the day that the file says it was made on.
    ``progress`` is called with how many are done after each two hundred. A name of two hundred letters is set
    smaller, never cut. Raises ``ValueError`` for no badge at all.
    """
    if not badges:
        raise ValueError("there is no badge to set")
    face, bold = fonts.face(folder), fonts.face(folder, "Bold")
    shared = {
        "title": words.clean(head), "width": WIDTH, "height": HEIGHT, "across": ACROSS, "down": DOWN,
        "edge": _EDGE, "code": _CODE,
        "head": fitted(head, _TEXT, bold, sizes=(13, 12, 11, 10, 9), most=1),
        "foot": fitted(foot, _TEXT - _CODE - 8, face, sizes=(11, 10, 9), most=2),
    }  # fmt: skip
    made = []
    for start in range(0, len(badges), BATCH):
        batch = badges[start : start + BATCH]
        content = {**shared, "badges": [_laid_out(badge, face, bold) for badge in batch]}
        made.append(compiling.compiled("badges.typ", content, folder=folder, on=on))
        if progress is not None:
            progress(start + len(batch))
    return made[0] if len(made) == 1 else joining.joined(made)


def _laid_out(badge: Badge, face: Face, bold: Face) -> dict[str, Any]:
    beside = _TEXT - _CODE - 8
    return {
        "name": _name(badge.name, bold),
        "place": fitted(badge.place, beside, face, sizes=(15, 14, 13, 12, 11), most=2),
        "kind": fitted(badge.kind, beside, face, sizes=(13, 12, 11, 10), most=1),
        "number": fitted(badge.number, beside, bold, sizes=(17, 15, 13), most=1),
        "qr": qr.svg(badge.code, quiet=0),
    }


def _name(name: str, bold: Face) -> dict[str, Any]:
    """In one line as large as it can be read across a table, otherwise in two, in the last resort in more."""
    large = fitted(name, _TEXT, bold, sizes=(27, 24, 22), most=1, is_name=True)
    if len(large["lines"]) == 1:
        return large
    return fitted(name, _TEXT, bold, sizes=(21, 19, 17, 15, 13, 11, 9), most=2, is_name=True)
