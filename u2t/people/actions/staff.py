"""People of the institution itself: programme office and executives."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from u2t.audit import actions as audit
from u2t.objections import Objection, refuse_if
from u2t.pages.declare import allow
from u2t.people.actions import accounts
from u2t.people.actions.accounts import Opened
from u2t.people.models import Person
from u2t.programme import permissions as programme
from u2t.programme.actions import institutions
from u2t.programme.models import Duty, Institution


def add_person(
    *,
    title: str,
    given_name: str,
    surname: str,
    telephone: str = "",
    email: str = "",
    by: Any,
    at: datetime,
) -> Person:
    """Enter a person who came with no roster. Whoever calls asks first whether ``by`` may."""
    found = []
    if not given_name.strip():
        found.append(Objection("people.given_name_missing", {}, "given_name"))
    if not surname.strip():
        found.append(Objection("people.surname_missing", {}, "surname"))
    refuse_if(found)
    person = Person(
        title=title.strip(),
        given_name=given_name.strip(),
        surname=surname.strip(),
        telephone=telephone.strip(),
        email=email.strip(),
    )
    person.keep_search_key()
    with transaction.atomic():
        person.save()
        audit.record(verb="people.add_person", subject=person, by=by, at=at)
    return person


def add_staff(
    *,
    institution: Institution,
    kind: str,
    title: str,
    given_name: str,
    surname: str,
    telephone: str = "",
    email: str = "",
    by: Any,
    at: datetime,
) -> Opened:
    """Enter a person of the office or an executive, with account and duty in one go.

    ``by`` is ``None`` only for a command, which is how the first account of an institution comes to be.
    """
    allow(by is None or programme.runs_office(by, institution))
    with transaction.atomic():
        person = add_person(
            title=title,
            given_name=given_name,
            surname=surname,
            telephone=telephone,
            email=email,
            by=by,
            at=at,
        )
        opened = accounts.open_account(person=person, prefix="s", by=by, at=at)
        institutions.give_duty(
            account=opened.account, institution=institution, kind=Duty.Kind(kind), by=by, at=at
        )
    return opened
