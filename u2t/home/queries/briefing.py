"""The figures of a round as its announcement states them, computed live."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q

from u2t.agencies.models import Contact, Participation
from u2t.people.models import Lecturer, Worker
from u2t.placement.models import Engagement, Leadership
from u2t.placement.queries.taking_part import taking_part
from u2t.programme.models import Category, Duty, Province, Quota, Round, Workstream


@dataclass(frozen=True)
class Part:
    """A share of a figure: its code, the thing it stands for, and the count."""

    code: str
    thing: Any
    count: int


@dataclass(frozen=True)
class AgencyPart:
    """Agencies of one kind in one province."""

    kind: Any
    province: Any
    count: int


@dataclass(frozen=True)
class Briefing:
    """Every figure that the announcement states; counts of persons and things, months, dates."""

    round: Round
    tambons: int
    tambons_by_province: tuple[Part, ...]
    workers: int
    workers_by_category: tuple[Part, ...]
    slots: int
    slots_per_tambon: int
    workstreams: tuple[Part, ...]
    placed: int
    team_workers: int
    data_managers: int
    project_managers: int
    lecturers: int
    host_agencies: int
    host_agencies_by_kind: tuple[AgencyPart, ...]
    data_agencies: int
    data_agencies_by_kind: tuple[AgencyPart, ...]
    months: int
    starts_on: date
    orientation_from: date | None
    orientation_until: date | None

    @property
    def team_size(self) -> int:
        """Slots of a tambon's team."""
        return sum(part.count for part in self.workstreams if not part.thing.to_office)

    @property
    def team_query(self) -> str:
        """What narrows the address of the list of workers to the tambons' teams."""
        return self._query(to_office=False)

    @property
    def data_query(self) -> str:
        """The same for those who work at data agencies."""
        return self._query(to_office=True)

    def _query(self, *, to_office: bool) -> str:
        codes = [part.code for part in self.workstreams if part.thing.to_office == to_office]
        return f"?workstream={codes[0]}" if len(codes) == 1 else ""

    def as_json(self) -> dict[str, Any]:
        """Plain values for scripts: provinces by two-digit code, categories by code, dates in ISO."""
        orientation = None
        if self.orientation_from and self.orientation_until:
            orientation = {
                "from": self.orientation_from.isoformat(),
                "until": self.orientation_until.isoformat(),
            }
        return {
            "round": self.round.code,
            "tambons": self.tambons,
            "tambons_by_province": {part.code: part.count for part in self.tambons_by_province},
            "workers": self.workers,
            "workers_by_category": {part.code: part.count for part in self.workers_by_category},
            "team_workers": self.team_workers,
            "data_managers": self.data_managers,
            "project_managers": self.project_managers,
            "host_agencies": self.host_agencies,
            "data_agencies": self.data_agencies,
            "months": self.months,
            "starts_on": self.starts_on.isoformat(),
            "orientation": orientation,
        }


def briefing(round: Round) -> Briefing:
    """All figures of a round in a constant number of queries."""
    by_province = Counter(taking_part(round).values_list("tambon__district__province_id", flat=True))
    provinces = Province.objects.in_bulk(list(by_province))
    categories = list(Category.objects.filter(round=round).order_by("position"))
    by_category = dict(
        Worker.objects.current()
        .filter(round=round)
        .values_list("category_id")
        .annotate(n=Count("id"))
        .order_by()
    )
    workstreams = list(Workstream.objects.filter(round=round).order_by("position"))
    quotas = list(Quota.objects.filter(category__round=round))
    slots_of = Counter[int]()
    for quota in quotas:
        slots_of[quota.workstream_id] += quota.per_tambon
    placed = dict(
        Engagement.objects.current()
        .filter(tambon__round=round)
        .values_list("workstream__to_office")
        .annotate(n=Count("id"))
        .order_by()
    )
    leading = (
        Leadership.objects.current().filter(tambon__round=round).aggregate(n=Count("lecturer", distinct=True))
    )
    hosts, data = _agencies(round)
    tambons = sum(by_province.values())
    per_tambon = sum(slots_of.values())
    return Briefing(
        round=round,
        tambons=tambons,
        tambons_by_province=tuple(Part(code, provinces[code], n) for code, n in sorted(by_province.items())),
        workers=sum(by_category.values()),
        workers_by_category=tuple(Part(c.code, c, by_category.get(c.pk, 0)) for c in categories),
        slots=tambons * per_tambon,
        slots_per_tambon=per_tambon,
        workstreams=tuple(Part(w.code, w, slots_of[w.pk]) for w in workstreams),
        placed=sum(placed.values()),
        team_workers=placed.get(False, 0),
        data_managers=placed.get(True, 0),
        project_managers=leading["n"],
        lecturers=round.lecturers.count(),
        host_agencies=sum(part.count for part in hosts),
        host_agencies_by_kind=hosts,
        data_agencies=sum(part.count for part in data),
        data_agencies_by_kind=data,
        months=round.months,
        starts_on=round.starts_on,
        orientation_from=round.orientation_from,
        orientation_until=round.orientation_until,
    )


def _agencies(round: Round) -> tuple[tuple[AgencyPart, ...], tuple[AgencyPart, ...]]:
    rows = list(
        Participation.objects.filter(round=round)
        .select_related("agency__kind", "agency__province")
        .order_by("agency__province_id", "agency__kind__position")
    )

    def parts(role: str) -> tuple[AgencyPart, ...]:
        found: dict[tuple[str, str], list[Any]] = {}
        for row in rows:
            if getattr(row, role):
                found.setdefault((row.agency.province_id, row.agency.kind.code), []).append(row.agency)
        return tuple(AgencyPart(many[0].kind, many[0].province, len(many)) for many in found.values())

    return parts("is_host"), parts("is_data_agency")


def announced_rounds() -> list[Round]:
    """The rounds that the public sees, newest first."""
    return list(Round.objects.filter(is_announced=True).select_related("institution"))


def rounds_of(account: Any) -> list[Round]:
    """The rounds that an account has to do with, newest first."""
    if not account.is_authenticated:
        return []
    # One subquery a relation: joining them would multiply workers by lecturers by agencies.
    mine = Exists(
        Duty.objects.filter(institution=OuterRef("institution"), account_id=account.pk, ended_at=None)
    )
    if account.person_id is not None:
        contact = Contact.objects.filter(
            agency__participations__round=OuterRef("pk"), person_id=account.person_id, ended_at=None
        )
        for own in (
            Worker.objects.filter(round=OuterRef("pk"), person_id=account.person_id),
            Lecturer.objects.filter(round=OuterRef("pk"), person_id=account.person_id),
            contact,
        ):
            mine = Q(mine) | Q(Exists(own))
    return list(Round.objects.filter(mine).select_related("institution"))
