"""Placement rules as data: read, judged before anybody is placed by them, taken apart to see what each part costs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields

from u2t.matching import ORDERS, Rule
from u2t.objections import Objection, refuse_if


def rule_of(given: Mapping[str, object], *, leaders_per_tambon: int) -> Rule:
    """The round's placement rule; what it leaves out has the engine's default.

    JSON in: lists for tuples, ``[[skill, number], …]`` for the numbers by skill, ``null`` for no farthest way.
    Raises :class:`~u2t.objections.Refused` with one objection for each value that is not what the rule expects.
    """
    expected = {field.name: getattr(Rule(), field.name) for field in fields(Rule)}
    known = {name: value for name, value in given.items() if name in expected}
    wrong = [name for name in given if name not in expected]
    wrong += [name for name, value in known.items() if not _fits(name, value, expected[name])]
    refuse_if(Objection("placement.rule_unreadable", {"name": name}) for name in wrong)
    values = {name: _frozen(value) for name, value in known.items()}
    return Rule(**values | {"leaders_per_tambon": leaders_per_tambon})  # type: ignore[arg-type]


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
