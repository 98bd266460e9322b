"""What is to be decided: people, seats, offices and lecturers as plain values.

Every number that steers a decision is a field of :class:`Rule`. Place codes are the strings of the
Department of Provincial Administration: two digits name a province, four a district, six a tambon; a shorter
code means that nothing finer is known. Positions are whole metres on one flat map projection, so that both
the solver and an independent reader get the same distances to the bit.
"""

from __future__ import annotations

import hashlib
import json
import math
from dataclasses import asdict, dataclass, field
from typing import Any

SeatKey = tuple[str, str, str]
"""Tambon code, category code, workstream code."""

TIERS = ("tambon", "district", "province", "elsewhere", "unknown")
"""How near a home lies by its codes alone; an unknown home is a tier of its own, never a zero."""


@dataclass(frozen=True)
class Rule:
    """The numbers of the placement rule; costs are in kilometres or their equivalent.

    ``tier_penalty`` and ``assumed_km`` hold one number for each of :data:`TIERS`. ``assumed_km`` stands in
    where one of the two positions is unknown, and whatever uses it is flagged. A wish of rank r (first = 0)
    costs ``wish_step * r``, never more than ``wish_unlisted``; somebody without any wish pays nothing
    anywhere.
    """

    tier_penalty: tuple[int, int, int, int, int] = (0, 20, 50, 120, 120)
    assumed_km: tuple[int, int, int, int, int] = (3, 15, 50, 120, 120)
    wish_step: int = 6
    wish_unlisted: int = 60
    need_missing: int = 40
    office_need_missing: int = 40
    office_from_home: bool = False
    leaders_per_tambon: int = 2
    uncovered_dimension: int = 30
    distance_bands: tuple[int, ...] = (5, 10, 20, 50, 100)

    def wish_penalty(self, rank: int | None, has_wishes: bool) -> int:
        """Cost of a seat at wish ``rank`` (first = 0, ``None`` = not listed)."""
        if not has_wishes:
            return 0
        return self.wish_unlisted if rank is None else min(self.wish_step * rank, self.wish_unlisted)


@dataclass(frozen=True)
class Position:
    """A place and where it lies, in whole metres east and north on the projection shared by all positions."""

    code: str
    east: int
    north: int


@dataclass(frozen=True)
class Workstream:
    """A line of work; each missing skill of ``needs`` costs; ``to_office``: works at a data agency."""

    code: str
    to_office: bool = False
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True)
class SeatGroup:
    """So many equal seats of one tambon, category and workstream."""

    tambon: str
    category: str
    workstream: str
    places: int

    @property
    def key(self) -> SeatKey:
        """Tambon, category, workstream."""
        return (self.tambon, self.category, self.workstream)


@dataclass(frozen=True)
class Candidate:
    """A hired person. ``lottery`` is unique and decides ties, the smaller number first.

    ``fixed_tambon``: a seat there or none. ``lock``: exactly this seat group, decided by a human.
    ``fixed_office``: this office if the person holds a seat that works at an office.
    """

    key: str
    category: str
    lottery: int
    home: str | None = None
    wishes: tuple[str, ...] = ()
    skills: frozenset[str] = frozenset()
    fixed_tambon: str | None = None
    lock: SeatKey | None = None
    fixed_office: str | None = None


@dataclass(frozen=True)
class Office:
    """A data agency's office: at most ``capacity`` people, ``minimum`` if there are enough of them."""

    key: str
    place: str
    capacity: int
    minimum: int = 1
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Lecturer:
    """A lecturer who may lead up to ``max_tambons`` tambons; ``base`` is where the way to them starts."""

    key: str
    base: str | None = None
    expertise: frozenset[str] = frozenset()
    max_tambons: int = 1


@dataclass(frozen=True)
class Problem:
    """One university's placement. It puts itself into canonical order: the order of input means nothing."""

    seats: tuple[SeatGroup, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    workstreams: tuple[Workstream, ...] = ()
    offices: tuple[Office, ...] = ()
    lecturers: tuple[Lecturer, ...] = ()
    tambons: tuple[str, ...] = ()
    positions: tuple[Position, ...] = ()
    dimensions: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    rule: Rule = field(default_factory=Rule)

    def __post_init__(self) -> None:
        ordered: dict[str, list[Any]] = {
            "seats": sorted(self.seats, key=lambda seat: seat.key),
            "candidates": sorted(self.candidates, key=lambda person: (person.lottery, person.key)),
            "workstreams": sorted(self.workstreams, key=lambda stream: stream.code),
            "offices": sorted(self.offices, key=lambda office: office.key),
            "lecturers": sorted(self.lecturers, key=lambda lecturer: lecturer.key),
            "tambons": sorted(self.tambons),
            "positions": sorted(self.positions, key=lambda position: position.code),
            "dimensions": sorted(self.dimensions),
            "skills": sorted(self.skills),
        }
        for name, values in ordered.items():
            object.__setattr__(self, name, tuple(values))


def canonical_json(value: Any) -> str:
    """``value`` as JSON that is the same for equal values: sorted sets and keys, no blanks, no escapes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=sorted)


def digest(problem: Problem) -> str:
    """SHA-256 of the problem in canonical JSON: the same exactly when the same inputs would be decided."""
    return hashlib.sha256(canonical_json(asdict(problem)).encode()).hexdigest()


def flat_position(code: str, latitude: float, longitude: float, reference_latitude: float) -> Position:
    """A position in degrees as whole metres (equirectangular at ``reference_latitude``).

    Good to well below one per cent inside a few provinces. The rounding happens here, once, before anything
    is decided: the metres, not the degrees, are the input that the digest and the certificate speak of.
    """
    metres = 111_195.0
    east = round(longitude * metres * math.cos(math.radians(reference_latitude)))
    return Position(code, east, round(latitude * metres))
