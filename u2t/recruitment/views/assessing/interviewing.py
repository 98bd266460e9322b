"""The interviewer's pages: the own list, one applicant's sheet, locking it, giving it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.objections import Objection, Refused
from u2t.pages.declare import allow, changes, shows
from u2t.pages.fields import show_objections
from u2t.recruitment import permissions
from u2t.recruitment.actions import assessing as actions
from u2t.recruitment.forms import assessing as forms
from u2t.recruitment.models import Interview
from u2t.recruitment.queries.assessing import interviews as queries
from u2t.recruitment.views.assessing import loading


@shows()
def interviews(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    """One's own interviews by time."""
    found = loading.call_of(round_code, call)
    allow(permissions.may_interview(request.user, found))
    rows = list(queries.mine(request.user, found))
    open_ones = [row for row in rows if row.locked_at is None]
    context = {
        "call": found,
        "round": found.round,
        "criteria": len(queries.criteria_of(found)),
        "open_ones": open_ones,
        "locked": [row for row in rows if row.locked_at],
        "total": len(rows),
    }
    return render(request, "recruitment/interviews.html", context)


@shows()
def interview(request: HttpRequest, round_code: str, call: int, pk: int) -> HttpResponse:
    """One applicant's sheet."""
    found = loading.own_interview(request, round_code, call, pk)
    return _page(request, found, _form(found))


def _form(interview: Interview) -> forms.MarksForm:
    points = dict(interview.marks.values_list("criterion_id", "points"))
    initial = {f"points_{key}": value for key, value in points.items()}
    initial |= {"absent": bool(interview.is_absent), "note": interview.note}
    return forms.MarksForm(criteria=queries.criteria_of(interview.application.call), initial=initial)


def _page(
    request: HttpRequest,
    interview: Interview,
    form: forms.MarksForm,
    refused: tuple[Objection, ...] = (),
) -> HttpResponse:
    application = interview.application
    rows = list(queries.mine(request.user, application.call))
    at = next((n for n, row in enumerate(rows) if row.pk == interview.pk), None)
    context = {
        "call": application.call,
        "round": application.call.round,
        "interview": interview,
        "application": application,
        "choices": application.choices.select_related("tambon__tambon__district__province"),
        "experiences": application.experiences.all(),
        "form": form,
        "refused": refused,
        "after": rows[at + 1] if at is not None and at + 1 < len(rows) else None,
    }
    status = 409 if refused else 422 if form.errors else 200
    return render(request, "recruitment/interview.html", context, status=status)


@changes()
def save(request: HttpRequest, round_code: str, call: int, pk: int) -> HttpResponse:
    """Save what is on the sheet; a script saves after each field, a button does it all."""
    found = loading.own_interview(request, round_code, call, pk)
    form = forms.MarksForm(request.POST, criteria=queries.criteria_of(found.application.call))
    if not form.is_valid():
        return _page(request, found, form)
    try:
        actions.mark(
            interview=found,
            points=form.points,
            is_absent=form.cleaned_data["absent"] or None,
            note=form.cleaned_data["note"],
            by=request.user,
            at=timezone.now(),
        )
    except Refused as refused:
        show_objections(form, refused.objections)
        return _page(request, found, form)
    if request.headers.get("X-Autosave"):
        return HttpResponse(_("Saved"), content_type="text/plain; charset=utf-8")
    where = "recruitment:lock_interview" if request.POST.get("lock") else "recruitment:interview"
    if where == "recruitment:interview":
        messages.success(request, _("Saved. The points count once you lock them."))
    return redirect(where, found.application.call.round.code, found.application.call.number, found.pk)


@shows()
def ask_lock(request: HttpRequest, round_code: str, call: int, pk: int) -> HttpResponse:
    """The points once more, before they are closed."""
    found = loading.own_interview(request, round_code, call, pk)
    marks = {mark.criterion_id: mark.points for mark in found.marks.all()}
    criteria = queries.criteria_of(found.application.call)
    context = {
        "call": found.application.call,
        "round": found.application.call.round,
        "interview": found,
        "application": found.application,
        "lines": [(one, marks.get(one.pk)) for one in criteria],
        "is_whole": found.is_absent or all(one.pk in marks for one in criteria),
    }
    return render(request, "recruitment/interview_lock.html", context)


@changes()
def lock(request: HttpRequest, round_code: str, call: int, pk: int) -> HttpResponse:
    """Close the sheet."""
    found = loading.own_interview(request, round_code, call, pk)
    try:
        actions.lock(interview=found, by=request.user, at=timezone.now())
    except Refused as refused:
        return _page(request, found, _form(found), refused.objections)
    messages.success(
        request, _("The points of %(receipt)s are locked.") % {"receipt": found.application.receipt}
    )
    return redirect(
        "recruitment:interviews", found.application.call.round.code, found.application.call.number
    )


@shows()
def ask_decline(request: HttpRequest, round_code: str, call: int, pk: int) -> HttpResponse:
    """Why the interview is given back."""
    found = loading.own_interview(request, round_code, call, pk)
    return _decline_page(request, found, forms.ReasonForm())


def _decline_page(request: HttpRequest, interview: Interview, form: forms.ReasonForm) -> HttpResponse:
    context = {
        "call": interview.application.call,
        "round": interview.application.call.round,
        "interview": interview,
        "application": interview.application,
        "form": form,
    }
    return render(request, "recruitment/interview_decline.html", context, status=422 if form.errors else 200)


@changes()
def decline(request: HttpRequest, round_code: str, call: int, pk: int) -> HttpResponse:
    """Give the interview back; somebody else gets it."""
    found = loading.own_interview(request, round_code, call, pk)
    form = forms.ReasonForm(request.POST)
    if not form.is_valid():
        return _decline_page(request, found, form)
    try:
        actions.decline(
            interview=found, reason=form.cleaned_data["reason"], by=request.user, at=timezone.now()
        )
    except Refused as refused:
        show_objections(form, refused.objections)
        return _decline_page(request, found, form)
    messages.success(request, _("You no longer interview this applicant."))
    return redirect(
        "recruitment:interviews", found.application.call.round.code, found.application.call.number
    )
