"""Placement rules as data: read, judged before anybody is placed by them, taken apart to see what each part costs."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, fields, replace

from u2t.matching import ORDERS, Rule
from u2t.objections import Objection, refuse_if


def rule_of(given: Mapping[str, object], *, leaders_per_tambon: int) -> Rule:
    """The round's placement rule; what it leaves out has the engine's default.

    JSON in: lists for tuples, ``[[skill, number], …]`` for the numbers by skill, ``null`` for no farthest way.
    Raises :class:`~u2t.objections.Refused` with one objection for each value that is not what the rule expects.
    """
    refuse_if(unreadable(given))
    values = {name: _frozen(value) for name, value in given.items()}
    return Rule(**values | {"leaders_per_tambon": leaders_per_tambon})  # type: ignore[arg-type]


def unreadable(given: Mapping[str, object]) -> list[Objection]:
    """One objection for each value that :func:`rule_of` would not read: what must never be stored."""
    expected = {field.name: getattr(Rule(), field.name) for field in fields(Rule)}
    wrong = [name for name in given if name not in expected]
    wrong += [n for n, value in given.items() if n in expected and not _fits(n, value, expected[n])]
    return [Objection("placement.rule_unreadable", {"name": name}) for name in wrong]


def _frozen(value: object) -> object:
    return tuple(_frozen(part) for part in value) if isinstance(value, list | tuple) else value


def _fits(name: str, value: object, usual: object) -> bool:
    if name == "order":
        return value in ORDERS
    if name in ("need_weight", "skill_floor"):
        return _are_by_skill(value)
    if isinstance(usual, bool):
        return isinstance(value, bool)
    if isinstance(usual, tuple):
        if not isinstance(value, list | tuple) or not all(_is_cost(number) for number in value):
            return False
        return len(value) == len(usual) or name == "distance_bands"
    return _is_cost(value) or (value is None and name == "max_km")


def _are_by_skill(value: object) -> bool:
    if not isinstance(value, list | tuple):
        return False
    pairs = [tuple(pair) for pair in value if isinstance(pair, list | tuple) and len(pair) == 2]
    sound = all(isinstance(skill, str) and _is_cost(number) for skill, number in pairs)
    return sound and len({skill for skill, _ in pairs}) == len(value)


def _is_cost(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 1_000_000


def policy_json(rule: Rule) -> dict[str, object]:
    """The rule as a policy stores it, every number but how many lecturers lead a tambon, which is the round's to say."""
    written = asdict(rule)
    del written["leaders_per_tambon"]
    # As it comes back from the database: lists where the engine has tuples.
    return dict(json.loads(json.dumps(written)))


def rule_objections(rule: Rule, *, slots: int) -> list[Objection]:
    """What makes a rule senseless whoever is placed by it; ``slots`` are those of one tambon.

    ``field`` names the number as the form does: ``floor-CODE`` for the least number of people with a skill.
    """
    found = []
    if rule.order == "weighted" and not rule.score_weight:
        found.append(Objection("placement.score_weight_missing", field="score_weight"))
    if rule.order != "weighted" and rule.score_weight:
        found.append(Objection("placement.score_weight_unused", field="score_weight"))
    if rule.max_km == 0:
        found.append(Objection("placement.max_km_zero", field="max_km"))
    if rule.wish_unlisted < rule.wish_step:
        about = {"step": rule.wish_step, "unlisted": rule.wish_unlisted}
        found.append(Objection("placement.unlisted_below_wishes", about, "wish_unlisted"))
    for name in ("tier_penalty", "assumed_km"):
        known = getattr(rule, name)[:4]
        if list(known) != sorted(known):
            found.append(Objection(f"placement.{name}_falls", field=f"{name}-district"))
    for skill, least in rule.skill_floor:
        if least > slots:
            short: dict[str, object] = {"skill": skill, "least": least, "slots": slots}
            found.append(Objection("placement.floor_above_slots", short, f"floor-{skill}"))
    return found


def parts_of(rule: Rule) -> tuple[str, ...]:
    """Names of the floors, limits and weights that the rule sets: what can be left out to see what it costs."""
    in_force = {
        "max_km": rule.max_km is not None,
        **{f"skill_floor:{skill}": least > 0 for skill, least in rule.skill_floor},
        "order": rule.order != "inconvenience",
        "wishes": rule.wish_unlisted > 0,
        "tiers": any(rule.tier_penalty),
        "need_missing": rule.need_missing > 0 or any(number for _, number in rule.need_weight),
        "office_need_missing": rule.office_need_missing > 0,
        "uncovered_dimension": rule.uncovered_dimension > 0,
    }
    return tuple(part for part, is_set in in_force.items() if is_set)


def without(rule: Rule, part: str) -> Rule:
    """The rule with one of its :func:`parts_of` left out, everything else as it was."""
    kind, _, skill = part.partition(":")
    left: dict[str, dict[str, object]] = {
        "max_km": {"max_km": None},
        "skill_floor": {"skill_floor": tuple(one for one in rule.skill_floor if one[0] != skill)},
        "order": {"order": "inconvenience", "score_weight": 0},
        "wishes": {"wish_step": 0, "wish_unlisted": 0},
        "tiers": {"tier_penalty": (0, 0, 0, 0, 0)},
        "need_missing": {"need_missing": 0, "need_weight": ()},
        "office_need_missing": {"office_need_missing": 0},
        "uncovered_dimension": {"uncovered_dimension": 0},
    }
    return replace(rule, **left[kind])  # type: ignore[arg-type]
