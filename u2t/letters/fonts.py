"""The typeface of Thai government papers, made ready for PDF and for the web.

Sarabun comes from the package ``fontpkg-sarabun`` under the SIL Open Font License and is never kept in the
repository: set-up calls :func:`prepare` and :func:`prepare_web` with the folders where the results belong.
The licence is written beside every prepared file, and the copy that we alter for letters carries a name of
its own.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from importlib import metadata, resources
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

FAMILY = "U2T Sarabun"
"""Family name of the altered copy, as the letter template asks for it."""

WEB_FAMILY = "Sarabun"
"""Family name of the web subsets, whose outlines and metrics are the original's."""

UNITS_PER_EM = 1465
"""16 pt of the altered copy look like 16 pt of TH Sarabun, which is drawn smaller in its em than Sarabun
(1000).
"""

_STYLES = ("Regular", "Bold")
_WEB_STYLES = ("Regular", "SemiBold", "Bold")
_STAMP = "prepared.txt"
_RECIPE = "3"
_WEB_RANGES = (
    (0x20, 0x7E),
    (0xA0, 0xA0),
    (0xAB, 0xAB),
    (0xB0, 0xB1),
    (0xB7, 0xB7),
    (0xBB, 0xBB),
    (0xD7, 0xD7),
    (0xE01, 0xE3A),
    (0xE3F, 0xE5B),
    (0x200B, 0x200D),
    (0x2013, 0x2014),
    (0x2018, 0x2019),
    (0x201C, 0x201D),
    (0x2022, 0x2022),
    (0x2026, 0x2026),
)


def prepare(target: Path) -> Path:
    """Write the regular and bold faces for letters into ``target`` and return it.

    The folder then holds ``U2TSarabun-Regular.ttf``, ``U2TSarabun-Bold.ttf``, ``OFL.txt`` and a stamp. A
    folder that already holds them, made by this recipe from this package version, is left alone.
    """
    return _made(target, "letters", _letter_faces)


def prepare_web(target: Path) -> Path:
    """Write ``Sarabun-Regular.woff2``, ``-SemiBold`` and ``-Bold`` (about 20 KB each) and ``OFL.txt`` into
    ``target``.

    They keep Thai, printable ASCII and the punctuation of Thai pages. A second call finds its stamp and
    returns.
    """
    return _made(target, "web", _web_faces)


@dataclass(frozen=True)
class Face:
    """Which characters a prepared face can draw and how wide they run, in em."""

    widths: dict[str, float]
    _known: dict[str, float] = field(default_factory=dict, repr=False, compare=False)

    def lacks(self, text: str) -> tuple[str, ...]:
        """Every character of ``text`` without a glyph, once, in order of first appearance."""
        if self.widths.keys() >= set(text):
            return ()
        return tuple(dict.fromkeys(c for c in text if c not in self.widths))

    def width(self, text: str) -> float:
        """Width of ``text`` in em, without kerning: Thai marks count nothing, an unknown character one em."""
        # A round of letters asks for the same words over and over.
        known = self._known.get(text)
        if known is None:
            if len(self._known) > 100_000:
                self._known.clear()
            known = self._known[text] = sum(self.widths.get(c, 1.0) for c in text)
        return known


@lru_cache(maxsize=4)
def face(folder: Path, style: str = "Regular") -> Face:
    """The measures of one prepared face; ``folder`` is what :func:`prepare` returned."""
    with TTFont(folder / f"U2TSarabun-{style}.ttf", lazy=True) as font:
        metrics = font["hmtx"].metrics
        em = font["head"].unitsPerEm
        return Face({chr(code): metrics[name][0] / em for code, name in font.getBestCmap().items()})


