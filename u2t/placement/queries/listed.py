"""The people of a plan as a list: filtered by what was typed and chosen, loaded for one page at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q

from u2t.agencies.models import Participation
from u2t.orientation.queries import completion
from u2t.orientation.rules.completion import Completion
from u2t.people.models import Worker
from u2t.placement.models import Engagement
from u2t.programme.models import Round, RoundTambon, Workstream
from u2t.thai import digits, fold

WISHES = ("1", "2", "3", "later", "other", "none", "unplaced")


@dataclass(frozen=True)
class PersonRow:
    """A worker with the place that the plan gives; ``rank`` counts wishes from 1.

    ``orientation`` is where the worker stands in it, and ``None`` where nothing is asked.
    """

    worker: Worker
    tambon: RoundTambon | None
    workstream: Workstream | None
    office: Participation | None
    rank: int | None
    has_wishes: bool
    km: int | None
    km_assumed: bool
    orientation: Completion | None = None
    is_held: bool = False


@dataclass(frozen=True)
class Filters:
    """What the list is narrowed to; empty texts narrow nothing."""

    text: str = ""
    tambon: str = ""
    category: str = ""
    workstream: str = ""
    wish: str = ""

    @property
    def any(self) -> bool:
        return any((self.text, self.tambon, self.category, self.workstream, self.wish))


def keys_of(round: Round, plan: Mapping[str, Any], filters: Filters) -> list[int]:
    """Primary keys of the workers who fit, by number: one query."""
    workers = Worker.objects.filter(round=round).order_by("number")
    if filters.category:
        workers = workers.filter(category__code=filters.category)
    if filters.text:
        number = digits.to_arabic(filters.text).strip()
        named = (
            Q(person__search_key__contains=fold.fold(filters.text)) if fold.fold(filters.text) else Q(pk=None)
        )
        workers = workers.filter(
            named | Q(number=int(number)) if number.isdecimal() and len(number) < 9 else named
        )
    seats = plan["seats"]
    return [
        pk
        for pk in workers.values_list("pk", flat=True)
        if _fits(filters, seats.get(str(pk)), plan["parts"].get(str(pk)))
    ]


def _fits(filters: Filters, seat: Sequence[str] | None, parts: Mapping[str, Any] | None) -> bool:
    if filters.tambon and (seat is None or seat[0] != filters.tambon):
        return False
    if filters.workstream and (seat is None or seat[2] != filters.workstream):
        return False
    return not filters.wish or filters.wish == _wish_of(parts)


def _wish_of(parts: Mapping[str, Any] | None) -> str:
    if parts is None:
        return "unplaced"
    rank = parts["wish_rank"]
    if rank is not None:
        return str(rank + 1) if rank < 3 else "later"
    return "other" if parts["wish_penalty"] else "none"


def loader_of(
    round: Round, plan: Mapping[str, Any], now: datetime
) -> Callable[[Sequence[int]], list[PersonRow]]:
    """What turns one page of primary keys into rows: five queries, and those that tell who has completed orientation."""

    def load(keys: Sequence[int]) -> list[PersonRow]:
        workers = Worker.objects.filter(pk__in=keys).select_related("person", "category", "round").in_bulk()
        tambons = {t.tambon_id: t for t in RoundTambon.objects.filter(round=round).with_places()}
        streams = {stream.code: stream for stream in Workstream.objects.filter(round=round)}
        sitting = {int(key) for pk in keys if (key := plan["offices"].get(str(pk)))}
        offices = Participation.objects.filter(pk__in=sitting).select_related("agency").in_bulk()
        oriented = completion.of_workers(round, keys, now)
        pinned = Engagement.objects.current().filter(worker_id__in=keys).exclude(held_at=None).order_by()
        held = set(pinned.values_list("worker_id", flat=True))
        rows = []
        for pk in keys:
            seat, parts = plan["seats"].get(str(pk)), plan["parts"].get(str(pk))
            rank = parts["wish_rank"] if parts else None
            office = plan["offices"].get(str(pk))
            rows.append(
                PersonRow(
                    worker=workers[pk],
                    tambon=tambons.get(seat[0]) if seat else None,
                    workstream=streams.get(seat[2]) if seat else None,
                    office=offices.get(int(office)) if office else None,
                    rank=None if rank is None else rank + 1,
                    has_wishes=bool(parts and (rank is not None or parts["wish_penalty"])),
                    km=parts["km"] if parts else None,
                    km_assumed=bool(parts and parts["km_assumed"]),
                    orientation=oriented.get(pk),
                    is_held=pk in held,
                )
            )
        return rows

    return load


def choices_of(round: Round) -> dict[str, list[tuple[str, str]]]:
    """What the list can be narrowed to, codes with names: three queries."""
    return {
        "tambon": [
            (t.tambon_id, t.tambon.full_name) for t in RoundTambon.objects.filter(round=round).with_places()
        ],
        "category": [(category.code, category.name) for category in round.categories.all()],
        "workstream": [(stream.code, stream.name) for stream in round.workstreams.all()],
    }
