"""Lists of workers, lecturers and agencies of a round, and the search over everything."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import Count, OuterRef, Prefetch, Q, QuerySet, Subquery

from u2t.agencies.models import Agency, Contact, Coverage, Participation
from u2t.home.permissions import Reach
from u2t.people.models import Lecturer, Worker
from u2t.placement.models import Engagement, Leadership
from u2t.placement.queries.taking_part import taking_part
from u2t.programme.models import Category, Round, RoundTambon
from u2t.thai import fold


def workers(
    round: Round,
    *,
    search: str = "",
    category: str = "",
    workstream: str = "",
    province: str = "",
    placed: str = "",
) -> QuerySet[Worker]:
    """Workers of a round with where they are now (``current`` is a list of at most one engagement).

    ``placed`` is ``yes``, ``no`` (of those who still work) or ``left``; those who left stand in the list of all.
    """
    current = Engagement.objects.current().select_related(
        "tambon__tambon__district__province", "tambon__round", "workstream", "office__agency"
    )
    found = (
        Worker.objects.filter(round=round)
        .select_related("person", "category", "round", "home_tambon__district__province")
        .prefetch_related(Prefetch("engagements", queryset=current, to_attr="current"))
        .order_by("number")
    )
    if search:
        key = fold.fold(search)
        by_number = Q(number=int(key)) if key.isdecimal() and len(key) < 9 else Q()
        found = found.filter(
            Q(person__search_key__contains=key)
            | Q(engagements__ended_at=None, engagements__tambon__tambon__search_key__contains=key)
            | by_number
        ).distinct()
    if category:
        found = found.filter(category__code=category)
    if workstream:
        found = found.filter(engagements__ended_at=None, engagements__workstream__code=workstream)
    if province:
        found = found.filter(
            engagements__ended_at=None, engagements__tambon__tambon__district__province_id=province
        )
    if placed == "left":
        return found.filter(left_on__isnull=False)
    if placed:
        is_placed = Engagement.objects.current().filter(tambon__round=round).values("worker")
        still = found.filter(left_on=None)
        found = still.filter(pk__in=is_placed) if placed == "yes" else still.exclude(pk__in=is_placed)
    return found


@dataclass(frozen=True)
class CountRow:
    """A tambon with its number of workers in each category, in the order of the round's categories."""

    tambon: RoundTambon
    counts: list[tuple[Category, int]]
    total: int


def workers_by_tambon(
    round: Round, *, category: str = "", workstream: str = ""
) -> tuple[list[Category], list[CountRow]]:
    """The public's view of the workers: counts by tambon and category, no persons.

    Only of one category or workstream where its code is given; the categories are the columns of the counts.
    """
    categories = list(Category.objects.filter(round=round).order_by("position"))
    categories = [c for c in categories if category in ("", c.code)]
    tambons = taking_part(round).with_places()
    counts: dict[tuple[int, int], int] = {}
    rows = Engagement.objects.current().filter(tambon__round=round).values_list("tambon_id", "category_id")
    if workstream:
        rows = rows.filter(workstream__code=workstream)
    for tambon_id, category_id, n in rows.annotate(n=Count("id")).order_by():
        counts[tambon_id, category_id] = n
    found = []
    for tambon in tambons:
        each = [(c, counts.get((tambon.pk, c.pk), 0)) for c in categories]
        found.append(CountRow(tambon, each, sum(n for _category, n in each)))
    return categories, found


