"""Wording with fields: an officer's sentence with ``{field}`` places, filled without ever being run as code.

A field is a plain name in braces; ``{{`` and ``}}`` stand for the braces themselves. There are no
attributes, no indexes, no conversions and no formats, so wording from a form can reach nothing but the
fields it was given.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping

from u2t.objections import Objection, refuse_if

_PARTS = re.compile(r"\{\{|\}\}|\{[^{}]*\}|[{}]|[^{}]+")


def objections(template: str, fields: Collection[str]) -> tuple[Objection, ...]:
    """Everything against ``template``: braces without a partner and fields that are not among ``fields``."""
    found: dict[Objection, None] = {}
    for kind, part, at in _parts(template):
        if kind == "brace":
            about = {"brace": part, "position": at + 1, "near": template[max(0, at - 12) : at + 13]}
            found[Objection("letters.unbalanced_brace", about)] = None
        elif kind == "field" and part not in fields:
            found[Objection("letters.unknown_field", {"name": part, "known": ", ".join(sorted(fields))})] = (
                None
            )
    return tuple(found)


def fields_of(template: str) -> tuple[str, ...]:
    """The names of the fields that ``template`` mentions, once, in order."""
    return tuple(dict.fromkeys(part for kind, part, _ in _parts(template) if kind == "field"))


def fill(template: str, fields: Mapping[str, str]) -> str:
    """``template`` with every field replaced by its value; values are never read for fields again.

    Raises :class:`u2t.objections.Refused` with all :func:`objections`.
    """
    refuse_if(objections(template, fields.keys()))
    return "".join(fields[part] if kind == "field" else part for kind, part, _ in _parts(template))


def _parts(template: str) -> Iterator[tuple[str, str, int]]:
    """``(kind, text, place)`` of each part, where kind is ``text``, ``field`` or ``brace`` (one without
    partner).
    """
    for match in _PARTS.finditer(template):
        part = match.group()
        if part in ("{{", "}}"):
            yield "text", part[0], match.start()
        elif part in ("{", "}"):
            yield "brace", part, match.start()
        elif part[0] == "{":
            yield "field", part[1:-1].strip(), match.start()
        else:
            yield "text", part, match.start()
