"""Which tambons take part in a round, one by one."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import ProtectedError

from u2t.audit import actions as audit
from u2t.objections import Objection, Refused
from u2t.pages.declare import allow
from u2t.programme import permissions
from u2t.programme.models import Round, RoundTambon, Tambon


def add_tambon(*, round: Round, code: str, by: Any, at: datetime) -> RoundTambon:
    """Let the tambon with this six-digit code take part in the round."""
    allow(by is None or permissions.may_run_round(by, round))
    with transaction.atomic():
        tambon = Tambon.objects.with_places().filter(code=code).first()
        if tambon is None:
            raise Refused([Objection("programme.tambon_unknown", {"code": code})])
        target, is_new = RoundTambon.objects.get_or_create(round=round, tambon=tambon)
        if not is_new:
            raise Refused([Objection("programme.tambon_already_in_round", {"tambon": tambon.full_name})])
        _record("add_tambon", target, by, at)
    return target


def remove_tambon(*, round: Round, code: str, by: Any, at: datetime) -> None:
    """Take a tambon out of the round, as long as nobody was hired for it, wished for it or was sent there.

    What host agencies cover goes with it.
    """
    allow(by is None or permissions.may_run_round(by, round))
    target = RoundTambon.objects.with_places().filter(round=round, tambon_id=code).first()
    if target is None:
        raise Refused([Objection("programme.tambon_not_in_round", {"code": code})])
    try:
        with transaction.atomic():
            # Placement and handover hold the same lock while they send people somewhere.
            Round.objects.select_for_update().get(pk=round.pk)
            key = target.pk
            target.delete()
            target.pk = key
            _record("remove_tambon", target, by, at)
    except ProtectedError as error:
        about = {"tambon": target.tambon.full_name, "count": len(error.protected_objects)}
        raise Refused([Objection("programme.tambon_in_use", about)]) from error


def _record(verb: str, target: RoundTambon, by: Any, at: datetime) -> None:
    audit.record(
        verb=f"programme.{verb}",
        subject=target,
        by=by,
        at=at,
        round_code=target.round.code,
        note={"code": target.tambon_id},
    )
