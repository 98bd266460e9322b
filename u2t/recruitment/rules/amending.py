"""What may still change in a call on which applicants already rely: nothing to their harm.

Every function compares what stands with what is wanted and answers the objections.
"""

from __future__ import annotations

from collections.abc import Sequence

from u2t.objections import Objection
from u2t.recruitment.rules.composing import CriterionRow, DocumentRow, RuleRow, Slots, Words

_FIXED = ("priority", "names_announced", "consent_th", "pass_mark", "interviewers_needed", "spread_limit")
_NOT_LESS = ("grace_minutes", "max_choices", "accept_days", "reserve_days", "appeal_days")


def word_objections(now: Words, wanted: Words) -> list[Objection]:
    """Closing may move later, never earlier; periods may grow; what decides who wins is fixed."""
    found = [] if wanted.closes_at >= now.closes_at else [_no("closes_earlier", "closes_at")]
    if wanted.opens_at != now.opens_at:
        found.append(_no("opened_already", "opens_at"))
    found += [_no("shortened", name) for name in _NOT_LESS if getattr(wanted, name) < getattr(now, name)]
    found += [_no("is_fixed", name) for name in _FIXED if _value(now, name) != _value(wanted, name)]
    if wanted.retention_days > now.retention_days:
        found.append(_no("kept_longer", "retention_days"))
    return found


def _value(said: Words, name: str) -> object:
    value = getattr(said, name)
    return tuple(value) if name == "priority" else value


def slot_objections(now: Slots, wanted: Slots) -> list[Objection]:
    """Slots may grow, not shrink."""
    lowered = [cell for cell, number in now.items() if wanted.get(cell, 0) < number]
    return [_no("fewer_slots", f"slots-{cell[0]}-{cell[1]}", tambon=cell[0]) for cell in lowered]


def rule_objections(now: Sequence[RuleRow], wanted: Sequence[RuleRow]) -> list[Objection]:
    """A rule may be taken away, none may be added or changed."""
    return [] if all(row in now for row in wanted) else [_no("rules_are_fixed")]


def document_objections(now: Sequence[DocumentRow], wanted: Sequence[DocumentRow]) -> list[Objection]:
    """A paper may be taken away or become optional; no further one may be required."""
    required = {(row.kind, row.category) for row in now if row.is_required}
    more = [row for row in wanted if row.is_required and (row.kind, row.category) not in required]
    return [_no("more_documents")] if more else []


def criterion_objections(now: Sequence[CriterionRow], wanted: Sequence[CriterionRow]) -> list[Objection]:
    """What is scored and how it is weighed stays; names may be put right."""
    same = [(r.max_points, r.weight) for r in now] == [(r.max_points, r.weight) for r in wanted]
    return [] if same else [_no("criteria_are_fixed")]


def _no(reason: str, field: str = "", **about: object) -> Objection:
    return Objection(f"recruitment.call_{reason}", about, field)
