"""A pool: very many people and seats as plain arrays, for a whole nation in one run.

A *block* is one category of one institution; nobody changes the block, so blocks are solved one by one. Costs
mean the same as in :mod:`u2t.matching.problem`; here they are never laid out as one table of everybody.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from u2t.matching.pool.kernel import Ints, Whole
from u2t.objections import Objection

ORDERS = ("inconvenience", "weighted", "merit")
NO_WISH, ELSEWHERE = -1, -2
LARGEST = 1 << 38
"""No cost, with its gain and its fill penalty, may exceed this."""
WIDEST = 1 << 15
"""No block may have more seat groups."""


@dataclass(frozen=True)
class Pool:
    """People and seats of many blocks.

    People, one number each, in any order: ``block``; ``home``, a row of ``ways``; ``wishes[person, rank]``,
    columns of ``ways``, ``-1`` behind the last wish and ``-2`` for a wish that is no place of this institution;
    ``kind``, a row of ``needs``; ``score`` in hundredths of a point; ``lottery``, unique, the smaller first;
    ``fixed``, the one column the person may go to, or ``-1``.

    Seat groups, sorted by block: ``seat_block``, ``seat_place`` (column of ``ways``), ``seat_stream`` (column of
    ``needs``), ``places``.

    ``ways[home, place]`` holds kilometres and tier penalty together; a way that is too long is stored as
    ``~way`` (negative) and forbidden to everybody who is not fixed there. ``needs[kind, stream]`` is the penalty
    for missing skills. A wish of rank r costs ``wish_costs[r]``, an unlisted place ``unlisted``, and somebody
    without any wish pays nothing for either.

    ``order`` says what counts once as many seats as possible are filled: ``"inconvenience"``, the least sum;
    ``"weighted"``, the same less ``score_weight * score // 100`` for everybody placed; ``"merit"``, first the
    largest sum of scores, then the least inconvenience.

    ``least_unit``: where merit comes first, a hundredth of a point is worth at least so much, for proofs that speak
    of several blocks together.
    """

    block: Whole
    home: Whole
    wishes: Whole
    kind: Whole
    score: Whole
    lottery: Whole
    fixed: Whole
    seat_block: Whole
    seat_place: Whole
    seat_stream: Whole
    places: Whole
    ways: Whole
    needs: Whole
    wish_costs: tuple[int, ...] = (0, 6, 12)
    unlisted: int = 60
    order: str = "inconvenience"
    score_weight: int = 0
    blocks: int = field(default=0)
    least_unit: int = 0

    def __post_init__(self) -> None:
        largest = max((int(side.max()) for side in (self.block, self.seat_block) if side.size), default=-1)
        object.__setattr__(self, "blocks", max(self.blocks, largest + 1))

    @property
    def people(self) -> int:
        """How many people."""
        return len(self.block)

    @property
    def seats(self) -> int:
        """How many seat groups."""
        return len(self.places)

    @cached_property
    def first_seat(self) -> Ints:
        """``[block]``: its first seat group; one more entry closes the last block."""
        return np.searchsorted(self.seat_block, np.arange(self.blocks + 1)).astype(np.int64)

    @cached_property
    def widest(self) -> int:
        """The most seat groups that a block has."""
        return int(np.diff(self.first_seat).max(initial=0))

    @cached_property
    def top_cost(self) -> int:
        """No seat costs anybody more than this."""
        longest = max(0, int(self.ways.max()), ~int(self.ways.min())) if self.ways.size else 0
        wishes = max((0, self.unlisted, *self.wish_costs))
        return longest + wishes + (int(self.needs.max()) if self.needs.size else 0)

    @cached_property
    def unit(self) -> int:
        """What one hundredth of a point is worth where merit comes first: more than all inconvenience of a block."""
        if self.order != "merit":
            return 0
        held = np.bincount(self.seat_block, self.places, self.blocks)
        return max(self.least_unit, 1 + self.top_cost * int(held.max(initial=0)))

    @cached_property
    def top_gain(self) -> int:
        """Nobody's gain is larger than this."""
        best = int(self.score.max(initial=0))
        return max(self.unit * best, self.score_weight * best // 100 if self.order == "weighted" else 0)

    @cached_property
    def unplaced_cost(self) -> int:
        """What leaving somebody unplaced costs: so much that every chain of moves to an empty seat is cheaper than
        every chain to "unplaced"; so filling comes first, and a price tells which of the two it stands for."""
        return 1 + self.top_gain + (2 * self.widest + 4) * self.top_cost

    def wishing(self, who: Ints) -> NDArray[np.bool_]:
        """Whether each of these people has wishes at all."""
        if not self.wishes.shape[1]:
            return np.zeros(len(who), dtype=bool)
        wishing: NDArray[np.bool_] = self.wishes[who, 0] != NO_WISH
        return wishing

    def gains(self, who: Ints | slice = slice(None)) -> Ints:
        """What the placing of each of these people is worth, in the unit of the inconvenience."""
        score = self.score[who].astype(np.int64)
        if self.order == "merit":
            return score * self.unit
        if self.order == "weighted":
            return score * self.score_weight // 100
        return np.zeros_like(score)


def pool_objections(pool: Pool) -> list[Objection]:
    """Everything that makes the arrays contradict themselves; empty if they can be solved."""
    found = [*_shapes(pool)]
    if found:
        return found
    columns, rows = pool.ways.shape[1], len(pool.ways)
    least = {"block": 0, "home": 0, "kind": 0, "wishes": ELSEWHERE, "fixed": -1}
    ends = {"block": pool.blocks, "home": rows, "kind": len(pool.needs), "wishes": columns, "fixed": columns}
    ends |= {"seat_block": pool.blocks, "seat_place": columns, "seat_stream": pool.needs.shape[1]}
    for name, end in ends.items():
        given = getattr(pool, name)
        if given.size and (int(given.min()) < least.get(name, 0) or int(given.max()) >= end):
            found.append(Objection("matching.pool_out_of_range", {"field": name}))
    if pool.order not in ORDERS:
        found.append(Objection("matching.unknown_order", {"order": pool.order}))
    elif pool.order != "inconvenience" and pool.people and int(pool.score.min()) < 0:
        found.append(Objection("matching.negative_scores", {"count": int((pool.score < 0).sum())}))
    for name, numbers in (("places", pool.places), ("needs", pool.needs)):
        if numbers.size and int(numbers.min()) < 0:
            found.append(Objection("matching.pool_negative", {"field": name}))
    if min((0, pool.unlisted, pool.score_weight, *pool.wish_costs)) < 0:
        found.append(Objection("matching.pool_negative", {"field": "rule"}))
    if list(pool.wish_costs) != sorted(pool.wish_costs) or max((0, *pool.wish_costs)) > max(0, pool.unlisted):
        found.append(Objection("matching.pool_wish_costs", {}))
    if np.any(np.diff(pool.seat_block) < 0):
        found.append(Objection("matching.pool_unsorted", {"field": "seat_block"}))
    if not _unique(pool.lottery):
        found.append(Objection("matching.pool_lottery_twice", {}))
    if not found and (pool.unplaced_cost + pool.top_gain > LARGEST or pool.widest > WIDEST):
        found.append(Objection("matching.pool_too_large", {"largest": LARGEST}))
    return found


def _shapes(pool: Pool) -> list[Objection]:
    people = ("block", "home", "kind", "score", "lottery", "fixed", "wishes")
    seats = ("seat_block", "seat_place", "seat_stream", "places")
    found = []
    for names, length in ((people, pool.people), (seats, pool.seats)):
        found += [name for name in names if len(getattr(pool, name)) != length]
    if pool.wishes.ndim != 2 or pool.wishes.shape[1] != len(pool.wish_costs):
        found.append("wish_costs")
    found += [name for name in ("ways", "needs") if getattr(pool, name).ndim != 2]
    named = (*people, *seats, "ways", "needs")
    broken = [name for name in named if not np.issubdtype(getattr(pool, name).dtype, np.integer)]
    return [
        *(Objection("matching.pool_shape", {"field": name}) for name in found),
        *(Objection("matching.pool_not_whole", {"field": name}) for name in broken),
    ]


def _unique(numbers: Whole) -> bool:
    """Whether no number comes twice; a lottery of consecutive numbers is seen without sorting."""
    if not numbers.size:
        return True
    least, most = int(numbers.min()), int(numbers.max())
    if most - least < 4 * len(numbers):
        seen = np.zeros(most - least + 1, dtype=bool)
        seen[numbers - least] = True
        return int(np.count_nonzero(seen)) == len(numbers)
    return len(np.unique(numbers)) == len(numbers)
