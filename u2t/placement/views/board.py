"""The board: look at every tambon at once, drill down, and try a change before anything is saved."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from u2t.objections import refuse_if
from u2t.pages.declare import allow, shows
from u2t.pages.paging import chosen, typed
from u2t.people.models import Worker
from u2t.placement import actions, permissions
from u2t.placement.forms import ReasonForm
from u2t.placement.models import Run
from u2t.placement.queries import board as tiles
from u2t.placement.queries import trying
from u2t.placement.views.loading import round_of, tambon_of, worker_of
from u2t.programme.models import Round, RoundTambon

SHOWN_AS = {
    "fill": _("Filled slots"),
    "skills": _("Skills"),
    "distance": _("Distance"),
    "wishes": _("First wishes"),
    "leaders": _("PM cover"),
}


@shows()
def board(request: HttpRequest, round_code: str) -> HttpResponse:
    """Every tambon as a tile; ``?run=N`` looks at a computed plan, ``?move=N`` chooses where a person goes."""
    round = round_of(round_code)
    allow(permissions.may_see_placement(request.user, round))
    areas = tiles.areas_of(round)
    lens = _lens(request, round, areas)
    source = tiles.source_of(round, _run(request, round))
    about = _about(request, source)
    context = about | {
        "lens": lens,
        "areas": areas,
        "shown_as": SHOWN_AS,
        "shown_label": SHOWN_AS[lens.show],
        "board": tiles.board_of(source, lens, about["tried"]),
        "waiting": tiles.waiting(source, lens.category),
        **_opened(request, source),
    }
    return render(request, "placement/board.html", context)


@shows()
def tambon(request: HttpRequest, round_code: str, tambon_code: str) -> HttpResponse:
    """The people of one tambon, to look at and to move."""
    tambon = tambon_of(round_code, tambon_code)
    allow(permissions.may_see_placement(request.user, tambon.round))
    source = tiles.source_of(tambon.round, _run(request, tambon.round))
    context = _about(request, source) | {"team": tiles.team_of(source, tambon), "tambon": tambon}
    return render(request, "placement/board_tambon.html", context)


@shows()
def try_person(request: HttpRequest, round_code: str, number: int) -> HttpResponse:
    """What moving this person into each tambon would take, as data for the script of the board."""
    worker = worker_of(round_code, number)
    allow(permissions.may_place(request.user, worker.round))
    refuse_if(actions.left_objections(worker))
    told = _tried(trying.Trial(worker))
    return JsonResponse({"name": worker.person.full_name, "tiles": told})


@shows()
def into(request: HttpRequest, round_code: str, number: int, tambon_code: str) -> HttpResponse:
    """The ways to bring a person into a tambon and the consequence of one of them; the change page makes it."""
    worker, tambon = worker_of(round_code, number), tambon_of(round_code, tambon_code)
    allow(permissions.may_place(request.user, worker.round))
    refuse_if(actions.left_objections(worker))
    trial = trying.Trial(worker)
    offers = trying.offers_of(trial, tambon)
    chosen_one = _chosen(request, offers)
    found = trying.consequence_of(worker, tambon, chosen_one) if chosen_one else None
    context = {
        "round": worker.round,
        "worker": worker,
        "tambon": tambon,
        "is_here": bool(trial.seat and trial.seat[0] == tambon.tambon_id),
        "is_held": trial.is_held,
        "offers": offers,
        "chosen": chosen_one,
        "consequence": found,
        "reason": ReasonForm(initial={"seen": found.seen} if found else {}),
    }
    return render(request, "placement/board_into.html", context)


def _about(request: HttpRequest, source: tiles.Source) -> dict[str, Any]:
    """What is looked at, who may change it, whose place is being chosen and whose was just changed."""
    may_move = source.run is None and permissions.may_place(request.user, source.round)
    mover = _worker(request, source.round, "move") if may_move else None
    moved = _worker(request, source.round, "moved") if may_move else None
    return {
        "round": source.round,
        "run": source.run,
        "may_move": may_move,
        "mover": mover,
        "tried": _tried(trying.Trial(mover, source.problem, source.plan)) if mover else {},
        "moved": moved,
        "way_back": trying.way_back(moved) if moved else "",
    }


def _opened(request: HttpRequest, source: tiles.Source) -> dict[str, Any]:
    """The tambon that the side of the board shows, if the address names one."""
    code = typed(request, "open", 6)
    found = RoundTambon.objects.filter(round=source.round, tambon_id=code).with_places().first()
    return {"team": tiles.team_of(source, found), "tambon": found} if found else {}


def _worker(request: HttpRequest, round: Round, name: str) -> Worker | None:
    number = request.GET.get(name, "")
    if not (number.isascii() and number.isdigit() and len(number) < 9):
        return None
    workers = Worker.objects.current().filter(round=round, number=int(number))
    return workers.select_related("person", "category", "round__institution").first()


def _run(request: HttpRequest, round: Round) -> Run | None:
    """The computed plan that the address names; 404 where there is none."""
    if "run" not in request.GET:
        return None
    number = request.GET["run"]
    known = int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 0
    return get_object_or_404(Run.objects.exclude(plan=None), round=round, number=known)


def _lens(request: HttpRequest, round: Round, areas: list[tiles.Area]) -> tiles.Lens:
    codes = {area.code for area in areas} | {code for area in areas for code, _name in area.districts}
    return tiles.Lens(
        show=chosen(request, "show", SHOWN_AS, "fill"),
        area=chosen(request, "area", codes),
        category=chosen(request, "category", [one.code for one in round.categories.all()]),
        workstream=chosen(request, "workstream", [one.code for one in round.workstreams.all()]),
        troubled=request.GET.get("troubled") == "1",
        text=typed(request),
    )


def _tried(trial: trying.Trial) -> dict[str, dict[str, Any]]:
    """Kind, words and address of every tambon for this person, by code."""
    worker = trial.worker
    address = reverse("placement:board_into", args=[worker.round.code, worker.number, "000000"])
    return {
        code: {"kind": found.kind, "text": found.text, "url": address.replace("000000", code)}
        for code, found in trial.everywhere().items()
    }


def _chosen(request: HttpRequest, offers: list[trying.Offer]) -> trying.Offer | None:
    """The offer that the address names, else the first."""
    asked = request.GET.urlencode()
    return next((offer for offer in offers if offer.query == asked), offers[0] if offers else None)
