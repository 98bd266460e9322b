"""The list of rounds, opening one, its settings."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.objections import Refused
from u2t.pages.declare import allow, changes, either, shows
from u2t.pages.fields import show_objections
from u2t.programme import permissions, queries, rules
from u2t.programme.actions import rounds as actions
from u2t.programme.forms import ChangeRoundForm, OpenRoundForm, OrientationForm
from u2t.programme.models import Round


def round_of(code: str) -> Round:
    """The round with this code, or 404."""
    return get_object_or_404(Round.objects.select_related("institution"), code=code)


@shows()
def rounds(request: HttpRequest) -> HttpResponse:
    """The rounds of one's institution."""
    allow(permissions.may_see_rounds(request.user))
    lines = queries.rounds_of(request.user)
    may_open = permissions.may_open_round(request.user)
    context = {
        "lines": lines,
        "may_open": may_open,
        "offices": queries.offices_of(request.user) if may_open else [],
    }
    return render(request, "programme/rounds.html", context)


@shows()
def _open_form(request: HttpRequest) -> HttpResponse:
    allow(permissions.may_open_round(request.user))
    form = OpenRoundForm(institutions=queries.offices_of(request.user))
    return render(request, "programme/open.html", {"form": form})


@changes()
def _open(request: HttpRequest) -> HttpResponse:
    allow(permissions.may_open_round(request.user))
    form = OpenRoundForm(request.POST, institutions=queries.offices_of(request.user))
    if form.is_valid():
        try:
            round = actions.open_round(**form.given(), by=request.user, at=timezone.now())
        except Refused as refused:
            show_objections(form, refused.objections)
        else:
            messages.success(request, _("The round is open. Next: choose its tambons."))
            return redirect("programme:tambons", round.code)
    return render(request, "programme/open.html", {"form": form}, status=422)


open_round = either(get=_open_form, post=_open)


@shows()
def round(request: HttpRequest, round_code: str) -> HttpResponse:
    """The settings of a round on one page."""
    round = round_of(round_code)
    allow(permissions.may_oversee_round(request.user, round))
    context = {
        "round": round,
        "matrix": queries.matrix(round),
        "last_day": rules.last_day(round.starts_on, round.months),
        "may_run": permissions.may_run_round(request.user, round),
        "dimensions": round.dimensions.all(),
        "skills": round.skills.all(),
    }
    return render(request, "programme/round.html", context)


@shows()
def _change_form(request: HttpRequest, round_code: str) -> HttpResponse:
    round = round_of(round_code)
    allow(permissions.may_run_round(request.user, round))
    form = ChangeRoundForm(round=round, matrix=queries.matrix(round))
    return render(request, "programme/change.html", {"form": form, "round": round})


@changes()
def _change(request: HttpRequest, round_code: str) -> HttpResponse:
    round = round_of(round_code)
    allow(permissions.may_run_round(request.user, round))
    form = ChangeRoundForm(request.POST, round=round, matrix=queries.matrix(round))
    if form.is_valid():
        try:
            actions.change_round(round=round, **form.given(), by=request.user, at=timezone.now())
        except Refused as refused:
            show_objections(form, refused.objections)
        else:
            messages.success(request, _("The round was changed."))
            return redirect(round)
    return render(request, "programme/change.html", {"form": form, "round": round}, status=422)


change = either(get=_change_form, post=_change)


@shows()
def _orientation_form(request: HttpRequest, round_code: str) -> HttpResponse:
    round = round_of(round_code)
    allow(permissions.may_run_round(request.user, round))
    stored = {name: getattr(round, name) for name in OrientationForm.base_fields}
    form = OrientationForm(initial=stored)
    return render(request, "programme/orientation.html", {"form": form, "round": round})


@changes()
def _orientation(request: HttpRequest, round_code: str) -> HttpResponse:
    round = round_of(round_code)
    allow(permissions.may_run_round(request.user, round))
    form = OrientationForm(request.POST)
    if form.is_valid():
        first, last = form.cleaned_data["orientation_from"], form.cleaned_data["orientation_until"]
        try:
            actions.set_orientation(round=round, first=first, last=last, by=request.user, at=timezone.now())
        except Refused as refused:
            show_objections(form, refused.objections)
        else:
            messages.success(request, _("The days of orientation were kept."))
            return redirect(round)
    return render(request, "programme/orientation.html", {"form": form, "round": round}, status=422)


orientation = either(get=_orientation_form, post=_orientation)


@changes()
def announce(request: HttpRequest, round_code: str) -> HttpResponse:
    """Show the round to the public."""
    round = round_of(round_code)
    allow(permissions.may_run_round(request.user, round))
    actions.announce_round(round=round, by=request.user, at=timezone.now())
    messages.success(request, _("The round's figures are now public."))
    return redirect(round)


@changes()
def withdraw(request: HttpRequest, round_code: str) -> HttpResponse:
    """Take the round away from the public."""
    round = round_of(round_code)
    allow(permissions.may_run_round(request.user, round))
    actions.withdraw_round(round=round, by=request.user, at=timezone.now())
    messages.success(request, _("The round's figures are no longer public."))
    return redirect(round)
