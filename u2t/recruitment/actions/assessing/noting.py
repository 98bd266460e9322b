"""The audit record of what was decided about an application."""

from __future__ import annotations

from datetime import datetime

from u2t.audit.actions import record
from u2t.people.models import Account
from u2t.recruitment.models import Application


def note_decision(
    verb: str, application: Application, by: Account | None, at: datetime, note: dict[str, object]
) -> None:
    """Append ``recruitment.VERB`` to the chain; inside the caller's transaction."""
    record(
        verb=f"recruitment.{verb}",
        subject=application,
        by=by,
        at=at,
        round_code=application.call.round.code,
        note=note,
    )
