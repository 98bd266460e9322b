"""A worker's own programme, on the phone and in its calendar."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from u2t.orientation.queries import attendance
from u2t.orientation.queries import sessions as queries
from u2t.orientation.views.sessions import round_of
from u2t.pages.declare import allow, shows
from u2t.people import permissions as people


@shows()
def programme(request: HttpRequest, round_code: str) -> HttpResponse:
    """What I attend, when and where, and what was seen of me."""
    round = round_of(round_code)
    worker = people.worker_of(request.user, round)
    allow(worker is not None)
    assert worker is not None
    sessions = queries.programme_of(worker)
    seen = attendance.of_worker(worker)
    days = [
        (day, [(one, seen.get(one.pk), [m for m in one.materials.all() if not m.removed_at]) for one in rows])
        for day, rows in queries.days_of(sessions)
    ]
    context = {
        "round": round,
        "days": days,
        "group": worker.orientation_groups.first(),
        "plan": attendance.plan_of(round),
        "now": timezone.now(),
    }
    return render(request, "orientation/programme.html", context)


@shows()
def calendar(request: HttpRequest, round_code: str) -> HttpResponse:
    """The same for the phone's calendar."""
    round = round_of(round_code)
    worker = people.worker_of(request.user, round)
    allow(worker is not None)
    assert worker is not None
    text = queries.calendar(
        queries.programme_of(worker), request.get_host().partition(":")[0], timezone.now()
    )
    headers = {"Content-Disposition": f'attachment; filename="orientation-{round.code}.ics"'}
    return HttpResponse(text, content_type="text/calendar; charset=utf-8", headers=headers)
