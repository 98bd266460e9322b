"""Everything that can happen to rosters: uploaded, checked again, accepted whole, discarded."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from u2t.agencies.actions import intake
from u2t.audit import actions as audit
from u2t.objections import Objection, Refused, refuse_if
from u2t.pages.declare import allow
from u2t.pages.findings import plain
from u2t.people.actions import hiring
from u2t.programme.actions import tambons
from u2t.programme.models import Round
from u2t.rosters import permissions, queries
from u2t.rosters.models import Roster
from u2t.rosters.rules import checking
from u2t.sheets.workbook import Limits, Unreadable

# Each stage stores its own people and things; this part only says which action takes which roster.
_STORE: dict[str, Callable[..., int]] = {
    "tambons": lambda newcomers, **by: tambons.add_tambons(codes=newcomers, **by),
    "lecturers": lambda newcomers, **by: hiring.add_lecturers(lecturers=newcomers, **by),
    "agencies": lambda newcomers, **by: intake.add_agencies(agencies=newcomers, **by),
    "workers": lambda newcomers, **by: hiring.hire_workers(workers=newcomers, **by),
}


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Let the garbage collector rest: an import makes a million objects and no cycles, and each full collection
    would walk over all of them (measured: a sixth of the time)."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def check_roster(*, round: Round, kind: str, file_name: str, data: bytes, at: datetime) -> checking.Checked:
    """Check a file against the round as it is now; writes nothing. Refused where it cannot be read at all."""
    known = queries.known(round, kind, timezone.localtime(at).date())
    try:
        return checking.check(kind, data, file_name, known, Limits(file_bytes=settings.ROSTER_MAX_BYTES))
    except Unreadable as unreadable:
        problem = unreadable.problem
        raise Refused([Objection(f"rosters.{problem.code}", plain(problem.about))]) from unreadable


def upload_roster(*, round: Round, kind: str, file_name: str, data: bytes, by: Any, at: datetime) -> Roster:
    """Keep the file with its report; nothing of its rows is stored until it is accepted."""
    allow(by is None or permissions.may_import(by, round))
    checked = check_roster(round=round, kind=kind, file_name=file_name, data=data, at=at)
    with transaction.atomic():
        return _keep(round, checked, file_name, data, by, at)


def recheck_roster(*, roster: Roster, by: Any, at: datetime) -> None:
    """Check the kept file against the round as it is now, for instance after tambons were added."""
    allow(by is None or permissions.may_import(by, roster.round))
    refuse_if(_ended(roster))
    checked = _checked_again(roster, at)
    with transaction.atomic():
        roster = Roster.objects.select_for_update().get(pk=roster.pk)
        refuse_if(_ended(roster))
        roster.report = checked.as_json()
        roster.save(update_fields=["report"])


def accept_roster(*, roster: Roster, by: Any, at: datetime) -> int:
    """Store all rows of the file or, with every objection, none; answers how many were new.

    The kept bytes are checked again inside the transaction: what is stored is what holds now, not what held when
    the preview was made.
    """
    allow(by is None or permissions.may_import(by, roster.round))
    with _without_collecting(), transaction.atomic():
        round = Round.objects.select_for_update().get(pk=roster.round_id)
        roster = Roster.objects.select_for_update().get(pk=roster.pk)
        refuse_if(_ended(roster))
        checked = _checked_again(roster, at)
        refuse_if(_problems(checked))
        return _store(roster, round, checked, by, at)


def discard_roster(*, roster: Roster, by: Any, at: datetime) -> None:
    """Put a roster aside; its file, which holds personal data, is deleted."""
    allow(by is None or permissions.may_import(by, roster.round))
    with transaction.atomic():
        roster = Roster.objects.select_for_update().get(pk=roster.pk)
        refuse_if(_ended(roster))
        roster.discarded_at, roster.discarded_by = at, by
        name = roster.file.name
        roster.save(update_fields=["discarded_at", "discarded_by"])
        _record("discard", roster, by, at, {})
        if not Roster.objects.filter(file=name, discarded_at=None).exists():
            transaction.on_commit(lambda: default_storage.delete(name))


def import_roster(
    *, round: Round, kind: str, file_name: str, data: bytes, by: Any, at: datetime
) -> checking.Checked:
    """Upload and accept in one go; where the file has problems nothing is stored and the check tells them."""
    allow(by is None or permissions.may_import(by, round))
    with _without_collecting(), transaction.atomic():
        round = Round.objects.select_for_update().get(pk=round.pk)
        checked = check_roster(round=round, kind=kind, file_name=file_name, data=data, at=at)
        if not checked.report.has_problems:
            roster = _keep(round, checked, file_name, data, by, at)
            _store(roster, round, checked, by, at)
    return checked


def _keep(
    round: Round, checked: checking.Checked, file_name: str, data: bytes, by: Any, at: datetime
) -> Roster:
    digest = hashlib.sha256(data).hexdigest()
    stored = f"rosters/{digest}{PurePath(file_name).suffix.lower()[:6]}"
    if not default_storage.exists(stored):
        stored = default_storage.save(stored, ContentFile(data))
    roster = Roster(
        round=round,
        kind=checked.kind,
        file_name=PurePath(file_name).name[:200],
        sha256=digest,
        report=checked.as_json(),
        uploaded_at=at,
        uploaded_by=by,
    )
    roster.file.name = stored
    roster.save()
    note = {"kind": checked.kind, "rows": checked.rows, "sha256": digest}
    _record("upload", roster, by, at, note)
    return roster


def _store(roster: Roster, round: Round, checked: checking.Checked, by: Any, at: datetime) -> int:
    count = _STORE[roster.kind](checked.newcomers, round=round, by=by, at=at)
    roster.report = checked.as_json()
    roster.accepted_at, roster.accepted_by = at, by
    roster.save(update_fields=["report", "accepted_at", "accepted_by"])
    note = {"kind": roster.kind, "new": count, "unchanged": checked.unchanged, "sha256": roster.sha256}
    _record("accept", roster, by, at, note)
    return count


def _checked_again(roster: Roster, at: datetime) -> checking.Checked:
    try:
        with default_storage.open(roster.file.name) as file:
            data = file.read()
    except OSError as error:
        raise Refused([Objection("rosters.file_gone")]) from error
    if hashlib.sha256(data).hexdigest() != roster.sha256:
        raise Refused([Objection("rosters.file_gone")])
    return check_roster(round=roster.round, kind=roster.kind, file_name=roster.file_name, data=data, at=at)


def _ended(roster: Roster) -> list[Objection]:
    found = [Objection("rosters.already_accepted")] if roster.accepted_at else []
    return found + ([Objection("rosters.already_discarded")] if roster.discarded_at else [])


def _problems(checked: checking.Checked) -> list[Objection]:
    count = checked.report.count("problem")
    return [Objection("rosters.has_problems", {"count": count})] if count else []


def _record(verb: str, roster: Roster, by: Any, at: datetime, note: dict[str, object]) -> None:
    audit.record(
        verb=f"rosters.{verb}", subject=roster, by=by, at=at, round_code=roster.round.code, note=note
    )
