"""Which papers carry seals: every stage says here what it seals and how to look up a number.

The ground knows no stage. A part registers in its module ``verifying``, which is loaded at the start.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class Standing:
    """What the register knows of a number today. ``name`` is shown only to who holds the paper with it."""

    dated_on: date
    name: str
    digest: bytes
    revoked_at: datetime | None = None


LookUp = Callable[[str, str], Standing | None]
_kinds: dict[str, tuple[object, LookUp]] = {}
_issuers: list[Callable[[], dict[str, str]]] = []


def let_look_up(kind: str, label: object, look_up: LookUp) -> None:
    """Register papers of ``kind``: what they are called, and how issuer and number find one (or nothing)."""
    _kinds[kind] = (label, look_up)


def let_name_issuers(names: Callable[[], dict[str, str]]) -> None:
    """Register who issues: names by the code that seals carry."""
    _issuers.append(names)


def labels() -> dict[str, str]:
    """What each kind is called, in the active language."""
    return {kind: str(label) for kind, (label, _look_up) in _kinds.items()}


def issuers() -> dict[str, str]:
    """Names of all issuers by code."""
    return {code: name for names in _issuers for code, name in names().items()}


def look_up(kind: str, issuer: str, number: str) -> Standing | None:
    """What the register of the kind says of a number; ``None`` for a kind or a number that is not known."""
    known = _kinds.get(kind)
    return known[1](issuer, number) if known else None
