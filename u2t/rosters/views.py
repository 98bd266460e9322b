"""Pages of the programme office: bring a list in, look at what was understood, accept it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.objections import Objection, Refused
from u2t.pages.declare import allow, changes, shows
from u2t.pages.paging import page_of
from u2t.programme.models import Round
from u2t.rosters import actions, files, permissions, previews, queries
from u2t.rosters.forms import UploadForm
from u2t.rosters.models import Roster

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _round(request: HttpRequest, code: str) -> Round:
    """The round, if the account may bring lists into it."""
    round = get_object_or_404(Round.objects.select_related("institution"), code=code)
    allow(permissions.may_import(request.user, round))
    return round


def _roster(request: HttpRequest, code: str, pk: int) -> Roster:
    round = _round(request, code)
    people = ("uploaded_by__person", "accepted_by__person", "discarded_by__person")
    roster = get_object_or_404(Roster.objects.select_related(*people), round=round, pk=pk)
    roster.round = round
    return roster


def _kind(kind: str) -> Roster.Kind:
    if kind not in Roster.Kind.values:
        raise Http404
    return Roster.Kind(kind)


@shows()
def rosters(request: HttpRequest, round_code: str) -> HttpResponse:
    """The four lists of the round with their state, and all files that came in."""
    round = _round(request, round_code)
    page = page_of(request, queries.rosters(round))
    cards = previews.cards(round, queries.counts(round), queries.waiting(round))
    return render(request, "rosters/rosters.html", {"round": round, "page": page, "cards": cards})


@shows()
def upload(request: HttpRequest, round_code: str, kind: str) -> HttpResponse:
    """Choose a file."""
    return _upload_page(request, _round(request, round_code), _kind(kind), UploadForm())


@changes()
def send(request: HttpRequest, round_code: str, kind: str) -> HttpResponse:
    """Read and check the file; on to its preview, or say why it cannot be read."""
    round, chosen = _round(request, round_code), _kind(kind)
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _upload_page(request, round, chosen, form, status=422)
    file = form.cleaned_data["file"]
    try:
        roster = actions.upload_roster(
            round=round,
            kind=chosen,
            file_name=file.name,
            data=file.read(),
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refused:
        return _upload_page(request, round, chosen, form, refused.objections, status=422)
    return redirect(roster)


def _upload_page(
    request: HttpRequest,
    round: Round,
    kind: Roster.Kind,
    form: UploadForm,
    objections: tuple[Objection, ...] = (),
    status: int = 200,
) -> HttpResponse:
    known = queries.known(round, kind, timezone.localdate())
    context = {
        "round": round,
        "kind": kind,
        "form": form,
        "refusals": previews.refusals(objections),
        "columns": files.offered_columns(kind, known),
    }
    return render(request, "rosters/upload.html", context, status=status)


@shows()
def template(request: HttpRequest, round_code: str, kind: str, form: str) -> HttpResponse:
    """The template of a list as a workbook or as CSV."""
    round, chosen = _round(request, round_code), _kind(kind)
    known = queries.known(round, chosen, timezone.localdate())
    if form == "csv":
        return _file(files.template_csv(chosen, known), f"{chosen}.csv", "text/csv; charset=utf-8")
    return _file(files.template_xlsx(chosen, known), f"{chosen}.xlsx", _XLSX)


@shows()
def roster(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """What was understood of a file and what was found in it."""
    shown = _roster(request, round_code, pk)
    return render(request, "rosters/roster.html", {"round": shown.round, "preview": previews.preview(shown)})


@shows()
def findings(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """What was found, as a workbook to work through."""
    shown = _roster(request, round_code, pk)
    return _file(files.findings_xlsx(shown), f"{shown.kind}-{shown.pk}-findings.xlsx", _XLSX)


@changes()
def accept(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """Store all rows, or none."""
    return _ended(
        request, _roster(request, round_code, pk), actions.accept_roster, _("%(count)s rows were stored.")
    )


@changes()
def discard(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """Put the file aside."""
    shown = _roster(request, round_code, pk)
    return _ended(
        request, shown, actions.discard_roster, _("The roster was discarded; its file was deleted.")
    )


@changes()
def recheck(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """Check the kept file against the round as it is now."""
    shown = _roster(request, round_code, pk)
    return _ended(request, shown, actions.recheck_roster, _("The roster was checked again."))


def _ended(request: HttpRequest, roster: Roster, act: Callable[..., Any], done: str) -> HttpResponse:
    try:
        count = act(roster=roster, by=request.user, at=timezone.now())
    except Refused as refused:
        roster.refresh_from_db()
        preview = previews.preview(roster, refused.objections)
        context = {"round": roster.round, "preview": preview}
        return render(request, "rosters/roster.html", context, status=409)
    messages.success(request, done % {"count": count})
    return redirect(roster)


def _file(data: bytes, name: str, kind: str) -> HttpResponse:
    return HttpResponse(
        data, content_type=kind, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )
