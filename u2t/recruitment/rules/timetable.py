"""When a call takes applications."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

# In the order in which a call passes through them; "cancelled" may follow any.
STATES = ("draft", "coming", "open", "grace", "closed", "cancelled")


@dataclass(frozen=True)
class Times:
    """The moments of a call; all of them know their time zone. ``closes_at`` is the last moment that is in time."""

    opens_at: datetime
    closes_at: datetime
    grace_minutes: int = 0
    published_at: datetime | None = None
    cancelled_at: datetime | None = None

    @property
    def last_moment(self) -> datetime:
        """The last moment at which an application that was begun in time may still be submitted."""
        return self.closes_at + timedelta(minutes=self.grace_minutes)


def state(times: Times, now: datetime) -> str:
    """One of :data:`STATES`."""
    if times.cancelled_at is not None and times.cancelled_at <= now:
        return "cancelled"
    if times.published_at is None or now < times.published_at:
        return "draft"
    if now < times.opens_at:
        return "coming"
    if now <= times.closes_at:
        return "open"
    return "grace" if now <= times.last_moment else "closed"


def is_open(times: Times, now: datetime) -> bool:
    """Whether somebody may begin an application."""
    return state(times, now) == "open"


def may_submit(times: Times, begun_at: datetime, now: datetime) -> bool:
    """Whether an application begun at ``begun_at`` may be submitted: in the grace only one that was begun in time."""
    found = state(times, now)
    return found == "open" or (found == "grace" and begun_at <= times.closes_at)


def seconds_late(times: Times, now: datetime) -> int:
    """Whole seconds after closing, 0 in time; part of a second counts as one."""
    late = (now - times.closes_at).total_seconds()
    return 0 if late <= 0 else int(late) + (late % 1 > 0)


def has_begun(times: Times, now: datetime) -> bool:
    """Whether applicants may already rely on what the call says: it is published and has opened."""
    return state(times, now) in ("open", "grace", "closed")
