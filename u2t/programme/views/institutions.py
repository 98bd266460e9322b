"""What the letters of an institution say."""

from __future__ import annotations

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.objections import Refused
from u2t.pages.declare import allow, changes, either, shows
from u2t.pages.fields import show_objections
from u2t.programme import emblem as pictures
from u2t.programme import permissions
from u2t.programme.actions import institutions as actions
from u2t.programme.forms import EmblemForm, InstitutionForm
from u2t.programme.models import Institution


@shows()
def _letter_form(request: HttpRequest, institution_code: str) -> HttpResponse:
    institution = get_object_or_404(Institution, code=institution_code)
    allow(permissions.runs_office(request.user, institution))
    form = InstitutionForm(
        instance=institution, initial={"home_district": institution.home_district_id or ""}
    )
    return _page(request, institution, form, EmblemForm())


@changes()
def _letter(request: HttpRequest, institution_code: str) -> HttpResponse:
    institution = get_object_or_404(Institution, code=institution_code)
    allow(permissions.runs_office(request.user, institution))
    # The form fills its instance while it checks; the action compares with what is stored.
    form = InstitutionForm(request.POST, instance=Institution(code=institution.code))
    if form.is_valid():
        try:
            actions.change_institution(
                institution=institution, **form.given(), by=request.user, at=timezone.now()
            )
        except Refused as refused:
            show_objections(form, refused.objections)
        else:
            messages.success(request, _("The institution's letter data were kept."))
            return redirect("programme:institution", institution.code)
    return _page(request, institution, form, EmblemForm(), status=422)


institution = either(get=_letter_form, post=_letter)


@changes()
def set_emblem(request: HttpRequest, institution_code: str) -> HttpResponse:
    """Keep a picture as emblem."""
    institution = get_object_or_404(Institution, code=institution_code)
    allow(permissions.runs_office(request.user, institution))
    form = EmblemForm(request.POST, request.FILES)
    if form.is_valid():
        content = form.cleaned_data["emblem"].read(pictures.BYTES_AT_MOST + 1)
        try:
            actions.set_emblem(institution=institution, content=content, by=request.user, at=timezone.now())
        except Refused as refused:
            show_objections(form, refused.objections)
        else:
            messages.success(request, _("The emblem was kept."))
            return redirect("programme:institution", institution.code)
    stored = InstitutionForm(
        instance=institution, initial={"home_district": institution.home_district_id or ""}
    )
    return _page(request, institution, stored, form, status=422)


@changes()
def remove_emblem(request: HttpRequest, institution_code: str) -> HttpResponse:
    """Let letters keep an empty place for the emblem."""
    institution = get_object_or_404(Institution, code=institution_code)
    allow(permissions.runs_office(request.user, institution))
    actions.set_emblem(institution=institution, content=b"", by=request.user, at=timezone.now())
    messages.success(request, _("The emblem was removed."))
    return redirect("programme:institution", institution.code)


@shows(public=True)
def emblem(request: HttpRequest, institution_code: str) -> HttpResponseBase:
    """The emblem itself."""
    institution = get_object_or_404(Institution, code=institution_code)
    if not institution.emblem or not institution.emblem.storage.exists(institution.emblem.name):
        raise Http404
    return FileResponse(institution.emblem.open())


def _page(
    request: HttpRequest,
    institution: Institution,
    form: InstitutionForm,
    emblem: EmblemForm,
    status: int = 200,
) -> HttpResponse:
    context = {"institution": institution, "form": form, "emblem_form": emblem}
    return render(request, "programme/institution.html", context, status=status)
