"""Offers of slots: what has become of one, who may still answer, who is called next, until when somebody may object.

A deadline is a moment: an answer at that very moment is in time, one after it is not, whether or not anybody has
noted that the offer lapsed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from u2t.objections import Objection

Seat = tuple[str, str]
"""Tambon code, category code."""

OPEN = frozenset({"waiting", "accepted", "hired", "left"})
"""States in which an offer holds its slot; who left holds it until the office has it filled."""

ENDED = frozenset({"declined", "lapsed", "no_show", "taken_back"})
GONE_EVERYWHERE = frozenset({"lapsed", "no_show"})
"""Who did not answer or did not come is not called again; who declined one tambon still waits for the others."""


@dataclass(frozen=True)
class Facts:
    """The moments of one offer; ``is_hired`` once the person has reported in, ``has_left`` once their hire ended."""

    answer_until: datetime
    accepted_at: datetime | None = None
    declined_at: datetime | None = None
    lapsed_at: datetime | None = None
    no_show_at: datetime | None = None
    taken_back_at: datetime | None = None
    is_hired: bool = False
    has_left: bool = False


def state(facts: Facts, at: datetime) -> str:
    """*waiting*, *accepted*, *hired*, *left*, *declined*, *lapsed*, *no_show* or *taken_back* at this moment."""
    for name in ("declined", "lapsed", "no_show", "taken_back"):
        if getattr(facts, f"{name}_at") is not None:
            return name
    if facts.is_hired:
        return "left" if facts.has_left else "hired"
    if facts.accepted_at is not None:
        return "accepted"
    return "waiting" if at <= facts.answer_until else "lapsed"


def objections_to_answer(facts: Facts, at: datetime) -> list[Objection]:
    """What stands against accepting or declining now."""
    found = state(facts, at)
    if found == "waiting":
        return []
    if found == "lapsed" and facts.lapsed_at is None:
        return [Objection("recruitment.answer_too_late", {"until": facts.answer_until.isoformat()})]
    return [Objection(f"recruitment.offer_{found}")]


def objections_to_decline(facts: Facts, at: datetime) -> list[Objection]:
    """An accepted offer may still be declined until the person has reported in; that frees the slot the sooner."""
    return [] if state(facts, at) == "accepted" else objections_to_answer(facts, at)


def objections_to_report_in(facts: Facts, at: datetime) -> list[Objection]:
    """Only who has accepted is hired, and once."""
    found = state(facts, at)
    if found == "accepted":
        return []
    return [
        Objection("recruitment.offer_not_accepted" if found == "waiting" else f"recruitment.offer_{found}")
    ]


def objections_to_end(facts: Facts, at: datetime) -> list[Objection]:
    """What stands against taking an offer back: it has ended already, or the person is hired."""
    found = state(facts, at)
    return [] if found in ("waiting", "accepted") else [Objection(f"recruitment.offer_{found}")]


def gone(offers: Iterable[tuple[str, Seat, str]], seat: Seat) -> set[str]:
    """Who is not called for ``seat`` any more; an offer is (applicant, seat, state).

    These are all who hold an offer, were offered this very seat before, or did not answer or come anywhere.
    """
    return {
        key
        for key, where, found in offers
        if found in OPEN or found in GONE_EVERYWHERE or (where == seat and found in ENDED)
    }


def called(order: Sequence[str], gone: Collection[str], free: int) -> list[str]:
    """The next ones of a reserve list, one for each free slot."""
    return [key for key in order if key not in gone][: max(free, 0)]


def until(at: datetime, days: int) -> datetime:
    """The moment up to which something that began ``at`` may be answered."""
    return at + timedelta(days=days)


def objections_to_appeal(announced_at: datetime | None, days: int, at: datetime) -> list[Objection]:
    """What stands against objecting to a result now."""
    if announced_at is None or at < announced_at:
        return [Objection("recruitment.results_not_announced")]
    if at > (last := until(announced_at, days)):
        return [Objection("recruitment.appeal_too_late", {"until": last.isoformat()})]
    return []


def callings(
    free: Mapping[Seat, int], waiting: Mapping[Seat, Sequence[str]], rank: Callable[[str, Seat], int]
) -> list[tuple[Seat, str]]:
    """Who is called for which seat now, in the order of calling; nobody twice, no seat over its free slots.

    Who is next in several lists at once gets the tambon that they ranked highest, and leaves the others to the
    following ones.
    """
    left = {seat: number for seat, number in free.items() if number > 0}
    made: list[tuple[Seat, str]] = []
    taken: set[str] = set()
    while True:
        wanted: dict[str, list[Seat]] = defaultdict(list)
        for seat in sorted(left):
            for key in called(waiting.get(seat, ()), taken, left[seat]):
                wanted[key].append(seat)
        if not wanted:
            return made
        for key, seats in wanted.items():
            best = min(seats, key=lambda seat: (rank(key, seat), seat))
            made.append((best, key))
            taken.add(key)
            left[best] -= 1
