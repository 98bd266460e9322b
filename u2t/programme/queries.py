"""Rounds and their slots, as pages show them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from django.db.models import Count, F, Max, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from u2t.programme import rules
from u2t.programme.models import (
    Category,
    Duty,
    Institution,
    Quota,
    Round,
    RoundTambon,
    Tambon,
    Workstream,
)
from u2t.thai.places import Gazetteer, Place

if TYPE_CHECKING:
    from u2t.people.models import Account


@dataclass(frozen=True)
class MatrixRow:
    """A category with its slots a tambon in each workstream, in the order of the matrix."""

    category: Category
    cells: tuple[int, ...]

    @property
    def total(self) -> int:
        return sum(self.cells)


@dataclass(frozen=True)
class Matrix:
    """Slots of one tambon, category by workstream, and how many tambons the round has."""

    workstreams: tuple[Workstream, ...]
    rows: tuple[MatrixRow, ...]
    tambons: int

    @property
    def totals(self) -> tuple[int, ...]:
        """Slots of one tambon by workstream."""
        return tuple(sum(row.cells[i] for row in self.rows) for i in range(len(self.workstreams)))

    @property
    def a_tambon(self) -> int:
        return sum(self.totals)

    @property
    def all(self) -> int:
        """Slots of the whole round."""
        return self.a_tambon * self.tambons

    @property
    def monthly_satang(self) -> int:
        """What a month of a full round costs in pay."""
        return self.tambons * sum(row.total * row.category.monthly_rate_satang for row in self.rows)


def quotas(round: Round) -> dict[rules.Cell, int]:
    """Slots a tambon by (category code, workstream code)."""
    rows = Quota.objects.filter(category__round=round).values_list(
        "category__code", "workstream__code", "per_tambon"
    )
    return {(category, workstream): number for category, workstream, number in rows}


def matrix(round: Round) -> Matrix:
    """The slots of a round, in four queries whatever its size."""
    numbers = quotas(round)
    workstreams = tuple(round.workstreams.all())
    return Matrix(
        workstreams=workstreams,
        rows=tuple(
            MatrixRow(category, tuple(numbers.get((category.code, w.code), 0) for w in workstreams))
            for category in round.categories.all()
        ),
        tambons=round.tambons.count(),
    )


@dataclass(frozen=True)
class RoundLine:
    """A round in a list."""

    round: Round
    tambons: int
    slots: int
    last_day: date


def rounds_of(account: Account) -> list[RoundLine]:
    """The rounds of the institutions at which the account has a duty, newest first."""
    institutions = Duty.objects.filter(account_id=account.pk, ended_at=None).values("institution")
    a_tambon = (
        Quota.objects.filter(category__round=OuterRef("pk"))
        .order_by()
        .values("category__round")
        .annotate(sum=Sum("per_tambon"))
        .values("sum")
    )
    found = (
        Round.objects.filter(institution__in=institutions)
        .select_related("institution")
        .annotate(tambon_count=Count("tambons"))
        .annotate(slots=Coalesce(Subquery(a_tambon), 0) * F("tambon_count"))
    )
    return [
        RoundLine(round, round.tambon_count, round.slots, rules.last_day(round.starts_on, round.months))
        for round in found
    ]


def offices_of(account: Account) -> QuerySet[Institution]:
    """The institutions whose office the account runs."""
    return Institution.objects.filter(
        duties__account_id=account.pk, duties__kind=Duty.Kind.OFFICE, duties__ended_at=None
    ).distinct()


def targets(round: Round, text: str = "") -> QuerySet[RoundTambon]:
    """The tambons of a round by code, narrowed to a code or a name."""
    found = RoundTambon.objects.with_places().filter(round=round)
    return found.filter(tambon__in=Tambon.objects.matching(text)) if text else found


def tambons_to_add(round: Round, text: str, limit: int = 25) -> list[Tambon]:
    """Tambons that match and do not take part yet; at most ``limit``."""
    found = Tambon.objects.with_places().matching(text).exclude(rounds__round=round)
    return list(found[:limit])


def nation() -> Gazetteer:
    """Every tambon of the country; made again when places were loaded since."""
    stamp = Tambon.objects.aggregate(count=Count("code"), last=Max("code"))
    return _nation_as_of(stamp["count"], stamp["last"])


@lru_cache(maxsize=2)
def _nation_as_of(count: int, last: str) -> Gazetteer:
    rows = Tambon.objects.order_by("code")
    names = ("code", "name_th", "district__name_th", "district__province__name_th")
    return Gazetteer(Place(*row) for row in rows.values_list(*names))


def places_of(round: Round) -> list[Place]:
    """The tambons of a round by code, as files name them."""
    everywhere = nation()
    codes = RoundTambon.objects.filter(round=round).order_by("tambon_id").values_list("tambon_id", flat=True)
    return [place for code in codes if isinstance(place := everywhere.find(code=code), Place)]
