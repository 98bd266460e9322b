"""Sessions and who attended them, as rows: what happened before the thing under test."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from tests.factories import NOW
from u2t.orientation.models import Scan, Session
from u2t.people.models import Worker
from u2t.programme.models import Round

# Three days of six hours that end the day before the world's now.
BEGINS = NOW.replace(hour=9) - timedelta(days=3)


def sessions(round: Round, *, days: int = 3, hours: int = 6, **changed: Any) -> list[Session]:
    """One session a day, for everybody, that counts."""
    return [
        Session.objects.create(
            round=round,
            name_th=f"ปฐมนิเทศวันที่ {day + 1}",
            place_th="หอประชุม",
            begins_at=BEGINS + timedelta(days=day),
            ends_at=BEGINS + timedelta(days=day, hours=hours),
            **changed,
        )
        for day in range(days)
    ]


def attended(worker: Worker, *of: Session, minutes: int | None = None) -> None:
    """Seen coming at the beginning and leaving after ``minutes`` (the whole session) of each session."""
    for session in of:
        until = session.ends_at if minutes is None else session.begins_at + timedelta(minutes=minutes)
        seen(worker, session, "in", session.begins_at)
        seen(worker, session, "out", until)


def seen(worker: Worker, session: Session, direction: str, at: datetime) -> None:
    Scan.objects.create(
        id=uuid.uuid4(),
        session=session,
        worker=worker,
        direction=direction,
        how=Scan.How.TYPED,
        device_at=at,
        scanned_at=at,
        received_at=at,
    )
