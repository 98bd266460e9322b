"""One handover: its people, its letter, its history, and what can be done to it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.audit import queries as audit
from u2t.handover import forms, permissions, rules
from u2t.handover.actions import issuing, planning
from u2t.handover.models import Handover
from u2t.handover.queries import letters, standing
from u2t.handover.views.lists import round_of
from u2t.objections import refuse_if
from u2t.orientation.queries import completion
from u2t.pages.declare import allow, changes, shows
from u2t.people.models import Worker
from u2t.placement.models import Engagement


def _found(request: HttpRequest, round_code: str, pk: int, *, to_change: bool = True) -> Handover:
    handover = get_object_or_404(standing.handovers(round_of(round_code)), pk=pk)
    may = permissions.may_hand_over if to_change else permissions.may_see_handover
    allow(may(request.user, handover.round if to_change else handover))  # type: ignore[arg-type]
    return handover


@shows()
def handover(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """Who is handed to whom, when, with which letter."""
    return _page(request, _found(request, round_code, pk, to_change=False))


def _page(request: HttpRequest, handover: Handover, **forms_with_errors: Any) -> HttpResponse:
    round = handover.round
    (row,) = standing.standings([handover])
    people = letters.people_of(handover)
    context = {
        "round": round,
        "row": row,
        "people": people,
        "not_oriented": [] if row.letter else _not_oriented(handover, people),
        "letters": handover.letters.defer("content").select_related("register", "issued_by__person"),
        "contacts": handover.receiver.agency.contacts.filter(ended_at=None).select_related("person"),
        "history": [(event, _day(event.note.get("handed_on"))) for event in audit.history_of(handover)],
        "may_change": permissions.may_hand_over(request.user, round),
        "sees_all": permissions.may_see_all(request.user, round),
        "against_issuing": _against_issuing(handover),
        "date_form": forms.HandoverDateForm(initial={"handed_on": handover.handed_on}),
        "issue_form": forms.IssueForm(),
        **forms_with_errors,
    }
    return render(request, "handover/handover.html", context)


def _not_oriented(handover: Handover, people: list[Engagement]) -> list[Worker]:
    """Who has not completed orientation; nobody where the round asks for nothing."""
    found = completion.of_workers(handover.round, [one.worker_id for one in people], timezone.now())
    return [one.worker for one in people if one.worker_id in found and not found[one.worker_id].is_complete]


def _day(iso: str | None) -> date | None:
    return date.fromisoformat(iso) if iso else None


def _against_issuing(handover: Handover) -> Any:
    sender = letters.sender_of(handover.round.institution)
    return rules.objections_to_issue(letters.facts_of([handover])[handover.pk], sender)


@changes()
def set_date(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """Set or take away the handover date."""
    handover = _found(request, round_code, pk)
    form = forms.HandoverDateForm(request.POST)
    if not form.is_valid():
        return _page(request, handover, date_form=form)
    (outcome,) = planning.set_date(
        handovers=[handover], handed_on=form.cleaned_data["handed_on"], by=request.user, at=timezone.now()
    )
    refuse_if(outcome.objections)
    messages.success(request, _("The handover date was saved."))
    return redirect(handover)


@changes()
def issue(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """Issue the letter under the next number."""
    handover = _found(request, round_code, pk)
    form = forms.IssueForm(request.POST)
    if not form.is_valid():
        return _page(request, handover, issue_form=form)
    letter = issuing.issue_letter(handover=handover, by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, _("Letter no. %(letter)s was issued.") % {"letter": letter.reference})
    return redirect(handover)


@changes()
def done(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """Note that the team has been handed over."""
    handover = _found(request, round_code, pk)
    (outcome,) = planning.mark_done(handovers=[handover], by=request.user, at=timezone.now())
    refuse_if(outcome.objections)
    messages.success(request, _("Noted as handed over."))
    return redirect(handover)


@changes()
def undo(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """Take that back."""
    handover = _found(request, round_code, pk)
    planning.undo_done(handover=handover, by=request.user, at=timezone.now())
    messages.success(request, _("It counts as not handed over again."))
    return redirect(handover)


@changes()
def remove(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """Take a handover without people off the list."""
    handover = _found(request, round_code, pk)
    planning.remove_handover(handover=handover, by=request.user, at=timezone.now())
    messages.success(request, _("%(handover)s is no longer on the list.") % {"handover": handover})
    return redirect("handover:handovers", handover.round.code)


@shows()
def receiver(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """Choose another receiver."""
    handover = _found(request, round_code, pk)
    form = forms.ReceiverForm(handover=handover, initial={"receiver": handover.receiver_id})
    return _receiver_page(request, handover, form)


@changes()
def change_receiver(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """Let another agency receive the team."""
    handover = _found(request, round_code, pk)
    form = forms.ReceiverForm(request.POST, handover=handover)
    if not form.is_valid():
        return _receiver_page(request, handover, form)
    planning.change_receiver(handover=handover, by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, _("The receiver was changed."))
    return redirect(handover)


def _receiver_page(request: HttpRequest, handover: Handover, form: forms.ReceiverForm) -> HttpResponse:
    context = {"handover": handover, "form": form, "back_url": handover.get_absolute_url()}
    return render(request, "handover/receiver.html", context)
