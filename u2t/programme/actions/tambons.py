"""Let many tambons take part in a round at once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from u2t.audit import actions as audit
from u2t.objections import Objection, refuse_if
from u2t.pages.declare import allow
from u2t.programme import permissions
from u2t.programme.models import Round, RoundTambon, Tambon


def add_tambons(*, round: Round, codes: Sequence[str], by: Any, at: datetime) -> int:
    """Let the tambons with these six-digit codes take part, or, with every objection, none; answers how many."""
    allow(by is None or permissions.may_run_round(by, round))
    with transaction.atomic():
        wanted = list(dict.fromkeys(codes))
        known = {
            code
            for start in range(0, len(wanted), 900)
            for code in Tambon.objects.filter(code__in=wanted[start : start + 900]).values_list(
                "code", flat=True
            )
        }
        there = set(RoundTambon.objects.filter(round=round).values_list("tambon_id", flat=True))
        refuse_if(
            [
                *(Objection("programme.tambon_unknown", {"code": c}) for c in wanted if c not in known),
                *(
                    Objection("programme.tambon_already_in_round", {"tambon": c})
                    for c in wanted
                    if c in there
                ),
            ]
        )
        RoundTambon.objects.bulk_create(RoundTambon(round=round, tambon_id=code) for code in wanted)
        note = {"count": len(wanted), "codes": wanted}
        audit.record(
            verb="programme.add_tambons", subject=round, by=by, at=at, round_code=round.code, note=note
        )
    return len(wanted)
