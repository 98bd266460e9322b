"""Who is there: the board of a session, the devices at the doors, one person's scans."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.orientation import permissions
from u2t.orientation.actions import checking_in
from u2t.orientation.forms.sessions import VoidForm
from u2t.orientation.models import Scan, Session
from u2t.orientation.queries import attendance as queries
from u2t.orientation.queries import sessions as planned
from u2t.orientation.views.sessions import chosen_session, round_of
from u2t.pages.declare import allow, changes, shows
from u2t.pages.paging import chosen, page_of, typed
from u2t.people.models import Worker
from u2t.programme.models import Round

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _seen(request: HttpRequest, round_code: str) -> Round:
    round = round_of(round_code)
    allow(permissions.may_see_attendance(request.user, round))
    return round


@shows()
def board(request: HttpRequest, round_code: str) -> HttpResponse:
    """Who is in, who is missing, who came late; counted by group or tambon."""
    round = _seen(request, round_code)
    session = chosen_session(request, round)
    rows = queries.board(session) if session else []
    show, by, text = (
        chosen(request, "show", queries.SHOWS, "all"),
        chosen(request, "by", {"group"}, "tambon"),
        typed(request),
    )
    counts = {name: len(queries.shown(rows, name)) for name in queries.SHOWS}
    found = queries.shown(queries.matching(rows, text) if text else rows, show)
    context = {
        "round": round,
        "session": session,
        "sessions": planned.sessions_of(round),
        "counts": counts,
        "expected": sum(row.is_expected for row in rows),
        "came": sum(row.state != "missing" for row in rows),
        "tabs": [(name, label, counts[name], name == show) for name, label in queries.SHOWS.items()],
        "tallies": queries.tallies(rows, by),
        "by": by,
        "page": page_of(request, found, size=50),
        "q": text,
        "show": show,
        "is_filtered": bool(text) or show != "all",
        "unknown": Scan.objects.filter(session=session, worker=None, voided_at=None).count()
        if session
        else 0,
        "devices": list(queries.devices_of(round)[:12]),
        "is_running": bool(session and session.begins_at <= timezone.now() <= session.ends_at),
        "may_plan": permissions.may_plan(request.user, round),
    }
    return render(request, "orientation/attendance.html", context)


def _local() -> dict[str, str]:
    return {"in": _("Inside now"), "left": _("Left"), "missing": _("Not yet here")}


@shows()
def workbook(request: HttpRequest, round_code: str) -> HttpResponse:
    """The whole board as a workbook."""
    round = _seen(request, round_code)
    session = chosen_session(request, round)
    if session is None:
        raise Http404
    content = queries.workbook(queries.board(session), _local())
    headers = {"Content-Disposition": f'attachment; filename="attendance-{round.code}-{session.pk}.xlsx"'}
    return HttpResponse(content, content_type=XLSX, headers=headers)


@shows()
def devices(request: HttpRequest, round_code: str) -> HttpResponse:
    """Every device: who enrolled it, when it was heard of, what it still keeps; and passes that nobody has."""
    round = _seen(request, round_code)
    unknown = Scan.objects.filter(session__round=round, worker=None, voided_at=None).select_related(
        "session", "device"
    )
    context = {"round": round, "devices": queries.devices_of(round), "page": page_of(request, unknown)}
    return render(request, "orientation/devices.html", context)


@shows()
def seen(request: HttpRequest, round_code: str, pk: int, number: int) -> HttpResponse:
    """Every scan of one person in one session, with what was made of them."""
    round = _seen(request, round_code)
    session = get_object_or_404(Session.objects.select_related("round"), round=round, pk=pk)
    worker = get_object_or_404(queries.people_of(round), number=number)
    return _history(request, session, worker, VoidForm())


def _history(request: HttpRequest, session: Session, worker: Worker, form: VoidForm) -> HttpResponse:
    found = [row for row in queries.board(session) if row.worker.pk == worker.pk]
    context = {
        "round": session.round,
        "session": session,
        "worker": worker,
        "row": found[0] if found else None,
        "scans": Scan.objects.filter(session=session, worker=worker).select_related(
            "device", "received_by__person", "voided_by__person"
        ),
        "form": form,
        "may_plan": permissions.may_plan(request.user, session.round),
    }
    return render(request, "orientation/seen.html", context)


@changes()
def void(request: HttpRequest, round_code: str, scan: UUID) -> HttpResponse:
    """Take a scan back."""
    round = round_of(round_code)
    allow(permissions.may_plan(request.user, round))
    row = get_object_or_404(
        Scan.objects.select_related("session__round", "worker__person"), session__round=round, pk=scan
    )
    form = VoidForm(request.POST)
    if not form.is_valid() and row.worker is not None:
        return _history(request, row.session, row.worker, form)
    reason = request.POST.get("reason", "").replace("\x00", "")[:500]
    checking_in.void_scan(scan=row, reason=reason, by=request.user, at=timezone.now())
    messages.success(request, _("The scan was taken back."))
    if row.worker is None:
        return redirect("orientation:devices", round.code)
    return redirect("orientation:seen", round.code, row.session_id, row.worker.number)
