"""Two plans beside each other, and what cannot be filled."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from u2t.pages.declare import allow, shows
from u2t.pages.paging import chosen, page_of, typed
from u2t.placement import permissions
from u2t.placement.models import Run
from u2t.placement.queries import beside, listed
from u2t.placement.queries import shortages as scarce
from u2t.placement.views.loading import round_of
from u2t.programme.models import Round

NOW = "now"


@shows()
def compare(request: HttpRequest, round_code: str) -> HttpResponse:
    """Who differs between two plans, from where to where, and both in figures."""
    round = round_of(round_code)
    allow(permissions.may_see_placement(request.user, round))
    known = beside.runs_to_compare(round)
    sides = _sides(request, known)
    context = {"round": round, "runs": known.values(), "sides": sides}
    if known:
        context |= _compared(request, round, _both(round, sides))
    return render(request, "placement/compare.html", context)


@shows()
def compare_table(request: HttpRequest, round_code: str) -> HttpResponse:
    """The same people as a workbook."""
    round = round_of(round_code)
    allow(permissions.may_see_placement(request.user, round))
    sides = _sides(request, beside.runs_to_compare(round))
    both = _both(round, sides)
    content, content_type = both.workbook(_filters(request, round))
    name = f"compare-{round.code}-{sides[0]}-{sides[1]}.xlsx"
    return HttpResponse(
        content, content_type=content_type, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _sides(request: HttpRequest, known: Mapping[int, Run]) -> tuple[str, str]:
    """The two sides as the address names them: what is in force and the newest plan, unless others are asked for."""
    numbers = [str(number) for number in known]
    allowed = [NOW, *numbers]
    return chosen(request, "a", allowed, NOW), chosen(request, "b", allowed, (numbers or [NOW])[0])


def _both(round: Round, sides: tuple[str, str]) -> beside.Beside:
    numbers = [int(side) for side in sides if side != NOW]
    found = {str(run.number): run for run in Run.objects.filter(round=round, number__in=numbers, variant="")}
    return beside.Beside(round, found.get(sides[0]), found.get(sides[1]))


def _compared(request: HttpRequest, round: Round, both: beside.Beside) -> dict[str, object]:
    filters = _filters(request, round)
    return {
        "page": page_of(request, both.fitting(filters), load=both.loader()),
        "filters": filters,
        "is_filtered": filters.any,
        "choices": listed.choices_of(round),
        "counts": both.counts(),
        "totals": both.totals(),
        "leaders": both.leaders(),
        "differ": len(both.changes),
    }


def _filters(request: HttpRequest, round: Round) -> beside.Filters:
    choices = listed.choices_of(round)
    return beside.Filters(
        text=typed(request),
        tambon=chosen(request, "tambon", [code for code, _name in choices["tambon"]]),
        category=chosen(request, "category", [code for code, _name in choices["category"]]),
        kind=chosen(request, "kind", beside.KINDS),
        way=chosen(request, "way", beside.WAYS),
    )


@shows()
def shortages(request: HttpRequest, round_code: str) -> HttpResponse:
    """What cannot be filled, who can go nowhere, and what would help: before a plan is computed and after."""
    round = round_of(round_code)
    allow(permissions.may_see_placement(request.user, round))
    context = {
        "round": round,
        "found": scarce.scarcity_of(round),
        "may_place": permissions.may_place(request.user, round),
    }
    return render(request, "placement/shortages.html", context)
