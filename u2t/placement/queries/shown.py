"""A plan, or what is in force now, as pages show it: seven queries whatever the size.

A plan comes as the plain values of ``Plan.to_json()`` and ``plans.summary_json()``, because that is how a run keeps
them; ``live`` makes the same from the engagements.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from u2t import matching
from u2t.agencies.models import Participation
from u2t.pages.charts import Bar, District, Province, Tile
from u2t.people.models import Lecturer
from u2t.placement.models import Refill
from u2t.placement.queries import plans
from u2t.placement.queries.problem import problem_for
from u2t.placement.queries.taking_part import fallen_out_by_tambon
from u2t.placement.rules import Tally
from u2t.programme.models import Quota, Round, RoundTambon


@dataclass(frozen=True)
class TambonRow:
    """One tambon: filled slots in the order of the columns, skills and dimensions found and missing.

    ``fell_out`` is set where an older plan speaks of a tambon that takes part no more.
    """

    tambon: RoundTambon
    columns: tuple[Quota, ...]
    cells: tuple[Tally, ...]
    total: Tally
    skills: int
    skills_missing: tuple[str, ...]
    leaders: tuple[Lecturer, ...]
    leaders_wanted: int
    dimensions: int
    dimensions_missing: tuple[str, ...]
    fell_out: Refill | None

    @property
    def named_cells(self) -> list[tuple[Quota, Tally]]:
        return list(zip(self.columns, self.cells, strict=True))

    @property
    def skills_found(self) -> int:
        return self.skills - len(self.skills_missing)

    @property
    def dimensions_found(self) -> int:
        return self.dimensions - len(self.dimensions_missing)

    @property
    def lacks_leaders(self) -> bool:
        return len(self.leaders) < self.leaders_wanted

    @property
    def state(self) -> str:
        if not self.total.filled:
            return "none"
        return "warn" if self.total.missing or self.lacks_leaders else "ok"

    @property
    def state_text(self) -> str:
        missing = self.total.missing
        if not self.total.filled:
            return _("Nobody placed")
        if missing:
            return ngettext("%(n)s slot empty", "%(n)s slots empty", missing) % {"n": missing}
        return _("PM missing") if self.lacks_leaders else _("Complete")


@dataclass(frozen=True)
class OfficeRow:
    """A data agency with its data managers; ``room`` is ``None`` where it stated none."""

    participation: Participation
    people: int
    room: int | None


@dataclass(frozen=True)
class Shown:
    """Everything that the page of a plan shows in figures; ``fallen_out`` are the tambons outside its rows."""

    summary: Mapping[str, Any]
    columns: tuple[Quota, ...]
    slots: Tally
    team: Tally
    data_managers: Tally
    rows: tuple[TambonRow, ...]
    offices: tuple[OfficeRow, ...]
    wishes: tuple[Bar, ...]
    bands: tuple[Bar, ...]
    skills: tuple[Bar, ...]
    fallen_out: tuple[Refill, ...]

    @property
    def people(self) -> int:
        return int(self.summary["people"])

    @property
    def unplaced(self) -> int:
        return len(self.summary["unplaced"])

    @property
    def asked(self) -> int:
        """Placed people who had wishes."""
        return sum(self.summary["wishes"]) + int(self.summary["unlisted"])

    @property
    def first_wish(self) -> int:
        return int((*self.summary["wishes"], 0)[0])

    @property
    def first_three(self) -> int:
        return int(sum(self.summary["wishes"][:3]))

    @property
    def full_tambons(self) -> int:
        return sum(row.total.is_full for row in self.rows)

    @property
    def led_tambons(self) -> int:
        return sum(not row.lacks_leaders for row in self.rows)

    @property
    def skill_share(self) -> tuple[int, int]:
        """Skills found and looked for, over all tambons."""
        return sum(row.skills_found for row in self.rows), sum(row.skills for row in self.rows)

    @property
    def dimension_share(self) -> tuple[int, int]:
        """Dimensions covered by the leaders and looked for, over all tambons."""
        return sum(row.dimensions_found for row in self.rows), sum(row.dimensions for row in self.rows)

    @property
    def provinces(self) -> list[Province]:
        """The tambons as tiles."""
        found = []
        for province, rows in groupby(self.rows, key=lambda row: row.tambon.tambon.district.province):
            districts = [
                District(_("Amphoe %(name)s") % {"name": district.name}, [_tile(row) for row in inside])
                for district, inside in groupby(rows, key=lambda row: row.tambon.tambon.district)
            ]
            found.append(Province(_("Changwat %(name)s") % {"name": province.name}, districts))
        return found


def _tile(row: TambonRow) -> Tile:
    url = row.tambon.get_absolute_url()
    return Tile(row.tambon.tambon.name, url, row.state, row.state_text, row.total.filled, row.total.slots)


def live(round: Round) -> tuple[Shown, matching.Problem]:
    """What is in force now, and the problem that a computation would start from."""
    problem = problem_for(round)
    plan = plans.plan_now(round, problem)
    return shown(round, asdict(matching.numbers(problem, plan)), plan.to_json()), problem


def shown(round: Round, summary: Mapping[str, Any], plan: Mapping[str, Any]) -> Shown:
    """A plan's figures with the names of the round."""
    quotas = tuple(
        Quota.objects.filter(category__round=round, per_tambon__gt=0)
        .select_related("category", "workstream")
        .order_by("workstream__position", "category__position")
    )
    taken = Counter(tuple(seat) for seat in plan["seats"].values() if seat)
    gone = fallen_out_by_tambon(round)
    rows = tuple(_rows(round, summary, plan, quotas, taken, gone))
    counted = {row.tambon.pk for row in rows}
    by_column = list(zip(*(row.cells for row in rows), strict=True)) or [()] * len(quotas)
    to_office = [quota.workstream.to_office for quota in quotas]
    return Shown(
        summary=summary,
        columns=quotas,
        slots=Tally.sum(row.total for row in rows),
        team=Tally.sum(
            t for office, cells in zip(to_office, by_column, strict=True) if not office for t in cells
        ),
        data_managers=Tally.sum(
            t for office, cells in zip(to_office, by_column, strict=True) if office for t in cells
        ),
        rows=rows,
        offices=tuple(_offices(round, summary)),
        wishes=tuple(_wish_bars(summary)),
        bands=tuple(_band_bars(summary)),
        skills=tuple(_skill_bars(round, rows)),
        fallen_out=tuple(one for key, one in gone.items() if key not in counted),
    )


