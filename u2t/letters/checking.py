"""What stands against printing a letter, all of it at once.

Codes, and what ``about`` carries:

* ``letters.missing`` — ``letter``; the part's name is in ``field``;
* ``letters.no_glyph`` — ``letter``, ``character``, ``code`` (``U+1F600``), ``name``, ``text`` around it;
* ``letters.emblem_unreadable`` — ``letter``;
* ``letters.table_too_wide`` — ``letter``, ``columns`` (how many there are), ``at_most``.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import typst

from u2t.letters import fonts, words
from u2t.letters.letter import Letter
from u2t.objections import Objection

MOST_COLUMNS = 12
"""More columns than this cannot be read side by side between the margins of upright A4."""

_REQUIRED = ("subject", "to", "date_text", "closing")


def objections(letters: Sequence[Letter], folder: Path) -> tuple[Objection, ...]:
    """Every reason why ``letters`` cannot be set with the faces in ``folder``; none means that they can."""
    face = fonts.face(folder)
    found: dict[Objection, None] = {}
    for letter in letters:
        for objection in _against(letter, face):
            found[objection] = None
    return tuple(found)


def kind_of_picture(content: bytes) -> str | None:
    """``png``, ``jpg`` or ``svg`` by the first bytes of ``content``, or ``None`` for anything else."""
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"\xff\xd8\xff"):
        return "jpg"
    return "svg" if b"<svg" in content[:2000] else None


@lru_cache(maxsize=32)
def is_readable_picture(content: bytes) -> bool:
    """Whether ``content`` is a picture that can be set; found out by setting it alone."""
    kind = kind_of_picture(content)
    if kind is None:
        return False
    page = f'#set page(width: auto, height: auto)\n#image("emblem.{kind}", height: 3cm)'.encode()
    with TemporaryDirectory() as root:
        Path(root, f"emblem.{kind}").write_bytes(content)
        main = Path(root, "emblem.typ")
        main.write_bytes(page)
        try:
            typst.compile(main, root=Path(root), ignore_system_fonts=True, pdf_standards="a-2b")
        except typst.TypstError:
            return False
    return True


def _against(letter: Letter, face: fonts.Face) -> Iterator[Objection]:
    which = letter.number or letter.to
    for part in _REQUIRED:
        if not words.clean(getattr(letter, part)):
            yield Objection("letters.missing", {"letter": which}, part)
    if not any(words.clean(paragraph) for paragraph in letter.paragraphs):
        yield Objection("letters.missing", {"letter": which}, "paragraphs")
    if not words.clean(letter.signer.name):
        yield Objection("letters.missing", {"letter": which}, "signer")
    if letter.emblem is not None and not is_readable_picture(letter.emblem):
        yield Objection("letters.emblem_unreadable", {"letter": which}, "emblem")
    for annex in letter.annexes:
        if len(annex.columns) > MOST_COLUMNS:
            about = {"letter": which, "columns": len(annex.columns), "at_most": MOST_COLUMNS}
            yield Objection("letters.table_too_wide", about, "annexes")
    for part, text in _texts(letter):
        yield from _undrawable(which, part, text, face)


def _undrawable(which: str, part: str, text: str, face: fonts.Face) -> Iterator[Objection]:
    if text.isascii() and text.isprintable():
        return
    cleaned = words.clean(text)
    for character in face.lacks(cleaned):
        at = cleaned.index(character)
        about = {
            "letter": which,
            "character": character,
            "code": f"U+{ord(character):04X}",
            "name": unicodedata.name(character, ""),
            "text": cleaned[max(0, at - 20) : at + 21],
        }
        yield Objection("letters.no_glyph", about, part)


def _texts(letter: Letter) -> Iterator[tuple[str, str]]:
    for part in ("number", "date_text", "subject", "to", "closing"):
        yield part, getattr(letter, part)
    for part in ("sender", "references", "paragraphs", "office"):
        for line in getattr(letter, part):
            yield part, line
    for line in (letter.signer.name, *letter.signer.posts):
        yield "signer", line
    for item in letter.enclosures:
        yield "enclosures", item.text
        yield "enclosures", item.amount
    for annex in letter.annexes:
        for line in (annex.label, *annex.title, *annex.notes, *(column.head for column in annex.columns)):
            yield "annexes", line
        for row in annex.rows:
            for cell in row:
                yield "annexes", cell
