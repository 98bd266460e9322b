"""Change single placements by hand. Hard rules can't be broken by anyone; everything else is said beforehand.

Whoever is put somewhere by hand is pinned there: a plan computed anew keeps them until they are released.

``seen`` is the name of the state that the confirmation page was worked out from (``Consequence.seen``): if
somebody was faster, the change is refused. ``None`` skips that.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from u2t.agencies.models import Participation
from u2t.audit import actions as audit
from u2t.objections import Objection, refuse_if
from u2t.pages.declare import allow
from u2t.people.models import Lecturer, Worker
from u2t.placement import permissions
from u2t.placement.actions.plans import lock
from u2t.placement.models import Engagement, Leadership
from u2t.placement.queries import changes
from u2t.placement.queries.plans import codes_of
from u2t.placement.rules import Place
from u2t.programme.models import Round, RoundTambon, Workstream


def move(
    *,
    worker: Worker,
    tambon: RoundTambon,
    workstream: Workstream,
    office: Participation | None = None,
    reason: str,
    by: Any,
    at: datetime,
    seen: str | None = None,
) -> None:
    """Put a worker into a slot of their own category in ``tambon`` and ``workstream``, at ``office`` if it has one.

    Also changes only the office, or gives a slot to somebody who had none.
    """
    ends = {worker.pk: changes.place_for(worker, tambon, workstream, office)}
    _change(worker.round, [worker], ends, verb="move", reason=reason, seen=seen, by=by, at=at)


def swap(
    *, worker: Worker, other: Worker, reason: str, by: Any, at: datetime, seen: str | None = None
) -> None:
    """Exchange the slots of two people; if one has none, they take over the other's."""
    with transaction.atomic():
        allow(by is None or permissions.may_place(by, worker.round))
        refuse_if([*swap_objections(worker, other), *left_objections(worker, other)])
        lock(worker.round)
        ends = changes.swapped(worker, other)
        _change(worker.round, [worker, other], ends, verb="swap", reason=reason, seen=seen, by=by, at=at)


def unplace(*, worker: Worker, reason: str, by: Any, at: datetime, seen: str | None = None) -> None:
    """Take a worker out of their slot; the person stays hired and the slot is free."""
    _change(worker.round, [worker], {worker.pk: None}, verb="unplace", reason=reason, seen=seen, by=by, at=at)


def swap_objections(worker: Worker, other: Worker) -> list[Objection]:
    """What stands against these two at all."""
    if worker.pk == other.pk:
        return [Objection("placement.same_worker", field="other")]
    if worker.round_id != other.round_id:
        return [Objection("placement.other_round", {"name": str(other)}, "other")]
    return []


def left_objections(*workers: Worker) -> list[Objection]:
    """Who has left is placed nowhere any more."""
    return [
        Objection("placement.has_left", {"name": str(worker)})
        for worker in workers
        if worker.left_on is not None
    ]


def _change(
    round: Round,
    workers: Sequence[Worker],
    ends: Mapping[int, Place | None],
    *,
    verb: str,
    reason: str,
    seen: str | None,
    by: Any,
    at: datetime,
) -> None:
    allow(by is None or permissions.may_place(by, round))
    with transaction.atomic():
        lock(round)
        # Whoever loaded them did so before the lock; somebody may have left since.
        refuse_if(left_objections(*Worker.objects.filter(pk__in=[worker.pk for worker in workers])))
        consequence = changes.consequence_of(round, workers, ends)
        refuse_if([*_forms(reason, seen, consequence.seen), *consequence.objections])
        codes = codes_of(round)
        moved = [change for change in consequence.people if _is_move(change)]
        current = Engagement.objects.current().filter(worker__in=[change.worker for change in moved])
        current.update(ended_at=at, ended_by=by, end_reason=reason)
        for change in moved:
            if change.after is None:
                continue
            tambon, category, workstream, office = codes.slot(change.after.place)
            Engagement.objects.create(
                worker=change.worker,
                tambon_id=tambon,
                category_id=category,
                workstream_id=workstream,
                office_id=office,
                why=_why_by_hand(change.after),
                reason=reason,
                begun_at=at,
                begun_by=by,
                held_at=at,
                held_by=by,
                held_reason=reason,
            )
        note = {"reason": reason, "people": [_note(change) for change in consequence.people]}
        audit.record(
            verb=f"placement.{verb}", subject=workers[0], by=by, at=at, round_code=round.code, note=note
        )


def _is_move(change: changes.PersonChange) -> bool:
    places = [side.place if side else None for side in (change.before, change.after)]
    return places[0] != places[1]


def _forms(reason: str, seen: str | None, now: str) -> Iterable[Objection]:
    if not reason.strip():
        yield Objection("placement.reason_missing", field="reason")
    if seen is not None and seen != now:
        yield Objection("placement.changed_meanwhile")


def _why_by_hand(side: changes.Side) -> dict[str, Any]:
    return {
        "decided_by": "hand",
        "seat": list(side.place.slot),
        "parts": asdict(side.parts),
        "office_parts": asdict(side.office_parts) if side.office_parts else None,
        "alternatives": [],
        "wishes": [],
    }


def _note(change: changes.PersonChange) -> dict[str, Any]:
    return {
        "number": change.worker.number,
        "from": asdict(change.before.place) if change.before else None,
        "to": asdict(change.after.place) if change.after else None,
        "more": change.more,
    }


def change_leader(
    *,
    tambon: RoundTambon,
    leaves: Lecturer | None,
    comes: Lecturer | None,
    reason: str,
    by: Any,
    at: datetime,
    seen: str | None = None,
) -> None:
    """Replace a leader of the tambon, add one (``leaves`` is None) or take one away (``comes`` is None)."""
    round = tambon.round
    allow(by is None or permissions.may_place(by, round))
    refuse_if(
        Objection("placement.other_round", {"name": str(lecturer)})
        for lecturer in (leaves, comes)
        if lecturer and lecturer.round_id != round.pk
    )
    with transaction.atomic():
        lock(round)
        consequence = changes.lead_consequence_of(round, tambon, leaves, comes)
        refuse_if([*_forms(reason, seen, consequence.seen), *consequence.objections])
        if leaves:
            Leadership.objects.current().filter(tambon=tambon, lecturer=leaves).update(
                ended_at=at, ended_by=by
            )
        if comes:
            Leadership.objects.create(
                lecturer=comes,
                tambon=tambon,
                why=dict(consequence.why),
                reason=reason,
                begun_at=at,
                begun_by=by,
                held_at=at,
                held_by=by,
                held_reason=reason,
            )
        note = {
            "reason": reason,
            "leaves": leaves.pk if leaves else None,
            "comes": comes.pk if comes else None,
        }
        audit.record(
            verb="placement.change_leader", subject=tambon, by=by, at=at, round_code=round.code, note=note
        )
