"""Sessions that get in each other's way, rooms that are too small, and people divided into groups: pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import combinations

from u2t.objections import Objection

LONGEST = timedelta(hours=16)


@dataclass(frozen=True, slots=True)
class Booking:
    """A session that takes place: where, when, and for which groups (none means everybody)."""

    key: int
    name: str
    place: str
    begins_at: datetime
    ends_at: datetime
    groups: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Clash:
    """Two sessions at the same time: in one room, or for the same people."""

    first: Booking
    second: Booking
    in_one_room: bool
    for_same_people: bool


def clashes(bookings: Iterable[Booking]) -> list[Clash]:
    """Every two sessions that overlap in time and share a room or people, in the order of their beginning."""
    ordered = sorted(bookings, key=lambda one: (one.begins_at, one.key))
    found = []
    for first, second in combinations(ordered, 2):
        if second.begins_at >= first.ends_at:
            continue
        in_one_room = _written(first.place) == _written(second.place)
        shared = not first.groups or not second.groups or bool(first.groups & second.groups)
        if in_one_room or shared:
            found.append(Clash(first, second, in_one_room, shared))
    return found


def _written(place: str) -> str:
    return "".join(place.split()).casefold()


def objections(
    begins_at: datetime, ends_at: datetime, capacity: int | None, expected: int
) -> list[Objection]:
    """Everything that stands against a session as it is written down."""
    found = []
    if ends_at <= begins_at:
        found.append(Objection("orientation.ends_before_it_begins", field="ends"))
    elif ends_at - begins_at > LONGEST:
        found.append(Objection("orientation.too_long", {"hours": 16}, field="ends"))
    if capacity is not None and expected > capacity:
        found.append(
            Objection("orientation.room_too_small", {"capacity": capacity, "expected": expected}, "capacity")
        )
    return found


def divided(people: Sequence[tuple[int, str]], count: int) -> list[list[int]]:
    """People (key and place code) in ``count`` groups whose sizes differ by one at most; neighbours stay together.

    The same people give the same groups in whatever order they are given.
    """
    ordered = [key for key, _place in sorted(people, key=lambda one: (one[1], one[0]))]
    size, rest = divmod(len(ordered), count)
    groups, start = [], 0
    for number in range(count):
        end = start + size + (number < rest)
        groups.append(ordered[start:end])
        start = end
    return groups


def by_place(places: Mapping[int, str]) -> dict[str, list[int]]:
    """People gathered by the code of their place, places and people in ascending order."""
    found: dict[str, list[int]] = defaultdict(list)
    for key in sorted(places):
        found[places[key]].append(key)
    return dict(sorted(found.items()))
