"""The same person twice: within the call, between the calls of the round, and at another institution.

Of another institution's application an office learns only that there is one, in which round and call, and why
it may be the same person; its name, number and papers stay where they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from u2t.people.models import Worker
from u2t.recruitment.models import Application, Call, Offer, SamePerson, Selection
from u2t.recruitment.rules import same_person
from u2t.recruitment.rules.same_person import Applicant, Pair

# An application elsewhere concerns an office while both hires could overlap.
NEAR = timedelta(days=365)


@dataclass(frozen=True)
class Side:
    """One application of a pair; ``application`` is None where it is another institution's."""

    application: Application | None
    round_code: str
    call: int


@dataclass(frozen=True)
class Found:
    """A pair to look at, with the last decision about it."""

    pair: Pair
    first: Side
    second: Side
    decision: SamePerson | None

    @property
    def is_across(self) -> bool:
        """One side belongs to another institution."""
        return self.first.application is None or self.second.application is None

    @property
    def own(self) -> Application:
        """The side that the office may open; the later one where both are its own."""
        own = self.second.application or self.first.application
        assert own is not None
        return own


def of_call(call: Call) -> list[Found]:
    """All pairs with at least one application of the call, the surest first."""
    return _found(call, Q(call=call))


def of_application(application: Application) -> list[Found]:
    """The pairs of one application."""
    return _found(application.call, Q(pk=application.pk))


def passed_elsewhere(call: Call, applications: Sequence[Application]) -> dict[int, str]:
    """Application → receipt of another one of the round that passed and was decided to be the same person's."""
    keys = {application.pk for application in applications}
    decided = _decisions(SamePerson.objects.filter(_either(keys)))
    same = {frozenset(key): key for key, decision in decided.items() if decision.is_same}
    others = {one for key in same for one in key}
    if not others:
        return {}
    receipts = {
        one.pk: one.receipt or ""
        for one in _live().filter(pk__in=others, call__round=call.round_id).prefetch_related("screenings")
        if (last := max(one.screenings.all(), key=lambda screening: screening.pk, default=None))
        and last.is_passed
    }
    found = {}
    for first, second in same.values():
        for one, other in ((first, second), (second, first)):
            if one in keys and other in receipts:
                found[one] = receipts[other]
    return found


def hires_of(application: Application) -> list[Worker]:
    """Hires of the same ID number that have not ended, wherever they are."""
    if not application.citizen_id_digest:
        return []
    hired = Worker.objects.filter(left_on=None, person__citizen_id_digest=application.citizen_id_digest)
    return list(hired.select_related("round").order_by("round__code"))


def _live() -> QuerySet[Application]:
    return Application.objects.filter(submitted_at__isnull=False, withdrawn_at=None, erased_at=None)


def _concerned(call: Call) -> QuerySet[Application]:
    """Applications that could be a second try of somebody in this call.

    An earlier call of the round counts while it is not decided, and for whoever holds an offer of it: trying
    again after not being selected is nobody's fault.
    """
    decided = Selection.objects.filter(call=OuterRef("call"), adopted_at__isnull=False)
    holds = Offer.objects.filter(
        application=OuterRef("pk"), declined_at=None, lapsed_at=None, no_show_at=None, taken_back_at=None
    )
    near = Q(call__closes_at__gte=call.closes_at - NEAR, call__closes_at__lte=call.closes_at + NEAR)
    return _live().filter(Q(call=call) | (near & (~Exists(decided) | Exists(holds))))


def _found(call: Call, of: Q) -> list[Found]:
    institution = call.round.institution_id
    asked = _live().filter(of, call=call)
    candidates = _concerned(call)
    by_id = Q(citizen_id_digest__in=asked.exclude(citizen_id_digest=None).values("citizen_id_digest"))
    telephones = asked.exclude(telephone="").values("telephone")
    by_phone = Q(call__round__institution=institution, telephone__in=telephones)
    same_name = asked.filter(search_key=OuterRef("search_key"), birth_on=OuterRef("birth_on")).exclude(
        search_key=""
    )
    rows = list(
        candidates.filter(by_id | by_phone | Exists(same_name))
        .select_related("call__round", "category")
        .defer("citizen_id_sealed", "talents")
    )
    own = {row.pk: row for row in rows if row.call.round.institution_id == institution}
    keys = set(asked.values_list("pk", flat=True))
    everybody = [_applicant(row, telephone=row.pk in own) for row in rows]
    pairs = same_person.pairs(everybody, of=lambda one: one.key in keys)
    decided = _decisions(SamePerson.objects.filter(_either({k for p in pairs for k in (p.first, p.second)})))
    by_key = {row.pk: row for row in rows}
    return [
        Found(
            pair,
            _side(by_key[pair.first], own),
            _side(by_key[pair.second], own),
            decided.get((pair.first, pair.second)),
        )
        for pair in pairs
    ]


def _applicant(row: Application, *, telephone: bool) -> Applicant:
    """Telephones are compared inside the institution only: across, a family's shared one would tell too much."""
    return Applicant(
        key=row.pk,
        order=(row.submitted_at, row.pk),
        digest=row.citizen_id_digest or "",
        name=row.search_key,
        birth_on=row.birth_on,
        telephone=re.sub(r"\D", "", row.telephone) if telephone else "",
    )


def _side(row: Application, own: dict[int, Application]) -> Side:
    return Side(own.get(row.pk), row.call.round.code, row.call.number)


def _either(keys: Iterable[int]) -> Q:
    keys = list(keys)
    return Q(first__in=keys) | Q(second__in=keys)


def _decisions(rows: QuerySet[SamePerson]) -> dict[tuple[int, int], SamePerson]:
    """The last decision about each pair."""
    return {
        (row.first_id, row.second_id): row for row in rows.select_related("decided_by__person").order_by("id")
    }
