"""The only module that knows Typst: letters in, PDF out.

Every file is PDF/A-2b, tagged, with embedded faces, in Thai, and the same bytes for the same letters.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, time
from functools import lru_cache
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from u2t.letters import checking, fonts, setting, words
from u2t.letters.letter import Letter
from u2t.objections import refuse_if

Progress = Callable[[int, int], None]
"""Called with how many letters are done and how many there are."""


def objections_free(letters: Sequence[Letter], folder: Path) -> None:
    """Raise :class:`u2t.objections.Refused` with everything that stands against setting ``letters``."""
    refuse_if(checking.objections(letters, folder))


def render(letters: Sequence[Letter], *, folder: Path, title: str = "") -> bytes:
    """All ``letters`` as one PDF, each beginning on a page of its own with its pages counted from one.

    ``folder`` is what :func:`u2t.letters.fonts.prepare` returned. The side bar of a reader lists the
    letters by number and addressee. Raises :class:`u2t.objections.Refused` with all objections before
    anything is set.
    """
    if not letters:
        raise ValueError("there is no letter to set")
    objections_free(letters, folder)
    return _compiled(letters, folder, title or _title(letters))


def _title(letters: Sequence[Letter]) -> str:
    first = letters[0]
    return words.clean(" ".join(filter(None, (first.number, first.subject))))


def _compiled(letters: Sequence[Letter], folder: Path, title: str) -> bytes:
    pictures = {picture: "" for letter in letters if (picture := letter.emblem) is not None}
    with TemporaryDirectory() as root:
        # Typst takes pictures from files only. They live as long as the compile does.
        for number, picture in enumerate(pictures):
            pictures[picture] = f"emblem-{number}.{checking.kind_of_picture(picture)}"
            Path(root, pictures[picture]).write_bytes(picture)
        main = Path(root, "letter.typ")
        main.write_bytes(_template())
        moment = datetime.combine(max(letter.dated_on for letter in letters), time(12), UTC)
        made = typst.compile(
            main,
            root=Path(root),
            font_paths=_typefaces(folder),
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards="a-2b",
            timestamp=moment,
            sys_inputs={
                "letters": json.dumps(_content(letters, folder, pictures, title), ensure_ascii=False)
            },
        )
    assert isinstance(made, bytes)
    return made


def _content(
    letters: Sequence[Letter], folder: Path, pictures: Mapping[bytes, str], title: str
) -> dict[str, Any]:
    face, bold = fonts.face(folder), fonts.face(folder, "Bold")
    return {
        "title": title,
        "family": fonts.FAMILY,
        "middle": setting.MIDDLE,
        "upper": setting.UPPER,
        "lower": setting.LOWER,
        "authors": sorted({words.clean(letter.sender[0]) for letter in letters if letter.sender}),
        "letters": [
            setting.laid_out(letter, face, bold, pictures[letter.emblem] if letter.emblem else None)
            for letter in letters
        ],
    }


@lru_cache(maxsize=1)
def _template() -> bytes:
    return (resources.files("u2t.letters") / "letter.typ").read_bytes()


@lru_cache(maxsize=4)
def _typefaces(folder: Path) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
