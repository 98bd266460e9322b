"""The programme of orientation: for everybody to read, for the office to plan."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.objections import Refused
from u2t.orientation import permissions
from u2t.orientation.actions import sessions as actions
from u2t.orientation.forms import sessions as forms
from u2t.orientation.models import Material, Session
from u2t.orientation.queries import attendance, scanning
from u2t.orientation.queries import sessions as queries
from u2t.pages.declare import allow, changes, shows
from u2t.pages.fields import show_objections
from u2t.programme.models import Round
from u2t.vault import actions as vault


def round_of(round_code: str) -> Round:
    """The round of an address, with its institution."""
    return get_object_or_404(Round.objects.select_related("institution"), code=round_code)


def _planned(request: HttpRequest, round_code: str) -> Round:
    round = round_of(round_code)
    allow(permissions.may_plan(request.user, round))
    return round


def _found(request: HttpRequest, round_code: str, pk: int) -> Session:
    return get_object_or_404(_planned(request, round_code).sessions.select_related("round"), pk=pk)


@shows(public=True)
def sessions(request: HttpRequest, round_code: str) -> HttpResponse:
    """When and where orientation takes place."""
    round = round_of(round_code)
    allow(permissions.may_see_programme(request.user, round))
    rows = list(queries.sessions_of(round))
    may_plan = permissions.may_plan(request.user, round)
    context = {
        "round": round,
        "days": queries.days_of(rows),
        "plan": attendance.plan_of(round),
        "may_plan": may_plan,
        "may_check_in": permissions.may_check_in(request.user, round),
        "may_see_attendance": permissions.may_see_attendance(request.user, round),
        "is_worker": permissions.is_worker(request.user, round),
        "clashes": queries.clashes_of(rows) if may_plan else [],
    }
    return render(request, "orientation/sessions.html", context)


@shows(public=True)
def session(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """One session: for whom, what to read; for the office what can be done to it."""
    round = round_of(round_code)
    allow(permissions.may_see_programme(request.user, round))
    session = get_object_or_404(queries.sessions_of(round), pk=pk)
    may_plan = permissions.may_plan(request.user, round)
    groups = list(session.groups.all())
    context = {
        "round": round,
        "session": session,
        "groups": groups,
        "materials": session.materials.filter(removed_at=None),
        "may_plan": may_plan,
        "may_check_in": permissions.may_check_in(request.user, round),
        "may_see_attendance": permissions.may_see_attendance(request.user, round),
        "expected": queries.expected_in(round, [group.pk for group in groups]) if may_plan else None,
    }
    return render(request, "orientation/session.html", context)


def _form(
    request: HttpRequest, round: Round, title: str, form: django_forms.BaseForm, back: str
) -> HttpResponse:
    context = {"round": round, "title": title, "form": form, "back_url": back}
    return render(request, "orientation/form.html", context, status=422 if form.errors else 200)


def _list(round: Round) -> str:
    return reverse("orientation:sessions", args=[round.code])


def address_of(session: Session) -> str:
    """The page of a session."""
    return reverse("orientation:session", args=[session.round.code, session.pk])


@shows()
def new(request: HttpRequest, round_code: str) -> HttpResponse:
    """A new session, most likely right after the last one."""
    round = _planned(request, round_code)
    rows = list(queries.sessions_of(round))
    initial = {"on": forms.next_day(round, rows), "is_required": True, **forms.after(rows)}
    return _form(
        request, round, _("New session"), forms.SessionForm(round=round, initial=initial), _list(round)
    )


@changes()
def add(request: HttpRequest, round_code: str) -> HttpResponse:
    """Add it."""
    round = _planned(request, round_code)
    form = forms.SessionForm(request.POST, round=round)
    if form.is_valid():
        try:
            made = actions.add_session(round=round, by=request.user, at=timezone.now(), **form.values)
            messages.success(request, _("%(session)s was added.") % {"session": made.name})
            return redirect(address_of(made))
        except Refused as refused:
            show_objections(form, refused.objections)
    return _form(request, round, _("New session"), form, _list(round))


@shows()
def edit(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """A session as it stands, to be written anew."""
    session = _found(request, round_code, pk)
    form = forms.SessionForm(round=session.round, initial=forms.of_session(session))
    return _form(request, session.round, session.name, form, address_of(session))


@changes()
def change(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """Write it anew."""
    session = _found(request, round_code, pk)
    form = forms.SessionForm(request.POST, round=session.round)
    if form.is_valid():
        try:
            actions.change_session(session=session, by=request.user, at=timezone.now(), **form.values)
            messages.success(request, _("The session was saved."))
            return redirect(address_of(session))
        except Refused as refused:
            show_objections(form, refused.objections)
    return _form(request, session.round, session.name, form, address_of(session))


@shows()
def copying(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """When the copy of a session takes place."""
    session = _found(request, round_code, pk)
    begins = timezone.localtime(session.begins_at)
    form = forms.CopyForm(initial={"on": begins.date(), "begins": begins.time()})
    return _form(request, session.round, _copy_title(session), form, address_of(session))


def _copy_title(session: Session) -> str:
    return _("Copy %(session)s") % {"session": session.name}


@changes()
def copy(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """Copy it."""
    session = _found(request, round_code, pk)
    form = forms.CopyForm(request.POST)
    if not form.is_valid():
        return _form(request, session.round, _copy_title(session), form, address_of(session))
    made = actions.copy_session(session=session, begins_at=form.begins_at, by=request.user, at=timezone.now())
    messages.success(request, _("%(session)s was added.") % {"session": made.name})
    return redirect(address_of(made))


@shows()
def cancelling(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """Ask before a session is cancelled."""
    session = _found(request, round_code, pk)
    context = {
        "round": session.round,
        "title": _("Cancel the session"),
        "question": _("Shall %(session)s be cancelled?") % {"session": session.name},
        "consequences": [_("It stays in the programme, crossed out, and its hours count for nobody.")],
        "action_url": reverse("orientation:cancel_session", args=[round_code, pk]),
        "submit": _("Cancel the session"),
        "back_url": address_of(session),
        "is_dangerous": True,
    }
    return render(request, "pages/confirm.html", context)


@changes()
def cancel(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """Cancel it."""
    session = _found(request, round_code, pk)
    actions.cancel_session(session=session, by=request.user, at=timezone.now())
    messages.success(request, _("%(session)s was cancelled.") % {"session": session.name})
    return redirect(address_of(session))


@changes()
def restore(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """Take the cancellation back."""
    session = _found(request, round_code, pk)
    actions.restore_session(session=session, by=request.user, at=timezone.now())
    messages.success(request, _("The session takes place."))
    return redirect(address_of(session))


@shows()
def plan(request: HttpRequest, round_code: str) -> HttpResponse:
    """What the round asks of everybody."""
    round = _planned(request, round_code)
    form = forms.PlanForm(instance=attendance.plan_of(round))
    return _form(request, round, _("Rules of orientation"), form, _list(round))


@changes()
def set_plan(request: HttpRequest, round_code: str) -> HttpResponse:
    """Write it down."""
    round = _planned(request, round_code)
    form = forms.PlanForm(request.POST, instance=attendance.plan_of(round))
    if not form.is_valid():
        return _form(request, round, _("Rules of orientation"), form, _list(round))
    actions.set_plan(round=round, by=request.user, at=timezone.now(), **form.cleaned_data)
    messages.success(request, _("The rules were saved."))
    return redirect(_list(round))


@shows()
def materials(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """Something to read for a session."""
    session = _found(request, round_code, pk)
    return _form(request, session.round, _("Add material"), forms.MaterialForm(), address_of(session))


@changes()
def add_material(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """Add it; a file goes through the vault, which looks at what it really is."""
    session = _found(request, round_code, pk)
    form, at = forms.MaterialForm(request.POST, request.FILES), timezone.now()
    if form.is_valid():
        try:
            values = _kept(form.cleaned_data, at)
            actions.add_material(session=session, by=request.user, at=at, **values)
            messages.success(request, _("The material was added."))
            return redirect(address_of(session))
        except Refused as refused:
            show_objections(form, refused.objections)
    return _form(request, session.round, _("Add material"), form, address_of(session))


def _kept(typed: dict[str, Any], at: Any) -> dict[str, Any]:
    sent = typed.pop("file")
    file = vault.keep(data=sent.read(), name=sent.name, at=at) if sent and not typed["address"] else None
    return {**typed, "file": file}


@shows(public=True)
def material(request: HttpRequest, round_code: str, pk: int, material: int) -> HttpResponse:
    """The file itself, for whoever may read the programme."""
    round = round_of(round_code)
    allow(permissions.may_see_programme(request.user, round))
    row = get_object_or_404(Material.objects.select_related("file"), pk=material, session=pk, removed_at=None)
    if row.file is None or row.session.round_id != round.pk:
        raise Http404
    headers = {"Content-Disposition": "inline", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(vault.read(row.file), content_type=row.file.content_type, headers=headers)


@changes()
def remove_material(request: HttpRequest, round_code: str, pk: int, material: int) -> HttpResponse:
    """Take it off."""
    session = _found(request, round_code, pk)
    row = get_object_or_404(session.materials.filter(removed_at=None), pk=material)
    actions.remove_material(material=row, by=request.user, at=timezone.now())
    messages.success(request, _("The material was removed."))
    return redirect(address_of(session))


def chosen_session(request: HttpRequest, round: Round) -> Session | None:
    """The session that the address names, else the one that is most likely meant now."""
    rows = list(queries.sessions_of(round).select_related("round"))
    wanted = request.POST.get("session") or request.GET.get("session", "")
    named = [one for one in rows if str(one.pk) == wanted]
    return named[0] if named else scanning.chosen([r for r in rows if not r.cancelled_at], timezone.now())
