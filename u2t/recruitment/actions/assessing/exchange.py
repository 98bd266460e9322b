"""Times and scores that come back in a spreadsheet: checked as a preview, then stored whole or not at all."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from u2t.audit.actions import record
from u2t.objections import Objection, Refused
from u2t.pages.declare import allow
from u2t.pages.findings import plain
from u2t.people.models import Account
from u2t.recruitment import permissions
from u2t.recruitment.models import Application, Call
from u2t.recruitment.queries.assessing import exchange
from u2t.recruitment.rules import returned
from u2t.sheets.workbook import Unreadable


def check_back(*, call: Call, data: bytes, file_name: str, at: datetime) -> returned.Checked:
    """Check a file against the call as it is now; writes nothing. Refused where it cannot be read at all."""
    try:
        return returned.check(data, file_name, exchange.known(call), timezone.localdate(at))
    except Unreadable as unreadable:
        problem = unreadable.problem
        raise Refused([Objection(f"recruitment.{problem.code}", plain(problem.about))]) from unreadable


def bring_back(
    *, call: Call, data: bytes, file_name: str, by: Account | None, at: datetime
) -> returned.Checked:
    """Store the times and scores of the file, or with any problem nothing.

    A score from a file stands for the interviews; who has locked points of interviewers keeps those.
    """
    allow(by is None or permissions.may_screen(by, call))
    with transaction.atomic():
        Call.objects.select_for_update().get(pk=call.pk)
        list(Application.objects.select_for_update().filter(call=call).order_by("pk").values_list("pk"))
        checked = check_back(call=call, data=data, file_name=file_name, at=at)
        if checked.report.has_problems:
            count = checked.report.count("problem")
            raise Refused([Objection("recruitment.file_has_problems", {"count": count})])
        _store(checked, at)
        note = {
            "times": sum(change.begins is not None for change in checked.changes),
            "scores": sum(change.score is not None for change in checked.changes),
            "absent": sum(change.is_absent for change in checked.changes),
        }
        record(
            verb="recruitment.brought_back",
            subject=call,
            by=by,
            at=at,
            round_code=call.round.code,
            note=note,
        )
    return checked


def _store(checked: returned.Checked, at: datetime) -> None:
    zone = timezone.get_default_timezone()
    rows = Application.objects.in_bulk([change.key for change in checked.changes])
    for change in checked.changes:
        row = rows[change.key]
        if change.begins is not None:
            row.interview_at = change.begins.replace(tzinfo=zone)
        if change.place is not None:
            row.interview_place = change.place
        if change.score is not None:
            row.score, row.scored_at = change.score, at
        if change.is_absent:
            row.score, row.scored_at = None, at
    fields = ["interview_at", "interview_place", "score", "scored_at"]
    Application.objects.bulk_update(rows.values(), fields, batch_size=200)
