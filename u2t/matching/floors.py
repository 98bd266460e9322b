"""People with wanted skills in every tambon: the one rule that couples the categories.

The seats without this rule come first; if they happen to keep it, they are the answer. Else a linear program over
people and seats prices each missing skill, growing arc by arc; its optimum is nearly always that of whole people, who
are then looked for among the arcs that such a price leaves worth while. With the prices of the skills taken off, each
category is a plain assignment again and is proved as every other.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from u2t.matching.flow import cheapest_assignment
from u2t.matching.lacking import Choice, Market, Skill, choose
from u2t.matching.people import Category, Seating
from u2t.matching.prices import NEVER, Block, Ints, canonical_prices, lottery_choice
from u2t.matching.problem import Problem
from u2t.objections import Objection, Refused

SCALES = (1, 720)
"""Prices are whole numbers first, and of 1/720 (all divisors up to ten, but seven) where those prove too little."""


@dataclass(frozen=True)
class Floored:
    """Seats of every category, prices in 1/``scale``, and how much the proof leaves open."""

    seatings: tuple[Seating, ...]
    scale: int = 1
    skill_prices: tuple[tuple[str, str, int], ...] = ()
    gap: int = 0


def hold_floors(problem: Problem, categories: Sequence[Category], seatings: Sequence[Seating]) -> Floored:
    """The best seats that keep the skill floor; those given if they do.

    Raises :class:`u2t.objections.Refused` if no plan that fills as many seats can keep it. Between equally good
    plans the lottery decides only among people of one category who bring the same of the wanted skills.
    """
    wanted = _wanted(problem)
    if not wanted:
        return Floored(tuple(seatings))
    market = Market.of(categories, seatings, wanted)
    if market.keeps(market.given):
        return Floored(tuple(seatings))
    choice = choose(market)
    if choice.short:
        raise Refused(_impossible(problem, choice.short))
    assigned = [
        _settled(category, held, problem)
        for category, held in zip(categories, market.split(choice.at), strict=True)
    ]
    return _proved(categories, assigned, wanted, choice)


def _wanted(problem: Problem) -> dict[Skill, int]:
    """How many more people with each skill each tambon needs beside those who are locked to it."""
    wanted = {
        (tambon, skill): least
        for tambon in sorted({seat.tambon for seat in problem.seats if seat.places})
        for skill, least in problem.rule.skill_floor
    }
    for person in problem.candidates:
        if person.lock:
            for skill in person.skills:
                if (person.lock[0], skill) in wanted:
                    wanted[person.lock[0], skill] -= 1
    return {key: need for key, need in wanted.items() if need > 0}


def _impossible(problem: Problem, short: Mapping[Skill, int]) -> list[Objection]:
    """Where the floor cannot be kept in a plan that comes as near to it as any, and what such a plan has there."""
    floor = dict(problem.rule.skill_floor)
    return [
        Objection(
            "matching.floor_impossible",
            {"tambon": tambon, "skill": skill, "least": floor[skill], "best": floor[skill] - lacking},
        )
        for (tambon, skill), lacking in sorted(short.items())
    ]


def _settled(category: Category, assigned: Ints, problem: Problem) -> Ints:
    """The lottery among people who bring the same of the wanted skills: no tambon gains or loses one by it."""
    counted = frozenset(skill for skill, _ in problem.rule.skill_floor)
    alike: dict[tuple[str, ...], list[int]] = {}
    for row, person in enumerate(category.people):
        alike.setdefault(tuple(sorted(person.skills & counted)), []).append(row)
    block, settled = category.block, assigned.copy()
    columns = len(block.places)
    for rows in alike.values():
        held = assigned[rows]
        places = np.bincount(held, minlength=columns + 1)
        cost = np.where(places[None, :columns] > 0, block.cost[rows], NEVER)
        none_free = np.zeros(columns, dtype=bool)
        part = Block(cost, places[:columns], none_free, int(places[columns]), category.leaving[rows])
        prices, reserve = canonical_prices(part, held)
        settled[rows] = lottery_choice(part, held, prices, reserve)
    return settled


def priced_block(category: Category, scale: int, skill_prices: Mapping[Skill, int]) -> Block:
    """The costs of a category in 1/``scale``, less what the tambons gain by each person's skills."""
    block, skills = category.block, sorted({skill for _, skill in skill_prices})
    gains = np.array(
        [[skill_prices.get((seat.tambon, skill), 0) for seat in category.seats] for skill in skills],
        dtype=np.int64,
    ).reshape(len(skills), len(category.seats))
    has = np.array(
        [[skill in person.skills for skill in skills] for person in category.people], dtype=np.int64
    )
    gained = has.reshape(len(category.people), len(skills)) @ gains
    cost = np.where(block.cost < NEVER, scale * block.cost - gained, NEVER)
    return Block(cost, block.places, block.may_stay_free, block.unplaced, scale * category.leaving)


def _proved(
    categories: Sequence[Category], assigned: Sequence[Ints], wanted: Mapping[Skill, int], choice: Choice
) -> Floored:
    """The proof by the rounding of the prices that leaves the least open."""
    found: list[Floored] = []
    largest = max((int(category.leaving.max(initial=0)) for category in categories), default=0)
    for scale in SCALES:
        if scale > 1 and scale * largest > NEVER >> 4:
            break
        prices = choice.prices(scale, max((category.unit for category in categories), default=0))
        floored = _by_prices(categories, assigned, wanted, scale, prices)
        found.append(floored)
        if not floored.gap:
            break
    return min(found, key=lambda one: one.gap)


def _by_prices(
    categories: Sequence[Category],
    assigned: Sequence[Ints],
    wanted: Mapping[Skill, int],
    scale: int,
    skill_prices: Mapping[Skill, int],
) -> Floored:
    seatings = []
    bound = sum(price * wanted[key] for key, price in skill_prices.items())
    total = 0
    for category, held in zip(categories, assigned, strict=True):
        block, rows = priced_block(category, scale, skill_prices), np.arange(len(held))
        total += int(category.block.with_reserve[rows, held].sum())
        try:
            best, (prices, reserve) = held, canonical_prices(block, held)
        except ArithmeticError:
            best = cheapest_assignment(block)
            prices, reserve = canonical_prices(block, best)
        bound += int(block.with_reserve[rows, best].sum())
        seatings.append(Seating(held, prices, reserve))
    published = tuple((*key, price) for key, price in sorted(skill_prices.items()) if price)
    return Floored(tuple(seatings), scale, published, total + (-bound // scale))
