"""The outbox is emptied regularly."""

from __future__ import annotations

from datetime import datetime, timedelta

from u2t.jobs.actions import regular
from u2t.mailing import actions


@regular("mailing.send", timedelta(seconds=30))
def send(at: datetime) -> None:
    """Send what waits."""
    actions.send_waiting(at=at)
