"""Results of the orientation's test."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from u2t.audit.actions import record
from u2t.objections import Objection, refuse_if
from u2t.orientation import permissions
from u2t.orientation.models import TestResult
from u2t.orientation.rules import testing as rules
from u2t.pages.declare import allow
from u2t.people.models import Account, Worker
from u2t.programme.models import Round


def note_results(
    *,
    round: Round,
    results: Sequence[rules.Result],
    max_points: int,
    taken_on: date,
    by: Account | None,
    at: datetime,
) -> int:
    """Note points of many workers, all or none; returns how many were new.

    The same points of the same day are noted once, however often the file is brought. Raises
    :class:`u2t.objections.Refused` with everything against any of them, each with its place.
    """
    allow(by is None or permissions.may_plan(by, round))
    workers = dict(Worker.objects.filter(round=round).values_list("number", "pk"))
    found = list(rules.objections(results, workers, max_points))
    if taken_on > timezone.localdate(at):
        found.append(Objection("orientation.test_ahead", {}, "taken_on"))
    refuse_if(found)
    with transaction.atomic():
        Round.objects.select_for_update(of=("self",)).get(pk=round.pk)
        rows = TestResult.objects.filter(worker__round=round, taken_on=taken_on, max_points=max_points)
        known = set(rows.values_list("worker_id", "points"))
        new = [
            TestResult(
                worker_id=workers[result.number],
                points=result.points,
                max_points=max_points,
                taken_on=taken_on,
                noted_at=at,
                noted_by=by,
            )
            for result in results
            if (workers[result.number], result.points) not in known
        ]
        TestResult.objects.bulk_create(new, batch_size=500)
        if new:
            note = {"results": len(new), "taken_on": taken_on.isoformat(), "max_points": max_points}
            record(
                verb="orientation.results_noted",
                subject=round,
                by=by,
                at=at,
                round_code=round.code,
                note=note,
            )
    return len(new)
