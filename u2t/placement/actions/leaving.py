"""End a hire together with the slot that the person held."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db import transaction

from u2t.audit import actions as audit
from u2t.pages.declare import allow
from u2t.people.actions import leaving
from u2t.people.models import Worker
from u2t.placement import permissions
from u2t.placement.actions.plans import lock
from u2t.placement.models import Engagement


def leave(*, worker: Worker, kind: str, on: date, reason: str, by: Any, at: datetime) -> Worker:
    """Note that the worker leaves: the hire ends and the slot, if there was one, is free from this moment.

    ``kind``, ``on`` and ``reason`` as for ``people.actions.leaving.end_hire``, whose objections it raises.
    """
    allow(by is None or permissions.may_place(by, worker.round))
    with transaction.atomic():
        lock(worker.round)
        left = leaving.end_hire(worker=worker, kind=kind, on=on, reason=reason, by=by, at=at)
        ended = (
            Engagement.objects.current()
            .filter(worker=left)
            .update(ended_at=at, ended_by=by, end_reason=left.left_reason)
        )
        if ended:
            audit.record(
                verb="placement.leave",
                subject=left,
                by=by,
                at=at,
                round_code=left.round.code,
                note={"reason": left.left_reason, "people": []},
            )
    return left
