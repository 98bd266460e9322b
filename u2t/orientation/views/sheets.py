"""Attendance sheets to sign by hand."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.http import content_disposition_header

from u2t.orientation import permissions
from u2t.orientation.models import Session
from u2t.orientation.queries import sheets
from u2t.orientation.views.passes import round_of
from u2t.pages.declare import allow, shows
from u2t.pages.paging import chosen


@shows()
def sheet(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """The sheet of one session as PDF, a group a page or by tambon, with a column to sign in."""
    round = round_of(round_code)
    allow(permissions.may_see_attendance(request.user, round))
    session = get_object_or_404(Session.objects.select_related("round__institution"), round=round, pk=pk)
    by = chosen(request, "by", sheets.ORDERS, sheets.ORDERS[0])
    content = sheets.pdf(session, by=by, times="times" in request.GET, on=timezone.localdate())
    headers = {"Content-Disposition": content_disposition_header(False, f"sheet-{round.code}-{pk}.pdf")}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
