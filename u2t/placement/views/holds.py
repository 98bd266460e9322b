"""What humans pinned: the list, one person or many, and letting go again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext

from u2t.objections import Refused
from u2t.pages.declare import allow, changes, either, shows
from u2t.pages.fields import show_objections
from u2t.pages.paging import chosen, page_of, typed
from u2t.people.models import Worker
from u2t.placement import actions, permissions
from u2t.placement.forms import ReasonForm
from u2t.placement.models import Leadership
from u2t.placement.queries import holds as pins
from u2t.placement.queries import teams
from u2t.placement.views.loading import round_of, tambon_of, worker_of
from u2t.programme.models import Round

Act = Callable[..., int]


@shows()
def holds(request: HttpRequest, round_code: str) -> HttpResponse:
    """Everybody who is pinned, why, since when and by whom; what was pinned and released lately."""
    round = round_of(round_code)
    allow(permissions.may_see_placement(request.user, round))
    return _list_page(request, round, ReasonForm())


@changes()
def release_many(request: HttpRequest, round_code: str) -> HttpResponse:
    """Release everybody who was ticked."""
    round = round_of(round_code)
    allow(permissions.may_place(request.user, round))
    form = ReasonForm(request.POST)
    ticked = {"workers": _workers(request, round), "leaderships": _leaderships(request, round)}
    if _done(request, form, actions.release_ticked, **ticked):
        return redirect("placement:holds", round_code)
    return _list_page(request, round, form, 422)


@shows()
def _many_form(request: HttpRequest, round_code: str) -> HttpResponse:
    round = round_of(round_code)
    allow(permissions.may_place(request.user, round))
    return _many_page(request, round, ReasonForm())


@changes()
def _hold_many(request: HttpRequest, round_code: str) -> HttpResponse:
    round = round_of(round_code)
    allow(permissions.may_place(request.user, round))
    form = ReasonForm(request.POST)
    if _done(request, form, actions.hold, workers=_workers(request, round)):
        return redirect("placement:holds", round_code)
    return _many_page(request, round, form, 422)


hold_many = either(get=_many_form, post=_hold_many)


def _one(act: str) -> Any:
    """Both halves of the page that pins or releases one worker."""

    @shows()
    def ask(request: HttpRequest, round_code: str, number: int) -> HttpResponse:
        worker = worker_of(round_code, number)
        allow(permissions.may_place(request.user, worker.round))
        return _worker_page(request, worker, act, ReasonForm())

    @changes()
    def do(request: HttpRequest, round_code: str, number: int) -> HttpResponse:
        worker = worker_of(round_code, number)
        allow(permissions.may_place(request.user, worker.round))
        form = ReasonForm(request.POST)
        if _done(request, form, getattr(actions, act), workers=[worker]):
            return redirect(worker)
        return _worker_page(request, worker, act, form, 422)

    return either(get=ask, post=do)


def _leader(act: str) -> Any:
    """Both halves of the page that pins or releases one lecturer in one tambon."""

    @shows()
    def ask(request: HttpRequest, round_code: str, tambon_code: str, lecturer: int) -> HttpResponse:
        leadership = _leadership_of(round_code, tambon_code, lecturer)
        allow(permissions.may_place(request.user, leadership.tambon.round))
        return _leader_page(request, leadership, act, ReasonForm())

    @changes()
    def do(request: HttpRequest, round_code: str, tambon_code: str, lecturer: int) -> HttpResponse:
        leadership = _leadership_of(round_code, tambon_code, lecturer)
        allow(permissions.may_place(request.user, leadership.tambon.round))
        form = ReasonForm(request.POST)
        if _done(request, form, getattr(actions, f"{act}_leader"), leaderships=[leadership]):
            return redirect(leadership.tambon)
        return _leader_page(request, leadership, act, form, 422)

    return either(get=ask, post=do)


hold, release = _one("hold"), _one("release")
hold_leader, release_leader = _leader("hold"), _leader("release")


def _done(request: HttpRequest, form: ReasonForm, act: Act, **whom: object) -> bool:
    """Whether the action went through; what stood against it is on the form."""
    if not form.is_valid():
        return False
    try:
        count = act(**whom, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now())
    except Refused as refused:
        show_objections(form, refused.objections)
        return False
    messages.success(request, _pinned(count) if "hold" in act.__name__ else _released(count))
    return True


def _pinned(count: int) -> str:
    return ngettext("%(count)s person is pinned.", "%(count)s people are pinned.", count) % {"count": count}


def _released(count: int) -> str:
    return ngettext("%(count)s person was released.", "%(count)s people were released.", count) % {
        "count": count
    }


def _ticked(request: HttpRequest, name: str) -> list[int]:
    """The keys of the ticked boxes; what is not a key is left out."""
    return [
        int(key) for key in request.POST.getlist(name) if key.isascii() and key.isdigit() and len(key) < 16
    ]


def _workers(request: HttpRequest, round: Round) -> list[Worker]:
    found = Worker.objects.filter(round=round, number__in=_ticked(request, "worker"))
    return list(found.select_related("person", "round").order_by("number"))


def _leaderships(request: HttpRequest, round: Round) -> list[Leadership]:
    return list(teams.leaderships().filter(tambon__round=round, pk__in=_ticked(request, "leadership")))


def _leadership_of(round_code: str, tambon_code: str, lecturer: int) -> Leadership:
    tambon = tambon_of(round_code, tambon_code)
    return get_object_or_404(teams.leaders_of(tambon), lecturer__pk=lecturer)


def _filters(request: HttpRequest, round: Round, choices: dict[str, list[tuple[str, str]]]) -> pins.Filters:
    return pins.Filters(
        text=typed(request),
        tambon=chosen(request, "tambon", [code for code, _name in choices["tambon"]]),
        category=chosen(request, "category", [code for code, _name in choices["category"]]),
        kind=chosen(request, "kind", pins.KINDS),
    )


def _list_page(request: HttpRequest, round: Round, form: ReasonForm, status: int = 200) -> HttpResponse:
    choices = pins.choices_of(round)
    filters = _filters(request, round, choices)
    context = {
        "round": round,
        "page": page_of(request, pins.held_of(round, filters)),
        "filters": filters,
        "is_filtered": filters.any,
        "choices": choices,
        "history": pins.history_of(round),
        "form": form,
        "ticked": _ticked(request, "worker"),
        "ticked_leaders": _ticked(request, "leadership"),
        "may_place": permissions.may_place(request.user, round),
    }
    return render(request, "placement/holds.html", context, status=status)


def _many_page(request: HttpRequest, round: Round, form: ReasonForm, status: int = 200) -> HttpResponse:
    choices = pins.choices_of(round)
    filters = _filters(request, round, choices)
    context = {
        "round": round,
        "page": page_of(request, pins.loose_of(round, filters), size=50, sizes=(50, 100, 200)),
        "filters": filters,
        "is_filtered": filters.any,
        "choices": choices,
        "form": form,
        "ticked": _ticked(request, "worker"),
        "all": "all" in request.GET and request.method == "GET",
    }
    return render(request, "placement/holds_new.html", context, status=status)


def _worker_page(
    request: HttpRequest, worker: Worker, act: str, form: ReasonForm, status: int = 200
) -> HttpResponse:
    context = {
        "round": worker.round,
        "act": act,
        "name": worker.person.full_name,
        "held": teams.engagement_of(worker),
        "form": form,
        "back_url": worker.get_absolute_url(),
    }
    return render(request, "placement/holds_one.html", context, status=status)


def _leader_page(
    request: HttpRequest, leadership: Leadership, act: str, form: ReasonForm, status: int = 200
) -> HttpResponse:
    context = {
        "round": leadership.tambon.round,
        "act": act,
        "name": leadership.lecturer.person.full_name,
        "held": leadership,
        "is_leader": True,
        "form": form,
        "back_url": leadership.tambon.get_absolute_url(),
    }
    return render(request, "placement/holds_one.html", context, status=status)
