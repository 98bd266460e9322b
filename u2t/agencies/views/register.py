"""Enter and change agencies, their part in a round, their contacts."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.agencies import permissions, queries
from u2t.agencies.actions import contacts as contact_actions
from u2t.agencies.actions import register as actions
from u2t.agencies.forms import AgencyForm, ContactForm, PartForm
from u2t.agencies.models import Agency, Contact, Participation
from u2t.objections import Refused
from u2t.pages.declare import allow, changes, either, shows
from u2t.pages.fields import posted_key, show_objections
from u2t.programme import permissions as programme
from u2t.programme.models import Round


def round_of(code: str) -> Round:
    """The round with this code, or 404."""
    return get_object_or_404(Round.objects.select_related("institution"), code=code)


def _agency(pk: int) -> Agency:
    return get_object_or_404(Agency.objects.with_places().select_related("institution"), pk=pk)


@shows()
def _add_form(request: HttpRequest, round_code: str) -> HttpResponse:
    round = round_of(round_code)
    allow(programme.may_run_round(request.user, round))
    return render(request, "agencies/add.html", {"form": AgencyForm(), "round": round})


@changes()
def _add(request: HttpRequest, round_code: str) -> HttpResponse:
    round = round_of(round_code)
    allow(programme.may_run_round(request.user, round))
    form = AgencyForm(request.POST)
    if form.is_valid():
        try:
            agency = actions.add_agency(
                institution=round.institution, **form.given(), by=request.user, at=timezone.now()
            )
        except Refused as refused:
            show_objections(form, refused.objections)
        else:
            messages.success(request, _("The agency is registered. Next: say what it does in the round."))
            return redirect("agencies:part", round.code, agency.pk)
    return render(request, "agencies/add.html", {"form": form, "round": round}, status=422)


add = either(get=_add_form, post=_add)


@shows()
def _change_form(request: HttpRequest, pk: int) -> HttpResponse:
    agency = _agency(pk)
    allow(permissions.may_change_agency(request.user, agency))
    return _change_page(request, agency, AgencyForm.of(agency), ContactForm())


@changes()
def _change(request: HttpRequest, pk: int) -> HttpResponse:
    agency = _agency(pk)
    allow(permissions.may_change_agency(request.user, agency))
    form = AgencyForm(request.POST)
    if form.is_valid():
        try:
            actions.change_agency(agency=agency, **form.given(), by=request.user, at=timezone.now())
        except Refused as refused:
            show_objections(form, refused.objections)
        else:
            messages.success(request, _("The agency was changed."))
            return redirect(agency)
    return _change_page(request, agency, form, ContactForm(), status=422)


change = either(get=_change_form, post=_change)


@changes()
def add_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a new person act for the agency."""
    agency = _agency(pk)
    allow(permissions.may_change_agency(request.user, agency))
    form = ContactForm(request.POST)
    if form.is_valid():
        try:
            contact_actions.add_new_contact(
                agency=agency, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Refused as refused:
            show_objections(form, refused.objections)
        else:
            messages.success(request, _("The contact was added."))
            return redirect("agencies:change", agency.pk)
    return _change_page(request, agency, AgencyForm.of(agency), form, status=422)


@changes()
def end_contact(request: HttpRequest, pk: int) -> HttpResponse:
    """End a person's post at the agency."""
    agency = _agency(pk)
    allow(permissions.may_change_agency(request.user, agency))
    contact = get_object_or_404(
        Contact.objects.select_related("agency__institution", "person"),
        agency=agency,
        pk=posted_key(request, "contact"),
    )
    contact_actions.end_contact(contact=contact, by=request.user, at=timezone.now())
    messages.success(request, _("The post has ended."))
    return redirect("agencies:change", agency.pk)


def _change_page(
    request: HttpRequest, agency: Agency, form: AgencyForm, contact_form: ContactForm, status: int = 200
) -> HttpResponse:
    context = {
        "agency": agency,
        "form": form,
        "contact_form": contact_form,
        "contacts": queries.contacts_of([agency.pk]),
        "parts": queries.rounds_of(agency),
        "other_rounds": queries.rounds_without(agency),
    }
    return render(request, "agencies/change.html", context, status=status)


@shows()
def _part_form(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    round, agency = round_of(round_code), _agency(pk)
    allow(_may_part(request, round, agency))
    return _part_page(request, round, agency, PartForm(round=round, part=_part_of(round, agency)))


@changes()
def _part(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    round, agency = round_of(round_code), _agency(pk)
    allow(_may_part(request, round, agency))
    form = PartForm(request.POST, round=round, part=None)
    if form.is_valid():
        try:
            actions.change_part(
                round=round, agency=agency, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Refused as refused:
            show_objections(form, refused.objections)
        else:
            messages.success(request, _("The agency's part in the round was kept."))
            return redirect(agency)
    return _part_page(request, round, agency, form, status=422)


part = either(get=_part_form, post=_part)


def _may_part(request: HttpRequest, round: Round, agency: Agency) -> bool:
    return programme.may_run_round(request.user, round) and agency.institution_id == round.institution_id


def _part_of(round: Round, agency: Agency) -> Participation | None:
    return Participation.objects.filter(round=round, agency=agency).first()


def _part_page(
    request: HttpRequest, round: Round, agency: Agency, form: PartForm, status: int = 200
) -> HttpResponse:
    context = {"round": round, "agency": agency, "form": form}
    return render(request, "agencies/part.html", context, status=status)
