"""Which tambons take part in a round."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from u2t.pages.declare import allow, changes, shows
from u2t.pages.paging import page_of, typed
from u2t.programme import permissions, queries
from u2t.programme.actions import targets as actions
from u2t.programme.views.rounds import round_of


@shows()
def tambons(request: HttpRequest, round_code: str) -> HttpResponse:
    """The round's tambons, and a search for more among all of the country."""
    round = round_of(round_code)
    allow(permissions.may_run_round(request.user, round))
    text = typed(request)
    context = {
        "round": round,
        "text": text,
        "found": queries.tambons_to_add(round, text) if text else [],
        "page": page_of(request, queries.targets(round)),
    }
    return render(request, "programme/tambons.html", context)


@changes()
def add_tambon(request: HttpRequest, round_code: str) -> HttpResponse:
    """Let one tambon take part."""
    round = round_of(round_code)
    allow(permissions.may_run_round(request.user, round))
    target = actions.add_tambon(round=round, code=_code(request), by=request.user, at=timezone.now())
    messages.success(request, _("%(tambon)s was added.") % {"tambon": target.tambon.full_name})
    return _back(request, round.code)


@changes()
def remove_tambon(request: HttpRequest, round_code: str) -> HttpResponse:
    """Take one tambon out."""
    round = round_of(round_code)
    allow(permissions.may_run_round(request.user, round))
    actions.remove_tambon(round=round, code=_code(request), by=request.user, at=timezone.now())
    messages.success(request, _("The tambon was taken out of the round."))
    return _back(request, round.code)


def _code(request: HttpRequest) -> str:
    """The posted code; PostgreSQL refuses null characters, and no code is longer."""
    return request.POST.get("code", "").replace("\x00", "")[:6]


def _back(request: HttpRequest, code: str) -> HttpResponse:
    """The page of tambons with the search that was typed."""
    text = request.POST.get("q", "")[:100]
    query = f"?{urlencode({'q': text})}" if text else ""
    return redirect(reverse("programme:tambons", args=[code]) + query)
