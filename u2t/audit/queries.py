"""Reads over the chain of events."""

from __future__ import annotations

from datetime import UTC

from django.db import models

from u2t.audit import rules
from u2t.audit.models import Event


def history_of(subject: models.Model) -> models.QuerySet[Event]:
    """The events of one thing, newest first, with who did them."""
    name = f"{subject._meta.app_label}.{subject._meta.object_name}:{subject.pk}"
    return Event.objects.filter(subject=name).select_related("by__person").order_by("-id")


def first_broken_link() -> Event | None:
    """The first event whose digest does not follow from the one before, or ``None`` for a whole chain."""
    previous = rules.BEGINNING
    for event in Event.objects.order_by("id").iterator():
        at = event.at.astimezone(UTC).isoformat()
        right = rules.digest(previous, at, event.by_id, event.verb, event.subject, event.note)
        if event.previous_digest != previous or event.digest != right:
            return event
        previous = event.digest
    return None
