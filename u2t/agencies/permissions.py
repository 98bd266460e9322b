"""Who may do what with agencies. A contact acts for an agency as long as the post lasts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from u2t.agencies.models import Agency, Contact, Coverage
from u2t.programme import permissions as programme
from u2t.programme.models import Institution, Round, RoundTambon

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from u2t.people.models import Account

    Asker = Account | AnonymousUser


def contact_of(account: Asker, agency: Agency) -> Contact | None:
    """The account's current post at the agency, if any."""
    if not account.is_authenticated or account.person_id is None:
        return None
    return Contact.objects.filter(agency=agency, person_id=account.person_id, ended_at=None).first()


def agencies_of(account: Asker) -> list[int]:
    """Keys of the agencies that the account acts for."""
    if not account.is_authenticated or account.person_id is None:
        return []
    posts = Contact.objects.filter(person_id=account.person_id, ended_at=None)
    return list(posts.values_list("agency_id", flat=True))


def is_area_manager_of(account: Asker, tambon: RoundTambon) -> bool:
    """The account is area manager (AM) of the tambon: marked as such at its main host."""
    if not account.is_authenticated or account.person_id is None:
        return False
    return Contact.objects.filter(
        person_id=account.person_id,
        ended_at=None,
        is_area_manager=True,
        agency__participations__in=Coverage.objects.filter(tambon=tambon, is_main=True).values(
            "participation"
        ),
    ).exists()


def may_change_agency(account: Asker, agency: Agency) -> bool:
    """Change an agency, its contacts and what it covers: the office of the institution that registered it."""
    return programme.runs_office(account, agency.institution)


def may_register(account: Asker, institution: Institution) -> bool:
    """Enter a new agency: the institution's office."""
    return programme.runs_office(account, institution)


def may_see_agency_people(account: Asker, agency: Agency) -> bool:
    """See the contacts of an agency: the office, the executives, the agency itself."""
    return (
        programme.runs_office(account, agency.institution)
        or programme.is_executive(account, agency.institution)
        or contact_of(account, agency) is not None
    )


def may_manage_accounts(account: Asker, round: Round) -> bool:
    """Open and close accounts of the contacts of a round's agencies: the office."""
    return programme.may_run_round(account, round)
