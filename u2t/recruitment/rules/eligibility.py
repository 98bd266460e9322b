"""Which rules of a call an applicant meets, on what evidence. A rule is data; this module knows the kinds.

A finding is *met*, *unmet* or *unknown*: what nobody has written yet is neither.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

LEVELS = ("primary", "lower_secondary", "upper_secondary", "diploma", "bachelor", "master", "doctorate")


@dataclass(frozen=True)
class Rule:
    """One rule of a call; ``key`` names it, an empty ``category`` means every one.

    ``values`` by kind: ``min_age``/``max_age`` {"years"}, ``degree_at_least``/``degree_at_most`` {"level"},
    ``degree_within`` {"years"}, ``student_year`` {"from", "until"}, ``lives_in`` {"area": "tambon" | "district" |
    "province"}; the others need none.
    """

    key: int
    kind: str
    values: Mapping[str, object] = field(default_factory=dict)
    category: str = ""
    valid_from: date | None = None
    valid_until: date | None = None

    def is_valid_on(self, day: date) -> bool:
        """Whether the rule counts on ``day``, both ends included."""
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_until is None or day <= self.valid_until
        )


@dataclass(frozen=True)
class Facts:
    """What an application says; ``None`` or an empty text is unknown.

    ``home`` is the DOPA code of the registered tambon, ``choices`` those of the ranked ones. ``day`` is the one
    that rules are asked for: the day on which applications close.
    """

    day: date
    category: str = ""
    birth_on: date | None = None
    level: str = ""
    graduated_on: date | None = None
    student_year: int | None = None
    is_own_student: bool | None = None
    is_employed: bool | None = None
    has_state_hire: bool | None = None
    home: str = ""
    choices: tuple[str, ...] = ()
    papers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Finding:
    """A rule and what was found: ``is_met`` is None where the evidence is missing.

    ``evidence`` holds what was looked at, by name; ``needed`` what would be enough.
    """

    rule: Rule
    is_met: bool | None
    evidence: Mapping[str, object] = field(default_factory=dict)
    needed: Mapping[str, object] = field(default_factory=dict)


def findings(rules: Iterable[Rule], facts: Facts) -> list[Finding]:
    """The rules that concern this applicant on this day, in order, each with what was found."""
    return [
        _KINDS[rule.kind](rule, facts)
        for rule in rules
        if rule.category in ("", facts.category) and rule.is_valid_on(facts.day)
    ]


def whole_years(since: date, day: date) -> int:
    """Birthdays passed between two days; somebody born on 29 February has theirs on 1 March in other years."""
    return day.year - since.year - ((day.month, day.day) < (since.month, since.day))


def years_later(day: date, years: int) -> date:
    """The same day ``years`` later; 29 February becomes 28 February where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def _whole(rule: Rule, name: str) -> int:
    return int(str(rule.values[name]))


def _min_age(rule: Rule, facts: Facts) -> Finding:
    years = _whole(rule, "years")
    if facts.birth_on is None:
        return Finding(rule, None, {}, {"years": years})
    age = whole_years(facts.birth_on, facts.day)
    return Finding(rule, age >= years, {"birth_on": facts.birth_on, "age": age}, {"years": years})


def _max_age(rule: Rule, facts: Facts) -> Finding:
    years = _whole(rule, "years")
    if facts.birth_on is None:
        return Finding(rule, None, {}, {"years": years})
    age = whole_years(facts.birth_on, facts.day)
    return Finding(rule, age <= years, {"birth_on": facts.birth_on, "age": age}, {"years": years})


def _denied(name: str) -> Callable[[Rule, Facts], Finding]:
    """A rule that is met where the applicant says no."""

    def found(rule: Rule, facts: Facts) -> Finding:
        said = getattr(facts, name)
        return Finding(rule, None if said is None else not said, {} if said is None else {name: said})

    return found


def _own_student(rule: Rule, facts: Facts) -> Finding:
    said = facts.is_own_student
    return Finding(rule, said, {} if said is None else {"is_own_student": said})


def _degree_at_least(rule: Rule, facts: Facts) -> Finding:
    level = str(rule.values["level"])
    if not facts.level:
        return Finding(rule, None, {}, {"level": level})
    met = LEVELS.index(facts.level) >= LEVELS.index(level)
    return Finding(rule, met, {"level": facts.level}, {"level": level})


def _degree_at_most(rule: Rule, facts: Facts) -> Finding:
    level = str(rule.values["level"])
    if not facts.level:
        return Finding(rule, None, {}, {"level": level})
    met = LEVELS.index(facts.level) <= LEVELS.index(level)
    return Finding(rule, met, {"level": facts.level}, {"level": level})


def _degree_within(rule: Rule, facts: Facts) -> Finding:
    years = _whole(rule, "years")
    earliest = years_later(facts.day, -years)
    needed = {"years": years, "earliest": earliest, "latest": facts.day}
    if facts.graduated_on is None:
        return Finding(rule, None, {}, needed)
    met = earliest <= facts.graduated_on <= facts.day
    return Finding(rule, met, {"graduated_on": facts.graduated_on}, needed)


def _student_year(rule: Rule, facts: Facts) -> Finding:
    first, last = _whole(rule, "from"), _whole(rule, "until")
    needed = {"from": first, "until": last}
    if facts.student_year is None:
        return Finding(rule, None, {}, needed)
    return Finding(rule, first <= facts.student_year <= last, {"student_year": facts.student_year}, needed)


_PREFIX = {"tambon": 6, "district": 4, "province": 2}


def _lives_in(rule: Rule, facts: Facts) -> Finding:
    """The registered home lies in the area of at least one of the chosen tambons."""
    area = str(rule.values["area"])
    if not facts.home or not facts.choices:
        return Finding(rule, None, {}, {"area": area})
    length = _PREFIX[area]
    met = any(facts.home[:length] == choice[:length] for choice in facts.choices)
    return Finding(rule, met, {"home": facts.home}, {"area": area})


_KINDS: dict[str, Callable[[Rule, Facts], Finding]] = {
    "min_age": _min_age,
    "max_age": _max_age,
    "not_employed": _denied("is_employed"),
    "no_state_hire": _denied("has_state_hire"),
    "degree_at_least": _degree_at_least,
    "degree_at_most": _degree_at_most,
    "degree_within": _degree_within,
    "student_year": _student_year,
    "own_student": _own_student,
    "lives_in": _lives_in,
}
KINDS = tuple(_KINDS)


def residence(home: str, tambon: str) -> int:
    """The residence class of a home for a tambon by DOPA codes: 0 tambon, 1 district, 2 province, 3 elsewhere."""
    if not home:
        return 3
    return next((place for place, n in enumerate((6, 4, 2)) if home[:n] == tambon[:n]), 3)
