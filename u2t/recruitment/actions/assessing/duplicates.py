"""Whether two applications are one person's."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from u2t.audit.actions import record
from u2t.objections import Objection, refuse_if
from u2t.pages.declare import allow
from u2t.people.models import Account
from u2t.recruitment import permissions
from u2t.recruitment.models import Application, SamePerson
from u2t.recruitment.queries.assessing import pairs


def decide_same_person(
    *, first: Application, second: Application, is_same: bool, reason: str, by: Account | None, at: datetime
) -> SamePerson:
    """Say that two applications are one person's, or that they are not, and why; the last word counts.

    The office of either may say so, and only of a pair that the rules found.
    """
    if (first.submitted_at, first.pk) > (second.submitted_at, second.pk):
        first, second = second, first
    own = next((one for one in (first, second) if by is None or permissions.may_screen(by, one.call)), None)
    allow(own is not None)
    assert own is not None
    reason = reason.strip()
    found = [] if reason else [Objection("recruitment.reason_missing", field="reason")]
    known = {(pair.pair.first, pair.pair.second) for pair in pairs.of_application(own)}
    if (first.pk, second.pk) not in known:
        found.append(Objection("recruitment.no_such_pair"))
    refuse_if(found)
    with transaction.atomic():
        made = SamePerson.objects.create(
            first=first, second=second, is_same=is_same, reason=reason, decided_at=at, decided_by=by
        )
        record(
            verb="recruitment.same_person" if is_same else "recruitment.two_persons",
            subject=own,
            by=by,
            at=at,
            round_code=own.call.round.code,
            note={"reason": reason, "pair": made.pk},
        )
    return made
