"""What several rules would make of one and the same simulated nation, side by side; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from u2t.admission import ArrayBallot, select_arrays
from u2t.matching.nation import CATEGORIES, Nation, pool_of
from u2t.matching.pool import NEVER, Pool, draw_ties, solve_pool, table

Ints = NDArray[np.int64]

ACCEPTING = {"accept_score": ("score", "lottery"), "accept_residence": ("residence", "score", "lottery")}
FLOWING: dict[str, tuple[str, int]] = {
    "merit": ("merit", 0),
    "weighted_10": ("weighted", 10),
    "weighted_1": ("weighted", 1),
    "inconvenience": ("inconvenience", 0),
}
"""The order of each rule and what a point is worth in it."""


@dataclass(frozen=True)
class Row:
    """One rule: seats filled; sums of score (hundredths of a point) and inconvenience over everybody placed; of
    those placed with wishes, how many got their first; and how many people have cause to envy by score: somebody
    with a lower score holds a seat that they would rather have than their own."""

    name: str
    filled: int
    score: int
    inconvenience: int
    first_wish: int
    wishing: int
    envious: int

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return asdict(self)


def compare(nation: Nation, backend: str) -> list[Row]:
    """A row for every rule, for the same people; everybody would rather have less inconvenience."""
    pool = nation.pool()
    rows = [look(name, pool, accept(nation, pool, order)) for name, order in ACCEPTING.items()]
    for name, (order, weight) in FLOWING.items():
        rule = replace(nation.design.rule, order=order, score_weight=weight)
        other = pool_of(replace(nation.design, rule=rule), nation.institutions)
        rows.append(look(name, pool, draw_ties(other, solve_pool(other, backend)).assign.astype(np.int64)))
    return rows


def accept(nation: Nation, pool: Pool, order: tuple[str, ...]) -> Ints:
    """Deferred acceptance: the seat group of everybody, -1 for none. Residence counts by tier, the nearest first."""
    assign = np.full(pool.people, -1, dtype=np.int64)
    for block, (who, cost) in _blocks(pool):
        first = int(pool.first_seat[block])
        listed = np.argsort(cost, axis=1, kind="stable")
        beyond = np.take_along_axis(cost, listed, axis=1) >= NEVER
        listed[beyond] = cost.shape[1]
        tiers = _tiers(nation, pool, block, who)
        ballot = ArrayBallot(
            slots=pool.places[first : first + cost.shape[1]].astype(np.int64),
            seats=listed,
            score=pool.score[who].astype(np.int64),
            residence=np.take_along_axis(tiers, np.where(beyond, 0, listed), axis=1),
            lottery=pool.lottery[who].astype(np.int64),
            order=order,
        )
        seat = select_arrays(ballot).seat
        assign[who] = np.where(seat >= 0, seat + first, -1)
    return assign


def look(name: str, pool: Pool, assign: Ints) -> Row:
    """The figures of an assignment."""
    inconvenience = envious = 0
    for block, (who, cost) in _blocks(pool):
        seat = assign[who] - int(pool.first_seat[block])
        placed = assign[who] >= 0
        own = np.where(placed, cost[np.arange(len(who)), np.where(placed, seat, 0)], NEVER)
        inconvenience += int(own[placed].sum())
        score = pool.score[who].astype(np.int64)
        # Nobody is envied for a seat that nobody holds.
        least = np.full(cost.shape[1], np.iinfo(np.int64).max)
        np.minimum.at(least, seat[placed], score[placed])
        envious += int(((cost < own[:, None]) & (least < score[:, None])).any(axis=1).sum())
    held = np.flatnonzero(assign >= 0)
    wishes, column = pool.wishes[held], pool.seat_place[assign[held]]
    return Row(
        name=name,
        filled=len(held),
        score=int(pool.score[held].astype(np.int64).sum()),
        inconvenience=inconvenience,
        first_wish=int((wishes[:, 0] == column).sum()),
        wishing=int((wishes[:, 0] >= 0).sum()),
        envious=envious,
    )


def _blocks(pool: Pool) -> Iterator[tuple[int, tuple[Ints, Ints]]]:
    """Every block that has seats, with its people and what each seat costs them."""
    for block in range(pool.blocks):
        if pool.first_seat[block + 1] > pool.first_seat[block]:
            yield block, table(pool, block)


def _tiers(nation: Nation, pool: Pool, block: int, who: Ints) -> Ints:
    """``[person, seat group]``: 0 same tambon, 1 district, 2 province, 3 elsewhere, 4 unknown."""
    number = block // len(CATEGORIES)
    one = nation.institutions[number]
    before = sum(institution.people for institution in nation.institutions[:number])
    home = one.home[who - before].astype(np.int64)[:, None]
    first, last = int(pool.first_seat[block]), int(pool.first_seat[block + 1])
    place = one.tambons[pool.seat_place[first:last]][None, :]
    tier = np.full((len(who), last - first), 3)
    for near, part in ((2, 10_000), (1, 100), (0, 1)):
        tier[home // part == place // part] = near
    tier[home[:, 0] == 0] = 4
    return tier
