"""Who has completed orientation, who lacks what, and the results of the test."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from u2t.objections import Refused
from u2t.orientation import permissions
from u2t.orientation.actions import testing as actions
from u2t.orientation.forms import skills as forms
from u2t.orientation.queries import attendance, completion, passes
from u2t.orientation.rules import completion as rules
from u2t.orientation.rules import testing
from u2t.orientation.views.passes import round_of
from u2t.pages.declare import allow, changes, shows
from u2t.pages.fields import show_objections
from u2t.pages.paging import chosen, page_of, typed
from u2t.programme.models import Round

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@shows()
def standing(request: HttpRequest, round_code: str) -> HttpResponse:
    """Everybody with hours, test, what is lacking and the certificate."""
    round = round_of(round_code)
    allow(permissions.may_see_attendance(request.user, round))
    found = completion.of_round(round, timezone.now())
    tambons, categories = passes.tambons(round), completion.categories_of(round)
    chosen_ones = {
        "text": typed(request),
        "tambon": chosen(request, "tambon", [t.code for t in tambons]),
        "state": chosen(request, "state", rules.STATES),
        "category": chosen(request, "category", [c.code for c in categories]),
    }
    rows = completion.workers(round, found, **chosen_ones)
    context = {
        "round": round, "tambons": tambons, "categories": categories, "chosen": chosen_ones,
        "is_filtered": any(chosen_ones.values()), "counts": completion.counts(found), "asked": bool(found),
        "plan": attendance.plan_of(round), "may_plan": permissions.may_plan(request.user, round),
        "page": page_of(request, rows, load=lambda page: completion.lines(page, found)),
        "to_certify": sum(one.is_complete and not one.has_certificate for one in found.values()),
    }  # fmt: skip
    return render(request, "orientation/completion.html", context)


@shows()
def standing_file(request: HttpRequest, round_code: str) -> HttpResponse:
    """The same as a workbook, everybody in it."""
    round = round_of(round_code)
    allow(permissions.may_see_attendance(request.user, round))
    content = completion.workbook(round, completion.of_round(round, timezone.now()))
    headers = {
        "Content-Disposition": content_disposition_header(True, f"{_('Completion')}-{round.code}.xlsx")
    }
    return HttpResponse(content, content_type=XLSX, headers=headers)


@shows()
def results(request: HttpRequest, round_code: str) -> HttpResponse:
    """Bring the results of a test."""
    return _results_page(request, round_of(round_code), forms.ResultsForm())


@changes()
def note_results(request: HttpRequest, round_code: str) -> HttpResponse:
    """Note them, all or none."""
    round = round_of(round_code)
    allow(permissions.may_plan(request.user, round))
    form = forms.ResultsForm(request.POST, request.FILES)
    if not form.is_valid():
        return _results_page(request, round, form)
    try:
        noted = _note(request, round, form.cleaned_data)
    except Refused as refused:
        show_objections(form, refused.objections)
        return _results_page(request, round, form)
    said = ngettext("%(n)s result was noted.", "%(n)s results were noted.", noted) % {"n": noted}
    messages.success(request, said)
    return redirect("orientation:completion", round.code)


def _note(request: HttpRequest, round: Round, typed: dict[str, Any]) -> int:
    file = typed["file"]
    found = testing.of_file(file.read(), file.name) if file else testing.of_lines(typed["lines"])
    return actions.note_results(
        round=round,
        results=found,
        max_points=typed["max_points"],
        taken_on=typed["taken_on"],
        by=request.user,
        at=timezone.now(),
    )


def _results_page(request: HttpRequest, round: Round, form: forms.ResultsForm) -> HttpResponse:
    allow(permissions.may_plan(request.user, round))
    context = {"round": round, "form": form, "back_url": reverse("orientation:completion", args=[round.code])}
    return render(request, "orientation/results.html", context)
