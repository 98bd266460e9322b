"""The office's pages of interviews: who interviews, when, how far it is, and one applicant's sheets."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.objections import Objection, Refused
from u2t.pages.declare import allow, changes, shows
from u2t.pages.fields import posted_key, show_objections
from u2t.pages.paging import chosen, page_of, typed
from u2t.people.models import Account
from u2t.recruitment import permissions
from u2t.recruitment.actions import assessing as actions
from u2t.recruitment.forms import assessing as forms
from u2t.recruitment.models import Application, Call, Interview, Interviewer
from u2t.recruitment.queries.assessing import interviews as queries
from u2t.recruitment.queries.assessing import lists, progress, sheets
from u2t.recruitment.views.assessing import loading


@shows()
def interviewers(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    """Who interviews for the call, with their loads; and who could."""
    found = loading.screened_call(request, round_code, call)
    q = typed(request)
    candidates = queries.candidates(found, q)
    context = {
        "call": found,
        "round": found.round,
        "interviewers": queries.interviewers(found),
        "q": q,
        "page": page_of(request, candidates),
    }
    return render(request, "recruitment/interviewers.html", context)


@changes()
def appoint(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    """Let somebody interview."""
    found = loading.screened_call(request, round_code, call)
    account = get_object_or_404(Account.objects.select_related("person"), pk=posted_key(request, "account"))
    actions.appoint(call=found, account=account, by=request.user, at=timezone.now())
    messages.success(request, _("%(name)s interviews for this call.") % {"name": account})
    return redirect("recruitment:interviewers", found.round.code, found.number)


@changes()
def dismiss(request: HttpRequest, round_code: str, call: int, pk: int) -> HttpResponse:
    """End an appointment."""
    found = loading.screened_call(request, round_code, call)
    interviewer = get_object_or_404(found.interviewers.select_related("account__person"), pk=pk)
    interviewer.call = found
    taken = actions.dismiss(interviewer=interviewer, by=request.user, at=timezone.now())
    about = {"name": interviewer.account, "count": taken}
    messages.success(
        request, _("%(name)s no longer interviews; %(count)s open interviews are free again.") % about
    )
    return redirect("recruitment:interviewers", found.round.code, found.number)


@shows()
def scores(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    """How far the interviews are: figures, and every applicant with interviewers, time and state."""
    found = loading.call_of(round_code, call)
    allow(permissions.may_see_applications(request.user, found))
    show = chosen(request, "show", progress.SHOWN, "all")
    q = typed(request)
    rows = progress.found(found, show, q)
    context = {
        "call": found,
        "round": found.round,
        "progress": progress.progress(found),
        "show": show,
        "shown": progress.SHOWN.items(),
        "q": q,
        "is_filtered": bool(q or show != "all"),
        "page": page_of(request, rows, size=50, load=lambda some: progress.lines(found, some)),
        "clashes": queries.clashes(found)[:20],
        "interviewers": queries.loads(found).counts,
        "may_screen": permissions.may_screen(request.user, found),
    }
    return render(request, "recruitment/scores.html", context)


@changes()
def assign(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    """Give everybody enough interviewers."""
    found = loading.screened_call(request, round_code, call)
    assigned = actions.assign(call=found, by=request.user, at=timezone.now())
    if assigned.short:
        about = {"count": len(assigned.short), "receipts": ", ".join(assigned.short[:5])}
        messages.warning(
            request,
            _("For %(count)s applicants too few interviewers were free at their time: %(receipts)s …")
            % about,
        )
    if assigned.given or not assigned.short:
        messages.success(request, _("%(count)s interviews were given.") % {"count": assigned.given})
    return redirect("recruitment:scores", found.round.code, found.number)


@shows()
def ask_schedule(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    """Days, hours, rooms."""
    found = loading.screened_call(request, round_code, call)
    initial = {"first": found.interviews_from, "last": found.interviews_until}
    return _schedule_page(request, found, forms.ScheduleForm(initial=initial))


def _schedule_page(request: HttpRequest, call: Call, form: forms.ScheduleForm) -> HttpResponse:
    context = {
        "call": call,
        "round": call.round,
        "form": form,
        "waiting": progress.found(call, "no_time", "").count(),
    }
    return render(request, "recruitment/schedule.html", context, status=422 if form.errors else 200)


@changes()
def schedule(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    """Give all who wait a time."""
    found = loading.screened_call(request, round_code, call)
    form = forms.ScheduleForm(request.POST)
    if not form.is_valid():
        return _schedule_page(request, found, form)
    try:
        count = actions.schedule(
            call=found,
            applications=progress.found(found, "no_time", ""),
            days=form.days,
            hours=form.hours,
            rooms=form.cleaned_data["rooms"],
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refused:
        show_objections(form, refused.objections)
        return _schedule_page(request, found, form)
    messages.success(request, _("%(count)s applicants have a time now.") % {"count": count})
    return redirect("recruitment:scores", found.round.code, found.number)


@changes()
def clear_times(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    """Take all times away, to begin again."""
    found = loading.screened_call(request, round_code, call)
    count = actions.clear_times(call=found, by=request.user, at=timezone.now())
    messages.success(request, _("The times of %(count)s applicants were taken away.") % {"count": count})
    return redirect("recruitment:schedule", found.round.code, found.number)


@shows()
def sheets_of(request: HttpRequest, round_code: str, call: int, pk: int) -> HttpResponse:
    """One applicant's interviews: who, how far, and the totals of the locked ones."""
    return _sheets_page(request, loading.screened_application(request, round_code, call, pk))


