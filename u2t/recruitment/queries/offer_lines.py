"""The office's list of offers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from u2t.programme.models import Category, RoundTambon
from u2t.recruitment.models import Call, Offer
from u2t.recruitment.queries import naming, offers
from u2t.recruitment.queries.offers import state_of
from u2t.thai import fold

__all__ = ["Line", "NextStep", "counts", "lines", "next_steps", "state_of", "tambons_of"]


@dataclass(frozen=True)
class Line:
    """One offer with its state at the moment of asking."""

    offer: Offer
    state: str

    @property
    def may_answer(self) -> bool:
        return self.state == "waiting"

    @property
    def may_report(self) -> bool:
        return self.state == "accepted"


def lines(call: Call, at: datetime, *, search: str = "", state: str = "", tambon: str = "") -> list[Line]:
    """Offers of the call, the latest first; ``search`` is a name, a number or a place."""
    found = offers.offers_of(call)
    if tambon:
        found = found.filter(tambon__tambon_id=tambon)
    if search:
        key = fold.fold(search)
        by_number = Q(application__number=int(key)) if key.isdecimal() and len(key) < 9 else Q()
        found = found.filter(Q(application__search_key__contains=key) | by_number)
    rows = [Line(offer, state_of(offer, at)) for offer in found]
    return [row for row in rows if state in ("", row.state)]


def counts(call: Call, at: datetime) -> Counter[str]:
    """How many offers are in each state."""
    rows = Offer.objects.filter(application__call=call).select_related("worker")
    return Counter(state_of(offer, at) for offer in rows)


def tambons_of(call: Call) -> dict[str, str]:
    """Names of the tambons in which offers were made, by code."""
    codes = set(Offer.objects.filter(application__call=call).values_list("tambon__tambon_id", flat=True))
    return {code: name for code, name in naming.tambon_names(call.round).items() if code in codes}


@dataclass(frozen=True)
class NextStep:
    """A seat with something free: how many, how many of those by leavers, how many wait."""

    tambon: RoundTambon
    category: Category
    free: int
    by_leavers: int
    waiting: int
    number: str

    @property
    def key(self) -> str:
        return f"{self.tambon.pk}-{self.category.pk}"


def next_steps(call: Call, at: datetime) -> list[NextStep]:
    """Seats of the call with free slots, those that have reserves first."""
    selection = offers.announced(call)
    if selection is None:
        return []
    reserves = offers.Reserves(selection, at)
    automatic = {(one.tambon, one.category): one.free for one in reserves.seats(leavers_hold=True)}
    tambons = RoundTambon.objects.with_places().in_bulk([seat[0] for seat in automatic])
    categories = {category.pk: category for category in call.round.categories.all()}
    found = [
        NextStep(
            tambon=tambons[one.tambon],
            category=categories[one.category],
            free=one.free,
            by_leavers=one.free - automatic[one.tambon, one.category],
            waiting=len(one.waiting),
            number=one.waiting[0] if one.waiting else "",
        )
        for one in reserves.seats(leavers_hold=False)
        if one.free
    ]
    return sorted(found, key=lambda one: (not one.waiting, one.tambon.tambon_id, one.category.position))
