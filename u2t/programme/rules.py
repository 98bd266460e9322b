"""What a round may be: pure, so that a form, a command and a test ask the same.

A *quota* is how many slots each tambon has of a category in a workstream; the matrix of quotas is keyed by
``(category code, workstream code)``. A missing cell has no slots.
"""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from u2t.objections import Objection

Cell = tuple[str, str]
Quotas = Mapping[Cell, int]

MONTHS_AT_MOST = 60
SLOTS_A_CELL_AT_MOST = 999
LEADERS_AT_MOST = 9
CODE = re.compile(r"(?=.*\d)[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*")
PART_CODE = re.compile(r"[a-z0-9]+(?:[-_][a-z0-9]+)*")


class CategoryRow(NamedTuple):
    """A category as it is typed; the rate is integer satang a month."""

    code: str
    name_th: str
    name_en: str
    monthly_rate_satang: int


class WorkstreamRow(NamedTuple):
    """A workstream as it is typed; ``to_office`` marks people who work at a data agency."""

    code: str
    name_th: str
    name_en: str
    to_office: bool


class TopicRow(NamedTuple):
    """A dimension of development or a skill; ``for_office`` matters for skills only."""

    code: str
    name_th: str
    name_en: str
    for_office: bool = False


@dataclass(frozen=True)
class Calendar:
    """When a round takes place."""

    starts_on: date
    months: int
    orientation_from: date | None = None
    orientation_until: date | None = None


def last_day(starts_on: date, months: int) -> date:
    """The last day of work: eleven months from 1 February end on 31 December."""
    index = starts_on.month - 1 + months
    year, month = starts_on.year + index // 12, index % 12 + 1
    day = min(starts_on.day, calendar.monthrange(year, month)[1])
    return date(year, month, day) - timedelta(days=1)


def slots_a_tambon(quotas: Quotas) -> int:
    """All slots that one tambon has."""
    return sum(quotas.values())


def slots_by_category(quotas: Quotas) -> dict[str, int]:
    """Slots of one tambon by category code."""
    return _summed(quotas, 0)


def slots_by_workstream(quotas: Quotas) -> dict[str, int]:
    """Slots of one tambon by workstream code."""
    return _summed(quotas, 1)


def _summed(quotas: Quotas, part: int) -> dict[str, int]:
    sums: Counter[str] = Counter()
    for cell, number in quotas.items():
        sums[cell[part]] += number
    return dict(sums)


def calendar_objections(given: Calendar) -> list[Objection]:
    """What is wrong with the dates."""
    found = []
    if not 1 <= given.months <= MONTHS_AT_MOST:
        found.append(
            Objection(
                "programme.months_out_of_range", {"months": given.months, "most": MONTHS_AT_MOST}, "months"
            )
        )
    begins, ends = given.orientation_from, given.orientation_until
    if (begins is None) != (ends is None):
        field = "orientation_from" if begins is None else "orientation_until"
        found.append(Objection("programme.orientation_half", {}, field))
    elif begins is not None and ends is not None and begins > ends:
        found.append(Objection("programme.orientation_backwards", {}, "orientation_until"))
    return found


def naming_objections(code: str, name_th: str, leaders_per_tambon: int) -> list[Objection]:
    """What is wrong with the code, the name and the number of lecturers a tambon."""
    found = []
    if len(code) > 40 or not CODE.fullmatch(code):
        found.append(Objection("programme.code_malformed", {"code": code}, "code"))
    if not name_th.strip():
        found.append(Objection("programme.name_missing", {}, "name_th"))
    if not 0 <= leaders_per_tambon <= LEADERS_AT_MOST:
        found.append(
            Objection("programme.leaders_out_of_range", {"most": LEADERS_AT_MOST}, "leaders_per_tambon")
        )
    return found


def matrix_objections(
    categories: Sequence[CategoryRow], workstreams: Sequence[WorkstreamRow], quotas: Quotas
) -> list[Objection]:
    """What is wrong with categories, workstreams and the quotas between them."""
    found = [
        *_code_objections("category", [c.code for c in categories]),
        *_code_objections("workstream", [w.code for w in workstreams]),
    ]
    rows: list[CategoryRow | WorkstreamRow] = [*categories, *workstreams]
    found += [Objection("programme.part_unnamed", {"code": row.code}) for row in rows if not row.name_th]
    found += [
        Objection("programme.rate_negative", {"category": row.name_th or row.code})
        for row in categories
        if row.monthly_rate_satang < 0
    ]
    known = {(c.code, w.code) for c in categories for w in workstreams}
    return found + quota_objections(quotas, known)


def _code_objections(what: str, codes: list[str]) -> list[Objection]:
    if not codes:
        return [Objection(f"programme.no_{what}")]
    twice = [code for code, count in Counter(codes).items() if count > 1]
    odd = [code for code in codes if len(code) > 20 or not PART_CODE.fullmatch(code)]
    return [
        *(Objection(f"programme.{what}_twice", {"code": code}) for code in twice),
        *(Objection("programme.part_code_malformed", {"code": code}) for code in odd),
    ]


def topic_objections(rows: Sequence[TopicRow], field: str) -> list[Objection]:
    """What is wrong with dimensions or skills."""
    codes = [row.code for row in rows]
    twice = [code for code, count in Counter(codes).items() if count > 1]
    return [
        *(Objection("programme.topic_twice", {"code": code}, field) for code in twice),
        *(
            Objection("programme.part_code_malformed", {"code": code}, field)
            for code in codes
            if len(code) > 30 or not PART_CODE.fullmatch(code)
        ),
        *(Objection("programme.part_unnamed", {"code": r.code}, field) for r in rows if not r.name_th),
    ]


def quota_objections(quotas: Quotas, known: Iterable[Cell]) -> list[Objection]:
    """What is wrong with the numbers of slots, where only the ``known`` cells exist."""
    cells = set(known)
    found = []
    for (category, workstream), number in quotas.items():
        about = {
            "category": category,
            "workstream": workstream,
            "number": number,
            "most": SLOTS_A_CELL_AT_MOST,
        }
        if (category, workstream) not in cells:
            found.append(Objection("programme.quota_unknown", about))
        elif not 0 <= number <= SLOTS_A_CELL_AT_MOST:
            found.append(Objection("programme.quota_out_of_range", about))
    if not any(number > 0 for number in quotas.values()):
        found.append(Objection("programme.no_slots"))
    return found


def lowering_objections(now: Quotas, wanted: Quotas) -> list[Objection]:
    """The cells that ``wanted`` makes smaller: refused once people were hired on the strength of ``now``."""
    return [
        Objection(
            "programme.quota_lowered",
            {"category": cell[0], "workstream": cell[1], "now": number, "wanted": wanted.get(cell, 0)},
        )
        for cell, number in now.items()
        if wanted.get(cell, 0) < number
    ]
