"""The same person twice."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.objections import Objection
from u2t.pages.declare import changes, shows
from u2t.pages.paging import chosen, page_of
from u2t.recruitment.actions import assessing as actions
from u2t.recruitment.forms import assessing as forms
from u2t.recruitment.models import Application, Call
from u2t.recruitment.queries.assessing import pairs
from u2t.recruitment.views.assessing import loading


@shows()
def duplicates(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    """Pairs side by side, the surest first."""
    return _page(request, loading.screened_call(request, round_code, call))


def _page(request: HttpRequest, call: Call, refused: tuple[Objection, ...] = ()) -> HttpResponse:
    found = pairs.of_call(call)
    show = chosen(request, "show", ["open", "same", "different", "all"], "open")
    shown = {
        "open": [one for one in found if one.decision is None],
        "same": [one for one in found if one.decision and one.decision.is_same],
        "different": [one for one in found if one.decision and not one.decision.is_same],
        "all": found,
    }
    words = {"open": _("To decide"), "same": _("One person"), "different": _("Two persons"), "all": _("All")}
    context = {
        "call": call,
        "round": call.round,
        "tabs": [(name, words[name], len(rows)) for name, rows in shown.items()],
        "show": show,
        "page": page_of(request, shown[show]),
        "refused": refused,
    }
    return render(request, "recruitment/duplicates.html", context, status=409 if refused else 200)


@changes()
def decide(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    """Say that a pair is one person, or two."""
    found = loading.screened_call(request, round_code, call)
    form = forms.SamePersonForm(request.POST)
    if not form.is_valid():
        return _page(request, found, (Objection("recruitment.no_such_pair"),))
    rows = Application.objects.select_related("call__round")
    actions.decide_same_person(
        first=get_object_or_404(rows, pk=form.cleaned_data["first"]),
        second=get_object_or_404(rows, pk=form.cleaned_data["second"]),
        is_same=form.cleaned_data["same"] == "yes",
        reason=form.cleaned_data["reason"],
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, _("The decision was kept."))
    return redirect("recruitment:duplicates", found.round.code, found.number)
