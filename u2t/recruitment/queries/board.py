"""Applications against quota, tambon by tambon and category by category, as they stand now."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from u2t.pages import charts
from u2t.programme.models import Category, RoundTambon
from u2t.recruitment.models import Application, Call, CallQuota, Choice, Override, Screening
from u2t.recruitment.rules import eligibility
from u2t.recruitment.rules.coverage import Coverage, coverage

STATES = {
    "short": ("bad", _("Will stay short")),
    "together": ("warn", _("Short together with others")),
    "ok": ("ok", _("Enough applicants")),
    "none": ("none", _("No slots")),
}


@dataclass(frozen=True)
class Cell:
    """One category in one tambon: slots, and how many applicants rank it first, or at all.

    ``eligible`` of those who list it meet the rules as far as is known and were not screened out; ``drafts`` are
    not submitted yet.
    """

    tambon: RoundTambon
    category: Category
    slots: int
    first: int
    listing: int
    eligible: int
    drafts: int
    fillable: int
    state: str

    @property
    def lacking(self) -> int:
        """Slots that cannot be filled however people are assigned, as far as this tambon alone says."""
        return max(self.slots - self.eligible, 0)

    @property
    def mark(self) -> str:
        return STATES[self.state][0]

    @property
    def state_text(self) -> str:
        return str(STATES[self.state][1])


@dataclass(frozen=True)
class Board:
    """All cells in the order of tambons and categories, and what they come to."""

    cells: tuple[Cell, ...]
    submitted: int
    drafts: int

    @property
    def slots(self) -> int:
        return sum(cell.slots for cell in self.cells)

    @property
    def fillable(self) -> int:
        """The most slots that the applicants of today can fill."""
        return sum(cell.fillable for cell in self.cells)

    @property
    def short(self) -> int:
        return sum(cell.state in ("short", "together") for cell in self.cells)


class _Row(NamedTuple):
    pk: int
    category: str
    is_submitted: bool
    choices: tuple[str, ...]
    is_eligible: bool


def board(call: Call) -> Board:
    """The board of a call, in a constant number of queries."""
    tambons = list(RoundTambon.objects.with_places().filter(round=call.round_id))
    categories = list(call.round.categories.all())
    quotas = CallQuota.objects.filter(call=call).order_by()
    slots = {(t, c): n for t, c, n in quotas.values_list("tambon__tambon_id", "category__code", "slots")}
    rows = _rows(call)
    first, listing, eligible, drafts = (Counter[tuple[str, str]]() for _counter in range(4))
    for row in rows:
        cells = [(code, row.category) for code in row.choices]
        if row.is_submitted:
            first.update(cells[:1])
            listing.update(cells)
            if row.is_eligible:
                eligible.update(cells)
        else:
            drafts.update(cells)
    covered = {category.code: _covered(slots, rows, category.code) for category in categories}

    def cell(tambon: RoundTambon, category: Category) -> Cell:
        key = (tambon.tambon_id, category.code)
        state = _state(slots.get(key, 0), eligible[key], key[0], covered[category.code])
        return Cell(
            tambon, category, slots.get(key, 0), first[key], listing[key], eligible[key], drafts[key],
            covered[category.code].filled.get(key[0], 0), state,
        )  # fmt: skip

    return Board(
        tuple(cell(tambon, category) for tambon in tambons for category in categories),
        sum(row.is_submitted for row in rows),
        sum(not row.is_submitted for row in rows),
    )


def _state(slots: int, eligible: int, tambon: str, covered: Coverage) -> str:
    if not slots:
        return "none"
    if eligible < slots:
        return "short"
    return "together" if tambon in covered.together else "ok"


def _covered(slots: dict[tuple[str, str], int], rows: Iterable[_Row], category: str) -> Coverage:
    mine = {tambon: number for (tambon, code), number in slots.items() if code == category}
    return coverage(
        mine,
        [row.choices for row in rows if row.category == category and row.is_submitted and row.is_eligible],
    )


_FACTS = (
    "birth_on", "level", "graduated_on", "student_year", "is_own_student", "is_employed", "has_state_hire",
)  # fmt: skip


def _rows(call: Call) -> list[_Row]:
    """Applications that were not withdrawn, with what they rank and whether they may still win."""
    choices: dict[int, list[str]] = defaultdict(list)
    ranked = Choice.objects.filter(application__call=call, application__withdrawn_at=None).order_by(
        "application_id", "rank"
    )
    for application, code in ranked.values_list("application_id", "tambon__tambon_id"):
        choices[application].append(code)
    rules = [row.as_rule() for row in call.eligibility.select_related("category")]
    screened = _screened(call)
    excepted = {
        (application, rule): is_met
        for application, rule, is_met in Override.objects.filter(application__call=call)
        .order_by("id")
        .values_list("application_id", "rule_id", "is_met")
    }
    day = timezone.localtime(call.closes_at).date()
    found = Application.objects.filter(call=call, withdrawn_at=None).order_by()
    rows = []
    for pk, category, submitted_at, home, *facts in found.values_list(
        "pk", "category__code", "submitted_at", "registered_tambon_id", *_FACTS
    ):
        mine = tuple(choices[pk])
        said = eligibility.Facts(
            day, category or "", home=home or "", choices=mine, **dict(zip(_FACTS, facts, strict=True))
        )
        is_eligible = screened.get(pk)
        if is_eligible is None:
            findings = eligibility.findings(rules, said) if submitted_at else []
            is_eligible = all(excepted.get((pk, f.rule.key), f.is_met) is not False for f in findings)
        rows.append(_Row(pk, category or "", submitted_at is not None, mine, is_eligible))
    return rows


def _screened(call: Call) -> dict[int, bool]:
    """The last decision of the office on each application."""
    rows = Screening.objects.filter(application__call=call).order_by("id")
    return dict(rows.values_list("application_id", "is_passed"))


def filtered(
    cells: Iterable[Cell], *, search: str = "", district: str = "", category: str = "", short: bool = False
) -> list[Cell]:
    """The cells that a filter leaves; ``search`` is folded like the search keys of tambons."""
    return [
        cell
        for cell in cells
        if (not search or search in cell.tambon.tambon.search_key)
        and (not district or cell.tambon.tambon.district_id == district)
        and (not category or cell.category.code == category)
        and (not short or cell.state in ("short", "together"))
    ]


_WORST = ("short", "together", "ok", "none")


def tiles(cells: Sequence[Cell], url: str) -> list[charts.Province]:
    """One tile a tambon: the worst state of its categories, and how many of its slots can be filled."""

    def tile(tambon: RoundTambon, mine: list[Cell]) -> charts.Tile:
        worst = min((cell.state for cell in mine), key=_WORST.index)
        mark, text = STATES[worst]
        return charts.Tile(
            tambon.tambon.name,
            f"{url}?q={tambon.tambon_id}",
            mark,
            str(text),
            sum(cell.fillable for cell in mine),
            sum(cell.slots for cell in mine),
        )

    provinces = []
    for province, in_province in groupby(cells, key=lambda cell: cell.tambon.tambon.district.province):
        districts = []
        for district, in_district in groupby(in_province, key=lambda cell: cell.tambon.tambon.district):
            by_tambon = groupby(in_district, key=lambda cell: cell.tambon)
            districts.append(charts.District(district.name, [tile(t, list(mine)) for t, mine in by_tambon]))
        provinces.append(charts.Province(province.name, districts))
    return provinces
