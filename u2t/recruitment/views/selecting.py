"""The office's selections of a call: what is missing, computing, adopting, announcing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from u2t import admission
from u2t.pages.declare import allow, changes, either, shows
from u2t.recruitment import permissions
from u2t.recruitment.actions import selecting
from u2t.recruitment.models import Call, Selection
from u2t.recruitment.queries import ballots, offers, results
from u2t.recruitment.views.finding import call_of, selection_of


class _Step(NamedTuple):
    """A step after computing: its words and the action."""

    title: Any
    lines: tuple[Any, ...]
    submit: Any
    done: Any
    act: Callable[..., Selection]


STEPS = {
    "adopt": _Step(
        gettext_lazy("Adopt the selection"),
        (
            gettext_lazy(
                "It becomes the result of this call; no other selection of the call can be adopted any more."
            ),
            gettext_lazy("For every applicant the reason is stored."),
            gettext_lazy("Nobody is told yet."),
        ),
        gettext_lazy("Adopt"),
        gettext_lazy("The selection was adopted. Look at it, then announce it."),
        selecting.adopt,
    ),
    "announce": _Step(
        gettext_lazy("Announce the results"),
        (
            gettext_lazy(
                "Everybody sees the announced list, and each applicant the own result with the reason."
            ),
            gettext_lazy("The selected get an offer with a deadline, and everybody a mail."),
            gettext_lazy("It cannot be taken back."),
        ),
        gettext_lazy("Announce"),
        gettext_lazy("The results are announced and the offers are made."),
        selecting.announce,
    ),
}


def _office_call(request: HttpRequest, round_code: str, number: int) -> Call:
    call = call_of(round_code, number)
    allow(permissions.may_select(request.user, call))
    return call


@shows()
def selections(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    """All selections of a call, and what is missing before the next."""
    found = _office_call(request, round_code, call)
    context = {
        "call": found,
        "round": found.round,
        "selections": results.selections_of(found),
        "missing": ballots.objections_to_begin(found, timezone.now()),
        "candidates": ballots.candidates(found).count(),
        "announced": offers.announced(found),
    }
    return render(request, "recruitment/selections.html", context)


@changes()
def select(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    """Freeze the applications and ask for a selection."""
    found = _office_call(request, round_code, call)
    return redirect(selecting.ask(call=found, by=request.user, at=timezone.now()))


@shows()
def selection(request: HttpRequest, round_code: str, call: int, number: int) -> HttpResponse:
    """One selection: its figures by tambon, its fingerprints, and the next step; ``?again`` computes it again."""
    found_call = _office_call(request, round_code, call)
    found = selection_of(found_call, number)
    tambons = results.by_tambon(found) if found.computed_at else []
    context = {
        "call": found_call,
        "round": found_call.round,
        "selection": found,
        "tambons": tambons,
        "slots": sum(one.slots for one in tambons),
        "selected": sum(one.selected for one in tambons),
        "waiting": len({line.number for one in tambons for seat in one.seats for line in seat.reserves}),
        "taken_part": len(Selection.objects.values_list("ballot", flat=True).get(pk=found.pk)["applicants"]),
        "again": _again(found) if "again" in request.GET and found.computed_at else None,
    }
    return render(request, "recruitment/selection.html", context)


def _again(selection: Selection) -> dict[str, Any]:
    """Select once more from the frozen input, and compare the bits."""
    ballot = admission.Ballot.from_json(
        Selection.objects.values_list("ballot", flat=True).get(pk=selection.pk)
    )
    made = admission.select(ballot)
    digest = selecting.digest_of(made.to_json())
    return {
        "is_same": digest == selection.result_digest and admission.digest(ballot) == selection.ballot_digest,
        "violations": len(admission.violations(ballot, made)),
        "digest": digest,
    }


@shows()
def _step_page(request: HttpRequest, round_code: str, call: int, number: int, verb: str) -> HttpResponse:
    found = selection_of(_office_call(request, round_code, call), number)
    if verb not in STEPS:
        raise Http404
    step = STEPS[verb]
    context = {
        "selection": found,
        "call": found.call,
        "round": found.call.round,
        "title": step.title,
        "question": step.title,
        "consequences": step.lines,
        "submit": step.submit,
        "action_url": request.path,
        "back_url": reverse("recruitment:selection", args=[round_code, call, number]),
    }
    return render(request, "recruitment/selection_step.html", context)


@changes()
def _take_step(request: HttpRequest, round_code: str, call: int, number: int, verb: str) -> HttpResponse:
    found = selection_of(_office_call(request, round_code, call), number)
    if verb not in STEPS:
        raise Http404
    STEPS[verb].act(selection=found, by=request.user, at=timezone.now())
    messages.success(request, STEPS[verb].done)
    return redirect("recruitment:selection", round_code, call, number)


step = either(get=_step_page, post=_take_step)
