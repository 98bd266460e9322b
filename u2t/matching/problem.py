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
from dataclasses import dataclass, field, is_dataclass
from typing import Any

SeatKey = tuple[str, str, str]
"""Tambon code, category code, workstream code."""

TIERS = ("tambon", "district", "province", "elsewhere", "unknown")
"""How near a home lies by its codes alone; an unknown home is a tier of its own, never a zero."""

ORDERS = ("inconvenience", "merit", "weighted")
"""What the rule looks at after the number of filled seats, see :class:`Rule`."""


@dataclass(frozen=True)
class Rule:
    """The numbers of the placement rule; costs are in kilometres or their equivalent.

    ``tier_penalty`` and ``assumed_km`` hold one number for each of :data:`TIERS`. ``assumed_km`` stands in
    where one of the two positions is unknown, and whatever uses it is flagged. A wish of rank r (first = 0)
    costs ``wish_step * r``, never more than ``wish_unlisted``; somebody without any wish pays nothing
    anywhere.

    ``order`` is one of :data:`ORDERS`. After as many seats as possible: ``inconvenience`` asks for the least of
    it; ``merit`` for the largest sum of scores and then the least inconvenience; ``weighted`` for the least
    inconvenience less what the scores of all placed people are worth, :meth:`worth` each.
    ``need_weight`` holds pairs of a skill and its penalty where that is not ``need_missing``. Nobody is sent
    farther than ``max_km``, measured or assumed, except where a lock or a fixed tambon says so. ``skill_floor``
    holds pairs of a skill and the least number of people with it in every tambon.
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
    order: str = "inconvenience"
    score_weight: int = 0
    max_km: int | None = None
    need_weight: tuple[tuple[str, int], ...] = ()
    skill_floor: tuple[tuple[str, int], ...] = ()

    def __post_init__(self) -> None:
        for name in ("need_weight", "skill_floor"):
            object.__setattr__(self, name, tuple(sorted(getattr(self, name))))

    def worth(self, score: int | None) -> int:
        """What seating somebody with ``score`` is worth in kilometres; only the order ``weighted`` counts it.

        ``score_weight`` is what one whole point is worth; of each person the part of a kilometre is dropped.
        """
        return 0 if self.order != "weighted" or score is None else score * self.score_weight // 100

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
    ``fixed_office``: this office if the person holds a seat that works at an office. ``score``: hundredths of a
    point from selection, ``None`` if unknown; only some orders of the rule look at it.
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
    score: int | None = None


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
    """One university's placement. It puts itself into canonical order: the order of input means nothing.

    ``leads``: pairs of tambon and lecturer that stand; the rest is decided around them.
    """

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
    leads: tuple[tuple[str, str], ...] = ()

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
            "leads": sorted(self.leads),
        }
        for name, values in ordered.items():
            object.__setattr__(self, name, tuple(values))


def canonical_json(value: Any) -> str:
    """``value`` as JSON that is the same for equal values: sorted sets and keys, no blanks, no escapes."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plainly)


def _plainly(value: Any) -> Any:
    return vars(value) if is_dataclass(value) else sorted(value)


def digest(problem: Problem) -> str:
    """SHA-256 of the problem in canonical JSON: the same exactly when the same inputs would be decided.

    What was added to the model later is left out where it has its first value, so that a problem keeps the
    fingerprint under which its plan was stored.
    """
    # Not ``asdict``, which copies every single value: that took ten times as long as all the rest.
    content = dict(vars(problem))
    content["rule"] = dict(vars(problem.rule))
    content["candidates"] = [dict(vars(person)) for person in problem.candidates]
    _leave_out(content, {"leads": ()})
    _leave_out(content["rule"], _LATER)
    for person in content["candidates"]:
        _leave_out(person, {"score": None})
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()


_LATER = {
    "order": "inconvenience",
    "score_weight": 0,
    "max_km": None,
    "need_weight": (),
    "skill_floor": (),
}


def _leave_out(content: dict[str, Any], first: dict[str, Any]) -> None:
    for name, value in first.items():
        if content[name] == value:
            del content[name]


def flat_position(code: str, latitude: float, longitude: float, reference_latitude: float) -> Position:
    """A position in degrees as whole metres (equirectangular at ``reference_latitude``).

    Good to well below one per cent inside a few provinces. The rounding happens here, once, before anything
    is decided: the metres, not the degrees, are the input that the digest and the certificate speak of.
    """
    metres = 111_195.0
    east = round(longitude * metres * math.cos(math.radians(reference_latitude)))
    return Position(code, east, round(latitude * metres))
