"""The handovers of a round: the list, and what is done to many of them at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from u2t.handover import choosing, forms, permissions, rules
from u2t.handover.actions import issuing, planning
from u2t.handover.actions.outcomes import Outcome
from u2t.handover.queries import letters, standing
from u2t.handover.queries.standing import Standing
from u2t.objections import Objection, Refused, refuse_if
from u2t.pages.declare import allow, changes, shows
from u2t.pages.paging import page_of
from u2t.programme.models import Round


def round_of(round_code: str) -> Round:
    """The round of an address, with its institution."""
    return get_object_or_404(Round.objects.select_related("institution"), code=round_code)


@shows()
def handovers(request: HttpRequest, round_code: str) -> HttpResponse:
    """What is handed over and what is not; whoever sees not all sees their own."""
    round = round_of(round_code)
    sees_all = permissions.may_see_all(request.user, round)
    wanted = standing.handovers(round)
    rows = standing.standings(wanted if sees_all else permissions.seen_by(request.user, wanted))
    allow(sees_all or bool(rows))
    choice = choosing.choice_of(request.GET)
    context = {
        "round": round,
        "choice": choice,
        "is_filtered": choice.is_filtered,
        "page": page_of(request, choice.among(rows), size=50),
        "tabs": _tabs(choice, choosing.counts(choice.in_reach(rows))),
        "places": choosing.places_of(rows),
        "unplanned": standing.unplanned(round) if sees_all else None,
        "counts": choosing.counts(rows),
        "sees_all": sees_all,
        "may_change": permissions.may_hand_over(request.user, round),
    }
    return render(request, "handover/handovers.html", context)


def _tabs(choice: choosing.Choice, counts: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {"show": show, "label": TABS[show], "count": count, "current": show == choice.show}
        for show, count in counts.items()
        if show != "changed" or count or choice.show == "changed"
    ]


TABS = {
    "all": gettext_lazy("All"),
    "no_date": gettext_lazy("Without a date"),
    "no_letter": gettext_lazy("Without a letter"),
    "not_done": gettext_lazy("Not yet handed over"),
    "done": gettext_lazy("Handed over"),
    "changed": gettext_lazy("People changed after the letter"),
}


@changes()
def plan(request: HttpRequest, round_code: str) -> HttpResponse:
    """Make the handovers that are missing."""
    round = round_of(round_code)
    allow(permissions.may_hand_over(request.user, round))
    planned = planning.plan_handovers(round=round, by=request.user, at=timezone.now())
    if planned.made:
        messages.success(request, _("%(count)s handovers were planned.") % {"count": len(planned.made)})
    elif not planned.objections:
        messages.info(request, _("Nothing was missing."))
    return redirect("handover:handovers", round.code)


@dataclass(frozen=True)
class Bulk:
    """One thing that is done to many handovers: its words, its form, what stands against it, and the doing."""

    title: Any
    button: Any
    form: type[django_forms.Form]
    against: Callable[[list[Standing], Round, datetime], dict[int, Sequence[Objection]]]
    act: Callable[[list[Standing], dict[str, Any], Any, datetime], list[Outcome]]


def _against_dates(rows: list[Standing], round: Round, at: datetime) -> dict[int, Sequence[Objection]]:
    return {
        row.handover.pk: rules.objections_to_change(
            str(row.handover), row.letter.reference if row.letter else "", row.handover.done_at is not None
        )
        for row in rows
    }


def _against_issuing(rows: list[Standing], round: Round, at: datetime) -> dict[int, Sequence[Objection]]:
    sender = letters.sender_of(round.institution)
    facts = letters.facts_of(row.handover for row in rows)
    return {key: rules.objections_to_issue(of, sender) for key, of in facts.items()}


def _against_done(rows: list[Standing], round: Round, at: datetime) -> dict[int, Sequence[Objection]]:
    today = timezone.localdate(at)
    return {
        row.handover.pk: rules.objections_to_done(
            str(row.handover), row.handover.handed_on, row.handover.done_at is not None, today
        )
        for row in rows
    }


BULKS = {
    "date": Bulk(
        gettext_lazy("Set the handover date"),
        gettext_lazy("Set this date"),
        forms.NeededDateForm,
        _against_dates,
        lambda rows, said, by, at: planning.set_date(handovers=_of(rows), by=by, at=at, **said),
    ),
    "issue": Bulk(
        gettext_lazy("Issue letters"),
        gettext_lazy("Issue the letters"),
        forms.IssueForm,
        _against_issuing,
        lambda rows, said, by, at: issuing.issue_letters(handovers=_of(rows), by=by, at=at, **said),
    ),
    "done": Bulk(
        gettext_lazy("Note as handed over"),
        gettext_lazy("They have been handed over"),
        forms.DoneForm,
        _against_done,
        lambda rows, said, by, at: planning.mark_done(handovers=_of(rows), by=by, at=at),
    ),
}


def _of(rows: list[Standing]) -> list[Any]:
    return [row.handover for row in rows]


def _chosen(request: HttpRequest, round_code: str, verb: str) -> tuple[Round, Bulk, list[Standing]]:
    round = round_of(round_code)
    allow(permissions.may_hand_over(request.user, round))
    if verb not in BULKS:
        raise Http404
    query = request.POST if request.method == "POST" else request.GET
    rows = choosing.chosen_among(standing.standings(standing.handovers(round)), query)
    refuse_if(() if rows else (Objection("handover.nothing_chosen"),))
    return round, BULKS[verb], rows


@shows()
def bulk(request: HttpRequest, round_code: str, verb: str) -> HttpResponse:
    """What would happen to the chosen handovers, before anything does."""
    round, bulk, rows = _chosen(request, round_code, verb)
    return _asked(request, round, bulk, rows, bulk.form())


@changes()
def do_bulk(request: HttpRequest, round_code: str, verb: str) -> HttpResponse:
    """Do it, and say what became of each."""
    round, bulk, rows = _chosen(request, round_code, verb)
    form = bulk.form(request.POST)
    if not form.is_valid():
        return _asked(request, round, bulk, rows, form)
    try:
        outcomes = bulk.act(rows, form.cleaned_data, request.user, timezone.now())
    except Refused as refused:
        return _asked(request, round, bulk, rows, form, refused.objections)
    done = [outcome for outcome in outcomes if outcome.is_done]
    refused_ones = [outcome for outcome in outcomes if not outcome.is_done]
    context = {"round": round, "bulk": bulk, "verb": verb, "done": done, "refused": refused_ones}
    return render(request, "handover/outcomes.html", context)


def _asked(
    request: HttpRequest,
    round: Round,
    bulk: Bulk,
    rows: list[Standing],
    form: django_forms.Form,
    refused: Sequence[Objection] = (),
) -> HttpResponse:
    against = bulk.against(rows, round, timezone.now())
    ready = [row for row in rows if not against[row.handover.pk]]
    waiting = [(row, against[row.handover.pk]) for row in rows if against[row.handover.pk]]
    context = {
        "round": round,
        "bulk": bulk,
        "form": form,
        "ready": ready,
        "waiting": waiting,
        "refused": refused,
    }
    return render(request, "handover/bulk.html", context)
