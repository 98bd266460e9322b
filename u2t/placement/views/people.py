"""One person: why here, and changing it by hand; who leads a tambon; the whole placement as a table."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.objections import Refused, refuse_if
from u2t.pages.declare import allow, changes, either, shows
from u2t.pages.fields import show_objections
from u2t.pages.paging import chosen
from u2t.people.models import Worker
from u2t.placement import actions, permissions
from u2t.placement.forms import LeadForm, MoveForm, ReasonForm, SwapForm
from u2t.placement.queries import changes as changing
from u2t.placement.queries import choices, export, proofs, reasons, teams
from u2t.placement.views.loading import round_of, tambon_of, worker_of
from u2t.programme.models import Round, RoundTambon

WAYS = ("move", "swap", "unplace")


@shows()
def why(request: HttpRequest, round_code: str, number: int) -> HttpResponse:
    """Why a worker is where they are; also the worker's own page."""
    worker = worker_of(round_code, number)
    allow(permissions.may_see_why(request.user, worker))
    context = {
        "round": worker.round,
        "worker": worker,
        "why": (found := reasons.why_of(worker)),
        "without": None if found else reasons.without_slot(worker),
        "own_row": proofs.own_row(worker),
        "is_self": request.user.person_id == worker.person_id,
        "may_place": permissions.may_place(request.user, worker.round),
    }
    return render(request, "placement/why.html", context)


@shows()
def leader_why(request: HttpRequest, round_code: str, tambon_code: str, lecturer: int) -> HttpResponse:
    """Why a lecturer leads a tambon; also the lecturer's own page."""
    tambon = tambon_of(round_code, tambon_code)
    leadership = get_object_or_404(teams.leaders_of(tambon), lecturer__pk=lecturer)
    allow(permissions.may_see_lead(request.user, leadership))
    context = {
        "round": tambon.round,
        "leadership": leadership,
        "why": reasons.leader_why(leadership),
        "is_self": request.user.person_id == leadership.lecturer.person_id,
        "may_place": permissions.may_place(request.user, tambon.round),
    }
    return render(request, "placement/why_leader.html", context)


@shows()
def _change_form(request: HttpRequest, round_code: str, number: int) -> HttpResponse:
    worker = worker_of(round_code, number)
    allow(permissions.may_place(request.user, worker.round))
    return _change_page(request, worker, ReasonForm())


@changes()
def _change(request: HttpRequest, round_code: str, number: int) -> HttpResponse:
    worker = worker_of(round_code, number)
    allow(permissions.may_place(request.user, worker.round))
    reason = ReasonForm(request.POST)
    wanted = _wanted(request, worker)
    if reason.is_valid() and wanted is not None:
        try:
            _make(request, worker, wanted, reason.cleaned_data)
        except Refused as refused:
            show_objections(reason, refused.objections)
        else:
            messages.success(request, _("The placement of %(name)s was changed.") % {"name": worker.person})
            return redirect(_after(request, worker))
    return _change_page(request, worker, reason, status=422)


change = either(get=_change_form, post=_change)


def _after(request: HttpRequest, worker: Worker) -> str:
    """Where a change leads to: back to the board if it began there, else to the person."""
    if request.GET.get("back") != "board":
        return worker.get_absolute_url()
    board = reverse("placement:board", args=[worker.round.code])
    place = changing.places_now(worker.round, [worker.pk]).get(worker.pk)
    opened = {"open": place[1].tambon} if place else {}
    return f"{board}?{urlencode({'moved': worker.number} | opened)}"


def _way(request: HttpRequest) -> str:
    return chosen(request, "what", WAYS, "move")


def _form_of(request: HttpRequest, worker: Worker) -> MoveForm | SwapForm | None:
    """The form of the chosen way, bound as soon as the address holds an answer."""
    way = _way(request)
    if way == "move":
        data = request.GET if "tambon" in request.GET else None
        # The form begins where the person is now, so that somebody who changes one thing chooses one thing.
        return MoveForm(data, initial=choices.present(worker), choices=choices.moves_for(worker))
    if way == "swap":
        return SwapForm(request.GET if "other" in request.GET else None, worker=worker)
    return None


