"""Tambons of a round with everything that is known of each, in a constant number of queries."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count

from u2t.agencies.models import Contact, Coverage
from u2t.handover.models import Handover
from u2t.placement.models import Engagement, Leadership, Refill
from u2t.placement.queries.taking_part import fallen_out_by_tambon
from u2t.programme.models import Quota, Round, RoundTambon
from u2t.thai import fold


@dataclass
class TambonState:
    """One tambon: how full, who leads, who receives, how far the handover is."""

    tambon: RoundTambon
    slots: int
    filled: int = 0
    by_category: dict[int, int] = field(default_factory=dict)
    leaders: list[Leadership] = field(default_factory=list)
    host: Coverage | None = None
    handover: Handover | None = None
    fell_out: Refill | None = None

    @property
    def state(self) -> str:
        """The furthest step reached: empty, short, filled, dated, handed; or that it fell out of the round."""
        if self.fell_out is not None:
            return "fell_out"
        if self.handover is not None and self.handover.done_at:
            return "handed"
        if self.handover is not None and self.handover.handed_on and self.filled >= self.slots:
            return "dated"
        if self.slots and self.filled >= self.slots:
            return "filled"
        return "short" if self.filled else "empty"


def tambon_states(round: Round, *, search: str = "", province: str = "") -> list[TambonState]:
    """Every tambon of the round (or those that match), by code, with its state."""
    tambons = RoundTambon.objects.filter(round=round).with_places()
    if province:
        tambons = tambons.filter(tambon__district__province_id=province)
    if search:
        tambons = tambons.filter(tambon__search_key__contains=fold.fold(search))
    slots = sum(Quota.objects.filter(category__round=round).values_list("per_tambon", flat=True))
    gone = fallen_out_by_tambon(round)
    states = {t.pk: TambonState(t, 0 if t.pk in gone else slots, fell_out=gone.get(t.pk)) for t in tambons}
    counts = (
        Engagement.objects.current()
        .filter(tambon__round=round)
        .values_list("tambon_id", "category_id")
        .annotate(n=Count("id"))
        .order_by()
    )
    for tambon_id, category_id, n in counts:
        if tambon_id in states:
            states[tambon_id].by_category[category_id] = n
            states[tambon_id].filled += n
    leaders = (
        Leadership.objects.current()
        .filter(tambon__round=round)
        .select_related("lecturer__person", "lecturer__round")
    )
    for leader in leaders:
        if leader.tambon_id in states:
            states[leader.tambon_id].leaders.append(leader)
    hosts = Coverage.objects.filter(tambon__round=round, is_main=True).select_related("participation__agency")
    for host in hosts:
        if host.tambon_id in states:
            states[host.tambon_id].host = host
    for handover in Handover.objects.filter(round=round, tambon__isnull=False).select_related(
        "receiver__agency"
    ):
        if handover.tambon_id in states:
            states[handover.tambon_id].handover = handover
    return list(states.values())


@dataclass(frozen=True)
class TambonPage:
    """What the page of one tambon shows."""

    state: TambonState
    team: list[Engagement]
    hosts: list[Coverage]
    managers: list[Contact]
    quotas: list[dict[str, Any]]


def tambon_page(round: Round, tambon: RoundTambon) -> TambonPage:
    """One tambon with its people, leaders, agencies and Area Managers."""
    state = next(s for s in tambon_states(round) if s.tambon.pk == tambon.pk)
    team = list(
        Engagement.objects.current()
        .filter(tambon=tambon)
        .select_related("worker__person", "worker__round", "category", "workstream", "office__agency")
        .order_by("workstream__position", "category__position", "worker__person__given_name")
    )
    hosts = list(
        Coverage.objects.filter(tambon=tambon)
        .select_related("participation__agency__kind")
        .order_by("-is_main", "id")
    )
    managers = list(
        Contact.objects.filter(
            agency_id__in=[h.participation.agency_id for h in hosts if h.is_main],
            ended_at=None,
            is_area_manager=True,
        ).select_related("person", "agency")
    )
    filled = Counter((one.category_id, one.workstream_id) for one in team)
    quotas = [
        {"quota": q, "filled": filled[q.category_id, q.workstream_id]}
        for q in Quota.objects.filter(category__round=round, per_tambon__gt=0)
        .select_related("category", "workstream")
        .order_by("workstream__position", "category__position")
        if not state.fell_out
    ]
    return TambonPage(state, team, hosts, managers, quotas)
