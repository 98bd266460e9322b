"""One's own applications: their state, receipt, withdrawal; and the office's help with a lost password."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.objections import Objection, Refused
from u2t.pages.declare import allow, changes, either, shows
from u2t.pages.paging import typed
from u2t.people import slips
from u2t.people.actions import accounts
from u2t.recruitment import permissions
from u2t.recruitment.actions import applying as actions
from u2t.recruitment.models import Application
from u2t.recruitment.queries import applying as queries
from u2t.recruitment.queries import applying_pages as pages
from u2t.recruitment.queries import papers, results
from u2t.recruitment.views.applying import own_application
from u2t.recruitment.words import findings


@shows()
def mine(request: HttpRequest) -> HttpResponse:
    """One's own applications over all calls, and the calls that take some."""
    applications = pages.own_lines(request.user, timezone.now())
    context = {"applications": applications, "calls": pages.open_calls(request.user, timezone.now())}
    return render(request, "recruitment/mine.html", context)


@shows()
def places(request: HttpRequest) -> JsonResponse:
    """Tambons whose name has what was typed, for the search box of addresses."""
    found = queries.tambons_like(typed(request))
    return JsonResponse({"places": [{"code": one.code, "name": one.full_name} for one in found]})


@shows()
def application(request: HttpRequest, round_code: str, call: int, pk: int) -> HttpResponse:
    """The state of an application, for its applicant and the office."""
    found = get_object_or_404(queries.applications(), pk=pk, call__round__code=round_code, call__number=call)
    allow(permissions.may_see_application(request.user, found))
    at = timezone.now()
    context = {
        "application": found,
        "call": found.call,
        "is_own": permissions.is_own(request.user, found),
        "story": pages.story(found),
        "may_change": pages.may_change(found, at),
        "may_reopen": pages.may_reopen(found, at),
        "next_url": pages.address(found, pages.next_step(found)),
        "findings": findings.lines(queries.findings_of(found)),
        "papers": papers.papers_of(found) if found.category_id else [],
        "own_result": results.own_result(found, at),
        "may_give_password": permissions.may_give_password(request.user, found),
    }
    return render(request, "recruitment/application.html", context)


@shows()
def receipt(request: HttpRequest, round_code: str, call: int, pk: int) -> HttpResponse:
    """The receipt, to keep or to print."""
    found = get_object_or_404(queries.applications(), pk=pk, call__round__code=round_code, call__number=call)
    allow(permissions.may_see_application(request.user, found) and found.submitted_at is not None)
    context = {
        "application": found,
        "call": found.call,
        "address": request.build_absolute_uri(found.get_absolute_url()),
        "papers": [line for line in papers.papers_of(found) if line.document],
    }
    response = render(request, "recruitment/receipt.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def _addresses(application: Application, request: HttpRequest) -> dict[str, str]:
    return {"action_url": request.path, "back_url": application.get_absolute_url()}


@shows()
def _withdraw_page(request: HttpRequest, round_code: str, call: int, pk: int) -> HttpResponse:
    found = own_application(request, round_code, call, pk)
    context = {"application": found, "call": found.call, "is_dangerous": True}
    return render(request, "recruitment/withdraw.html", context | _addresses(found, request))


@changes()
def _withdraw(request: HttpRequest, round_code: str, call: int, pk: int) -> HttpResponse:
    found = own_application(request, round_code, call, pk)
    actions.withdraw(application=found, by=request.user, at=timezone.now())
    messages.success(request, _("Your application was withdrawn."))
    return redirect("recruitment:mine")


withdraw = either(get=_withdraw_page, post=_withdraw)


@shows()
def _reopen_page(request: HttpRequest, round_code: str, call: int, pk: int) -> HttpResponse:
    found = own_application(request, round_code, call, pk)
    context = {"application": found, "call": found.call}
    return render(request, "recruitment/reopen.html", context | _addresses(found, request))


@changes()
def _reopen(request: HttpRequest, round_code: str, call: int, pk: int) -> HttpResponse:
    found = own_application(request, round_code, call, pk)
    opened = actions.reopen(application=found, by=request.user, at=timezone.now())
    messages.warning(request, _("The application is open again. Submit it again before closing."))
    return redirect(pages.address(opened, "check"))


reopen = either(get=_reopen_page, post=_reopen)


@changes()
def new_password(request: HttpRequest, round_code: str, call: int, pk: int) -> HttpResponse:
    """Tell an applicant who can't log in a one-time password; the office has looked at their ID card."""
    found = get_object_or_404(queries.applications(), pk=pk, call__round__code=round_code, call__number=call)
    allow(permissions.may_screen(request.user, found.call))
    refuse = not permissions.may_give_password(request.user, found)
    if refuse or found.account is None:
        raise Refused([Objection("recruitment.duty_elsewhere")])
    opened = accounts.reset_password(account=found.account, by=request.user, at=timezone.now())
    back = reverse("recruitment:application", args=[round_code, call, pk])
    return slips.answer(request, [opened], back_url=back)
