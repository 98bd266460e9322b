"""Announced results: for everybody, and for each applicant with the reason."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Prefetch
from django.utils import timezone

from u2t import admission
from u2t.programme.models import Category
from u2t.recruitment.models import Appeal, Application, Call, Offer, Outcome, Selection
from u2t.recruitment.queries import naming, offers, reasons
from u2t.recruitment.rules import offering
from u2t.thai import digits


@dataclass(frozen=True)
class OwnOffer:
    """One offer as its applicant sees it; ``state`` by ``rules.offering``."""

    offer: Offer
    state: str
    may_accept: bool
    may_decline: bool


@dataclass(frozen=True)
class OwnResult:
    """An applicant's result: what was decided, why, what is offered, what may be objected until when."""

    outcome: Outcome | None
    points: str
    told: list[reasons.Told]
    offers: list[OwnOffer]
    appeals: list[Appeal]
    appeal_until: datetime
    may_appeal: bool
    announced_at: datetime

    @property
    def open_offer(self) -> OwnOffer | None:
        """The offer that still holds a slot."""
        return next((one for one in self.offers if one.state in offering.OPEN), None)


def own_result(application: Application, at: datetime | None = None) -> OwnResult | None:
    """The result of one application once it is announced, before that ``None``."""
    at = at or timezone.now()
    selection = offers.announced(application.call)
    if selection is None or selection.announced_at is None or application.submitted_at is None:
        return None
    call = application.call
    outcome = selection.outcomes.filter(application=application).select_related("tambon__tambon").first()
    made = Offer.objects.filter(application=application).select_related(
        "tambon__tambon__district__province", "category", "worker"
    )
    appeals = list(application.appeals.all())
    against = offering.objections_to_appeal(selection.announced_at, call.appeal_days, at)
    return OwnResult(
        outcome=outcome,
        points=naming.points(application.score),
        told=reasons.told(outcome, naming.tambon_names(call.round)) if outcome else [],
        offers=[_own(offer, at) for offer in made.order_by("-id")],
        appeals=appeals,
        appeal_until=offering.until(selection.announced_at, call.appeal_days),
        may_appeal=not against and all(appeal.answered_at for appeal in appeals),
        announced_at=selection.announced_at,
    )


def _own(offer: Offer, at: datetime) -> OwnOffer:
    facts = offers.facts_of(offer)
    return OwnOffer(
        offer=offer,
        state=offering.state(facts, at),
        may_accept=not offering.objections_to_answer(facts, at),
        may_decline=not offering.objections_to_decline(facts, at),
    )


@dataclass(frozen=True)
class Line:
    """One place of a list: the application number, and the name only where the call announces names."""

    place: int
    number: str
    name: str = ""


@dataclass(frozen=True)
class SeatResult:
    """One tambon and category: selected and reserves in order."""

    category: Category
    slots: int
    selected: list[Line] = field(default_factory=list)
    reserves: list[Line] = field(default_factory=list)

    @property
    def unfilled(self) -> int:
        """Slots that nobody could be selected for."""
        return max(self.slots - len(self.selected), 0)


@dataclass(frozen=True)
class TambonResult:
    """A tambon with its categories in their order."""

    code: str
    name: str
    seats: list[SeatResult]

    @property
    def slots(self) -> int:
        return sum(seat.slots for seat in self.seats)

    @property
    def selected(self) -> int:
        return sum(len(seat.selected) for seat in self.seats)

    @property
    def waiting(self) -> int:
        """People on reserve lists, each once however many of its categories there are."""
        return len({line.number for seat in self.seats for line in seat.reserves})


def by_tambon(selection: Selection, *, tambon: str = "") -> list[TambonResult]:
    """The computed result, all tambons or one, by name of place. Wants ``call.round`` loaded; four queries."""
    result = Selection.objects.values_list("result", flat=True).get(pk=selection.pk)
    lists = admission.Selection.from_json(result).lists if result else {}
    call = selection.call
    names = naming.tambon_names(call.round)
    categories = {category.code: category for category in call.round.categories.order_by("position")}
    people = _names(call) if call.names_announced else {}
    found = []
    for code, name in names.items():
        if tambon not in ("", code):
            continue
        seats = [
            SeatResult(
                category,
                listed.slots,
                _lines(listed.admitted, people),
                _lines(listed.reserves, people),
            )
            for category_code, category in categories.items()
            if (listed := lists.get((code, category_code))) and (listed.slots or listed.reserves)
        ]
        if seats:
            found.append(TambonResult(code, name, seats))
    return found


def _lines(keys: Iterable[str], people: dict[str, str]) -> list[Line]:
    return [Line(place, key, people.get(key, "")) for place, key in enumerate(keys, start=1)]


def _names(call: Call) -> dict[str, str]:
    rows = Application.objects.filter(call=call, number__isnull=False).order_by()
    return {
        str(number): f"{title}{given} {surname}"
        for number, title, given, surname in rows.values_list("number", "title", "given_name", "surname")
    }


def outcome_of(selection: Selection, text: str) -> Outcome | None:
    """The outcome of the application whose number (or whole receipt) was typed."""
    text = digits.to_arabic(text).strip()
    # A receipt has the number in six digits before its check digits.
    found = re.search(r"-(\d{6,9})(-\d\d)?$", text, re.A) or re.fullmatch(r"(\d{1,9})", text, re.A)
    if found is None:
        return None
    outcomes = selection.outcomes.select_related(
        "application__category", "tambon__tambon__district__province"
    )
    return outcomes.filter(application__number=int(found[1])).first()


def selections_of(call: Call) -> list[Selection]:
    """All selections of a call, the newest first, without their large parts."""
    found = call.selections.defer("ballot", "result").select_related("asked_by__person", "adopted_by__person")
    return list(found.order_by("-number"))


def appeals_of(call: Call) -> list[Appeal]:
    """All objections of a call, the unanswered first, each with its applicant's outcome in ``outcome``."""
    outcomes = Outcome.objects.filter(selection__announced_at__isnull=False).select_related("tambon__tambon")
    found = (
        Appeal.objects.filter(application__call=call)
        .select_related("application__category", "application__call__round", "answered_by__person")
        .prefetch_related(Prefetch("application__outcomes", queryset=outcomes, to_attr="announced"))
    )
    return sorted(found, key=lambda appeal: (appeal.answered_at is not None, appeal.filed_at))
