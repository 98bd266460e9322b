"""Who is pinned where, why, since when and by whom; and who could be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from u2t.audit.models import Event
from u2t.people.models import Lecturer, Worker
from u2t.placement.models import Engagement, EngagementQuerySet, Leadership, LeadershipQuerySet
from u2t.placement.queries import teams
from u2t.programme.models import Category, Round, RoundTambon
from u2t.thai import digits, fold

KINDS = ("people", "leaders")
VERBS = ("placement.hold", "placement.release", "placement.hold_leader", "placement.release_leader")


@dataclass(frozen=True)
class Filters:
    """What the lists are narrowed to; empty texts narrow nothing."""

    text: str = ""
    tambon: str = ""
    category: str = ""
    kind: str = ""

    @property
    def any(self) -> bool:
        return any((self.text, self.tambon, self.category, self.kind))


def choices_of(round: Round) -> dict[str, list[tuple[str, str]]]:
    """What the lists can be narrowed to, codes with names: two queries."""
    tambons = RoundTambon.objects.filter(round=round).with_places()
    return {
        "tambon": [(one.tambon_id, one.tambon.full_name) for one in tambons],
        "category": [(one.code, one.name) for one in Category.objects.filter(round=round)],
    }


def held_of(round: Round, filters: Filters) -> list[Engagement | Leadership]:
    """Everything that is pinned and fits, by tambon, leaders first: two queries."""
    leaders: list[Leadership] = []
    people: list[Engagement] = []
    if filters.kind != "people" and not filters.category:
        leaders = list(_leaders(round, filters).exclude(held_at=None).select_related("held_by__person"))
    if filters.kind != "leaders":
        people = list(_people(round, filters).exclude(held_at=None).select_related("held_by__person"))
    found: list[Engagement | Leadership] = [*leaders, *people]
    return sorted(found, key=lambda one: one.tambon.tambon_id)


def loose_of(round: Round, filters: Filters) -> EngagementQuerySet:
    """The people with a slot who fit and could be pinned, by tambon and number."""
    return _people(round, filters).filter(held_at=None)


def _people(round: Round, filters: Filters) -> EngagementQuerySet:
    found = teams.engagements().filter(worker__round=round)
    if filters.tambon:
        found = found.filter(tambon__tambon_id=filters.tambon)
    if filters.category:
        found = found.filter(category__code=filters.category)
    if filters.text:
        found = found.filter(_named("worker__person__", filters.text) | _numbered(filters.text))
    return found


def _leaders(round: Round, filters: Filters) -> LeadershipQuerySet:
    found = teams.leaderships().filter(tambon__round=round)
    if filters.tambon:
        found = found.filter(tambon__tambon_id=filters.tambon)
    if filters.text:
        found = found.filter(_named("lecturer__person__", filters.text))
    return found


def _named(person: str, text: str) -> Q:
    key = fold.fold(text)
    return Q(**{f"{person}search_key__contains": key}) if key else Q(pk=None)


def _numbered(text: str) -> Q:
    number = digits.to_arabic(text).strip()
    return Q(worker__number=int(number)) if number.isdecimal() and len(number) < 9 else Q(pk=None)


@dataclass(frozen=True)
class Past:
    """One event of pinning or releasing: ``verb`` as in :data:`VERBS` without the part's name."""

    verb: str
    name: str
    reason: str
    at: datetime
    by: Any


def history_of(round: Round, limit: int = 25) -> list[Past]:
    """The newest events, newest first: three queries."""
    events = list(
        Event.objects.filter(round_code=round.code, verb__in=VERBS)
        .select_related("by__person")
        .order_by("-id")[:limit]
    )
    names = _names(events)
    return [
        Past(
            event.verb.partition(".")[2],
            names.get(event.subject, ""),
            str(event.note.get("reason", "")),
            event.at,
            event.by,
        )
        for event in events
    ]


def _names(events: Sequence[Event]) -> dict[str, str]:
    keys = {event.subject: int(event.subject.partition(":")[2]) for event in events}
    workers = Worker.objects.filter(
        pk__in=[pk for name, pk in keys.items() if name.startswith("people.Worker:")]
    )
    lecturers = Lecturer.objects.filter(
        pk__in=[pk for name, pk in keys.items() if name.startswith("people.Lecturer:")]
    )
    return {
        f"people.Worker:{one.pk}": f"{one.number} {one.person.full_name}"
        for one in workers.select_related("person")
    } | {f"people.Lecturer:{one.pk}": one.person.full_name for one in lecturers.select_related("person")}
