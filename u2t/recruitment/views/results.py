"""What everybody and each applicant sees of results: the announcement, answering an offer, objecting."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.objections import Refused
from u2t.pages.declare import allow, changes, either, shows
from u2t.pages.fields import show_objections
from u2t.pages.paging import chosen, typed
from u2t.recruitment import permissions
from u2t.recruitment.actions import appealing, offering
from u2t.recruitment.forms.results import AppealForm, DeclineForm
from u2t.recruitment.models import Application, Call, Offer, Selection
from u2t.recruitment.queries import announcement, offers
from u2t.recruitment.queries import results as queries
from u2t.recruitment.rules import offering as rules
from u2t.recruitment.views.finding import application_of, call_of, offer_of

KINDS = {
    "selected.pdf": (announcement.pdf, "application/pdf"),
    "reserves.pdf": (announcement.reserves_pdf, "application/pdf"),
    "xlsx": (announcement.xlsx, announcement.XLSX),
}
_KEPT_SECONDS = 24 * 60 * 60


@shows(public=True)
def results(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    """The announced results: by tambon, or of one application number; before that, when they are to come."""
    found = call_of(round_code, call)
    allow(permissions.may_see_call(request.user, found))
    selection = offers.announced(found)
    context: dict[str, Any] = {"call": found, "round": found.round, "selection": selection}
    if selection is not None:
        context |= _announced(request, selection)
    return render(request, "recruitment/results.html", context)


def _announced(request: HttpRequest, selection: Selection) -> dict[str, Any]:
    tambons = queries.by_tambon(selection)
    code = chosen(request, "tambon", [one.code for one in tambons])
    q = typed(request)
    return {
        "tambons": tambons,
        "tambon": next((one for one in tambons if one.code == code), None),
        "q": q,
        "outcome": queries.outcome_of(selection, q) if q else None,
    }


@shows(public=True)
def results_file(request: HttpRequest, round_code: str, call: int, kind: str) -> HttpResponse:
    """The announcement as a file; made once, for it never changes."""
    found = call_of(round_code, call)
    allow(permissions.may_see_call(request.user, found))
    selection = offers.announced(found)
    if selection is None:
        raise Http404
    make, content_type = KINDS[kind]
    key = f"results-{selection.pk}-{selection.result_digest}-{kind}-{request.LANGUAGE_CODE}"  # type: ignore[attr-defined]
    content = cache.get_or_set(key, lambda: make(selection), _KEPT_SECONDS)
    name = f"results-{round_code}-{call}-{kind}".replace("-xlsx", ".xlsx")
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _own_offer(request: HttpRequest, round_code: str, call: int, pk: int, offer: int, verb: str) -> Offer:
    if verb not in ("accept", "decline"):
        raise Http404
    found = offer_of(call_of(round_code, call), offer)
    allow(found.application_id == pk and permissions.is_own(request.user, found.application))
    return found


@shows()
def _answer_form(
    request: HttpRequest, round_code: str, call: int, pk: int, offer: int, verb: str
) -> HttpResponse:
    found = _own_offer(request, round_code, call, pk, offer, verb)
    return _answer_page(request, found, verb, DeclineForm())


def _answer_page(
    request: HttpRequest, offer: Offer, verb: str, form: DeclineForm, against: Any = None, status: int = 200
) -> HttpResponse:
    facts, at = offers.facts_of(offer), timezone.now()
    check = rules.objections_to_answer if verb == "accept" else rules.objections_to_decline
    context = {
        "offer": offer,
        "application": offer.application,
        "verb": verb,
        "form": form if verb == "decline" else None,
        "refused": against or check(facts, at),
        "back_url": offer.application.get_absolute_url(),
    }
    return render(request, "recruitment/answer.html", context, status=status)


@changes()
def _answer(request: HttpRequest, round_code: str, call: int, pk: int, offer: int, verb: str) -> HttpResponse:
    found = _own_offer(request, round_code, call, pk, offer, verb)
    form = DeclineForm(request.POST)
    try:
        if verb == "accept":
            offering.accept(offer=found, by=request.user, at=timezone.now())
            messages.success(request, _("You have accepted the place."))
        else:
            reason = form.cleaned_data["reason"] if form.is_valid() else ""
            offering.decline(offer=found, reason=reason, by=request.user, at=timezone.now())
            messages.success(request, _("You have declined the place."))
    except Refused as refused:
        return _answer_page(request, found, verb, form, refused.objections, status=422)
    return redirect(found.application)


answer = either(get=_answer_form, post=_answer)


@shows()
def _appeal_form(request: HttpRequest, round_code: str, call: int, pk: int) -> HttpResponse:
    application = application_of(call_of(round_code, call), pk)
    allow(permissions.is_own(request.user, application))
    return _appeal_page(request, application, AppealForm())


@changes()
def _file_appeal(request: HttpRequest, round_code: str, call: int, pk: int) -> HttpResponse:
    application = application_of(call_of(round_code, call), pk)
    allow(permissions.is_own(request.user, application))
    form = AppealForm(request.POST)
    if form.is_valid():
        try:
            appealing.file(application=application, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            show_objections(form, refused.objections)
        else:
            messages.success(request, _("Your objection was filed. The office answers it here."))
            return redirect(application)
    return _appeal_page(request, application, form, status=422)


appeal = either(get=_appeal_form, post=_file_appeal)


def _appeal_page(
    request: HttpRequest, application: Application, form: AppealForm, status: int = 200
) -> HttpResponse:
    call: Call = application.call
    selection = offers.announced(call)
    announced_at = selection.announced_at if selection else None
    context = {
        "form": form,
        "application": application,
        "submit": _("File the objection"),
        "back_url": application.get_absolute_url(),
        "until": rules.until(announced_at, call.appeal_days) if announced_at else None,
        "refused": rules.objections_to_appeal(announced_at, call.appeal_days, timezone.now()),
    }
    return render(request, "recruitment/appeal.html", context, status=status)
