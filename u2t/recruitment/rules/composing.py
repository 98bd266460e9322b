"""What a call may say, whether it is fit to be published, and what may still change afterwards.

Applicants rely on a call from the moment it opens: from then on nothing may change to their harm. Scores are
thousandths of a point, slots are keyed by ``(tambon code, category code)``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from u2t.objections import Objection
from u2t.recruitment.rules import eligibility

Slots = Mapping[tuple[str, str], int]

CRITERIA_OF_PRIORITY = ("score", "residence", "lottery")
CHOICES_AT_MOST = 10
GRACE_AT_MOST = 24 * 60
DAYS_AT_MOST = 3_650
SLOTS_AT_MOST = 999
FULL_SCORE = 100_000
AREAS = ("tambon", "district", "province")
SEED_AT_MOST = 64
# What each kind of rule needs to be told, with the least and the most of whole numbers.
VALUES: dict[str, dict[str, tuple[int, int] | tuple[str, ...]]] = {
    "min_age": {"years": (1, 100)},
    "max_age": {"years": (1, 100)},
    "degree_at_least": {"level": eligibility.LEVELS},
    "degree_at_most": {"level": eligibility.LEVELS},
    "degree_within": {"years": (1, 60)},
    "student_year": {"from": (1, 9), "until": (1, 9)},
    "lives_in": {"area": AREAS},
}

# What a rule begins with when it is added.
BEGINNING: dict[str, dict[str, object]] = {
    "min_age": {"years": 18},
    "max_age": {"years": 60},
    "degree_at_least": {"level": "bachelor"},
    "degree_at_most": {"level": "bachelor"},
    "degree_within": {"years": 3},
    "student_year": {"from": 3, "until": 4},
    "lives_in": {"area": "province"},
}


class RuleRow(NamedTuple):
    """A rule as it is typed; an empty category means every one."""

    kind: str
    values: Mapping[str, object] = {}
    category: str = ""
    valid_from: date | None = None
    valid_until: date | None = None


class DocumentRow(NamedTuple):
    """A paper that is asked for; an empty category means every one."""

    kind: str
    category: str = ""
    is_required: bool = True


class CriterionRow(NamedTuple):
    """A criterion of scoring: points from 0, weighed in whole percent."""

    name_th: str
    name_en: str
    max_points: int
    weight: int


class MilestoneRow(NamedTuple):
    """A line of the timetable beside the call's own moments."""

    name_th: str
    name_en: str
    begins_on: date
    ends_on: date | None = None
    place_th: str = ""


@dataclass(frozen=True)
class Words:
    """What a call says in single values; ``None`` is not decided yet."""

    name_th: str
    opens_at: datetime
    closes_at: datetime
    grace_minutes: int = 0
    max_choices: int = 3
    results_on: date | None = None
    interviews_from: date | None = None
    interviews_until: date | None = None
    interviewers_needed: int = 2
    spread_limit: int = 20
    pass_mark: int | None = None
    priority: Sequence[str] = CRITERIA_OF_PRIORITY
    names_announced: bool | None = None
    accept_days: int = 3
    reserve_days: int = 2
    appeal_days: int = 7
    consent_th: str = ""
    retention_days: int = 180


@dataclass(frozen=True)
class Whole:
    """A call with all its parts, as far as publishing asks."""

    words: Words
    slots: Slots = field(default_factory=dict)
    rules: Sequence[RuleRow] = ()
    documents: Sequence[DocumentRow] = ()
    criteria: Sequence[CriterionRow] = ()
    round_is_announced: bool = True


_BOUNDS = {
    "grace_minutes": (0, GRACE_AT_MOST),
    "max_choices": (1, CHOICES_AT_MOST),
    "interviewers_needed": (1, 9),
    "spread_limit": (0, 100),
    "accept_days": (1, 60),
    "reserve_days": (1, 60),
    "appeal_days": (0, 60),
    "retention_days": (1, DAYS_AT_MOST),
}


def word_objections(said: Words) -> list[Objection]:
    """What is wrong with the single values."""
    found = []
    if not said.name_th.strip():
        found.append(_no("name_missing", "name_th"))
    if said.closes_at <= said.opens_at:
        found.append(_no("closes_before_it_opens", "closes_at"))
    for name, (least, most) in _BOUNDS.items():
        number = getattr(said, name)
        if not least <= number <= most:
            found.append(_no("number_out_of_range", name, number=number, least=least, most=most))
    if said.pass_mark is not None and not 0 <= said.pass_mark <= FULL_SCORE:
        found.append(_no("pass_mark_out_of_range", "pass_mark"))
    if (said.interviews_from is None) != (said.interviews_until is None):
        found.append(_no("interviews_half", "interviews_until"))
    elif said.interviews_from and said.interviews_until and said.interviews_until < said.interviews_from:
        found.append(_no("interviews_backwards", "interviews_until"))
    if said.results_on and said.results_on < said.closes_at.date():
        found.append(_no("results_before_closing", "results_on"))
    return found + priority_objections(said.priority)


