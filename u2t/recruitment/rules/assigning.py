"""Who interviews whom and when: even loads, no interviewer in two rooms at once, the same answer every time."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta


@dataclass(frozen=True)
class Wanted:
    """An applicant who needs ``count`` more interviewers, none of ``not_these``.

    ``begins`` and ``place`` say when and where, if that is known; half a day in one room is one *sitting*.
    """

    applicant: int
    count: int
    not_these: frozenset[int] = frozenset()
    begins: datetime | None = None
    place: str = ""

    @property
    def sitting(self) -> tuple[date, bool, str] | None:
        """Day, whether it is the afternoon, room."""
        return (self.begins.date(), self.begins.hour >= 12, self.place) if self.begins else None


@dataclass
class Loads:
    """What each interviewer has already: how many applicants, and which room in which half day."""

    counts: dict[int, int]
    rooms: dict[int, dict[tuple[date, bool], str]] = field(default_factory=dict)

    def is_free(self, interviewer: int, wanted: Wanted) -> bool:
        """The interviewer sits in no other room at that time."""
        if wanted.sitting is None:
            return True
        day, afternoon, place = wanted.sitting
        return self.rooms.get(interviewer, {}).get((day, afternoon), place) == place

    def sits_there(self, interviewer: int, wanted: Wanted) -> bool:
        """The interviewer already sits in that very room then."""
        if wanted.sitting is None:
            return False
        day, afternoon, place = wanted.sitting
        return self.rooms.get(interviewer, {}).get((day, afternoon)) == place

    def take(self, interviewer: int, wanted: Wanted) -> None:
        """Note that the interviewer has this applicant too."""
        self.counts[interviewer] += 1
        if wanted.sitting is not None:
            day, afternoon, place = wanted.sitting
            self.rooms.setdefault(interviewer, {})[day, afternoon] = place


def assign(wanted: Iterable[Wanted], loads: Loads) -> tuple[list[tuple[int, int]], list[int]]:
    """Pairs of applicant and interviewer, and the applicants for whom too few were free.

    Whoever sits in the room already goes on; otherwise the one with the fewest applicants, and among equals the
    one that a hash of both numbers puts first, so that panels mix and nobody chooses. Without times and
    exclusions the loads differ by at most one in the end. ``loads`` is changed.
    """
    pairs: list[tuple[int, int]] = []
    short: list[int] = []
    for one in sorted(wanted, key=_order):
        chosen = _panel(one, loads)
        pairs += [(one.applicant, interviewer) for interviewer in chosen]
        if len(chosen) < one.count:
            short.append(one.applicant)
    return pairs, short


def _order(one: Wanted) -> tuple[bool, str, str, int]:
    return one.begins is None, one.begins.isoformat() if one.begins else "", one.place, one.applicant


def _panel(one: Wanted, loads: Loads) -> list[int]:
    free = [key for key in loads.counts if key not in one.not_these and loads.is_free(key, one)]
    free.sort(key=lambda key: (not loads.sits_there(key, one), loads.counts[key], _lot(one.applicant, key)))
    for interviewer in free[: one.count]:
        loads.take(interviewer, one)
    return free[: one.count]


def _lot(applicant: int, interviewer: int) -> bytes:
    return hashlib.blake2b(f"{applicant}:{interviewer}".encode(), digest_size=8).digest()


@dataclass(frozen=True)
class Hours:
    """The hours of interviews: from–until on each day, a pause, so many minutes for each applicant."""

    begins: time
    ends: time
    minutes: int
    pause_from: time | None = None
    pause_until: time | None = None


def slots(days: Sequence[date], hours: Hours, rooms: Sequence[str]) -> list[tuple[datetime, str]]:
    """Every moment and room, in order: day by day, time by time, room by room. Moments have no time zone."""
    found = []
    for day in days:
        at = datetime.combine(day, hours.begins)
        last = datetime.combine(day, hours.ends)
        while at + timedelta(minutes=hours.minutes) <= last:
            until = at + timedelta(minutes=hours.minutes)
            if resumes := _in_pause(at, until, hours):
                at = resumes
                continue
            found += [(at, room) for room in rooms]
            at = until
    return found


def _in_pause(at: datetime, until: datetime, hours: Hours) -> datetime | None:
    """When interviews resume, if this one would reach into the pause."""
    if hours.pause_from is None or hours.pause_until is None:
        return None
    first, last = (datetime.combine(at.date(), moment) for moment in (hours.pause_from, hours.pause_until))
    return last if at < last and until > first else None


def days_between(first: date, last: date, *, without_weekends: bool) -> list[date]:
    """The days from ``first`` to ``last``, both included."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [day for day in days if not (without_weekends and day.weekday() >= 5)]
