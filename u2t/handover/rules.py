"""What is true of handovers and their letters: values in, values out, no clock and no table."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from u2t.objections import Objection

State = Literal["no_date", "no_letter", "waiting", "done"]
STATES: tuple[State, ...] = ("no_date", "no_letter", "waiting", "done")


@dataclass(frozen=True)
class Sender:
    """The institution as its letters name it; what the office has not entered is empty."""

    name: str
    prefix: str
    address: tuple[str, ...]
    office: str
    telephone: str
    email: str
    signer: str
    signer_posts: tuple[str, ...]


@dataclass(frozen=True)
class Member:
    """One worker in a letter; ``managers`` lead the tambon to which the worker's slot belongs."""

    worker: int
    name: str
    category: str
    workstream: str
    tambon: str
    managers: tuple[str, ...]


@dataclass(frozen=True)
class Facts:
    """Everything about one handover that its letter says or that stands against the letter.

    ``kind`` is ``team`` or ``data``; ``tambon`` (ตำบล…) and ``place`` (with district and province) are empty for
    data managers; ``letter`` is the number of the active letter or empty; ``label`` tells the handover from others.
    """

    kind: str
    label: str
    receiver: str
    addressee: str
    receives: bool
    tambon: str
    place: str
    province: str
    project: str
    handed_on: date | None
    starts_on: date
    months: int
    members: tuple[Member, ...]
    managers: tuple[str, ...]
    letter: str = ""

    @property
    def ends_on(self) -> date:
        return last_day(self.starts_on, self.months)

    @property
    def categories(self) -> tuple[tuple[str, int], ...]:
        """Categories with their head counts, in the order of the list."""
        return tuple(Counter(member.category for member in self.members).items())


def last_day(starts_on: date, months: int) -> date:
    """The last day of ``months`` calendar months from ``starts_on``: 11 from 1 Feb 2021 end on 31 Dec 2021."""
    month = starts_on.month - 1 + months
    year, month = starts_on.year + month // 12, month % 12 + 1
    day = min(starts_on.day, calendar.monthrange(year, month)[1])
    ends_before = date(year, month, day)
    # From 31 January one month runs until the end of February, where no 31st stands to end before.
    return ends_before if day < starts_on.day else ends_before - timedelta(days=1)


def state(handed_on: date | None, has_letter: bool, is_done: bool) -> State:
    """What is still to do, the first thing first."""
    if is_done:
        return "done"
    if handed_on is None:
        return "no_date"
    return "waiting" if has_letter else "no_letter"


def objections_to_issue(facts: Facts, sender: Sender) -> tuple[Objection, ...]:
    """Everything that stands against issuing the letter of a handover."""
    found = []
    where = {"handover": facts.label}
    if facts.letter:
        found.append(Objection("handover.has_letter", where | {"letter": facts.letter}))
    if facts.handed_on is None:
        found.append(Objection("handover.no_date", where))
    if not facts.receives:
        found.append(Objection("handover.no_receiver", where | {"agency": facts.receiver}))
    if not facts.members:
        found.append(Objection("handover.no_workers", where))
    found += _unled(facts)
    return (*found, *objections_to_sender(sender))


def _unled(facts: Facts) -> list[Objection]:
    if facts.kind == "team":
        return [] if facts.managers else [Objection("handover.no_manager", {"tambon": facts.label})]
    unled = dict.fromkeys(member.tambon for member in facts.members if not member.managers)
    return [Objection("handover.no_manager", {"tambon": tambon}) for tambon in unled]


def objections_to_sender(sender: Sender) -> tuple[Objection, ...]:
    """What an institution must have entered before any of its letters can be issued."""
    needed = {
        "no_prefix": sender.prefix,
        "no_address": sender.address,
        "no_owner": sender.office,
        "no_signer": sender.signer,
        "no_signer_post": sender.signer_posts,
    }
    return tuple(
        Objection(f"handover.{reason}", {"institution": sender.name})
        for reason, value in needed.items()
        if not value
    )


def objections_to_change(label: str, letter: str, is_done: bool) -> tuple[Objection, ...]:
    """Against changing the date or the receiver: the letter says both, so it is cancelled first."""
    found = []
    if letter:
        found.append(Objection("handover.letter_says_so", {"handover": label, "letter": letter}))
    if is_done:
        found.append(Objection("handover.is_done", {"handover": label}))
    return tuple(found)


def objections_to_date(handed_on: date, starts_on: date, ends_on: date) -> tuple[Objection, ...]:
    """Against a date that cannot be meant: further than a year from the round's work (a slip in the year)."""
    year = timedelta(days=366)
    if starts_on - year <= handed_on <= ends_on + year:
        return ()
    return (Objection("handover.date_far_off", {"year": handed_on.year + 543}, "handed_on"),)


def objections_to_letter_date(dated_on: date, starts_on: date, today: date) -> tuple[Objection, ...]:
    """Against a letter's date that cannot be meant: a year before the work begins or a year from now on."""
    year = timedelta(days=366)
    if starts_on - year <= dated_on <= max(today, starts_on) + year:
        return ()
    return (Objection("handover.date_far_off", {"year": dated_on.year + 543}, "dated_on"),)


def objections_to_done(
    label: str, handed_on: date | None, is_done: bool, today: date
) -> tuple[Objection, ...]:
    """Against noting a handover as done."""
    if is_done:
        return (Objection("handover.is_done", {"handover": label}),)
    if handed_on is None:
        return (Objection("handover.no_date", {"handover": label}),)
    if handed_on > today:
        return (Objection("handover.not_yet", {"handover": label}),)
    return ()


def reference(prefix: str, number: int) -> str:
    """The whole number of a letter: ``อว 0616/123``."""
    return f"{prefix.rstrip('/')}/{number}"


def in_words(names: Sequence[str]) -> str:
    """``ก``, ``ก และข``, ``ก ข และค``: a list as a Thai sentence has it."""
    if len(names) < 2:
        return "".join(names)
    return f"{' '.join(names[:-1])} และ{names[-1]}"


def project_name(round_name: str) -> str:
    """A round's name as a letter calls the project: with โครงการ in front, once, glued to a Thai word."""
    if round_name.startswith("โครงการ"):
        return round_name
    is_thai = "\u0e01" <= round_name[:1] <= "\u0e4e"
    return f"โครงการ{round_name}" if is_thai else f"โครงการ {round_name}"


def file_name(be_year: int, number: int, label: str, ending: str = "pdf") -> str:
    """A name that sorts by number and that every file system and ZIP reader can bear.

    At most 220 bytes of letters, digits, dots and dashes; Thai stays Thai.
    """
    plain = re.sub(r"[^0-9A-Za-z.\u0e01-\u0e3a\u0e40-\u0e4e\u0e50-\u0e59]+", "-", label).strip("-.")
    return "-".join(filter(None, (str(be_year), f"{number:04d}", plain[:60].rstrip("-.")))) + f".{ending}"
