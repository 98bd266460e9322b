"""Groups of workers: made in one go, put right by hand."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.objections import Refused
from u2t.orientation import permissions
from u2t.orientation.actions import grouping
from u2t.orientation.forms import sessions as forms
from u2t.orientation.queries import sessions as queries
from u2t.orientation.views.sessions import round_of
from u2t.pages.declare import allow, changes, shows
from u2t.pages.fields import posted_key, show_objections
from u2t.pages.paging import page_of, typed
from u2t.people.models import Worker
from u2t.programme.models import Round
from u2t.thai import fold


def _planned(request: HttpRequest, round_code: str) -> Round:
    round = round_of(round_code)
    allow(permissions.may_plan(request.user, round))
    return round


@shows()
def groups(request: HttpRequest, round_code: str) -> HttpResponse:
    """Who is in which group."""
    return _page(request, _planned(request, round_code), forms.GroupsForm())


def _page(request: HttpRequest, round: Round, form: forms.GroupsForm) -> HttpResponse:
    members = queries.members(round)
    text, group = typed(request), request.GET.get("group", "")
    key = fold.fold(text)
    shown = [
        one
        for one in members
        if (not text or str(one.worker.number) == text or (key and key in one.worker.person.search_key))
        and (not group or str(one.group.pk if one.group else 0) == group)
    ]
    context = {
        "round": round,
        "form": form,
        "groups": list(queries.groups_of(round)),
        "without": sum(one.group is None for one in members),
        "total": len(members),
        "page": page_of(request, shown),
        "q": text,
        "group": group,
        "is_filtered": bool(text or group),
    }
    return render(request, "orientation/groups.html", context)


@changes()
def make(request: HttpRequest, round_code: str) -> HttpResponse:
    """Put everybody without a group into one."""
    round = _planned(request, round_code)
    form = forms.GroupsForm(request.POST)
    if form.is_valid():
        try:
            made = grouping.make_groups(round=round, by=request.user, at=timezone.now(), **form.cleaned_data)
            messages.success(request, _("%(count)s groups are ready.") % {"count": len(made)})
            return redirect("orientation:groups", round.code)
        except Refused as refused:
            show_objections(form, refused.objections)
    return _page(request, round, form)


@changes()
def move(request: HttpRequest, round_code: str) -> HttpResponse:
    """Put one worker into another group, and go back to the list as it was."""
    round = _planned(request, round_code)
    worker = get_object_or_404(
        Worker.objects.filter(round=round).current(), number=posted_key(request, "number")
    )
    chosen = posted_key(request, "group")
    group = get_object_or_404(round.orientation_groups, pk=chosen) if chosen else None
    grouping.move_worker(worker=worker, group=group, by=request.user, at=timezone.now())
    messages.success(request, _("%(worker)s was moved.") % {"worker": worker})
    query = request.POST.get("query", "")
    return redirect(reverse("orientation:groups", args=[round.code]) + (f"?{query}" if query else ""))


@shows()
def dropping(request: HttpRequest, round_code: str) -> HttpResponse:
    """Ask before all groups go."""
    round = _planned(request, round_code)
    context = {
        "round": round,
        "title": _("Take all groups away"),
        "question": _("Shall all groups be taken away, to begin again?"),
        "action_url": reverse("orientation:drop_groups", args=[round.code]),
        "submit": _("Take all groups away"),
        "back_url": reverse("orientation:groups", args=[round.code]),
        "is_dangerous": True,
    }
    return render(request, "pages/confirm.html", context)


@changes()
def drop(request: HttpRequest, round_code: str) -> HttpResponse:
    """Take them away."""
    round = _planned(request, round_code)
    grouping.drop_groups(round=round, by=request.user, at=timezone.now())
    messages.success(request, _("All groups were taken away."))
    return redirect("orientation:groups", round.code)
