"""The only writer of events."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.db import connection, models, transaction

from u2t.audit import rules
from u2t.audit.models import Event


def record(
    *,
    verb: str,
    subject: models.Model,
    by: Any,
    at: datetime,
    round_code: str = "",
    note: Mapping[str, object] | None = None,
) -> Event:
    """Append one event to the chain, inside the caller's transaction.

    Appending takes its turn: SQLite's immediate transaction already is the only writer; PostgreSQL locks the table
    against other appenders (readers go on).
    """
    note = dict(note or {})
    name = f"{subject._meta.app_label}.{subject._meta.object_name}:{subject.pk}"
    by_id = by.pk if by is not None else None
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {Event._meta.db_table} IN EXCLUSIVE MODE")
        last = Event.objects.order_by("-id").values_list("digest", flat=True).first()
        previous = last or rules.BEGINNING
        return Event.objects.create(
            at=at,
            by_id=by_id,
            verb=verb,
            subject=name,
            round_code=round_code,
            note=note,
            previous_digest=previous,
            digest=rules.digest(previous, at.astimezone(UTC).isoformat(), by_id, verb, name, note),
        )