def _made(target: Path, kind: str, make: Callable[[Path], list[Path]]) -> Path:
    stamp = target / _STAMP
    source = f"{kind} {_RECIPE} fontpkg-sarabun {metadata.version('fontpkg-sarabun')}"
    if stamp.is_file() and _still_true(stamp.read_text("utf-8"), source, target):
        return target
    target.mkdir(parents=True, exist_ok=True)
    files = [*make(target), _licence(target)]
    lines = [source, *(f"{_digest(file)} {file.name}" for file in files)]
    _put(stamp, "\n".join(lines).encode())
    return target


def _still_true(stamp: str, source: str, target: Path) -> bool:
    first, *files = stamp.splitlines()
    if first != source or not files:
        return False
    return all(
        (target / name).is_file() and _digest(target / name) == digest
        for digest, _, name in (line.partition(" ") for line in files)
    )


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def _put(file: Path, content: bytes) -> None:
    # Two processes may prepare at once; a reader must never meet half a file.
    part = file.with_name(f".{file.name}.{os.getpid()}")
    part.write_bytes(content)
    part.replace(file)


def _save(font: TTFont, file: Path) -> Path:
    part = file.with_name(f".{file.name}.{os.getpid()}")
    font.save(part)
    part.replace(file)
    return file


def _source(style: str) -> TTFont:
    file = resources.files("fontpkg_sarabun") / "files" / f"Sarabun-{style}.ttf"
    # Dates inside the font would otherwise make every preparation, and so every letter, differ.
    with resources.as_file(file) as path:
        return TTFont(path, recalcTimestamp=False)


def _licence(target: Path) -> Path:
    text = (resources.files("fontpkg_sarabun") / "LICENSE").read_bytes()
    _put(target / "OFL.txt", text)
    return target / "OFL.txt"


def _letter_faces(target: Path) -> list[Path]:
    written = []
    for style in _STYLES:
        font = _source(style)
        for anchor in _anchors(font):
            anchor.YCoordinate = 0
        font["head"].unitsPerEm = UNITS_PER_EM
        _rename(font, style)
        if "DSIG" in font:
            del font["DSIG"]  # The signature was of the unaltered file.
        written.append(_save(font, target / f"U2TSarabun-{style}.ttf"))
    return written


def _anchors(font: TTFont) -> Iterator[Any]:
    """Every mark anchor. Sarabun draws marks at their final height, so heights of anchors are corrections
    only.
    """
    for lookup in font["GPOS"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            if table.LookupType == 4:
                yield from (record.MarkAnchor for record in table.MarkArray.MarkRecord)
                rows = [record.BaseAnchor for record in table.BaseArray.BaseRecord]
            elif table.LookupType == 6:
                yield from (record.MarkAnchor for record in table.Mark1Array.MarkRecord)
                rows = [record.Mark2Anchor for record in table.Mark2Array.Mark2Record]
            else:
                continue
            yield from (anchor for row in rows for anchor in row if anchor is not None)


def _rename(font: TTFont, style: str) -> None:
    names = {1: FAMILY, 3: f"{FAMILY} {style} {_RECIPE}", 4: f"{FAMILY} {style}", 6: f"U2TSarabun-{style}"}
    for record in font["name"].names:
        if record.nameID in names:
            record.string = names[record.nameID]


def _web_faces(target: Path) -> list[Path]:
    # Needed at set-up only, and its import alone would make every start of the program slower.
    from fontTools.subset import Options, Subsetter

    written = []
    for style in _WEB_STYLES:
        font = _source(style)
        options = Options()
        options.flavor = "woff2"
        options.hinting = False  # Screens of today do not use it, and it is a third of the size.
        options.layout_features = ["ccmp", "mark", "mkmk", "kern", "liga"]
        options.name_IDs = [0, 1, 2, 4, 6, 13, 14]
        options.notdef_outline = True
        subsetter = Subsetter(options)
        subsetter.populate(unicodes=[c for low, high in _WEB_RANGES for c in range(low, high + 1)])
        subsetter.subset(font)
        font.flavor = "woff2"
        written.append(_save(font, target / f"{WEB_FAMILY}-{style}.woff2"))
    return written
