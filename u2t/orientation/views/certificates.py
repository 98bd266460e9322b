"""Certificates: the office issues, revokes, words and prints them; the worker downloads the own one."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from u2t.objections import Objection, Refused
from u2t.orientation import permissions
from u2t.orientation.actions import certifying as actions
from u2t.orientation.forms import skills as forms
from u2t.orientation.models import Certificate
from u2t.orientation.queries import certificates, completion
from u2t.orientation.rules import completion as rules
from u2t.orientation.views.passes import round_of
from u2t.pages.declare import allow, changes, shows
from u2t.pages.fields import show_objections
from u2t.pages.paging import chosen, page_of, typed
from u2t.programme.models import Round


def verify_address(request: HttpRequest) -> str:
    """Where anybody verifies."""
    return request.build_absolute_uri(reverse("seals:verify"))


@shows()
def register(request: HttpRequest, round_code: str) -> HttpResponse:
    """All certificates of the round by number."""
    form = forms.IssueForm(initial={"dated_on": timezone.localdate()})
    return _register_page(request, round_of(round_code), form)


def _register_page(request: HttpRequest, round: Round, form: forms.IssueForm) -> HttpResponse:
    allow(permissions.may_see_attendance(request.user, round))
    text, state = typed(request), chosen(request, "state", ("valid", "revoked"))
    standing = completion.of_round(round, timezone.now())
    context = {
        "round": round, "form": form, "q": text, "state": state, "is_filtered": bool(text or state),
        "page": page_of(request, certificates.found(round, text, state)),
        "in_force": certificates.in_force(round).count(),
        "due": sum(one.is_complete and not one.has_certificate for one in standing.values()),
        "may_plan": permissions.may_plan(request.user, round),
    }  # fmt: skip
    return render(request, "orientation/certificates.html", context)


@changes()
def issue(request: HttpRequest, round_code: str) -> HttpResponse:
    """Issue the certificate of everybody who has completed and has none."""
    round = round_of(round_code)
    allow(permissions.may_plan(request.user, round))
    form = forms.IssueForm(request.POST)
    if not form.is_valid():
        return _register_page(request, round, form)
    try:
        done = actions.issue_certificates(
            round=round, dated_on=form.cleaned_data["dated_on"], by=request.user, at=timezone.now()
        )
    except Refused as refused:
        show_objections(form, refused.objections)
        return _register_page(request, round, form)
    n = len(done.certificates)
    said = ngettext("%(n)s certificate was issued.", "%(n)s certificates were issued.", n) % {"n": n}
    messages.success(request, said)
    if done.left_out:
        return render(request, "orientation/left_out.html", {"round": round, "left_out": done.left_out})
    return redirect("orientation:certificates", round.code)


@shows()
def paper(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """One certificate as PDF, for the office and the worker; a revoked one for the office only."""
    row = _certificate(round_code, pk)
    may = permissions.may_see_attendance(request.user, row.worker.round)
    allow(may or (row.revoked_at is None and permissions.may_see_own(request.user, row.worker)))
    name = actions.file_name(row)
    headers = {"Content-Disposition": content_disposition_header("download" in request.GET, name)}
    content = certificates.pdf([row], verify_address(request))
    return HttpResponse(content, content_type="application/pdf", headers=headers)


def _certificate(round_code: str, pk: int) -> Certificate:
    rows = Certificate.objects.select_related("worker__round__institution", "worker__person")
    return get_object_or_404(rows, worker__round=round_of(round_code), pk=pk)


@shows()
def revoking(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """Ask why a certificate is revoked."""
    return _revoke_page(request, _certificate(round_code, pk), forms.ReasonForm())


@changes()
def revoke(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """Revoke it; its number stays used."""
    row, form = _certificate(round_code, pk), forms.ReasonForm(request.POST)
    if not form.is_valid():
        return _revoke_page(request, row, form)
    actions.revoke(certificate=row, by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Certificate no. %(number)s was revoked.") % {"number": row})
    return redirect("orientation:certificates", round_code)


def _revoke_page(request: HttpRequest, row: Certificate, form: forms.ReasonForm) -> HttpResponse:
    round = row.worker.round
    allow(permissions.may_plan(request.user, round))
    back = reverse("orientation:certificates", args=[round.code])
    context = {"round": round, "certificate": row, "form": form, "back_url": back}
    return render(request, "orientation/revoke.html", context)


@shows()
def wording(request: HttpRequest, round_code: str) -> HttpResponse:
    """What the certificates of the round say."""
    round = round_of(round_code)
    said = certificates.paper_of(round)
    initial = {"certificate_title_th": said.title, "certificate_text_th": said.text}
    return _wording_page(request, round, forms.WordingForm(initial=initial))


@changes()
def word(request: HttpRequest, round_code: str) -> HttpResponse:
    """Keep it; certificates already issued stay as they are."""
    round, form = round_of(round_code), forms.WordingForm(request.POST)
    allow(permissions.may_plan(request.user, round))
    if not form.is_valid():
        return _wording_page(request, round, form)
    title, text = form.cleaned_data["certificate_title_th"], form.cleaned_data["certificate_text_th"]
    try:
        actions.word(round=round, title=title, text=text, by=request.user, at=timezone.now())
    except Refused as refused:
        show_objections(form, refused.objections)
        return _wording_page(request, round, form)
    messages.success(request, _("The wording was saved. Certificates already issued stay as they are."))
    return redirect("orientation:certificates", round.code)


def _wording_page(request: HttpRequest, round: Round, form: forms.WordingForm) -> HttpResponse:
    allow(permissions.may_plan(request.user, round))
    back = reverse("orientation:certificates", args=[round.code])
    context = {"round": round, "form": form, "fields": rules.FIELDS, "back_url": back}
    return render(request, "orientation/wording.html", context)


@changes()
def print_all(request: HttpRequest, round_code: str) -> HttpResponse:
    """Print all in force; goes to the page that shows how far it is."""
    address, at = verify_address(request), timezone.now()
    round = round_of(round_code)
    return redirect(actions.ask_bundle(round=round, address=address, by=request.user, at=at))


@shows()
def bundle(request: HttpRequest, round_code: str, bundle: UUID) -> HttpResponse:
    """What was printed."""
    round = round_of(round_code)
    allow(permissions.may_see_attendance(request.user, round))
    is_there = default_storage.exists(actions.bundle_name(round, str(bundle), "zip"))
    return render(
        request, "orientation/bundle.html", {"round": round, "bundle": bundle, "is_there": is_there}
    )


@shows()
def bundle_file(request: HttpRequest, round_code: str, bundle: UUID, ending: str) -> FileResponse:
    """One of the two files."""
    round = round_of(round_code)
    allow(permissions.may_see_attendance(request.user, round))
    name = actions.bundle_name(round, str(bundle), ending)
    if not default_storage.exists(name):
        raise Refused([Objection("orientation.file_gone")])
    told = f"{_('certificates')}-{round.code}.{ending}"
    return FileResponse(default_storage.open(name), as_attachment=True, filename=told)
