"""The office composes a call: drafts it, says what it says, publishes it, fixes the seed, cancels it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from u2t.audit import queries as audit
from u2t.audit.models import Event
from u2t.objections import Refused
from u2t.pages.declare import allow, changes, either, shows
from u2t.pages.fields import show_objections
from u2t.recruitment import permissions
from u2t.recruitment.actions import calls as actions
from u2t.recruitment.forms import calls_parts as parts
from u2t.recruitment.forms.calls import CancelForm, NewCallForm, SeedForm, WordsForm
from u2t.recruitment.models import Call
from u2t.recruitment.queries import call_page
from u2t.recruitment.queries import calls as queries
from u2t.recruitment.rules import composing
from u2t.recruitment.views.calls import call_of, round_of
from u2t.recruitment.words import calls as words


class Part(NamedTuple):
    """One page of the composer: what it is called, its form, and the action that takes what the form gives."""

    label: Any
    form: Callable[..., Any]
    act: Callable[..., Any]


PARTS = {
    "words": Part(gettext_lazy("Text and periods"), WordsForm, actions.change_call),
    "quotas": Part(gettext_lazy("Slots"), parts.QuotasForm, actions.set_quotas),
    "rules": Part(gettext_lazy("Eligibility"), parts.RulesForm, actions.set_rules),
    "documents": Part(gettext_lazy("Documents"), parts.DocumentsForm, actions.set_documents),
    "criteria": Part(gettext_lazy("Scoring"), parts.CriteriaForm, actions.set_criteria),
    "timetable": Part(gettext_lazy("Timetable"), parts.MilestonesForm, actions.set_milestones),
}


def _composed(request: HttpRequest, round_code: str, call: int) -> Call:
    """The call of the address, if the account may compose it."""
    found = call_of(round_code, call)
    allow(permissions.may_compose(request.user, found.round))
    return found


@shows()
def _new_form(request: HttpRequest, round_code: str) -> HttpResponse:
    round = round_of(round_code)
    allow(permissions.may_compose(request.user, round))
    form = NewCallForm()
    return render(request, "recruitment/new_call.html", {"round": round, "form": form})


@changes()
def _new(request: HttpRequest, round_code: str) -> HttpResponse:
    round = round_of(round_code)
    allow(permissions.may_compose(request.user, round))
    form = NewCallForm(request.POST)
    if form.is_valid():
        try:
            call = actions.draft_call(round=round, **form.given(), by=request.user, at=timezone.now())
        except Refused as refused:
            show_objections(form, refused.objections)
        else:
            messages.success(
                request, _("The draft is there with the usual conditions. Look through each part.")
            )
            return redirect("recruitment:edit_call", round.code, call.number)
    return render(request, "recruitment/new_call.html", {"round": round, "form": form}, status=422)


new_call = either(get=_new_form, post=_new)


@shows()
def _edit_form(request: HttpRequest, round_code: str, call: int, part: str = "words") -> HttpResponse:
    found = _composed(request, round_code, call)
    return _part_page(request, found, part, _part(part).form(call=found))


@changes()
def _edit(request: HttpRequest, round_code: str, call: int, part: str = "words") -> HttpResponse:
    found, chosen = _composed(request, round_code, call), _part(part)
    form = chosen.form(request.POST, call=found)
    if form.is_valid():
        try:
            chosen.act(call=found, **form.given(), by=request.user, at=timezone.now())
        except Refused as refused:
            show_objections(form, refused.objections)
        else:
            messages.success(request, _("Saved."))
            return redirect("recruitment:edit_part", round_code, call, part)
    return _part_page(request, found, part, form, 422)


edit_call = either(get=_edit_form, post=_edit)


def _part(part: str) -> Part:
    if part not in PARTS:
        raise Http404
    return PARTS[part]


def _part_page(
    request: HttpRequest, call: Call, part: str, form: forms.Form, status: int = 200
) -> HttpResponse:
    context = _frame(call) | {
        "form": form,
        "part": part,
        "part_label": PARTS[part].label,
        "events": _history(call) if part == "words" else [],
    }
    return render(request, f"recruitment/compose/{part}.html", context, status=status)


def _history(call: Call) -> list[tuple[Event, str]]:
    return [(event, words.happened(event)) for event in audit.history_of(call)[:20]]


def _frame(call: Call) -> dict[str, Any]:
    """What every page of the composer shows: the call, its state and the tabs."""
    address = [call.round.code, call.number]
    tabs = [
        (reverse("recruitment:edit_part", args=[*address, name]), part.label, name)
        for name, part in PARTS.items()
    ]
    tabs += [
        (reverse("recruitment:seed", args=address), _("Lottery"), "seed"),
        (reverse("recruitment:publish", args=address), _("Publish"), "publish"),
    ]
    return {
        "call": call,
        "round": call.round,
        "state": call_page.state(call, timezone.now()),
        "tabs": tabs,
    }


@changes()
def refill(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    """Look for every slot that nobody holds now."""
    found = _composed(request, round_code, call)
    try:
        slots = queries.slots_to_fill(found.round)
        actions.set_quotas(call=found, slots=slots, by=request.user, at=timezone.now())
    except Refused as refused:
        form = parts.QuotasForm(request.POST, call=found)
        form.is_valid()
        show_objections(form, refused.objections)
        return _part_page(request, found, "quotas", form, 409)
    messages.success(request, _("The slots are now those that nobody holds."))
    return redirect("recruitment:edit_part", round_code, call, "quotas")


@shows()
def _seed_form(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    found = _composed(request, round_code, call)
    context = _frame(found) | {"form": SeedForm(), "part": "seed"}
    return render(request, "recruitment/compose/seed.html", context)


@changes()
def _seed(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    found = _composed(request, round_code, call)
    form = SeedForm(request.POST)
    if form.is_valid():
        try:
            seed = form.cleaned_data["seed"]
            actions.publish_seed(call=found, seed=seed, by=request.user, at=timezone.now())
        except Refused as refused:
            show_objections(form, refused.objections)
        else:
            messages.success(request, _("The lottery seed was kept."))
            return redirect("recruitment:seed", round_code, call)
    context = _frame(found) | {"form": form, "part": "seed"}
    return render(request, "recruitment/compose/seed.html", context, status=422)


seed = either(get=_seed_form, post=_seed)


@shows()
def _publish_form(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    found = _composed(request, round_code, call)
    missing = composing.publish_objections(queries.whole(found), timezone.now())
    context = _frame(found) | {"missing": missing, "part": "publish"}
    return render(request, "recruitment/compose/publish.html", context)


@changes()
def _publish(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    found = _composed(request, round_code, call)
    try:
        actions.publish_call(call=found, by=request.user, at=timezone.now())
    except Refused as refused:
        context = _frame(found) | {"missing": refused.objections, "part": "publish"}
        return render(request, "recruitment/compose/publish.html", context, status=409)
    messages.success(request, _("The call is published."))
    return redirect("recruitment:call", round_code, call)


publish = either(get=_publish_form, post=_publish)


@shows()
def _cancel_form(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    return _cancel_page(request, _composed(request, round_code, call), CancelForm())


@changes()
def _cancel(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    found = _composed(request, round_code, call)
    form = CancelForm(request.POST)
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            actions.cancel_call(call=found, reason=reason, by=request.user, at=timezone.now())
        except Refused as refused:
            show_objections(form, refused.objections)
        else:
            messages.success(request, _("The call was cancelled."))
            return redirect("recruitment:call", round_code, call)
    return _cancel_page(request, found, form, 422)


def _cancel_page(request: HttpRequest, call: Call, form: CancelForm, status: int = 200) -> HttpResponse:
    submitted = call.applications.filter(submitted_at__isnull=False, withdrawn_at=None).count()
    context = {
        "title": _("Cancel the call"),
        "call": call,
        "round": call.round,
        "form": form,
        "question": _("Cancel “%(call)s”? It can't be taken back.") % {"call": call.name},
        "consequences": [
            _("%(count)s submitted applications stay as they are; nobody is selected from them.")
            % {"count": submitted},
            _("Everybody who reads the call sees that it was cancelled, and your reason."),
        ],
        "submit": _("Cancel the call"),
        "is_dangerous": True,
        "action_url": reverse("recruitment:cancel", args=[call.round.code, call.number]),
        "back_url": reverse("recruitment:edit_call", args=[call.round.code, call.number]),
    }
    return render(request, "pages/confirm.html", context, status=status)


cancel = either(get=_cancel_form, post=_cancel)
