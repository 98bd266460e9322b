"""What a device at the door needs to know, and what it may not."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet

from u2t.orientation.models import Pass, Session
from u2t.orientation.queries import attendance
from u2t.people.models import Account, Worker
from u2t.programme.models import Round
from u2t.thai import digits, fold

# The packed list leaves the device this long after the last session that it was packed for.
KEPT_AFTER = timedelta(hours=12)
_TOKEN = re.compile(r"(?:^|[/?#=])([A-Za-z0-9_-]{22})(?:$|[/?#&])")


def token_in(text: str) -> str:
    """The token of a pass in what a camera read: the address on the pass, or the bare token; else an empty text."""
    found = _TOKEN.search(text.strip())
    return found.group(1) if found else ""


def digest(token: str) -> str:
    """What a device keeps instead of a token, so that a lost device gives nobody's pass away."""
    return hashlib.sha256(token.encode()).hexdigest()[:32]


def sessions_of(round: Round) -> QuerySet[Session]:
    """The sessions that people can be checked in to."""
    return round.sessions.filter(cancelled_at=None).order_by("begins_at", "pk").prefetch_related("groups")


def packed(round: Round, account: Account, now: datetime) -> dict[str, Any]:
    """Everything that a device needs without a network: sessions, people, digests of passes.

    ``expires`` is when the device wipes it. Telephone numbers, ID numbers and the passes themselves stay here.
    """
    sessions = list(sessions_of(round))
    groups = attendance.group_of(round)
    passes = dict(Pass.objects.filter(worker__round=round, revoked_at=None).values_list("worker_id", "token"))
    plan = attendance.plan_of(round)
    people = [
        {
            "number": worker.number,
            "name": worker.person.full_name,
            "key": worker.person.search_key,
            "place": place.name_th if (place := attendance.place_of(worker)) else "",
            "group": groups.get(worker.pk, 0),
            "pass": digest(passes[worker.pk]) if worker.pk in passes else "",
        }
        for worker in attendance.people_of(round).current().order_by("number")
    ]
    last = max((session.ends_at for session in sessions), default=now)
    return {
        "round": round.code,
        "account": account.pk,
        "packed_at": now.isoformat(),
        "expires": (max(last, now) + KEPT_AFTER).isoformat(),
        "late_after": plan.late_after_minutes,
        "sessions": [_told(session) for session in sessions],
        "people": people,
    }


def _told(session: Session) -> dict[str, Any]:
    return {
        "id": session.pk,
        "name": session.name,
        "place": session.place_th,
        "begins": session.begins_at.isoformat(),
        "ends": session.ends_at.isoformat(),
        "groups": [group.pk for group in session.groups.all()],
    }


def chosen(sessions: Iterable[Session], now: datetime) -> Session | None:
    """The session that a desk most likely works for: the one going on, else the next, else the last."""
    rows = list(sessions)
    open_ones = [one for one in rows if one.ends_at > now]
    return open_ones[0] if open_ones else (rows[-1] if rows else None)


def found_by(round: Round, text: str, limit: int = 20) -> list[Worker]:
    """Current workers by number, by part of a name, or by the text of a pass; at most ``limit``."""
    people = attendance.people_of(round).current().order_by("number")
    token = token_in(text)
    if token:
        by_pass = list(people.filter(passes__token=token, passes__revoked_at=None)[:1])
        if by_pass:
            return by_pass
    number, key = digits.to_arabic(text.strip()), fold.fold(text)
    wanted = Q(person__search_key__contains=key) if key else Q(pk__in=())
    if number.isascii() and number.isdigit() and len(number) <= 9:
        wanted |= Q(number=int(number))
    return list(people.filter(wanted)[:limit])
