"""From what is kept to PDF: one letter, a draft, or all letters of a round as files.

A letter prints from nothing but its kept content, so that the same letter gives the same bytes at any time.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.conf import settings

from u2t.handover import contents, rules, words
from u2t.handover.models import Handover, Letter
from u2t.handover.queries import letters as kept
from u2t.letters import fonts, press
from u2t.objections import Refused

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how many letters are done and how many there are."""


@dataclass(frozen=True)
class Files:
    """One PDF of all letters, one ZIP of single ones, and the single ones where they were kept too."""

    pdf: Path
    zip: Path
    letters: int


@contextmanager
def _in_our_words() -> Iterator[None]:
    """The press's objections under codes that this part words."""
    try:
        yield
    except Refused as refused:
        raise Refused(words.as_ours(refused.objections)) from refused


def typefaces() -> Path:
    """The folder of prepared faces, made on first use."""
    return fonts.prepare(Path(settings.FONTS_DIR))


def single(letter: Letter) -> bytes:
    """An issued letter as PDF."""
    with _in_our_words():
        return press.render([kept.printed(letter)], folder=typefaces())


def draft(handover: Handover, today: date) -> bytes:
    """The letter of a handover as it would be issued today, marked ร่าง, with blanks for what is missing."""
    institution = handover.round.institution
    sender = kept.sender_of(institution)
    facts = kept.facts_of([handover])[handover.pk]
    text = kept.texts_of(handover.round)[facts.kind]
    content = contents.composed(facts, sender, text, reference="")
    emblem = kept.emblem_of(institution)
    with _in_our_words():
        return press.render([contents.draft_of(content, sender.prefix, today, emblem)], folder=typefaces())


def file_name(letter: Letter, ending: str = "pdf") -> str:
    """``2564-0001-ต.คลองขลุง-อ.คลองขลุง-จ.กำแพงเพชร.pdf``."""
    return rules.file_name(letter.register.be_year, letter.number, letter.content["label"], ending)


def write_all(
    letters: Sequence[Letter], folder: Path, progress: Progress, *, keep_single: bool = False
) -> Files:
    """Write ``letters.pdf`` and ``letters.zip`` (and, if asked, every single PDF) into an existing folder."""
    with _in_our_words():
        printed = [kept.printed(letter) for letter in letters]
        total = len(letters)
        progress("pdf", 0, total)
        together = press.render(printed, folder=typefaces())
        files = Files(folder / "letters.pdf", folder / "letters.zip", total)
        files.pdf.write_bytes(together)
        with zipfile.ZipFile(files.zip, "w", zipfile.ZIP_DEFLATED) as archive:
            for done, (letter, pdf) in enumerate(
                zip(letters, press.render_each(printed, folder=typefaces()), strict=True), 1
            ):
                _put(archive, file_name(letter), pdf, letter.dated_on)
                if keep_single:
                    (folder / file_name(letter)).write_bytes(pdf)
                if done % 10 == 0 or done == total:
                    progress("zip", done, total)
    return files


def _put(archive: zipfile.ZipFile, name: str, content: bytes, on: date) -> None:
    # ZIP knows no year before 1980, and the day of the letter keeps the archive the same at every print.
    entry = zipfile.ZipInfo(name, (max(on.year, 1980), on.month, on.day, 12, 0, 0))
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.external_attr = 0o644 << 16
    archive.writestr(entry, content)
