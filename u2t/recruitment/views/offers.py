"""The office's offers: who was offered what, answers by telephone, reserves, reporting in; and objections."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from u2t.objections import Objection, Refused, refuse_if
from u2t.pages.declare import allow, changes, either, shows
from u2t.pages.fields import show_objections
from u2t.pages.paging import chosen, page_of, typed
from u2t.recruitment import permissions
from u2t.recruitment.actions import offering, reporting
from u2t.recruitment.forms.results import NoteForm, ReasonForm
from u2t.recruitment.models import Call, Offer
from u2t.recruitment.queries import offer_lines
from u2t.recruitment.views.finding import call_of, offer_of
from u2t.recruitment.words.results import STATES


class _Verb(NamedTuple):
    """What the office may do to one offer: its words, its form and the action."""

    title: Any
    submit: Any
    form: type[django_forms.Form]
    act: Callable[..., Offer]


VERBS = {
    "accept": _Verb(
        gettext_lazy("Note that the place was accepted"),
        gettext_lazy("Note as accepted"),
        NoteForm,
        offering.accept,
    ),
    "decline": _Verb(
        gettext_lazy("Note that the place was declined"),
        gettext_lazy("Note as declined"),
        NoteForm,
        offering.decline,
    ),
    "take-back": _Verb(
        gettext_lazy("Take the offer back"), gettext_lazy("Take it back"), ReasonForm, offering.take_back
    ),
    "no-show": _Verb(
        gettext_lazy("Note that the person did not report in"),
        gettext_lazy("Note as not reported in"),
        django_forms.Form,
        offering.note_no_show,
    ),
}


def _office_call(request: HttpRequest, round_code: str, number: int) -> Call:
    call = call_of(round_code, number)
    allow(permissions.may_select(request.user, call))
    return call


@shows()
def offers(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    """All offers of a call with their state; what is free and who is next."""
    found, at = _office_call(request, round_code, call), timezone.now()
    state, q = chosen(request, "state", STATES), typed(request)
    tambon = chosen(request, "tambon", list(offer_lines.tambons_of(found)))
    lines = offer_lines.lines(found, at, search=q, state=state, tambon=tambon)
    counts = offer_lines.counts(found, at)
    context = {
        "call": found,
        "round": found.round,
        "page": page_of(request, lines, size=50),
        "tabs": [
            (code, word, counts[code]) for code, word in STATES.items() if counts[code] or code == state
        ],
        "accepted": counts["accepted"],
        "tambons": offer_lines.tambons_of(found).items(),
        "state": state,
        "tambon": tambon,
        "q": q,
        "is_filtered": bool(state or q or tambon),
        "next": offer_lines.next_steps(found, at),
    }
    return render(request, "recruitment/offers.html", context)


@shows()
def _offer_page(request: HttpRequest, round_code: str, call: int, offer: int, verb: str) -> HttpResponse:
    found = offer_of(_office_call(request, round_code, call), offer)
    if verb not in VERBS:
        raise Http404
    return _asked(request, found, verb, VERBS[verb].form())


@changes()
def _change_offer(request: HttpRequest, round_code: str, call: int, offer: int, verb: str) -> HttpResponse:
    found = offer_of(_office_call(request, round_code, call), offer)
    if verb not in VERBS:
        raise Http404
    form = VERBS[verb].form(request.POST)
    if form.is_valid():
        try:
            VERBS[verb].act(offer=found, by=request.user, at=timezone.now(), **form.cleaned_data)
        except Refused as refused:
            show_objections(form, refused.objections)
        else:
            messages.success(request, _("Noted."))
            return redirect("recruitment:offers", round_code, call)
    return _asked(request, found, verb, form, status=422)


offer = either(get=_offer_page, post=_change_offer)


def _asked(
    request: HttpRequest, offer: Offer, verb: str, form: django_forms.Form, status: int = 200
) -> HttpResponse:
    call = offer.application.call
    context = {
        "offer": offer,
        "call": call,
        "round": call.round,
        "verb": VERBS[verb],
        "title": VERBS[verb].title,
        "form": form,
        "state": offer_lines.state_of(offer, timezone.now()),
        "submit": VERBS[verb].submit,
        "back_url": reverse("recruitment:offers", args=[call.round.code, call.number]),
    }
    return render(request, "recruitment/offer.html", context, status=status)


@changes()
def report_in(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    """Hire all who were ticked."""
    found = _office_call(request, round_code, call)
    keys = [
        int(key) for key in request.POST.getlist("offer") if key.isascii() and key.isdigit() and len(key) < 16
    ]
    chosen_offers = list(Offer.objects.filter(application__call=found, pk__in=keys))
    refuse_if([] if chosen_offers else [Objection("recruitment.nobody_chosen")])
    workers = reporting.report_in(call=found, offers=chosen_offers, by=request.user, at=timezone.now())
    said = ngettext("%(count)s person has reported in.", "%(count)s people have reported in.", len(workers))
    messages.success(request, said % {"count": len(workers)})
    return redirect("recruitment:offers", round_code, call)


@changes()
def call_reserves(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    """Call the next reserves for what is free, also for the slots of people who left if the office says so."""
    found = _office_call(request, round_code, call)
    made = offering.call_reserves(
        call=found,
        by=request.user,
        at=timezone.now(),
        leavers=request.POST.get("leavers") == "yes",
        seat=_seat(request),
    )
    said = ngettext("%(count)s reserve was called.", "%(count)s reserves were called.", len(made))
    messages.success(request, said % {"count": len(made)})
    return redirect("recruitment:offers", round_code, call)


def _seat(request: HttpRequest) -> tuple[int, int] | None:
    parts = request.POST.get("seat", "").split("-")
    keys = [int(part) for part in parts if part.isascii() and part.isdigit() and len(part) < 16]
    return (keys[0], keys[1]) if len(keys) == 2 else None
