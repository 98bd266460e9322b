"""One-time passwords as the office hands them out: shown once on a page or as a file, kept nowhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.pages.declare import allow
from u2t.people.actions import accounts as actions
from u2t.people.actions.accounts import Opened
from u2t.people.models import Account, Person
from u2t.sheets import write


def answer(
    request: HttpRequest, opened: Sequence[Opened], *, back_url: str, what: Mapping[int, str] | None = None
) -> HttpResponse:
    """The page of slips, or a CSV where the button said so; ``what`` tells by person key what somebody does.

    Neither may be kept by a cache.
    """
    rows = [(one.account, one.password, (what or {}).get(one.account.person_id or 0, "")) for one in opened]
    if request.POST.get("as") == "csv":
        response = HttpResponse(_csv(rows), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = 'attachment; filename="accounts.csv"'
    else:
        response = render(request, "people/slips.html", {"rows": rows, "back_url": back_url})
    response["Cache-Control"] = "no-store"
    return response


def done(
    request: HttpRequest, person: Person, account: Account | None, *, prefix: str, back_url: str
) -> HttpResponse:
    """Do what the button asked for: ``open``, ``reset``, ``close`` or ``reopen``.

    A new password is shown once; everything else leads back to the list. Whoever calls asks first whether the
    account of this person may be touched.
    """
    what, by, at = request.POST.get("do", ""), request.user, timezone.now()
    if account is None:
        allow(what == "open")
        opened = actions.open_account(person=person, prefix=prefix, by=by, at=at)
        return answer(request, [opened], back_url=back_url)
    if what == "reset":
        opened = actions.reset_password(account=account, by=by, at=at)
        return answer(request, [opened], back_url=back_url)
    allow(what in ("close", "reopen"))
    if what == "close":
        actions.close_account(account=account, by=by, at=at)
        messages.success(request, _("The account is closed."))
    else:
        actions.reopen_account(account=account, by=by, at=at)
        messages.success(request, _("The account is open again."))
    return redirect(back_url)


def _csv(rows: Sequence[tuple[object, str, str]]) -> bytes:
    header = [_("Name"), _("What"), _("User name"), _("First password")]
    return write.csv_bytes(
        header,
        [(str(account), what, account.username, password) for account, password, what in rows],
    )