def _wanted(request: HttpRequest, worker: Worker) -> dict[str, Any] | None:
    """The keyword arguments of the action that the address asks for, or ``None`` while it is not complete."""
    form = _form_of(request, worker)
    if form is None:
        return {}
    if not form.is_bound or not form.is_valid():
        return None
    given = form.cleaned_data
    if isinstance(form, SwapForm):
        return {"other": given["other"]}
    round = worker.round
    workstream = round.workstreams.get(code=given["workstream"])
    # The form may still hold the office of the place that the person leaves.
    office = given.get("office") if workstream.to_office else None
    return {
        "tambon": round.tambons.get(tambon_id=given["tambon"]),
        "workstream": workstream,
        "office": round.participations.get(pk=office) if office else None,
    }


def _make(request: HttpRequest, worker: Worker, wanted: dict[str, Any], given: dict[str, str]) -> None:
    action = {"move": actions.move, "swap": actions.swap, "unplace": actions.unplace}[_way(request)]
    action(
        worker=worker,
        **wanted,
        reason=given["reason"],
        seen=given["seen"],
        by=request.user,
        at=timezone.now(),
    )


def _consequence(request: HttpRequest, worker: Worker) -> changing.Consequence | None:
    wanted = _wanted(request, worker)
    if wanted is None:
        return None
    if _way(request) == "swap":
        ends = changing.swapped(worker, wanted["other"])
        return changing.consequence_of(worker.round, [worker, wanted["other"]], ends)
    place = changing.place_for(worker, **wanted) if wanted else None
    return changing.consequence_of(worker.round, [worker], {worker.pk: place})


def _change_page(request: HttpRequest, worker: Worker, reason: ReasonForm, status: int = 200) -> HttpResponse:
    refuse_if(actions.left_objections(worker))
    consequence = _consequence(request, worker)
    if consequence and not reason.is_bound:
        reason = ReasonForm(initial={"seen": consequence.seen})
    context = {
        "round": worker.round,
        "worker": worker,
        "engagement": teams.engagement_of(worker),
        "way": _way(request),
        "form": _form_of(request, worker),
        "consequence": consequence,
        "reason": reason,
    }
    return render(request, "placement/change.html", context, status=status)


@shows()
def _leaders_form(request: HttpRequest, round_code: str, tambon_code: str) -> HttpResponse:
    tambon = tambon_of(round_code, tambon_code)
    allow(permissions.may_place(request.user, tambon.round))
    return _leaders_page(request, tambon, ReasonForm())


@changes()
def _change_leader(request: HttpRequest, round_code: str, tambon_code: str) -> HttpResponse:
    tambon = tambon_of(round_code, tambon_code)
    allow(permissions.may_place(request.user, tambon.round))
    reason, form = ReasonForm(request.POST), _lead_form(request, tambon)
    if reason.is_valid() and form.is_bound and form.is_valid():
        given = reason.cleaned_data
        leaves, comes = form.lecturer("leaves"), form.lecturer("comes")
        try:
            actions.change_leader(
                tambon=tambon, leaves=leaves, comes=comes, **given, by=request.user, at=timezone.now()
            )
        except Refused as refused:
            show_objections(reason, refused.objections)
        else:
            messages.success(request, _("Who leads %(tambon)s was changed.") % {"tambon": tambon})
            return redirect(tambon)
    return _leaders_page(request, tambon, reason, status=422)


leaders = either(get=_leaders_form, post=_change_leader)


def _lead_form(request: HttpRequest, tambon: RoundTambon) -> LeadForm:
    here, others = choices.leads_for(tambon)
    return LeadForm(request.GET if "comes" in request.GET else None, here=here, others=others)


def _leaders_page(
    request: HttpRequest, tambon: RoundTambon, reason: ReasonForm, status: int = 200
) -> HttpResponse:
    form, consequence = _lead_form(request, tambon), None
    if form.is_bound and form.is_valid():
        consequence = changing.lead_consequence_of(
            tambon.round, tambon, form.lecturer("leaves"), form.lecturer("comes")
        )
        if not reason.is_bound:
            reason = ReasonForm(initial={"seen": consequence.seen})
    context = {
        "round": tambon.round,
        "tambon": tambon,
        "leaders": reasons.leaders_of(tambon),
        "form": form,
        "consequence": consequence,
        "reason": reason,
    }
    return render(request, "placement/leaders.html", context, status=status)


@shows()
def table(request: HttpRequest, round_code: str, kind: str) -> HttpResponse:
    """Everybody and where they are, as a workbook or CSV."""
    round: Round = round_of(round_code)
    allow(permissions.may_see_placement(request.user, round))
    content, content_type = export.table_of(round, kind)
    name = f"placement-{round.code}.{kind}"
    return HttpResponse(
        content,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
