"""Until when an applicant's data are kept, and what stops the clock."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

# A draft that was never submitted, or an application taken back before anybody was chosen, serves nobody for long.
DRAFT_DAYS = 30
# An account for which nothing is kept and that nobody has used for so long.
IDLE_DAYS = 180

HIRED, OFFERED, APPEALED, HELD = "hired", "offered", "appealed", "held"


@dataclass(frozen=True)
class CallFacts:
    """What of a call decides: when it closed or was cancelled, when its results are or will be announced."""

    closes_at: datetime
    retention_days: int
    announced_at: datetime | None = None
    cancelled_at: datetime | None = None
    results_expected_at: datetime | None = None


@dataclass(frozen=True)
class Facts:
    """What of an application decides. ``stops`` names what stops the clock, of the four words above."""

    was_submitted: bool
    withdrawn_at: datetime | None = None
    was_considered: bool = False
    stops: tuple[str, ...] = ()


def counted_from(call: CallFacts) -> datetime:
    """Where the call's days begin: the announcement; where there is none, its expected day or the closing."""
    if call.announced_at is not None:
        return call.announced_at
    if call.cancelled_at is not None:
        return min(call.cancelled_at, call.closes_at)
    return max(call.closes_at, call.results_expected_at or call.closes_at)


def due_at(call: CallFacts, application: Facts) -> datetime:
    """The moment from which the application is to be erased, unless something stops the clock."""
    brief = timedelta(days=DRAFT_DAYS)
    if application.withdrawn_at is not None and not application.was_considered:
        return application.withdrawn_at + (brief if application.was_submitted else timedelta())
    if not application.was_submitted:
        return min(call.closes_at, call.cancelled_at or call.closes_at) + brief
    return counted_from(call) + timedelta(days=call.retention_days)


def is_due(call: CallFacts, application: Facts, at: datetime) -> bool:
    """Whether it is to be erased at this moment."""
    return not application.stops and due_at(call, application) <= at
