"""Which agency serves which tambon of a round, and who acts for it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q, QuerySet

from u2t.agencies.models import Agency, Contact, Coverage, Participation
from u2t.people.models import Person
from u2t.people.queries import PersonLine, account_of
from u2t.programme.models import Round, RoundTambon
from u2t.thai import fold


def main_hosts(round: Round) -> dict[int, Participation]:
    """The main host of each tambon of the round that has one, by the key of the round's tambon."""
    rows = Coverage.objects.filter(tambon__round=round, is_main=True)
    rows = rows.select_related("participation__agency__kind", "participation__agency__province")
    return {row.tambon_id: row.participation for row in rows}


def main_host(tambon: RoundTambon) -> Participation | None:
    """The agency that receives the tambon's team, if one is set."""
    row = (
        Coverage.objects.filter(tambon=tambon, is_main=True)
        .select_related("participation__agency__kind", "participation__agency__province")
        .first()
    )
    return row.participation if row else None


def hosts_of(tambon: RoundTambon) -> QuerySet[Coverage]:
    """Every agency that serves the tambon, the main host first."""
    return Coverage.objects.filter(tambon=tambon).select_related("participation__agency__kind")


def area_managers(tambon: RoundTambon) -> list[Contact]:
    """The current area managers (AM) at the tambon's main host."""
    host = main_host(tambon)
    return area_managers_of([host.agency_id])[host.agency_id] if host else []


def area_managers_of(agencies: Iterable[int]) -> dict[int, list[Contact]]:
    """The current area managers of several agencies, by agency key; every key asked for is there."""
    keys = list(agencies)
    found: dict[int, list[Contact]] = defaultdict(list)
    for contact in contacts_of(keys).filter(is_area_manager=True):
        found[contact.agency_id].append(contact)
    return {key: found[key] for key in keys}


def contacts_of(agencies: Iterable[int]) -> QuerySet[Contact]:
    """Current contacts of agencies, area managers first."""
    return Contact.objects.filter(agency_id__in=list(agencies), ended_at=None).select_related("person")


def contacts_in(round: Round, text: str = "") -> QuerySet[Contact]:
    """Current contacts of the agencies of a round with their accounts, narrowed to a person or an agency."""
    found = Contact.objects.filter(agency__participations__round=round, ended_at=None)
    found = found.select_related("person__account", "agency").order_by("agency__name_th", "id")
    key = fold.fold(text)
    if not key:
        return found
    return found.filter(Q(person__search_key__contains=key) | Q(agency__search_key__contains=key))


def contacts_without_account(round: Round) -> list[Person]:
    """Contacts of the round's agencies who have no account yet."""
    return list(dict.fromkeys(c.person for c in contacts_in(round).filter(person__account=None)))


def contact_lines(rows: Iterable[Contact]) -> list[PersonLine]:
    """Contacts as lines of a list of accounts."""
    return [
        PersonLine(c.person, " · ".join(filter(None, (c.post_th, c.agency.name_th))), account_of(c.person))
        for c in rows
    ]


def posts(round: Round) -> dict[int, str]:
    """What each contact of the round's agencies does, by person key."""
    return {line.person.pk: line.what for line in contact_lines(contacts_in(round))}


def rounds_without(agency: Agency) -> QuerySet[Round]:
    """Rounds of the institution in which the agency does not take part."""
    rounds = Round.objects.filter(institution=agency.institution_id)
    return rounds.exclude(participations__agency=agency)


def rounds_of(agency: Agency) -> QuerySet[Participation]:
    """The rounds that an agency takes part in, newest first, with what it covers."""
    rows = Participation.objects.filter(agency=agency).select_related("round", "agency")
    return rows.prefetch_related("coverage__tambon__tambon__district__province").order_by("-round__starts_on")
