"""Taking in what the devices saw, checking in by hand, and taking a scan back."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from u2t.audit.actions import record
from u2t.objections import Objection, Refused, refuse_if
from u2t.orientation import permissions
from u2t.orientation.models import Device, Pass, Scan, Session
from u2t.orientation.queries import scanning
from u2t.orientation.rules import merging
from u2t.pages.declare import allow
from u2t.people.models import Account, Worker
from u2t.programme.models import Round


@dataclass(frozen=True, slots=True)
class Teller:
    """The device that tells: ``waiting`` is how many scans it keeps beside those of this sending."""

    key: uuid.UUID
    label: str = ""
    waiting: int = 0
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A scan as a device tells it: ``text`` is what the camera read, ``number`` the worker found by search."""

    key: uuid.UUID
    session: int
    direction: str
    how: str
    device_at: datetime
    order: int
    text: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """The scans that are stored now or were before, and those that never can be, each with its reason."""

    taken: tuple[uuid.UUID, ...]
    rejected: tuple[tuple[uuid.UUID, Objection], ...]


def take_scans(
    *,
    round: Round,
    device: Teller,
    device_now: datetime,
    scans: Sequence[Told],
    by: Account | None,
    at: datetime,
) -> Taken:
    """Store what a device saw; sent again, nothing changes.

    ``device_now`` is the device's clock at the sending; how far it is off from ``at`` puts every moment right. A pass
    that nobody has and a number that nobody has are kept with what was read. Only a scan of a session that the
    round does not have is rejected: there is nothing it could be kept with.
    """
    allow(by is None or permissions.may_check_in(by, round))
    with transaction.atomic():
        teller = _heard(round, device, by, at)
        sessions = set(
            round.sessions.filter(pk__in={one.session for one in scans}).values_list("pk", flat=True)
        )
        kept = {one.key: one for one in scans if one.session in sessions}
        stored = set(Scan.objects.filter(pk__in=kept).values_list("pk", flat=True))
        new = [one for key, one in kept.items() if key not in stored]
        rows = _rows(round, teller, new, device_now, by, at)
        Scan.objects.bulk_create(rows, ignore_conflicts=True)
        if rows:
            note = {"scans": len(rows), "doubted": sum(row.is_doubted for row in rows)}
            record(verb="scans_taken", subject=teller, by=by, at=at, round_code=round.code, note=note)
    rejected = tuple(
        (one.key, Objection("orientation.no_such_session")) for one in scans if one.session not in sessions
    )
    return Taken(tuple(kept), rejected)


def _heard(round: Round, device: Teller, by: Account | None, at: datetime) -> Device:
    """The device's row, made when it is heard of for the first time."""
    row, _made = Device.objects.get_or_create(
        pk=device.key, defaults={"round": round, "enrolled_at": at, "enrolled_by": by}
    )
    if row.round_id != round.pk:
        raise Refused([Objection("orientation.device_of_another_round")])
    row.label, row.waiting, row.seen_at = device.label or row.label, device.waiting, at
    row.closed_at = at if device.is_done else None
    row.save(update_fields=["label", "waiting", "seen_at", "closed_at"])
    return row


def _rows(
    round: Round, device: Device, new: list[Told], device_now: datetime, by: Account | None, at: datetime
) -> list[Scan]:
    moments = merging.moments(
        (merging.Seen(str(one.key), one.order, one.device_at) for one in new), device_now, at
    )
    tokens = {one.key: scanning.token_in(one.text) for one in new}
    owners = dict(
        Pass.objects.filter(token__in=set(tokens.values()), worker__round=round, revoked_at=None).values_list(
            "token", "worker_id"
        )
    )
    numbers = {one.number for one in new if one.number is not None}
    people = dict(Worker.objects.filter(round=round, number__in=numbers).values_list("number", "pk"))
    rows = []
    for one in new:
        worker = owners.get(tokens[one.key]) or people.get(one.number or 0)
        read = tokens[one.key] or one.text or str(one.number or "")
        moment = moments[str(one.key)]
        rows.append(
            Scan(
                pk=one.key,
                session_id=one.session,
                worker_id=worker,
                pass_token="" if worker else read[:64],
                direction=one.direction,
                how=one.how,
                device=device,
                device_at=one.device_at,
                scanned_at=moment.at,
                is_doubted=moment.is_doubted,
                received_at=at,
                received_by=by,
            )
        )
    return rows


def check_in(
    *, key: uuid.UUID, session: Session, worker: Worker, direction: str, by: Account | None, at: datetime
) -> Scan:
    """Check one worker in or out by hand; the same ``key`` again changes nothing."""
    allow(by is None or permissions.may_check_in(by, session.round))
    refuse_if(_objections_to_hand(session, worker))
    with transaction.atomic():
        values = {
            "session": session, "worker": worker, "direction": direction, "how": Scan.How.SEARCH,
            "device_at": at, "scanned_at": at, "received_at": at, "received_by": by,
        }  # fmt: skip
        scan, is_new = Scan.objects.get_or_create(pk=key, defaults=values)
        if is_new:
            note = {"session": session.pk, "direction": direction}
            record(
                verb="checked_by_hand", subject=worker, by=by, at=at, round_code=session.round.code, note=note
            )
    return scan


def _objections_to_hand(session: Session, worker: Worker) -> list[Objection]:
    found = []
    if worker.round_id != session.round_id:
        found.append(Objection("orientation.worker_of_another_round"))
    if worker.left_on is not None:
        found.append(Objection("orientation.worker_left", {"worker": str(worker)}))
    if session.cancelled_at is not None:
        found.append(Objection("orientation.session_cancelled", {"session": session.name}))
    return found


def void_scan(*, scan: Scan, reason: str, by: Account | None, at: datetime) -> Scan:
    """Take a scan back; it stays in the history with the reason and counts no more."""
    allow(by is None or permissions.may_plan(by, scan.session.round))
    reason = " ".join(reason.split())
    with transaction.atomic():
        scan = Scan.objects.select_for_update(of=("self",)).select_related("session__round").get(pk=scan.pk)
        objections = [] if reason else [Objection("orientation.no_reason", field="reason")]
        if scan.voided_at is not None:
            objections.append(Objection("orientation.voided_already"))
        refuse_if(objections)
        scan.voided_at, scan.voided_by, scan.void_reason = at, by, reason
        scan.save(update_fields=["voided_at", "voided_by", "void_reason"])
        code = scan.session.round.code
        record(verb="scan_voided", subject=scan, by=by, at=at, round_code=code, note={"reason": reason})
    return scan
