"""The programme of orientation: sessions by day, groups, what gets in the way of what, and a calendar of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from u2t.orientation.models import Group, Session
from u2t.orientation.queries import attendance
from u2t.orientation.rules import planning
from u2t.people.models import Worker
from u2t.programme.models import Round

UNGROUPED = 0


def sessions_of(round: Round) -> QuerySet[Session]:
    """All sessions of a round in order of time, cancelled ones too."""
    return round.sessions.prefetch_related("groups").order_by("begins_at", "pk")


def days_of(sessions: Iterable[Session]) -> list[tuple[date, list[Session]]]:
    """Sessions gathered by the day on which they begin, here."""
    return [
        (day, list(rows))
        for day, rows in groupby(sessions, key=lambda one: timezone.localdate(one.begins_at))
    ]


def booking(session: Session) -> planning.Booking:
    """A session as the rules of planning see it."""
    return planning.Booking(
        session.pk,
        session.name,
        session.place_th,
        session.begins_at,
        session.ends_at,
        frozenset(group.pk for group in session.groups.all()),
    )


def clashes_of(sessions: Iterable[Session]) -> list[planning.Clash]:
    """Sessions of those still planned that get in each other's way."""
    return planning.clashes(booking(one) for one in sessions if one.cancelled_at is None)


def expected_in(round: Round, groups: Iterable[int]) -> int:
    """How many current workers a session of these groups expects; no group means everybody."""
    people = Worker.objects.filter(round=round).current()
    wanted = list(groups)
    return people.filter(orientation_groups__in=wanted).distinct().count() if wanted else people.count()


def groups_of(round: Round) -> QuerySet[Group]:
    """The groups of a round with ``size``, the number of their current workers."""
    return round.orientation_groups.annotate(size=Count("workers", filter=Q(workers__left_on=None)))


@dataclass(frozen=True)
class Member:
    """A worker in the list of groups; ``group`` is ``None`` where they are in none."""

    worker: Worker
    group: Group | None


def members(round: Round) -> list[Member]:
    """Every current worker with the group, by number, in a constant number of queries."""
    groups = {group.pk: group for group in round.orientation_groups.all()}
    of = attendance.group_of(round)
    people = attendance.people_of(round).current().order_by("number")
    return [Member(worker, groups.get(of.get(worker.pk, UNGROUPED))) for worker in people]


def programme_of(worker: Worker) -> list[Session]:
    """The sessions that a worker is expected in, in order of time, cancelled ones too."""
    own = set(worker.orientation_groups.values_list("pk", flat=True))
    return [
        session
        for session in sessions_of(worker.round).prefetch_related("materials")
        if not (groups := {group.pk for group in session.groups.all()}) or groups & own
    ]


def calendar(sessions: Sequence[Session], host: str, made_at: datetime) -> str:
    """Sessions as an iCalendar file (RFC 5545): moments in UTC, lines of at most 75 octets ended by CRLF."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//U2T//orientation//TH", "CALSCALE:GREGORIAN"]
    for session in sessions:
        lines += [
            "BEGIN:VEVENT",
            f"UID:orientation-{session.pk}@{host}",
            f"DTSTAMP:{_utc(made_at)}",
            f"DTSTART:{_utc(session.begins_at)}",
            f"DTEND:{_utc(session.ends_at)}",
            f"SUMMARY:{_text(session.name)}",
            f"LOCATION:{_text(session.place_th)}",
            f"STATUS:{'CANCELLED' if session.cancelled_at else 'CONFIRMED'}",
            "END:VEVENT",
        ]
    return "\r\n".join(_folded(line) for line in [*lines, "END:VCALENDAR"]) + "\r\n"


def _utc(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(text: str) -> str:
    """A value in which nothing ends the line or the value."""
    one_line = " ".join(text.split())
    for sign in ("\\", ";", ","):
        one_line = one_line.replace(sign, "\\" + sign)
    return one_line


def _folded(line: str) -> str:
    """A line cut into pieces of at most 75 octets, never inside a letter."""
    pieces, piece, room = [], "", 75
    for letter in line:
        size = len(letter.encode())
        if size > room:
            pieces.append(piece)
            piece, room = "", 74
        piece += letter
        room -= size
    return "\r\n ".join([*pieces, piece])
