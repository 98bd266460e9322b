"""The list of applications, and the page on which one is judged."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.audit import actions as audit
from u2t.audit import queries as events
from u2t.objections import Objection, Refused
from u2t.pages.declare import allow, changes, noting, shows
from u2t.pages.paging import page_of
from u2t.people import identity
from u2t.recruitment import permissions
from u2t.recruitment.actions import assessing as actions
from u2t.recruitment.forms import assessing as forms
from u2t.recruitment.models import Application, Call, Document, Eligibility
from u2t.recruitment.queries.assessing import cases, lists, pairs
from u2t.recruitment.views.assessing import loading
from u2t.recruitment.words.assessing import EVENTS
from u2t.thai import ids

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@shows()
def applications(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    """All applications of a call, for the office and the executives."""
    found = loading.call_of(round_code, call)
    allow(permissions.may_see_applications(request.user, found))
    wish = lists.wish_of(request.GET)
    context = {
        "call": found,
        "round": found.round,
        "wish": wish,
        "is_filtered": wish.is_filtered,
        "tabs": lists.counts(found, wish),
        "page": page_of(request, lists.found(found, wish), size=50, load=lambda rows: _lines(found, rows)),
        "categories": lists.categories_of(found),
        "places": lists.places_of(found),
        "troubles": lists.TROUBLES.items(),
        "orders": [(name, label) for name, (label, _order) in lists.ORDERS.items()],
        "may_screen": permissions.may_screen(request.user, found),
        "kept_query": request.GET.urlencode(),
    }
    return render(request, "recruitment/applications.html", context)


def _lines(call: Call, rows: Any) -> list[dict[str, Any]]:
    return [
        {"case": case, "application": case.application, "state": lists.state_of(case.application),
         "score": lists.points(case.application.score)}
        for case in cases.cases(call, rows)
    ]  # fmt: skip


@shows()
def workbook(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    """The list as a workbook; that it left the system is recorded."""
    found = loading.screened_call(request, round_code, call)
    rows = lists.found(found, lists.wish_of(request.GET))
    data = lists.workbook(found, rows)
    noted(request, "list_exported", found, found, {"count": rows.count()})
    name = f"applications-{found.round.code}-{found.number}.xlsx"
    return HttpResponse(
        data, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@shows()
def screen(request: HttpRequest, round_code: str, call: int, pk: int) -> HttpResponse:
    """One application: its papers beside what it says, what the rules find, and the decision."""
    return _page(request, loading.screened_application(request, round_code, call, pk))


def _page(
    request: HttpRequest,
    application: Application,
    refused: tuple[Objection, ...] = (),
    form: forms.DecisionForm | None = None,
) -> HttpResponse:
    call = application.call
    wish = lists.wish_of(request.GET)
    before, after, place, length = lists.neighbours(call, wish, application)
    history = list(application.screenings.select_related("decided_by__person").order_by("-id"))
    context = {
        "call": call,
        "round": call.round,
        "application": application,
        "case": cases.case(application),
        "choices": application.choices.select_related("tambon__tambon__district__province"),
        "experiences": application.experiences.all(),
        "history": history,
        "events": _events(application),
        "pairs": pairs.of_application(application),
        "hires": pairs.hires_of(application),
        "before": before,
        "after": after,
        "place": place,
        "length": length,
        "query": request.GET.urlencode(),
        "refused": refused,
        "form": form or forms.DecisionForm(),
    }
    return render(request, "recruitment/screen.html", context, status=409 if refused else 200)


def _events(application: Application) -> list[tuple[Any, object]]:
    """What happened, the newest first, as far as it concerns screening and interviews."""
    known = events.history_of(application).filter(verb__in=EVENTS)
    return [(event, EVENTS[event.verb]) for event in known[:20]]


def _back(request: HttpRequest, application: Application, part: str = "") -> HttpResponse:
    call = application.call
    url = reverse("recruitment:screen", args=[call.round.code, call.number, application.pk])
    query = request.GET.urlencode()
    return redirect(f"{url}{'?' + query if query else ''}{part}")


@changes()
def check_paper(request: HttpRequest, round_code: str, call: int, pk: int, document: int) -> HttpResponse:
    """Accept or refuse one paper."""
    application = loading.screened_application(request, round_code, call, pk)
    paper = get_object_or_404(Document, pk=document, application=application)
    paper.application = application
    form = forms.PaperForm(request.POST)
    if not form.is_valid():
        return _page(request, application, (Objection("recruitment.reason_missing"),))
    is_accepted, reason = form.cleaned_data["accepted"] == "yes", form.cleaned_data["reason"]
    try:
        actions.check_document(
            document=paper, is_accepted=is_accepted, reason=reason, by=request.user, at=timezone.now()
        )
    except Refused as refused:
        return _page(request, application, refused.objections)
    return _back(request, application, f"#paper-{paper.kind}")


@changes()
def override(request: HttpRequest, round_code: str, call: int, pk: int) -> HttpResponse:
    """Find otherwise about one rule."""
    application = loading.screened_application(request, round_code, call, pk)
    form = forms.OverrideForm(request.POST)
    if not form.is_valid():
        return _page(request, application, (Objection("recruitment.reason_missing"),))
    rule = get_object_or_404(Eligibility, pk=form.cleaned_data["rule"], call=application.call)
    is_met, reason = form.cleaned_data["met"] == "yes", form.cleaned_data["reason"]
    try:
        actions.override(
            application=application,
            rule=rule,
            is_met=is_met,
            reason=reason,
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refused:
        return _page(request, application, refused.objections)
    return _back(request, application, "#rules")


@changes()
def decide(request: HttpRequest, round_code: str, call: int, pk: int) -> HttpResponse:
    """Pass or not; on to the next of the list."""
    application = loading.screened_application(request, round_code, call, pk)
    form = forms.DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, application, form=form)
    # Where the list goes on is asked before the decision takes the application out of its tab.
    _before, after, *_place = lists.neighbours(application.call, lists.wish_of(request.GET), application)
    is_passed, note = form.cleaned_data["decision"] == "pass", form.cleaned_data["note"]
    try:
        actions.screen(
            application=application, is_passed=is_passed, note=note, by=request.user, at=timezone.now()
        )
    except Refused as refused:
        return _page(request, application, refused.objections, form)
    messages.success(request, _("%(receipt)s was decided.") % {"receipt": application.receipt})
    if request.POST.get("next") and after:
        application = get_object_or_404(Application.objects.select_related("call__round"), pk=after)
    return _back(request, application)


@shows()
def citizen_id(request: HttpRequest, round_code: str, call: int, pk: int) -> HttpResponse:
    """The whole ID number; that it was read, by whom and when, is recorded each time."""
    application = loading.screened_application(request, round_code, call, pk)
    allow(permissions.may_see_citizen_id(request.user, application))
    noted(request, "read_citizen_id", application, application.call, {})
    sealed = application.citizen_id_sealed
    shown = ids.written(identity.unseal(sealed)) if sealed else ""
    context = {"application": application, "call": application.call, "round": application.call.round,
               "number": shown, "query": request.GET.urlencode()}  # fmt: skip
    response = render(request, "recruitment/screen_citizen_id.html", context)
    response["Cache-Control"] = "no-store"
    return response


@shows()
def ask_pass_ready(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    """Who would pass, and what stands against the others, before anything happens."""
    found = loading.screened_call(request, round_code, call)
    waiting = lists.found(found, lists.Wish(show="waiting"))
    judged = lists.all_cases(found, waiting)
    ready = [case for case in judged if case.is_ready]
    context = {"call": found, "round": found.round, "ready": ready, "others": len(judged) - len(ready)}
    return render(request, "recruitment/pass_ready.html", context)


@changes()
def pass_ready(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    """Pass all whose papers are accepted and rules met; say what became of each of the others."""
    found = loading.screened_call(request, round_code, call)
    waiting = lists.found(found, lists.Wish(show="waiting"))
    outcomes = actions.screen_many(call=found, applications=waiting, by=request.user, at=timezone.now())
    context = {
        "call": found,
        "round": found.round,
        "done": [one for one in outcomes if one.is_done],
        "refused": [one for one in outcomes if not one.is_done],
    }
    return render(request, "recruitment/screened_many.html", context)


def noted(request: HttpRequest, verb: str, subject: Any, call: Call, note: dict[str, object]) -> None:
    """Record that something sensitive was read on a page that only shows."""
    with noting():
        audit.record(
            verb=f"recruitment.{verb}",
            subject=subject,
            by=request.user,
            at=timezone.now(),
            round_code=call.round.code,
            note=note,
        )
