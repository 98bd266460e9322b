"""End hires."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from u2t.audit import actions as audit
from u2t.objections import Objection, refuse_if
from u2t.pages.declare import allow
from u2t.people.models import Worker
from u2t.programme import permissions

NOTED_AHEAD = timedelta(days=62)
"""So early may somebody's end be noted; from then on the slot counts as free."""


def end_hire(*, worker: Worker, kind: str, on: date, reason: str, by: Any, at: datetime) -> Worker:
    """Note that the worker is hired no longer from ``on``: they keep their number and history, their slot is free.

    ``kind`` is one of ``Worker.Left``. Raises :class:`~u2t.objections.Refused` with everything against it.
    """
    allow(by is None or permissions.may_run_round(by, worker.round))
    with transaction.atomic():
        worker = (
            Worker.objects.select_for_update(of=("self",)).select_related("round", "person").get(pk=worker.pk)
        )
        refuse_if(_objections(worker, kind, on, reason, timezone.localdate(at)))
        worker.left_on, worker.left_kind, worker.left_reason = on, kind, reason.strip()
        worker.left_at, worker.left_by = at, by
        worker.save(update_fields=["left_on", "left_kind", "left_reason", "left_at", "left_by"])
        audit.record(
            verb="people.end_hire",
            subject=worker,
            by=by,
            at=at,
            round_code=worker.round.code,
            note={"kind": kind, "on": on.isoformat(), "reason": worker.left_reason},
        )
    return worker


def _objections(worker: Worker, kind: str, on: date, reason: str, today: date) -> Iterator[Objection]:
    if worker.left_on is not None:
        yield Objection("people.left_already", {"name": str(worker)})
    if kind not in Worker.Left.values:
        yield Objection("people.left_kind_missing", field="kind")
    if not reason.strip():
        yield Objection("people.left_reason_missing", field="reason")
    if on > today + NOTED_AHEAD or on < worker.round.starts_on - timedelta(days=366):
        yield Objection("people.left_on_unlikely", {"on": on.isoformat()}, "on")
