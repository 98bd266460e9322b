"""Who acts for an agency, from–to."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from u2t.agencies import permissions
from u2t.agencies.models import Agency, Contact
from u2t.audit import actions as audit
from u2t.objections import Objection, Refused
from u2t.pages.declare import allow
from u2t.people.actions import staff
from u2t.people.models import Person


def add_contact(
    *, agency: Agency, person: Person, post_th: str = "", is_area_manager: bool = False, by: Any, at: datetime
) -> Contact:
    """Let a person act for an agency, as area manager (AM) where marked."""
    allow(by is None or permissions.may_change_agency(by, agency))
    with transaction.atomic():
        if Contact.objects.filter(agency=agency, person=person, ended_at=None).exists():
            about = {"person": person.full_name, "agency": agency.name_th}
            raise Refused([Objection("agencies.contact_already", about)])
        contact = Contact.objects.create(
            agency=agency, person=person, post_th=post_th.strip(), is_area_manager=is_area_manager
        )
        note = {"contact": contact.pk, "is_area_manager": is_area_manager}
        audit.record(verb="agencies.add_contact", subject=agency, by=by, at=at, note=note)
    return contact


def end_contact(*, contact: Contact, by: Any, at: datetime) -> None:
    """End a person's post at an agency; what they signed stays theirs."""
    allow(by is None or permissions.may_change_agency(by, contact.agency))
    with transaction.atomic():
        if not Contact.objects.filter(pk=contact.pk, ended_at=None).update(ended_at=at):
            raise Refused([Objection("agencies.contact_ended", {"person": contact.person.full_name})])
        contact.ended_at = at
        note = {"contact": contact.pk}
        audit.record(verb="agencies.end_contact", subject=contact.agency, by=by, at=at, note=note)


def add_new_contact(
    *,
    agency: Agency,
    title: str,
    given_name: str,
    surname: str,
    telephone: str = "",
    email: str = "",
    post_th: str = "",
    is_area_manager: bool = False,
    by: Any,
    at: datetime,
) -> Contact:
    """Enter a person and let them act for an agency, both or neither."""
    allow(by is None or permissions.may_change_agency(by, agency))
    with transaction.atomic():
        person = staff.add_person(
            title=title,
            given_name=given_name,
            surname=surname,
            telephone=telephone,
            email=email,
            by=by,
            at=at,
        )
        return add_contact(
            agency=agency, person=person, post_th=post_th, is_area_manager=is_area_manager, by=by, at=at
        )
