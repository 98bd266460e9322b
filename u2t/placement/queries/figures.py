"""How full a round is, live from the engagements: six queries whatever the size."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Count

from u2t.agencies.models import Participation
from u2t.people.models import Worker
from u2t.placement.models import Engagement, Leadership
from u2t.placement.queries.taking_part import taking_part
from u2t.placement.rules import Tally
from u2t.programme.models import Quota, Round

Key = TypeVar("Key", int, str)
Slot = tuple[int, str, str]


@dataclass(frozen=True)
class Figures:
    """The state of a round's placement; the mappings go by code or primary key as their name says."""

    workers: int
    placed: int
    slots: Tally
    by_category: dict[str, Tally]
    by_workstream: dict[str, Tally]
    by_province: dict[str, Tally]
    by_tambon: dict[int, Tally]
    by_slot: dict[Slot, Tally]
    team: Tally
    data_managers: Tally
    office_load: dict[int, int]
    office_room: int | None
    leaders: int
    leaders_by_tambon: dict[int, int]
    leaders_needed: int

    @property
    def unplaced(self) -> int:
        return self.workers - self.placed

    @property
    def tambons(self) -> int:
        return len(self.by_tambon)

    @property
    def full_tambons(self) -> int:
        return sum(tally.is_full for tally in self.by_tambon.values())

    @property
    def led_tambons(self) -> int:
        """Tambons that have as many leaders as the round wants."""
        return sum(count >= self.leaders_needed for count in self.leaders_by_tambon.values())


def placement_numbers(round: Round) -> Figures:
    """Filled slots by category, workstream, province, tambon; load of offices; leaders."""
    counts = Counter(
        {
            (tambon, category, workstream): count
            for tambon, category, workstream, count in Engagement.objects.current()
            .filter(tambon__round=round)
            .order_by()
            .values_list("tambon_id", "category__code", "workstream__code")
            .annotate(Count("id"))
        }
    )
    quotas = list(
        Quota.objects.filter(category__round=round).values_list(
            "category__code", "workstream__code", "workstream__to_office", "per_tambon"
        )
    )
    provinces = dict(taking_part(round).values_list("pk", "tambon__district__province_id"))
    by_slot = {
        (tambon, category, workstream): Tally(counts[tambon, category, workstream], seats)
        for tambon in provinces
        for category, workstream, _, seats in quotas
    }
    to_office = {workstream for _, workstream, is_office, _ in quotas if is_office}
    return Figures(
        workers=Worker.objects.current().filter(round=round).count(),
        placed=counts.total(),
        slots=Tally.sum(by_slot.values()),
        by_category=_summed(by_slot, lambda key: key[1]),
        by_workstream=_summed(by_slot, lambda key: key[2]),
        by_province=_summed(by_slot, lambda key: provinces[key[0]]),
        by_tambon={pk: Tally(0, 0) for pk in provinces} | _summed(by_slot, lambda key: key[0]),
        by_slot=by_slot,
        team=Tally.sum(tally for key, tally in by_slot.items() if key[2] not in to_office),
        data_managers=Tally.sum(tally for key, tally in by_slot.items() if key[2] in to_office),
        **_offices(round),
        **_leaders(round),
    )


def _summed(by_slot: Mapping[Slot, Tally], key: Callable[[Slot], Key]) -> dict[Key, Tally]:
    sums: dict[Key, list[Tally]] = defaultdict(list)
    for slot, tally in by_slot.items():
        sums[key(slot)].append(tally)
    return {name: Tally.sum(tallies) for name, tallies in sums.items()}


def _offices(round: Round) -> dict[str, object]:
    rooms: dict[int, int | None] = {}
    load: dict[int, int] = {}
    found = Participation.objects.filter(round=round, is_data_agency=True).order_by()
    for pk, room in found.values_list("pk", "data_capacity"):
        rooms[pk], load[pk] = room, 0
    sitting = Engagement.objects.current().filter(office__round=round).order_by()
    load |= dict(sitting.values_list("office_id").annotate(Count("id")))
    known = [room for room in rooms.values() if room is not None]
    return {"office_load": load, "office_room": sum(known) if len(known) == len(rooms) else None}


def _leaders(round: Round) -> dict[str, object]:
    led = Leadership.objects.current().filter(tambon__round=round).values_list("tambon_id", "lecturer_id")
    by_tambon = Counter(tambon for tambon, _ in led)
    return {
        "leaders": len({lecturer for _, lecturer in led}),
        "leaders_by_tambon": dict(by_tambon),
        "leaders_needed": round.leaders_per_tambon,
    }
