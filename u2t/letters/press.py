"""The only module that knows Typst: letters in, PDF out.

Every file is PDF/A-2b, tagged, with embedded faces, in Thai, and the same bytes for the same letters.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, time
from functools import lru_cache
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from u2t.letters import checking, fonts, joining, setting, words
from u2t.letters.letter import Letter
from u2t.objections import refuse_if

Progress = Callable[[int, int], None]
"""Called with how many letters are done and how many there are."""


BATCH = 200
"""Letters in one compile. Typst keeps about two megabytes for each until the file is written."""


def render(
    letters: Sequence[Letter], *, folder: Path, title: str = "", progress: Progress | None = None
) -> bytes:
    """All ``letters`` as one PDF, each beginning on a page of its own with its pages counted from one.

    ``folder`` is what :func:`u2t.letters.fonts.prepare` returned. The side bar of a reader lists the letters by
    number and addressee. More than :data:`BATCH` letters are set in batches and joined, which costs them their
    tags but bounds the memory. Raises :class:`u2t.objections.Refused` with all objections before any is set.
    """
    if not letters:
        raise ValueError("there is no letter to set")
    refuse_if(checking.objections(letters, folder))
    title = title or _title(letters)
    batches = [letters[start : start + BATCH] for start in range(0, len(letters), BATCH)]
    made, done = [], 0
    for batch in batches:
        made.append(_compiled(batch, folder, title))
        done += len(batch)
        if len(batches) > 1:
            _forget(folder)
        if progress is not None:
            progress(done, len(letters))
    return made[0] if len(made) == 1 else joining.joined(made)


def render_each(letters: Iterable[Letter], *, folder: Path) -> Iterator[bytes]:
    """One whole PDF for each of ``letters``, in their order, made when it is asked for.

    Raises :class:`u2t.objections.Refused` with all objections to a letter when its turn comes.
    """
    for letter in letters:
        refuse_if(checking.objections([letter], folder))
        yield _compiled([letter], folder, _title([letter]))


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
            font_paths=typefaces(folder),
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards="a-2b",
            timestamp=moment,
            sys_inputs={
                "letters": json.dumps(_content(letters, folder, pictures, title), ensure_ascii=False)
            },
        )
    assert isinstance(made, bytes)
    return in_thai(made)


def in_thai(pdf: bytes) -> bytes:
    """The finished file with its language, which the template leaves open, named in catalogue and metadata.

    Both names have the same length, so that no offset of the file moves.
    """
    for place in (b"/Lang(%s-TH)", b"<rdf:li>%s-TH</rdf:li>"):
        unnamed, named = place % b"ja", place % b"th"
        assert unnamed in pdf, "the writer of the PDF has changed where it names the language"
        pdf = pdf.replace(unnamed, named)
    return pdf


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


def _forget(folder: Path) -> None:
    """Let Typst drop what it keeps of a batch in case it were asked again: it does so after ten other compiles."""
    for _ in range(10):
        typst.compile(b"", font_paths=typefaces(folder), ignore_system_fonts=True)


@lru_cache(maxsize=1)
def _template() -> bytes:
    return (resources.files("u2t.letters") / "letter.typ").read_bytes()


@lru_cache(maxsize=4)
def typefaces(folder: Path) -> typst.Fonts:
    """The prepared faces as Typst takes them."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
