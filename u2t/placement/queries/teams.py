"""Who is where now: teams, data managers, leaders. Every function costs a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from u2t.agencies.models import Participation
from u2t.people.models import Lecturer, Worker
from u2t.placement.models import Engagement, EngagementQuerySet, Leadership, LeadershipQuerySet
from u2t.programme.models import Round, RoundTambon

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from u2t.people.models import Account


def engagements() -> EngagementQuerySet:
    """Current engagements with everything that a list of people shows, in the order of a list."""
    return (
        Engagement.objects.current()
        .select_related(
            "worker__person", "worker__round", "category", "workstream", "tambon__round", "office__agency"
        )
        .select_related("tambon__tambon__district__province")
        .order_by("tambon__tambon_id", "workstream__position", "category__position", "worker__number")
    )


def leaderships() -> LeadershipQuerySet:
    """Current leaderships with lecturer, person and tambon."""
    return (
        Leadership.objects.current()
        .select_related("lecturer__person", "lecturer__round", "tambon__round")
        .select_related("tambon__tambon__district__province")
        .order_by("tambon__tambon_id", "id")
    )


def team_of(tambon: RoundTambon) -> EngagementQuerySet:
    """The workers stationed in the tambon itself (ทีมตำบล), without those who sit at a data agency."""
    return engagements().filter(tambon=tambon, workstream__to_office=False)


def data_managers_from(tambon: RoundTambon) -> EngagementQuerySet:
    """The data managers whose slots belong to the tambon, each with the office they sit in."""
    return engagements().filter(tambon=tambon, workstream__to_office=True)


def data_managers_of(participation: Participation) -> EngagementQuerySet:
    """The data managers who sit at this data agency."""
    return engagements().filter(office=participation)


def leaders_of(tambon: RoundTambon) -> LeadershipQuerySet:
    """The lecturers who lead the tambon (PM)."""
    return leaderships().filter(tambon=tambon)


def tambons_of(lecturer: Lecturer) -> LeadershipQuerySet:
    """What a lecturer leads."""
    return leaderships().filter(lecturer=lecturer)


def engagement_of(worker: Worker) -> Engagement | None:
    """Where a worker is now, or ``None`` for somebody without a slot."""
    return engagements().filter(worker=worker).first()


def history_of(worker: Worker) -> EngagementQuerySet:
    """Every slot that a worker has had, the newest first."""
    return (
        Engagement.objects.filter(worker=worker)
        .select_related("category", "workstream", "tambon__round", "office__agency", "run")
        .select_related("tambon__tambon__district__province")
        .order_by("-begun_at", "-id")
    )


def unplaced(round: Round) -> Iterable[Worker]:
    """Workers of the round without a slot, by number; a queryset."""
    placed = Engagement.objects.current().filter(worker__round=round).values("worker_id")
    return (
        Worker.objects.current()
        .filter(round=round)
        .exclude(pk__in=placed)
        .select_related("person", "category", "round")
        .order_by("number")
    )


def teams_of_round(round: Round) -> dict[int, list[Engagement]]:
    """Every tambon's team (data managers left out) by the RoundTambon's key: one query for all letters."""
    return _grouped(engagements().filter(tambon__round=round, workstream__to_office=False), "tambon_id")


def data_managers_of_round(round: Round) -> dict[int, list[Engagement]]:
    """Every data agency's data managers by the Participation's key; one query."""
    return _grouped(engagements().filter(office__round=round), "office_id")


def leaders_of_round(round: Round) -> dict[int, list[Leadership]]:
    """Every tambon's leaders by the RoundTambon's key; one query."""
    grouped: dict[int, list[Leadership]] = defaultdict(list)
    for leadership in leaderships().filter(tambon__round=round):
        grouped[leadership.tambon_id].append(leadership)
    return dict(grouped)


def _grouped(found: EngagementQuerySet, by: str) -> dict[int, list[Engagement]]:
    grouped: dict[int, list[Engagement]] = defaultdict(list)
    for engagement in found:
        grouped[getattr(engagement, by)].append(engagement)
    return dict(grouped)


def tambons_led(account: Account | AnonymousUser) -> LeadershipQuerySet:
    """The leaderships of the account's person in every round, the newest round first."""
    person = getattr(account, "person_id", None)
    if person is None:
        return leaderships().none()
    return (
        leaderships()
        .filter(lecturer__person_id=person)
        .order_by("-tambon__round__starts_on", "tambon__tambon_id")
    )
