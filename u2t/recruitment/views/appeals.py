"""Objections to results as the office answers them."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.objections import Refused
from u2t.pages.declare import allow, changes, either, shows
from u2t.pages.fields import show_objections
from u2t.recruitment import permissions
from u2t.recruitment.actions import appealing, offering
from u2t.recruitment.forms.results import AnswerForm, AppealOfferForm
from u2t.recruitment.models import Appeal
from u2t.recruitment.queries import offer_lines, results
from u2t.recruitment.views.finding import appeal_of, call_of


@shows()
def appeals(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    """All objections of a call."""
    found = call_of(round_code, call)
    allow(permissions.may_select(request.user, found))
    context = {"call": found, "round": found.round, "appeals": results.appeals_of(found)}
    return render(request, "recruitment/appeals.html", context)


def _office_appeal(request: HttpRequest, round_code: str, call: int, pk: int) -> Appeal:
    found = call_of(round_code, call)
    allow(permissions.may_select(request.user, found))
    return appeal_of(found, pk)


@shows()
def _answer_form(request: HttpRequest, round_code: str, call: int, pk: int) -> HttpResponse:
    return _page(request, _office_appeal(request, round_code, call, pk), AnswerForm(), "answer")


@changes()
def _answer(request: HttpRequest, round_code: str, call: int, pk: int) -> HttpResponse:
    appeal = _office_appeal(request, round_code, call, pk)
    form = AnswerForm(request.POST)
    if form.is_valid():
        try:
            appealing.answer(appeal=appeal, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            show_objections(form, refused.objections)
        else:
            messages.success(request, _("The objection was answered."))
            return redirect("recruitment:appeals", round_code, call)
    return _page(request, appeal, form, "answer", status=422)


answer = either(get=_answer_form, post=_answer)


@shows()
def _offer_form(request: HttpRequest, round_code: str, call: int, pk: int) -> HttpResponse:
    appeal = _office_appeal(request, round_code, call, pk)
    return _page(request, appeal, AppealOfferForm(tambons=_free(appeal)), "offer")


@changes()
def _offer(request: HttpRequest, round_code: str, call: int, pk: int) -> HttpResponse:
    appeal = _office_appeal(request, round_code, call, pk)
    form = AppealOfferForm(request.POST, tambons=_free(appeal))
    if form.is_valid():
        tambon = appeal.application.call.round.tambons.get(pk=form.cleaned_data["tambon"])
        reason = form.cleaned_data["reason"]
        try:
            offering.offer_after_appeal(
                appeal=appeal, tambon=tambon, reason=reason, by=request.user, at=timezone.now()
            )
        except Refused as refused:
            show_objections(form, refused.objections)
        else:
            messages.success(request, _("The place was offered."))
            return redirect("recruitment:offers", round_code, call)
    return _page(request, appeal, form, "offer", status=422)


offer = either(get=_offer_form, post=_offer)


def _free(appeal: Appeal) -> list[tuple[str, str]]:
    """Tambons with a free slot of the applicant's category."""
    application = appeal.application
    return [
        (str(step.tambon.pk), f"{step.tambon.tambon.full_name} ({step.free})")
        for step in offer_lines.next_steps(application.call, timezone.now())
        if step.category.pk == application.category_id and step.free > step.by_leavers
    ]


def _page(
    request: HttpRequest, appeal: Appeal, form: django_forms.Form, what: str, status: int = 200
) -> HttpResponse:
    application = appeal.application
    call = application.call
    context: dict[str, Any] = {
        "appeal": appeal,
        "application": application,
        "call": call,
        "round": call.round,
        "result": results.own_result(application),
        "form": form,
        "what": what,
        "title": _("Offer a place after an objection") if what == "offer" else _("Answer an objection"),
        "submit": _("Offer the place") if what == "offer" else _("Answer"),
        "back_url": reverse("recruitment:appeals", args=[call.round.code, call.number]),
    }
    return render(request, "recruitment/appeal_answer.html", context, status=status)
