"""Accounts of those who act for the agencies of a round."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone

from u2t.agencies import permissions, queries
from u2t.agencies.views.register import round_of
from u2t.objections import Objection, Refused
from u2t.pages.declare import allow, changes, shows
from u2t.pages.fields import posted_key
from u2t.pages.paging import page_of, typed
from u2t.people import permissions as people
from u2t.people import slips
from u2t.people.actions import accounts as actions
from u2t.people.queries import account_of

PREFIX = "a"


@shows()
def accounts(request: HttpRequest, round_code: str) -> HttpResponse:
    """Who may log in for the agencies of a round."""
    round = round_of(round_code)
    allow(permissions.may_manage_accounts(request.user, round))
    text = typed(request)
    context = {
        "round": round,
        "group": "agencies",
        "text": text,
        "is_filtered": bool(text),
        "page": page_of(request, queries.contacts_in(round, text), load=queries.contact_lines),
        "missing": len(queries.contacts_without_account(round)),
    }
    return render(request, "agencies/accounts.html", context)


@changes()
def open_missing(request: HttpRequest, round_code: str) -> HttpResponse:
    """Open an account for every contact who has none; the passwords are told once."""
    round = round_of(round_code)
    allow(permissions.may_manage_accounts(request.user, round))
    persons = queries.contacts_without_account(round)
    if not persons:
        raise Refused([Objection("people.nobody_without_account")])
    opened = actions.open_accounts(persons=persons, prefix=PREFIX, by=request.user, at=timezone.now())
    back = reverse("agencies:accounts", args=[round.code])
    return slips.answer(request, opened, back_url=back, what=queries.posts(round))


@changes()
def do(request: HttpRequest, round_code: str) -> HttpResponse:
    """Open, reset, close or reopen the account of one contact."""
    round = round_of(round_code)
    allow(permissions.may_manage_accounts(request.user, round))
    contact = get_object_or_404(queries.contacts_in(round).filter(person=posted_key(request, "person"))[:1])
    account = account_of(contact.person)
    allow(account is None or people.may_manage_account(request.user, round, account))
    back = reverse("agencies:accounts", args=[round.code])
    return slips.done(request, contact.person, account, prefix=PREFIX, back_url=back)
