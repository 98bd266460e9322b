"""Offers and the slots that they hold."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from u2t import admission
from u2t.people.models import Worker
from u2t.programme.models import Quota, Round
from u2t.recruitment.models import Application, Call, CallQuota, Offer, Selection
from u2t.recruitment.rules import offering

OPEN = Q(declined_at=None, lapsed_at=None, no_show_at=None, taken_back_at=None)
SeatPk = tuple[int, int]
"""Keys of a RoundTambon and a Category."""


def facts_of(offer: Offer) -> offering.Facts:
    """What the rules ask about; wants ``worker`` loaded where there is one."""
    return offering.Facts(
        answer_until=offer.answer_until,
        accepted_at=offer.accepted_at,
        declined_at=offer.declined_at,
        lapsed_at=offer.lapsed_at,
        no_show_at=offer.no_show_at,
        taken_back_at=offer.taken_back_at,
        is_hired=offer.worker_id is not None,
        has_left=offer.worker is not None and offer.worker.left_on is not None,
    )


def state_of(offer: Offer, at: datetime) -> str:
    """The offer's state at this moment, by ``rules.offering``."""
    return offering.state(facts_of(offer), at)


def with_people(found: QuerySet[Offer]) -> QuerySet[Offer]:
    """These offers with what telling people needs: application, account, call, place."""
    return found.select_related(
        "application__account", "application__call__round", "tambon__tambon__district__province"
    )


def offers_of(call: Call) -> QuerySet[Offer]:
    """All offers of a call with what lists show, the latest first."""
    return (
        Offer.objects.filter(application__call=call)
        .select_related(
            "application__account",
            "application__call__round",
            "tambon__tambon__district__province",
            "category",
            "worker",
        )
        .order_by("-made_at", "-id")
    )


def announced(call: Call) -> Selection | None:
    """The call's announced selection."""
    found = call.selections.filter(announced_at__isnull=False).defer("ballot", "result").first()
    if found is not None:
        found.call = call
    return found


def held_in_call(call: Call, *, leavers_hold: bool) -> Counter[SeatPk]:
    """Open offers of the call by seat; without ``leavers_hold`` those of people who left do not count."""
    offers = Offer.objects.filter(OPEN, application__call=call)
    if not leavers_hold:
        offers = offers.filter(Q(worker=None) | Q(worker__left_on=None))
    return _counted(offers)


def held_in_round(round: Round) -> Counter[SeatPk]:
    """Slots of the round that somebody holds: who works there by selection, and open offers not yet hired."""
    working = Worker.objects.current().filter(round=round, fixed_tambon__isnull=False).order_by()
    held: Counter[SeatPk] = Counter()
    for tambon, category, count in working.values_list("fixed_tambon_id", "category_id").annotate(
        n=Count("id")
    ):
        held[tambon, category] = count
    return held + _counted(Offer.objects.filter(OPEN, application__call__round=round, worker=None))


def _counted(offers: QuerySet[Offer]) -> Counter[SeatPk]:
    rows = offers.order_by().values_list("tambon_id", "category_id").annotate(n=Count("id"))
    return Counter({(tambon, category): count for tambon, category, count in rows})


def slots_of_round(round: Round) -> dict[int, int]:
    """Slots of each category (its key) in every tambon of the round, all lines of work together."""
    rows = Quota.objects.filter(category__round=round).order_by().values_list("category_id")
    return {category: total or 0 for category, total in rows.annotate(total=Sum("per_tambon"))}


def beyond_the_round(call: Call) -> list[tuple[str, str, int]]:
    """Seats of the call with more slots than the round has left: place, category, how many are left.

    What the call's own offers hold does not count against it.
    """
    held, own, of_round = (
        held_in_round(call.round),
        held_in_call(call, leavers_hold=False),
        slots_of_round(call.round),
    )
    quotas = CallQuota.objects.filter(call=call).select_related(
        "tambon__tambon__district__province", "category"
    )
    found = []
    for quota in quotas:
        seat = (quota.tambon_id, quota.category_id)
        left = of_round.get(quota.category_id, 0) - held[seat] + own[seat]
        if quota.slots > max(left, 0):
            found.append((quota.tambon.tambon.full_name, quota.category.name, max(left, 0)))
    return found


@dataclass(frozen=True)
class SeatState:
    """One seat of a call: its slots, how many may be offered now, and who waits for it, the next one first."""

    tambon: int
    category: int
    slots: int
    free: int
    waiting: tuple[str, ...]


class Reserves:
    """The reserve lists of one announced selection as they stand now."""

    def __init__(self, selection: Selection, at: datetime) -> None:
        self.call = selection.call
        # Loaded at once: the list of lists came without it.
        result = Selection.objects.values_list("result", flat=True).get(pk=selection.pk)
        self.lists = admission.Selection.from_json(result).lists
        self._tambons = dict(self.call.round.tambons.values_list("tambon_id", "pk"))
        self._categories = dict(self.call.round.categories.values_list("code", "pk"))
        self._slots = {
            (tambon, category): slots
            for tambon, category, slots in CallQuota.objects.filter(call=self.call).values_list(
                "tambon_id", "category_id", "slots"
            )
        }
        self._offers = self._states(at)
        self._away = self._absent()

    def seats(self, *, leavers_hold: bool) -> list[SeatState]:
        """Every seat. What may be offered is bounded by the call's slots and by those of the round."""
        held = held_in_call(self.call, leavers_hold=leavers_hold)
        in_round, of_round = held_in_round(self.call.round), slots_of_round(self.call.round)
        found = []
        for key, listed in self.lists.items():
            if key[0] not in self._tambons or key[1] not in self._categories:
                continue
            seat = self._tambons[key[0]], self._categories[key[1]]
            slots = self._slots.get(seat, 0)
            free = min(slots - held[seat], of_round.get(seat[1], 0) - in_round[seat])
            found.append(SeatState(*seat, slots, max(free, 0), self._waiting(key, listed.reserves)))
        return found

    def _waiting(self, key: admission.SeatKey, order: tuple[str, ...]) -> tuple[str, ...]:
        away = self._away | offering.gone(self._offers, key)
        return tuple(one for one in order if one not in away)

    def _states(self, at: datetime) -> list[tuple[str, admission.SeatKey, str]]:
        offers = Offer.objects.filter(application__call=self.call).select_related(
            "worker", "application", "tambon", "category"
        )
        return [
            (
                str(offer.application.number),
                (offer.tambon.tambon_id, offer.category.code),
                state_of(offer, at),
            )
            for offer in offers
        ]

    def _absent(self) -> frozenset[str]:
        """Who has withdrawn, or works in the round or holds a slot of it by another call."""
        elsewhere = Offer.objects.filter(
            OPEN,
            application__call__round_id=self.call.round_id,
            application__citizen_id_digest=OuterRef("citizen_id_digest"),
        ).exclude(application__call=self.call)
        hired = Worker.objects.filter(
            round_id=self.call.round_id, person__citizen_id_digest=OuterRef("citizen_id_digest")
        )
        away = Application.objects.filter(call=self.call, number__isnull=False).filter(
            Q(withdrawn_at__isnull=False) | Q(Exists(elsewhere)) | Q(Exists(hired))
        )
        return frozenset(str(number) for number in away.values_list("number", flat=True))