def _rows(
    round: Round,
    summary: Mapping[str, Any],
    plan: Mapping[str, Any],
    quotas: tuple[Quota, ...],
    taken: Mapping[tuple[str, ...], int],
    gone: Mapping[int, Refill],
) -> list[TambonRow]:
    skills, dimensions = (
        {one.code: one.name for one in topics.all()} for topics in (round.skills, round.dimensions)
    )
    lecturers = Lecturer.objects.filter(round=round).select_related("person", "round").in_bulk()
    rows = []
    for tambon in RoundTambon.objects.filter(round=round).with_places().select_related("round"):
        code = tambon.tambon_id
        # A plan from before still shows what it was computed for.
        if tambon.pk in gone and code not in summary["skills"]:
            continue
        cells = tuple(
            Tally(taken.get((code, q.category.code, q.workstream.code), 0), q.per_tambon) for q in quotas
        )
        brought = summary["skills"].get(code, {"count": {}})["count"]
        covered = summary["dimensions"].get(code, {"count": {}})["count"]
        led = [lecturers.get(int(key)) for key in plan["leaders"].get(code, ())]
        rows.append(
            TambonRow(
                tambon=tambon,
                columns=quotas,
                cells=cells,
                total=Tally.sum(cells),
                skills=len(skills),
                skills_missing=tuple(name for key, name in skills.items() if not brought.get(key)),
                leaders=tuple(lecturer for lecturer in led if lecturer),
                leaders_wanted=round.leaders_per_tambon,
                dimensions=len(dimensions),
                dimensions_missing=tuple(name for key, name in dimensions.items() if not covered.get(key)),
                fell_out=gone.get(tambon.pk),
            )
        )
    return rows


def _offices(round: Round, summary: Mapping[str, Any]) -> list[OfficeRow]:
    found = Participation.objects.filter(round=round, is_data_agency=True).select_related("agency")
    return [
        OfficeRow(office, summary["offices"].get(str(office.pk), 0), office.data_capacity) for office in found
    ]


def _wish_bars(summary: Mapping[str, Any]) -> list[Bar]:
    bars = [
        Bar(_("Wish %(rank)s") % {"rank": rank}, count) for rank, count in enumerate(summary["wishes"], 1)
    ]
    if summary["unlisted"]:
        bars.append(Bar(_("Another tambon than wished"), summary["unlisted"]))
    if summary["without_wishes"]:
        bars.append(Bar(_("Gave no wishes"), summary["without_wishes"]))
    return bars


def _band_bars(summary: Mapping[str, Any]) -> list[Bar]:
    bars, before = [], None
    for limit, count in summary["bands"]:
        if limit is None:
            label = _("More than %(km)s km") % {"km": before} if before is not None else _("Any distance")
        elif before is None:
            label = _("Up to %(km)s km") % {"km": limit}
        else:
            label = _("%(above)s–%(km)s km") % {"above": before, "km": limit}
        bars.append(Bar(label, count))
        before = limit
    if summary["assumed_distance"]:
        bars.append(Bar(_("Distance not known"), summary["assumed_distance"]))
    return bars


def _skill_bars(round: Round, rows: Sequence[TambonRow]) -> list[Bar]:
    """In how many tambons each skill is found."""
    lacking = Counter(name for row in rows for name in row.skills_missing)
    return [Bar(skill.name, len(rows) - lacking[skill.name]) for skill in round.skills.all()]


@dataclass(frozen=True)
class Unfilled:
    """Empty slots of one kind in one tambon."""

    tambon: RoundTambon
    quota: Quota
    missing: int


def unfilled(round: Round, summary: Mapping[str, Any]) -> list[Unfilled]:
    """Where slots stay empty, by tambon; two queries."""
    if not summary["unfilled"]:
        return []
    tambons = {t.tambon_id: t for t in RoundTambon.objects.filter(round=round).with_places()}
    quotas = Quota.objects.filter(category__round=round).select_related("category", "workstream")
    columns = {(quota.category.code, quota.workstream.code): quota for quota in quotas}
    return [
        Unfilled(tambons[tambon], columns[category, workstream], missing)
        for (tambon, category, workstream), missing in summary["unfilled"]
        if tambon in tambons and (category, workstream) in columns
    ]
