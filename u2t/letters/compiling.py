"""Small printed things beside letters – badges, certificates – from values to PDF, in the letters' own faces."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from functools import lru_cache
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typst

from u2t.letters import checking, fonts, press, setting, words
from u2t.letters.fonts import Face

MM = 72 / 25.4
"""Points of a millimetre."""


def compiled(
    template: str, content: Mapping[str, Any], *, folder: Path, on: date, emblem: bytes | None = None
) -> bytes:
    """The PDF/A-2b of a template of this package; it reads ``content`` as JSON and never as source.

    ``emblem`` is a picture that the template finds under ``emblem`` of its content; one that can't be set is left
    out. The same content of the same day gives the same bytes.
    """
    given = {
        "family": fonts.FAMILY, "upper": setting.UPPER, "lower": setting.LOWER, **content, "emblem": None,
    }  # fmt: skip
    with TemporaryDirectory() as root:
        if emblem is not None and checking.is_readable_picture(emblem):
            given["emblem"] = f"emblem.{checking.kind_of_picture(emblem)}"
            Path(root, given["emblem"]).write_bytes(emblem)
        main = Path(root, template)
        main.write_bytes(_source(template))
        made = typst.compile(
            main,
            root=Path(root),
            font_paths=press.typefaces(folder),
            ignore_system_fonts=True,
            format="pdf",
            pdf_standards="a-2b",
            timestamp=datetime.combine(on, time(12), UTC),
            sys_inputs={"given": json.dumps(given, ensure_ascii=False)},
        )
    assert isinstance(made, bytes)
    return press.in_thai(made)


def fitted(
    text: str, width: float, face: Face, *, sizes: Sequence[float], most: int, is_name: bool = False
) -> dict[str, Any]:
    """``text`` in at most ``most`` lines of ``width`` points at the first of ``sizes`` that allows it.

    Gives ``size`` and ``lines``; the last size is taken even where it needs more lines. A name breaks at its blanks
    only, unless a part of it is wider than a whole line. Characters that the face lacks are set as "?".
    """
    plain = words.clean(text)
    if lacking := face.lacks(plain):
        plain = plain.translate({ord(character): "?" for character in lacking})
    boxes = words.name_pieces(plain) if is_name else words.pieces(plain)
    for size in sizes:
        room = (width - 0.5) / size
        lines = words.wrapped(boxes, room, face)
        whole = not is_name or all(face.width(box) <= room for box in boxes)
        if (len(lines) <= most and whole) or size == sizes[-1]:
            return {"size": size, "lines": list(lines)}
    raise ValueError("there is no size to try")


@lru_cache(maxsize=8)
def _source(template: str) -> bytes:
    return (resources.files("u2t.letters") / template).read_bytes()
