"""The public front page of a round, and the search."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from u2t.home import permissions
from u2t.home.overview import tiles
from u2t.home.queries import briefing, people, places
from u2t.pages.charts import Bar
from u2t.pages.declare import allow, shows
from u2t.pages.paging import typed
from u2t.placement.queries import proofs
from u2t.programme import permissions as programme
from u2t.programme.models import Round
from u2t.recruitment.queries import calls


@shows(public=True)
def front(request: HttpRequest) -> HttpResponse:
    """The announced round, or the list of them where there are several."""
    rounds = briefing.announced_rounds()
    if len(rounds) == 1:
        return _round_page(request, rounds[0])
    return render(request, "home/front.html", {"rounds": rounds, "calls": calls.open_calls(timezone.now())})


@shows(public=True)
def round(request: HttpRequest, round_code: str) -> HttpResponse:
    """What the announcement of a round states, computed live."""
    found = get_object_or_404(Round.objects.select_related("institution"), code=round_code)
    allow(programme.may_see_round(request.user, found))
    return _round_page(request, found)


def _round_page(request: HttpRequest, round: Round) -> HttpResponse:
    figures = briefing.briefing(round)
    context = {
        "round": round,
        "figures": figures,
        "tiles": tiles(places.tambon_states(round)),
        "by_category": [Bar(part.thing.name, part.count) for part in figures.workers_by_category],
        "host_bars": _by_kind(figures.host_agencies_by_kind),
        "data_bars": _by_kind(figures.data_agencies_by_kind),
        "calls": calls.open_calls(timezone.now(), round),
        "certificate": proofs.in_public(round),
    }
    return render(request, "home/round.html", context)


def _by_kind(parts: tuple[briefing.AgencyPart, ...]) -> list[Bar]:
    counts: dict[str, int] = {}
    for part in parts:
        counts[part.kind.name] = counts.get(part.kind.name, 0) + part.count
    return [Bar(name, count) for name, count in counts.items()]


@shows(public=True)
def search(request: HttpRequest) -> HttpResponse:
    """Search tambons, agencies and (as far as one may) persons by name, code or place."""
    text = typed(request)
    mine = briefing.rounds_of(request.user) or briefing.announced_rounds()
    round = next((r for r in mine if r.code == request.GET.get("round")), mine[0] if mine else None)
    if round is None:
        return redirect("home:front")
    found = people.search(round, text, permissions.reach_of(request.user, round)) if text else None
    return render(request, "home/search.html", {"round": round, "rounds": mine, "q": text, "found": found})