def _sheets_page(
    request: HttpRequest,
    application: Application,
    refused: tuple[Objection, ...] = (),
    **with_errors: Any,
) -> HttpResponse:
    call = application.call
    local = timezone.localtime(application.interview_at) if application.interview_at else None
    initial = {"place": application.interview_place}
    initial |= {"day": local.date(), "time": local.time()} if local else {}  # type: ignore[dict-item]
    context = {
        "call": call,
        "round": call.round,
        "application": application,
        "sheets": sheets.of(application),
        "score": lists.points(application.score) if application.score is not None else "",
        "standing": queries.standings(call, [application.pk]).get(application.pk),
        "time_form": forms.TimeForm(initial=initial),
        "interviewer_form": forms.InterviewerForm(call=call),
        "refused": refused,
        **with_errors,
    }
    status = 409 if refused else 422 if with_errors else 200
    return render(request, "recruitment/sheets.html", context, status=status)


@changes()
def set_time(request: HttpRequest, round_code: str, call: int, pk: int) -> HttpResponse:
    """Set one applicant's time."""
    application = loading.screened_application(request, round_code, call, pk)
    form = forms.TimeForm(request.POST)
    if not form.is_valid():
        return _sheets_page(request, application, time_form=form)
    try:
        actions.set_time(
            application=application,
            begins=form.begins,
            place=form.cleaned_data["place"],
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refused:
        show_objections(form, refused.objections)
        return _sheets_page(request, application, time_form=form)
    return _done(request, application, _("The time was kept."))


@changes()
def give(request: HttpRequest, round_code: str, call: int, pk: int) -> HttpResponse:
    """One more interviewer for one applicant."""
    application = loading.screened_application(request, round_code, call, pk)
    form = forms.InterviewerForm(request.POST, call=application.call)
    if not form.is_valid():
        return _sheets_page(request, application, interviewer_form=form)
    interviewer: Interviewer = form.cleaned_data["interviewer"]
    try:
        actions.give(application=application, interviewer=interviewer, by=request.user, at=timezone.now())
    except Refused as refused:
        return _sheets_page(request, application, refused.objections)
    return _done(
        request, application, _("%(name)s interviews this applicant.") % {"name": interviewer.account}
    )


@changes()
def take_away(request: HttpRequest, round_code: str, call: int, pk: int, interview: int) -> HttpResponse:
    """Take an interview from its interviewer, or open a locked one again: with a reason."""
    application = loading.screened_application(request, round_code, call, pk)
    found = get_object_or_404(
        Interview.objects.select_related("interviewer"), pk=interview, application=application
    )
    found.application = application
    reason = " ".join(request.POST.get("reason", "").replace("\x00", "").split())[:500]
    act = actions.unlock if found.locked_at else actions.decline
    try:
        act(interview=found, reason=reason, by=request.user, at=timezone.now())
    except Refused as refused:
        return _sheets_page(request, application, refused.objections)
    said = _("The sheet is open again.") if found.locked_at else _("The interview was taken away.")
    return _done(request, application, said)


def _done(request: HttpRequest, application: Application, said: str) -> HttpResponse:
    messages.success(request, said)
    call = application.call
    return redirect("recruitment:sheets", call.round.code, call.number, application.pk)
