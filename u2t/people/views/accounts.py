"""Accounts of the people of a round, and of the institution's own staff."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.audit import actions as audit
from u2t.objections import Objection, Refused
from u2t.pages.declare import allow, changes, either, noting, shows
from u2t.pages.fields import posted_key, show_objections
from u2t.pages.paging import chosen, page_of, typed
from u2t.people import identity, permissions, queries, slips
from u2t.people.actions import accounts as actions
from u2t.people.actions import staff as staff_actions
from u2t.people.forms import StaffForm
from u2t.people.models import Account, Person, Worker
from u2t.programme.actions import institutions
from u2t.programme.models import Duty, Institution, Round
from u2t.thai import ids

GROUPS = {"workers": "w", "lecturers": "p"}


def _round_of(code: str) -> Round:
    return get_object_or_404(Round.objects.select_related("institution"), code=code)


@shows()
def accounts(request: HttpRequest, round_code: str) -> HttpResponse:
    """Who may log in: the workers or the lecturers of a round."""
    round = _round_of(round_code)
    allow(permissions.may_manage_accounts(request.user, round))
    group, text = chosen(request, "group", GROUPS, "workers"), typed(request)
    if group == "workers":
        page = page_of(request, queries.workers(round, text), load=queries.worker_lines)
    else:
        page = page_of(request, queries.lecturers(round, text), load=queries.lecturer_lines)
    context = {
        "round": round,
        "group": group,
        "text": text,
        "page": page,
        "is_filtered": bool(text),
        "missing": queries.count_without_account(round, group),
    }
    return render(request, "people/accounts.html", context)


@changes()
def open_missing(request: HttpRequest, round_code: str) -> HttpResponse:
    """Open an account for everybody of a group who has none; the passwords are told once."""
    round = _round_of(round_code)
    allow(permissions.may_manage_accounts(request.user, round))
    group = request.POST.get("group", "")
    allow(group in GROUPS)
    persons = queries.without_account(round, group)
    if not persons:
        raise Refused([Objection("people.nobody_without_account")])
    opened = actions.open_accounts(persons=persons, prefix=GROUPS[group], by=request.user, at=timezone.now())
    back = f"{reverse('people:accounts', args=[round.code])}?group={group}"
    return slips.answer(request, opened, back_url=back, what=queries.what_they_do(round, group))


@changes()
def do(request: HttpRequest, round_code: str) -> HttpResponse:
    """Open, reset, close or reopen the account of one person of the round."""
    round = _round_of(round_code)
    person = get_object_or_404(Person.objects.select_related("account"), pk=posted_key(request, "person"))
    allow(permissions.may_manage_accounts(request.user, round) and queries.is_in_round(person, round))
    account = queries.account_of(person)
    allow(account is None or permissions.may_manage_account(request.user, round, account))
    prefix = "w" if queries.is_worker_in(person, round) else "p"
    group = "workers" if prefix == "w" else "lecturers"
    back = f"{reverse('people:accounts', args=[round.code])}?group={group}"
    return slips.done(request, person, account, prefix=prefix, back_url=back)


@shows()
def citizen_id(request: HttpRequest, round_code: str, number: int) -> HttpResponse:
    """A worker's whole ID number; that it was read, by whom and when, is recorded each time."""
    round = _round_of(round_code)
    worker = get_object_or_404(Worker.objects.select_related("person", "round"), round=round, number=number)
    allow(permissions.may_see_citizen_id(request.user, worker))
    sealed = worker.person.citizen_id_sealed
    with noting():
        audit.record(
            verb="people.read_citizen_id",
            subject=worker.person,
            by=request.user,
            at=timezone.now(),
            round_code=round.code,
        )
    shown = ids.written(identity.unseal(sealed)) if sealed else ""
    context = {"round": round, "worker": worker, "number": shown}
    response = render(request, "people/citizen_id.html", context)
    response["Cache-Control"] = "no-store"
    return response


@shows()
def _staff_page(request: HttpRequest, institution_code: str) -> HttpResponse:
    institution = get_object_or_404(Institution, code=institution_code)
    allow(permissions.may_manage_staff(request.user, institution))
    return _staff_answer(request, institution, StaffForm())


@changes()
def _add_staff(request: HttpRequest, institution_code: str) -> HttpResponse:
    institution = get_object_or_404(Institution, code=institution_code)
    allow(permissions.may_manage_staff(request.user, institution))
    form = StaffForm(request.POST)
    if form.is_valid():
        try:
            opened = staff_actions.add_staff(
                institution=institution, **form.cleaned_data, by=request.user, at=timezone.now()
            )
        except Refused as refused:
            show_objections(form, refused.objections)
        else:
            return slips.answer(request, [opened], back_url=request.path)
    return _staff_answer(request, institution, form, status=422)


def _staff_answer(
    request: HttpRequest, institution: Institution, form: StaffForm, status: int = 200
) -> HttpResponse:
    context = {"institution": institution, "duties": queries.duties(institution), "form": form}
    return render(request, "people/staff.html", context, status=status)


staff = either(get=_staff_page, post=_add_staff)


@changes()
def end_duty(request: HttpRequest, institution_code: str) -> HttpResponse:
    """End somebody's duty at the institution."""
    institution = get_object_or_404(Institution, code=institution_code)
    allow(permissions.may_manage_staff(request.user, institution))
    duty = get_object_or_404(
        Duty.objects.select_related("institution", "account"),
        institution=institution,
        pk=posted_key(request, "duty"),
    )
    institutions.end_duty(duty=duty, by=request.user, at=timezone.now())
    messages.success(request, _("The duty has ended."))
    return redirect("people:staff", institution.code)


@changes()
def staff_do(request: HttpRequest, institution_code: str) -> HttpResponse:
    """Reset, close or reopen the account of somebody with a duty at the institution."""
    institution = get_object_or_404(Institution, code=institution_code)
    allow(permissions.may_manage_staff(request.user, institution))
    account = get_object_or_404(
        Account.objects.filter(duties__institution=institution, duties__ended_at=None).distinct(),
        pk=posted_key(request, "account"),
    )
    allow(not permissions.serves_elsewhere(account, institution) and account.person is not None)
    back = reverse("people:staff", args=[institution.code])
    return slips.done(request, account.person, account, prefix="s", back_url=back)