def lecturers(
    round: Round, *, search: str = "", dimension: str = "", leading: str = ""
) -> QuerySet[Lecturer]:
    """Lecturers with their expertise and the tambons they lead now (``current``)."""
    current = Leadership.objects.current().select_related(
        "tambon__tambon__district__province", "tambon__round"
    )
    found = (
        Lecturer.objects.filter(round=round)
        .select_related("person", "round", "base_district__province")
        .prefetch_related("expertise", Prefetch("leaderships", queryset=current, to_attr="current"))
        .order_by("person__given_name", "person__surname", "id")
    )
    if search:
        key = fold.fold(search)
        found = found.filter(
            Q(person__search_key__contains=key)
            | Q(leaderships__ended_at=None, leaderships__tambon__tambon__search_key__contains=key)
        ).distinct()
    if dimension:
        found = found.filter(expertise__code=dimension)
    if leading:
        leads = Leadership.objects.current().filter(tambon__round=round).values("lecturer")
        found = found.filter(pk__in=leads) if leading == "yes" else found.exclude(pk__in=leads)
    return found


def participations(
    round: Round, *, search: str = "", role: str = "", kind: str = "", province: str = ""
) -> QuerySet[Participation]:
    """Agencies of a round with the number of data managers who sit there now (``seated``)."""
    seated = (
        Engagement.objects.current()
        .filter(office=OuterRef("pk"))
        .order_by()
        .values("office")
        .annotate(n=Count("id"))
    )
    found = (
        Participation.objects.filter(round=round)
        .select_related("agency__kind", "agency__province", "agency__district", "agency__tambon", "round")
        .annotate(seated=Subquery(seated.values("n")))
        .order_by("agency__province_id", "agency__kind__position", "agency__name_th", "id")
    )
    if role == "host":
        found = found.filter(is_host=True)
    elif role == "data":
        found = found.filter(is_data_agency=True)
    if kind:
        found = found.filter(agency__kind__code=kind)
    if province:
        found = found.filter(agency__province_id=province)
    if search:
        found = found.filter(agency__search_key__contains=fold.fold(search))
    return found


@dataclass(frozen=True)
class AgencyPage:
    """What the page of one agency shows for one round."""

    agency: Agency
    participation: Participation | None
    coverage: list[Coverage]
    contacts: list[Contact]
    data_managers: list[Engagement]


def agency_page(agency: Agency, round: Round | None) -> AgencyPage:
    """One agency with its tambons, its people there, and the data managers who sit there."""
    participation = Participation.objects.filter(agency=agency, round=round).select_related("round").first()
    coverage = list(
        Coverage.objects.filter(participation=participation)
        .select_related("tambon__tambon__district__province", "tambon__round")
        .order_by("tambon__tambon__code")
    )
    contacts = list(Contact.objects.filter(agency=agency, ended_at=None).select_related("person"))
    seated = list(
        Engagement.objects.current()
        .filter(office=participation, office__isnull=False)
        .select_related("worker__person", "worker__round", "tambon__tambon__district__province", "category")
        .order_by("worker__number")
    )
    return AgencyPage(agency, participation, coverage, contacts, seated)


@dataclass(frozen=True)
class Found:
    """Hits of one search by kind, each capped."""

    tambons: list[RoundTambon]
    agencies: list[Participation]
    lecturers: list[Lecturer]
    workers: list[Worker]

    @property
    def total(self) -> int:
        return len(self.tambons) + len(self.agencies) + len(self.lecturers) + len(self.workers)


def search(round: Round, text: str, reach: Reach, *, limit: int = 20) -> Found:
    """Everything in the round whose name, code or place has ``text``; persons only as far as ``reach`` goes."""
    key = fold.fold(text)
    if not key:
        return Found([], [], [], [])
    tambons = RoundTambon.objects.filter(round=round, tambon__search_key__contains=key).with_places()[:limit]
    agencies = participations(round, search=text)[:limit]
    found_lecturers: Any = lecturers(round, search=text)[:limit] if reach.belongs else []
    found_workers: Any = []
    if reach.oversees:
        found_workers = workers(round, search=text)[:limit]
    elif reach.leads or reach.hosts:
        theirs = Q(engagements__ended_at=None, engagements__tambon_id__in=reach.leads | reach.hosts)
        found_workers = workers(round, search=text).filter(theirs).distinct()[:limit]
    return Found(list(tambons), list(agencies), list(found_lecturers), list(found_workers))
