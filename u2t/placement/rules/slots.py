"""What is true of slots, without a clock or a table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from u2t.objections import Objection


@dataclass(frozen=True)
class Tally:
    """How many of how many slots (อัตรา) are filled."""

    filled: int
    slots: int

    @classmethod
    def sum(cls, tallies: Iterable[Tally]) -> Tally:
        found = list(tallies)
        return cls(sum(t.filled for t in found), sum(t.slots for t in found))

    @property
    def missing(self) -> int:
        """Slots still empty; never below zero."""
        return max(0, self.slots - self.filled)

    @property
    def is_full(self) -> bool:
        return self.slots > 0 and self.filled >= self.slots

    @property
    def is_over(self) -> bool:
        return self.filled > self.slots


def assumed_room(rooms: Sequence[int | None], seats: int) -> int:
    """Room assumed for a data agency that stated none: an even share of the seats nobody else has room for."""
    unknown = sum(room is None for room in rooms)
    left = max(0, seats - sum(room for room in rooms if room is not None))
    return -(-left // unknown) if unknown else 0


def hundredths(score: int | None) -> int | None:
    """A score in hundredths of a point, as the engine takes it, from thousandths; the half goes up."""
    return None if score is None else (score + 5) // 10


@dataclass(frozen=True)
class Place:
    """A slot by its codes, and the office (a key) where the workstream works at one."""

    tambon: str
    category: str
    workstream: str
    office: str | None = None

    @property
    def slot(self) -> tuple[str, str, str]:
        return (self.tambon, self.category, self.workstream)


@dataclass(frozen=True)
class Move:
    """One person's change: from where (``None``: no slot) to where (``None``: out of the slot)."""

    person: str
    category: str
    start: Place | None
    end: Place | None


@dataclass(frozen=True)
class Standing:
    """How full everything is before a change.

    ``seats`` are the slots a tambon has by (tambon, category, workstream); ``rooms`` the room of each data agency,
    ``None`` where it stated none; ``to_office`` the workstreams that work at one.
    """

    seats: Mapping[tuple[str, str, str], int]
    filled: Mapping[tuple[str, str, str], int]
    rooms: Mapping[str, int | None]
    sitting: Mapping[str, int]
    to_office: frozenset[str]


def move_objections(moves: Sequence[Move], standing: Standing) -> list[Objection]:
    """Every hard rule that the moves, made together, would break; what was broken before is not their fault."""
    found: list[Objection] = []
    for move in moves:
        found += _place_objections(move, standing)
    if all(move.start == move.end for move in moves):
        found.append(Objection("placement.nothing_changes"))
    found += _slots_exceeded(moves, standing)
    found += _rooms_exceeded(moves, standing)
    return found


def _place_objections(move: Move, standing: Standing) -> list[Objection]:
    place = move.end
    if place is None:
        return [] if move.start else [Objection("placement.no_slot_to_leave", {"person": move.person})]
    found = []
    names = {"tambon": place.tambon, "category": place.category, "workstream": place.workstream}
    if place.category != move.category:
        found.append(
            Objection("placement.category_differs", {"person": move.person, "category": place.category})
        )
    elif not standing.seats.get(place.slot):
        found.append(Objection("placement.no_quota", names))
    if place.workstream in standing.to_office:
        if place.office is None:
            found.append(Objection("placement.office_missing", {"person": move.person}, "office"))
        elif place.office not in standing.rooms:
            found.append(Objection("placement.office_not_in_round", {"office": place.office}, "office"))
    elif place.office is not None:
        found.append(Objection("placement.office_not_wanted", {"workstream": place.workstream}, "office"))
    return found


def _slots_exceeded(moves: Sequence[Move], standing: Standing) -> list[Objection]:
    change: Counter[tuple[str, str, str]] = Counter()
    for move in moves:
        change.subtract([move.start.slot] if move.start else [])
        change.update([move.end.slot] if move.end else [])
    found = []
    for slot, more in sorted(change.items()):
        filled, places = standing.filled.get(slot, 0) + more, standing.seats.get(slot, 0)
        if more > 0 and places and filled > places:
            tambon, category, workstream = slot
            about = {"tambon": tambon, "category": category, "workstream": workstream}
            found.append(Objection("placement.quota_full", {**about, "places": places, "filled": filled}))
    return found


def _rooms_exceeded(moves: Sequence[Move], standing: Standing) -> list[Objection]:
    change: Counter[str] = Counter()
    for move in moves:
        change.subtract([move.start.office] if move.start and move.start.office else [])
        change.update([move.end.office] if move.end and move.end.office else [])
    found = []
    for office, more in sorted(change.items()):
        room, filled = standing.rooms.get(office), standing.sitting.get(office, 0) + more
        if more > 0 and room is not None and filled > room:
            about = {"office": office, "capacity": room, "filled": filled}
            found.append(Objection("placement.office_full", about, "office"))
    return found


@dataclass(frozen=True)
class Lead:
    """A change of who leads a tambon: ``leaves`` and ``comes`` are lecturers' keys, either may be ``None``."""

    tambon: str
    leaves: str | None
    comes: str | None


def lead_objections(
    change: Lead, *, here: Sequence[str], turns: Mapping[str, int], most: Mapping[str, int], wanted: int
) -> list[Objection]:
    """Every rule that the change breaks.

    ``here`` lead the tambon now; ``turns`` counts the tambons of each lecturer now, ``most`` how many each may
    lead; ``wanted`` is how many lecturers lead a tambon.
    """
    found = []
    leaves, comes, tambon = change.leaves, change.comes, change.tambon
    if leaves == comes:
        found.append(Objection("placement.nothing_changes"))
    if leaves is not None and leaves not in here:
        found.append(Objection("placement.lecturer_not_here", {"lecturer": leaves, "tambon": tambon}))
    if comes is None or leaves == comes:
        return found
    if comes in here:
        found.append(Objection("placement.lecturer_twice", {"lecturer": comes, "tambon": tambon}))
    elif turns.get(comes, 0) + 1 > most.get(comes, 0):
        about = {"lecturer": comes, "most": most.get(comes, 0), "filled": turns.get(comes, 0) + 1}
        found.append(Objection("placement.lecturer_full", about))
    if leaves is None and len(here) + 1 > wanted:
        about = {"tambon": tambon, "most": wanted, "filled": len(here) + 1}
        found.append(Objection("placement.too_many_leaders", about))
    return found
