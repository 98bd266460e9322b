"""From what the devices saw to who was there: pure, and the same whatever the order in which the scans arrive.

A *sighting* is one scan of a known person; the sightings of one person and one session are sorted by the moment put
right (and by key, where two moments are equal) and then read like a sentence: in, out, in again. Nothing is thrown
away; what is odd gets a flag that the board shows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

IN, OUT = "in", "out"
# Two devices at one door see the same person within this span: a double, not a second arrival.
DOUBLE_WITHIN = timedelta(minutes=2)

DOUBLE = "double"
OUT_WITHOUT_IN = "out_without_in"
NOT_OUT = "not_out"
AFTER_END = "after_end"
BEFORE_DOORS = "before_doors"
OTHER_GROUP = "other_group"
CANCELLED = "cancelled"
DOUBTED = "doubted"
FLAGS = (DOUBLE, OUT_WITHOUT_IN, NOT_OUT, AFTER_END, BEFORE_DOORS, OTHER_GROUP, CANCELLED, DOUBTED)


@dataclass(frozen=True, slots=True)
class Sighting:
    """One scan: ``key`` is the device's own, ``at`` the moment put right, ``device`` empty where none was used."""

    key: str
    worker: int
    session: int
    direction: str
    at: datetime
    device: str = ""
    is_doubted: bool = False


@dataclass(frozen=True, slots=True)
class Sitting:
    """A session as far as attendance depends on it; ``groups`` empty means that everybody is expected."""

    key: int
    begins_at: datetime
    ends_at: datetime
    groups: frozenset[int] = frozenset()
    is_cancelled: bool = False
    late_after: timedelta = timedelta(minutes=15)
    doors_before: timedelta = timedelta(minutes=60)

    @property
    def minutes(self) -> int:
        """How long the session lasts, in whole minutes."""
        return _minutes(self.ends_at - self.begins_at)


@dataclass(frozen=True, slots=True)
class Attendance:
    """What is known of one person in one session.

    ``minutes`` counts whole minutes between beginning and end during which the person was inside; who was never
    seen leaving counts until the end and carries the flag ``not_out``. ``late_minutes`` is how long after the
    beginning the person arrived, 0 for who was there in time. ``is_late`` says that it was more than is let pass.
    """

    worker: int
    session: int
    arrived_at: datetime | None
    left_at: datetime | None
    is_in: bool
    minutes: int
    late_minutes: int
    is_late: bool
    flags: tuple[str, ...]


def derive(
    sightings: Iterable[Sighting],
    sittings: Mapping[int, Sitting],
    group_of: Mapping[int, int] | None = None,
) -> dict[tuple[int, int], Attendance]:
    """Attendance by (worker, session): the same for any order of the sightings and for any repetition of them.

    Sightings of sessions that are not among ``sittings`` are left out. ``group_of`` names the group of each worker
    who is in one.
    """
    once = {sighting.key: sighting for sighting in sightings}
    of: dict[tuple[int, int], list[Sighting]] = defaultdict(list)
    for sighting in once.values():
        if sighting.session in sittings:
            of[sighting.worker, sighting.session].append(sighting)
    groups = group_of or {}
    return {
        (worker, session): attendance(seen, sittings[session], groups.get(worker))
        for (worker, session), seen in of.items()
    }


def attendance(seen: Sequence[Sighting], sitting: Sitting, group: int | None = None) -> Attendance:
    """Attendance of one person in one session from at least one sighting."""
    # Of two scans of the same moment, coming in goes first: nobody leaves before they came.
    ordered = sorted(seen, key=lambda one: (one.at, one.direction != IN, one.key))
    stays, flags = _stays(ordered, sitting)
    if sitting.is_cancelled:
        flags.add(CANCELLED)
    if sitting.groups and group not in sitting.groups:
        flags.add(OTHER_GROUP)
    if any(one.is_doubted for one in ordered):
        flags.add(DOUBTED)
    arrived = stays[0][0] if stays else None
    is_in = bool(stays) and stays[-1][1] is None
    left = stays[-1][1] if stays else ordered[-1].at
    late = max(_minutes(arrived - sitting.begins_at), 0) if arrived and arrived < sitting.ends_at else 0
    return Attendance(
        worker=ordered[0].worker,
        session=sitting.key,
        arrived_at=arrived,
        left_at=left,
        is_in=is_in,
        minutes=_counted(stays, sitting),
        late_minutes=late,
        is_late=timedelta(minutes=late) > sitting.late_after,
        flags=tuple(flag for flag in FLAGS if flag in flags),
    )


Stay = tuple[datetime, datetime | None]


def _stays(ordered: Sequence[Sighting], sitting: Sitting) -> tuple[list[Stay], set[str]]:
    """From when until when the person was inside; ``None`` for who was not seen leaving."""
    stays: list[Stay] = []
    flags: set[str] = set()
    before: Sighting | None = None
    for one in ordered:
        is_inside = bool(stays) and stays[-1][1] is None
        is_double = (
            before is not None and before.direction == one.direction and (one.at - before.at <= DOUBLE_WITHIN)
        )
        before = one
        if is_double:
            flags.add(DOUBLE)
        elif one.direction == IN and not is_inside:
            stays.append((one.at, None))
            flags.update(_odd_arrival(one.at, sitting))
        elif one.direction == OUT and is_inside:
            stays[-1] = (stays[-1][0], one.at)
        elif one.direction == OUT:
            flags.add(OUT_WITHOUT_IN)
    if stays and stays[-1][1] is None:
        flags.add(NOT_OUT)
    return stays, flags


def _odd_arrival(at: datetime, sitting: Sitting) -> set[str]:
    if at >= sitting.ends_at:
        return {AFTER_END}
    return {BEFORE_DOORS} if at < sitting.begins_at - sitting.doors_before else set()


def _counted(stays: Iterable[Stay], sitting: Sitting) -> int:
    inside = timedelta()
    for arrived, left in stays:
        begin = max(arrived, sitting.begins_at)
        end = min(left or sitting.ends_at, sitting.ends_at)
        inside += max(end - begin, timedelta())
    return 0 if sitting.is_cancelled else _minutes(inside)


def _minutes(span: timedelta) -> int:
    return int(span.total_seconds() // 60)
