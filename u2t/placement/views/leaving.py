"""Note that a worker leaves."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.objections import Refused
from u2t.pages.declare import allow, changes, either, shows
from u2t.pages.fields import show_objections
from u2t.people.models import Worker
from u2t.placement import actions, permissions
from u2t.placement.forms import LeaveForm
from u2t.placement.queries import teams
from u2t.placement.views.loading import worker_of


@shows()
def _leave_form(request: HttpRequest, round_code: str, number: int) -> HttpResponse:
    worker = worker_of(round_code, number)
    allow(permissions.may_place(request.user, worker.round))
    return _page(request, worker, LeaveForm())


@changes()
def _leave(request: HttpRequest, round_code: str, number: int) -> HttpResponse:
    worker = worker_of(round_code, number)
    allow(permissions.may_place(request.user, worker.round))
    form, held = LeaveForm(request.POST), teams.engagement_of(worker)
    if form.is_valid():
        try:
            actions.leave(worker=worker, **form.cleaned_data, by=request.user, at=timezone.now())
        except Refused as refused:
            show_objections(form, refused.objections)
        else:
            messages.success(
                request, _("Noted: %(name)s leaves. The slot is free.") % {"name": worker.person}
            )
            if held is None:
                return redirect("home:worker", round_code, number)
            answers = reverse("placement:refill_new", args=[round_code], query={"left": number})
            return redirect(answers)
    return _page(request, worker, form, status=422)


leave = either(get=_leave_form, post=_leave)


def _page(request: HttpRequest, worker: Worker, form: LeaveForm, status: int = 200) -> HttpResponse:
    context = {
        "round": worker.round,
        "worker": worker,
        "engagement": teams.engagement_of(worker),
        "form": form,
        "submit": _("Note the end of the hire"),
        "back_url": worker.get_absolute_url(),
    }
    return render(request, "placement/leave.html", context, status=status)
