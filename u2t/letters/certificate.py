"""A certificate (วุฒิบัตร) on A4 across: emblem, name, what for, date, signature, and the code that verifies it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from u2t.letters import compiling, fonts, joining, qr, words
from u2t.letters.compiling import MM, fitted
from u2t.letters.fonts import Face

BATCH = 100
_TEXT = 225 * MM


@dataclass(frozen=True)
class Certificate:
    """What one certificate says; ``code`` is what its QR code holds, ``address`` where a number is looked up.

    ``date_text`` is the date in words. ``emblem`` is PNG, JPEG or SVG; without one its place stays free.
    """

    institution: str
    title: str
    name: str
    text: str
    date_text: str
    dated_on: date
    signer_name: str
    signer_post: str
    number: str
    code: str
    address: str
    emblem: bytes | None = None
    note: str = ""


def lacking(texts: Sequence[str], *, folder: Path) -> tuple[str, ...]:
    """Characters of ``texts`` that the typeface cannot draw, each once."""
    return fonts.face(folder).lacks(words.clean(" ".join(texts)))


def render(
    certificates: Sequence[Certificate], *, folder: Path, progress: Callable[[int], None] | None = None
) -> bytes:
    """Each on a page of its own, in their order, a hundred in one compile, with the emblem of its first.

    ``progress`` is called with how many are done after each hundred. Raises ``ValueError`` for no certificate at all.
    """
    if not certificates:
        raise ValueError("there is no certificate to set")
    face, bold = fonts.face(folder), fonts.face(folder, "Bold")
    made = []
    for start in range(0, len(certificates), BATCH):
        batch = certificates[start : start + BATCH]
        content = {
            "title": words.clean(batch[0].title),
            "text_width": _TEXT,
            "certificates": [_laid_out(one, face, bold) for one in batch],
        }
        first = batch[0]
        made.append(
            compiling.compiled(
                "certificate.typ", content, folder=folder, on=first.dated_on, emblem=first.emblem
            )
        )
        if progress is not None:
            progress(start + len(batch))
    return made[0] if len(made) == 1 else joining.joined(made)


def _laid_out(one: Certificate, face: Face, bold: Face) -> dict[str, Any]:
    text = words.printable(one.text, True)
    return {
        "bookmark": words.clean(f"{one.number} {one.name}"),
        "institution": fitted(one.institution, _TEXT, bold, sizes=(28, 25, 22, 19), most=1),
        "title": fitted(one.title, _TEXT, bold, sizes=(34, 30, 26, 22), most=1),
        "name": _name(one.name, bold),
        "text": fitted(text, 200 * MM, face, sizes=(21, 19, 17, 15), most=3),
        "date": fitted(words.printable(one.date_text, True), _TEXT, face, sizes=(19,), most=1),
        "signer": fitted(
            f"({one.signer_name})", 120 * MM, face, sizes=(18, 16, 14, 12), most=1, is_name=True
        ),
        "post": fitted(one.signer_post, 120 * MM, face, sizes=(18, 16, 14), most=2),
        "number": fitted(words.printable(f"เลขที่ {one.number}", True), 70 * MM, face, sizes=(14, 12), most=1),
        "address": fitted(one.address, 70 * MM, face, sizes=(11, 10, 9), most=2),
        "note": fitted(one.note, 70 * MM, face, sizes=(11, 10, 9), most=2),
        "qr": qr.svg(one.code, quiet=0),
    }


def _name(name: str, bold: Face) -> dict[str, Any]:
    large = fitted(name, _TEXT, bold, sizes=(38, 34, 30, 26), most=1, is_name=True)
    if len(large["lines"]) == 1:
        return large
    return fitted(name, _TEXT, bold, sizes=(24, 21, 18, 15, 12), most=2, is_name=True)
