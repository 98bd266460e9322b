"""The clocks of many devices put right, so that what they saw can be laid together: pure.

A device sends its own clock's moment of sending with every batch. How far that clock was off at the sending is taken
as how far it was off at each scan, which is true of a clock that runs at the right speed, whatever it shows. A clock
that was set between a scan and its sending breaks that: then the moments run backwards against the order in which
the device counted its scans, or lie in the future, and are kept, bounded and marked as doubted.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

# The way of a request; a moment less than this in the future is the present.
ON_THE_WAY = timedelta(seconds=30)
# Nobody keeps a scan longer before sending it: older ones come from a clock that was wrong by years.
OLDEST = timedelta(days=30)
# Moments of one device may run back by this much: two scans within one tick, or the clock set by its network.
RUNS_BACK = timedelta(seconds=5)


@dataclass(frozen=True, slots=True)
class Seen:
    """A scan as a device tells it: its key, its place in the device's own count, the device's moment."""

    key: str
    order: int
    device_at: datetime


@dataclass(frozen=True, slots=True)
class Moment:
    """When it happened by the server's clock, and whether that is in doubt."""

    at: datetime
    is_doubted: bool


def moments(batch: Iterable[Seen], device_now: datetime, now: datetime) -> dict[str, Moment]:
    """The moment of every scan of one sending, by key."""
    offset = now - device_now
    ordered = sorted(batch, key=lambda one: (one.order, one.key))
    found: dict[str, Moment] = {}
    latest: datetime | None = None
    for one in ordered:
        at = one.device_at + offset
        ran_back = latest is not None and at < latest - RUNS_BACK
        bounded = min(max(at, now - OLDEST), now)
        is_far = at > now + ON_THE_WAY or at < now - OLDEST
        found[one.key] = Moment(bounded, ran_back or is_far)
        latest = at if latest is None else max(latest, at)
    return found
