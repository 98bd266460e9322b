"""The steps of an application, what each holds, what is still missing, and the digest of what was submitted: pure."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime

from u2t.objections import Objection
from u2t.recruitment.rules.eligibility import Finding

# In the order in which they are asked for; the last one asks nothing, it shows everything.
STEPS = ("person", "addresses", "education", "work", "choice", "papers", "check")

FIELDS: Mapping[str, tuple[str, ...]] = {
    "person": ("title", "given_name", "surname", "citizen_id", "birth_on", "telephone", "email", "military"),
    "addresses": (
        "present_house",
        "present_tambon",
        "present_postcode",
        "registered_house",
        "registered_tambon",
        "registered_postcode",
    ),
    "education": (
        "level",
        "degree",
        "major",
        "institute",
        "graduated_on",
        "grade",
        "student_year",
        "is_own_student",
    ),
    "work": ("is_employed", "has_state_hire", "skills", "talents", "experiences"),
    "choice": ("category", "choices"),
    "papers": (),
    "check": (),
}

STEP_OF = {field: step for step, fields in FIELDS.items() for field in fields} | {"papers": "papers"}

REQUIRED = (
    "title",
    "given_name",
    "surname",
    "citizen_id",
    "birth_on",
    "telephone",
    "present_house",
    "present_tambon",
    "registered_house",
    "registered_tambon",
    "level",
    "category",
    "choices",
)

# What must be answered before a rule of this kind can be found met or unmet.
_ASKED_BY = {
    "min_age": "birth_on",
    "max_age": "birth_on",
    "not_employed": "is_employed",
    "no_state_hire": "has_state_hire",
    "degree_at_least": "level",
    "degree_at_most": "level",
    "degree_within": "graduated_on",
    "student_year": "student_year",
    "own_student": "is_own_student",
    "lives_in": "registered_tambon",
}


def missing(written: Collection[str], findings: Iterable[Finding]) -> list[Objection]:
    """What must still be written before the application may be submitted, in the order of the steps.

    ``written`` names the fields that hold something. A rule whose evidence is missing asks for it; an unmet rule
    asks for nothing, since the office may decide otherwise.
    """
    wanted = set(REQUIRED) | {_ASKED_BY[found.rule.kind] for found in findings if found.is_met is None}
    return [
        Objection(f"recruitment.missing_{field}", {}, field)
        for fields in FIELDS.values()
        for field in fields
        if field in wanted and field not in written
    ]


def against_ranking(ranked: Sequence[str], offered: Collection[str], most: int) -> list[Objection]:
    """What stands against these tambons (DOPA codes) in this order: doubles, strangers to the call, too many."""
    found = []
    for code in dict.fromkeys(ranked):
        if ranked.count(code) > 1:
            found.append(Objection("recruitment.choice_twice", {"code": code}, "choices"))
        if code not in offered:
            found.append(Objection("recruitment.choice_outside", {"code": code}, "choices"))
    if len(set(ranked)) > most:
        found.append(Objection("recruitment.choices_too_many", {"most": most}, "choices"))
    return found


def moved(ranked: Sequence[str], what: str) -> list[str]:
    """The ranking after ``add:CODE``, ``up:CODE``, ``down:CODE`` or ``remove:CODE``; anything else changes nothing."""
    verb, _, code = what.partition(":")
    order = list(ranked)
    if verb == "add" and code and code not in order:
        return [*order, code]
    if code not in order:
        return order
    place = order.index(code)
    if verb == "remove":
        return order[:place] + order[place + 1 :]
    if verb in ("up", "down"):
        other = min(max(place + (-1 if verb == "up" else 1), 0), len(order) - 1)
        order[place], order[other] = order[other], order[place]
    return order


def digest(content: Mapping[str, object]) -> str:
    """The SHA-256 of plain values in canonical JSON: sorted keys, no blanks, UTF-8, days as ISO text."""
    text = json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain)
    return hashlib.sha256(text.encode()).hexdigest()


def against_birthday(birth_on: date, day: date) -> list[Objection]:
    """A date of birth that nobody who applies on ``day`` has: tomorrow, last year, or a hundred years ago."""
    if birth_on > day or not 10 <= day.year - birth_on.year <= 100:
        return [Objection("recruitment.birthday_odd", {"year": birth_on.year + 543}, "birth_on")]
    return []


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no canonical form")