def priority_objections(order: Sequence[str]) -> list[Objection]:
    """Each criterion at most once, the lottery always last: without it two applicants might be equal."""
    is_whole = set(order) <= set(CRITERIA_OF_PRIORITY) and len(set(order)) == len(order)
    return [] if is_whole and order and order[-1] == "lottery" else [_no("priority_malformed", "priority")]


def slot_objections(slots: Slots, tambons: Iterable[str], categories: Iterable[str]) -> list[Objection]:
    """Slots outside the round, or too many of them."""
    places, kinds = set(tambons), set(categories)
    found = []
    for (tambon, category), number in slots.items():
        if tambon not in places:
            found.append(_no("tambon_not_in_round", tambon=tambon))
        if category not in kinds:
            found.append(_no("category_unknown", category=category))
        if not 0 <= number <= SLOTS_AT_MOST:
            found.append(
                _no("slots_out_of_range", f"slots-{tambon}-{category}", tambon=tambon, most=SLOTS_AT_MOST)
            )
    return found


def rule_objections(rows: Sequence[RuleRow], categories: Iterable[str]) -> list[Objection]:
    """Unknown kinds and categories, values that are missing or out of range, and the same rule twice."""
    kinds, found = {"", *categories}, []
    for line, row in enumerate(rows, start=1):
        if row.kind not in eligibility.KINDS:
            found.append(_no("rule_unknown", kind=row.kind))
            continue
        if row.category not in kinds:
            found.append(_no("category_unknown", category=row.category))
        if row.valid_from and row.valid_until and row.valid_until < row.valid_from:
            found.append(_no("rule_dates_backwards", line=line))
        found += [
            _no("rule_value_wrong", line=line)
            for name, allowed in VALUES.get(row.kind, {}).items()
            if not _fits(row.values.get(name), allowed)
        ]
        if row.kind == "student_year" and not found and _whole(row, "until") < _whole(row, "from"):
            found.append(_no("rule_value_wrong", line=line))
    twice = Counter((row.kind, row.category) for row in rows if row.valid_from is row.valid_until is None)
    return found + [
        _no("rule_twice", line=next(i for i, r in enumerate(rows, 1) if (r.kind, r.category) == key))
        for key, count in twice.items()
        if count > 1
    ]


def _whole(row: RuleRow, name: str) -> int:
    return int(str(row.values[name]))


def _fits(value: object, allowed: tuple[int, int] | tuple[str, ...]) -> bool:
    least = allowed[0]
    if isinstance(least, int):
        most = allowed[1]
        assert isinstance(most, int)
        return isinstance(value, int) and not isinstance(value, bool) and least <= value <= most
    return value in allowed


def document_objections(
    rows: Sequence[DocumentRow], kinds: Iterable[str], categories: Iterable[str]
) -> list[Objection]:
    """Unknown kinds and categories, and the same paper asked for twice."""
    known, named, found = set(kinds), {"", *categories}, []
    for row in rows:
        if row.kind not in known:
            found.append(_no("document_unknown", kind=row.kind))
        if row.category not in named:
            found.append(_no("category_unknown", category=row.category))
    counts = Counter((row.kind, row.category) for row in rows)
    return found + [_no("document_twice", kind=kind) for (kind, _), count in counts.items() if count > 1]


def criterion_objections(rows: Sequence[CriterionRow]) -> list[Objection]:
    """Criteria without a name or points, and weights that are not a hundred together."""
    found = []
    for line, row in enumerate(rows, start=1):
        if not row.name_th.strip():
            found.append(_no("criterion_unnamed", line=line))
        if not 1 <= row.max_points <= 1_000:
            found.append(_no("criterion_points", line=line))
        if not 1 <= row.weight <= 100:
            found.append(_no("criterion_weight", line=line))
    total = sum(row.weight for row in rows)
    return found + ([_no("weights_not_100", total=total)] if rows and total != 100 else [])


def milestone_objections(rows: Sequence[MilestoneRow]) -> list[Objection]:
    """Lines without a name, and those that end before they begin."""
    found = []
    for line, row in enumerate(rows, start=1):
        if not row.name_th.strip():
            found.append(_no("milestone_unnamed", line=line))
        if row.ends_on and row.ends_on < row.begins_on:
            found.append(_no("milestone_backwards", line=line))
    return found


def publish_objections(call: Whole, now: datetime) -> list[Objection]:
    """Everything that a draft still lacks."""
    said = call.words
    found = word_objections(said)
    if said.closes_at <= now:
        found.append(_no("closes_in_the_past", "closes_at"))
    if not sum(call.slots.values()):
        found.append(_no("no_slots"))
    if not call.criteria:
        found.append(_no("no_criteria"))
    if not call.rules:
        found.append(_no("no_rules"))
    if not said.consent_th.strip():
        found.append(_no("no_consent_text", "consent_th"))
    if said.names_announced is None:
        found.append(_no("names_undecided", "names_announced"))
    if not call.round_is_announced:
        found.append(_no("round_not_announced"))
    return found + criterion_objections(call.criteria)


def _no(reason: str, field: str = "", **about: object) -> Objection:
    return Objection(f"recruitment.call_{reason}", about, field)
