"""Who sees whom on the pages that bring the stages together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from u2t.agencies.models import Contact, Coverage
from u2t.people.models import Lecturer, Worker
from u2t.placement.models import Engagement, Leadership
from u2t.programme import permissions as programme
from u2t.programme.models import Round


@dataclass(frozen=True)
class Reach:
    """How far an account sees into one round: the whole, some tambons, some agencies, or itself."""

    runs: bool = False
    oversees: bool = False
    leads: frozenset[int] = frozenset()
    hosts: frozenset[int] = frozenset()
    agencies: frozenset[int] = frozenset()
    worker: Worker | None = None
    lecturer: Lecturer | None = None
    team: frozenset[int] = field(default_factory=frozenset)

    @property
    def tambons(self) -> frozenset[int]:
        """Round tambons whose people this account sees by name."""
        return self.leads | self.hosts | self.team

    @property
    def belongs(self) -> bool:
        """The account has anything to do with the round."""
        return bool(self.oversees or self.tambons or self.agencies or self.worker or self.lecturer)


def reach_of(account: Any, round: Round) -> Reach:
    """Everything that later questions need, in a constant number of queries, kept for the request."""
    if not account.is_authenticated:
        return Reach()
    kept: dict[int, Reach] = account.__dict__.setdefault("_reaches", {})
    if round.pk not in kept:
        kept[round.pk] = _reach(account, round)
    return kept[round.pk]


def _reach(account: Any, round: Round) -> Reach:
    runs, oversees = programme.may_run_round(account, round), programme.may_oversee_round(account, round)
    if account.person_id is None:
        return Reach(runs=runs, oversees=oversees)
    contacts = Contact.objects.filter(
        person_id=account.person_id, ended_at=None, agency__participations__round=round
    ).values_list("agency_id", flat=True)
    agencies = frozenset(contacts)
    hosts = Coverage.objects.filter(participation__round=round, participation__agency_id__in=agencies)
    leads = Leadership.objects.current().filter(tambon__round=round, lecturer__person_id=account.person_id)
    worker = Worker.objects.filter(round=round, person_id=account.person_id).select_related("person").first()
    team: frozenset[int] = frozenset()
    if worker is not None:
        team = frozenset(
            Engagement.objects.current().filter(worker=worker).values_list("tambon_id", flat=True)
        )
    return Reach(
        runs=runs,
        oversees=oversees,
        leads=frozenset(leads.values_list("tambon_id", flat=True)),
        hosts=frozenset(hosts.values_list("tambon_id", flat=True)) if agencies else frozenset(),
        agencies=agencies,
        worker=worker,
        lecturer=Lecturer.objects.filter(round=round, person_id=account.person_id).first(),
        team=team,
    )


def may_see_people_of_tambon(account: Any, round: Round, tambon_id: int) -> bool:
    """The office and executives, the tambon's PMs, its agencies, and its own team."""
    reach = reach_of(account, round)
    return reach.oversees or tambon_id in reach.tambons


def may_see_telephones_of_tambon(account: Any, round: Round, tambon_id: int) -> bool:
    """Whoever works with the team; a member of the team sees names only."""
    reach = reach_of(account, round)
    return reach.oversees or tambon_id in reach.leads | reach.hosts


def may_see_people_of_agency(account: Any, round: Round, agency_id: int) -> bool:
    """The office and executives, and the agency itself."""
    reach = reach_of(account, round)
    return reach.oversees or agency_id in reach.agencies


def may_see_lecturers(account: Any, round: Round) -> bool:
    """Names of lecturers: everybody who belongs to the round."""
    return reach_of(account, round).belongs


def may_see_worker(account: Any, worker: Worker, engagement: Engagement | None) -> bool:
    """The worker, the office and executives, and whoever works with the worker's team or office."""
    reach = reach_of(account, worker.round)
    if reach.oversees or (reach.worker is not None and reach.worker.pk == worker.pk):
        return True
    if engagement is None:
        return False
    at_office = engagement.office is not None and engagement.office.agency_id in reach.agencies
    return at_office or engagement.tambon_id in reach.leads | reach.hosts
