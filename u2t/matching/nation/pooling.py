"""A drawn nation as arrays that the pool engine solves, and its answer cut into institutions again."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from u2t.matching.nation.drawing import CATEGORIES, GROUPS, WISHES, Design, Institution, draw_institution
from u2t.matching.nation.land import Ints, positions
from u2t.matching.pool import Pool, PoolAnswer, measure_ways
from u2t.matching.problem import Rule

SKILL = "digital"
NEEDED = {"data": frozenset({SKILL}), "team": frozenset[str]()}
"""What each workstream of the simulated nation needs."""

_STREAMS = sorted(NEEDED)
FARTHEST = 3_000
"""No two places of the country are so many kilometres apart."""
UNKNOWN_POSITION = np.iinfo(np.int64).min


@dataclass(frozen=True)
class Nation:
    """Some or all institutions of a design, in the order of their numbers."""

    design: Design
    institutions: tuple[Institution, ...]

    @property
    def people(self) -> int:
        """How many applicants they have together."""
        return sum(one.people for one in self.institutions)

    def pool(self) -> Pool:
        """Everybody and every seat; block 3i + c is category c of the i-th institution here."""
        return pool_of(self.design, self.institutions)


def draw_nation(design: Design, codes: Sequence[str], numbers: Sequence[int] | None = None) -> Nation:
    """The nation, or the institutions with these ``numbers``; ``codes`` are the country's tambons, six digits each."""
    wanted = range(design.institutions) if numbers is None else numbers
    return Nation(design, tuple(draw_institution(design, codes, number) for number in wanted))


def pool_of(design: Design, institutions: Sequence[Institution]) -> Pool:
    """The pool of these institutions, people one institution after the other."""
    rule, widest = design.rule, max((len(one.tambons) for one in institutions), default=1)
    homes, rows, first = [], [], 0
    for one in institutions:
        known, row = np.unique(one.home, return_inverse=True)
        homes.append(_ways(design, known.astype(np.int64), one.tambons, widest))
        rows.append((row + first).astype(np.int32))
        first += len(known)
    seats = [(i, one, c) for i, one in enumerate(institutions) for c in range(len(CATEGORIES))]
    place, stream, places, block = [], [], [], []
    for i, one, category in seats:
        for column in range(len(one.tambons)):
            for (name, line), count in zip(GROUPS, design.places, strict=True):
                if name == CATEGORIES[category] and count:
                    block.append(i * len(CATEGORIES) + category)
                    place.append(column)
                    stream.append(_STREAMS.index(line))
                    places.append(count)
    lottery, past = [], 0
    for one in institutions:
        lottery.append((one.lottery + past).astype(np.int32))
        past += one.people
    ways = np.concatenate(homes or [np.zeros((0, widest), np.int32)])
    blocks = [one.category + np.int32(i * len(CATEGORIES)) for i, one in enumerate(institutions)]
    return Pool(
        block=_joined(blocks, np.int32),
        home=_joined(rows, np.int32),
        wishes=np.concatenate([one.wishes for one in institutions] or [np.zeros((0, WISHES), np.int16)]),
        kind=_joined([one.digital for one in institutions], np.int8),
        score=_joined([one.score for one in institutions], np.int16),
        lottery=_joined(lottery, np.int32),
        fixed=np.full(past, -1, dtype=np.int16),
        seat_block=np.array(block, dtype=np.int32),
        seat_place=np.array(place, dtype=np.int32),
        seat_stream=np.array(stream, dtype=np.int32),
        places=np.array(places, dtype=np.int32),
        ways=ways,
        # Row 0 lacks the skill, row 1 has it.
        needs=np.array([[missing(rule, line), 0] for line in _STREAMS], dtype=np.int32).T.copy(),
        wish_costs=tuple(rule.wish_penalty(rank, has_wishes=True) for rank in range(WISHES)),
        unlisted=rule.wish_unlisted,
        order=rule.order,
        score_weight=rule.score_weight,
        blocks=len(institutions) * len(CATEGORIES),
        least_unit=unit_of(design),
    )


def unit_of(design: Design) -> int:
    """What a hundredth of a point is worth where merit comes first: more than all inconvenience of an institution.

    It depends on the design alone, so that shares placed apart have the same objective as the whole.
    """
    rule = design.rule
    dearest = (
        max(FARTHEST, *rule.assumed_km) + max(rule.tier_penalty) + rule.wish_unlisted + missing(rule, "data")
    )
    return 1 + dearest * -(-design.tambons // design.institutions) * sum(design.places)


def missing(rule: Rule, stream: str) -> int:
    """What it costs in this workstream to lack the skill."""
    weights = dict(rule.need_weight)
    return sum(weights.get(skill, rule.need_missing) for skill in NEEDED[stream])


def _joined(parts: Sequence[NDArray[np.generic]], kind: type[np.signedinteger]) -> NDArray[np.integer]:
    return np.concatenate([part.astype(kind) for part in parts] or [np.zeros(0, dtype=kind)])


def _ways(design: Design, homes: Ints, tambons: Ints, width: int) -> NDArray[np.int32]:
    """Kilometres and tier from every home to every tambon; as wide as the widest institution."""
    home_at = np.stack(positions(design.seed, homes), axis=1)
    home_at[homes == 0] = UNKNOWN_POSITION
    place_at = np.stack(positions(design.seed, tambons), axis=1)
    rule = design.rule
    ways = measure_ways(homes, home_at, tambons, place_at, rule.tier_penalty, rule.assumed_km, rule.max_km)
    padded = np.zeros((len(homes), width), dtype=np.int32)
    padded[:, : len(tambons)] = ways
    return padded


@dataclass(frozen=True)
class Part:
    """What became of one institution: ``seat`` of everybody, a position among its seat groups or -1, in people's
    order; ``prices`` of its seat groups; ``reserve`` and ``levels`` (filled, score, inconvenience) by category."""

    number: int
    seat: NDArray[np.int16]
    prices: Ints
    cover: NDArray[np.bool_]
    reserve: Ints
    levels: Ints

    @property
    def digest(self) -> str:
        """SHA-256 of who got which seat."""
        return hashlib.sha256(self.seat.astype("<i2").tobytes()).hexdigest()


def parts(nation: Nation, pool: Pool, answer: PoolAnswer) -> list[Part]:
    """The answer, institution by institution."""
    found, person = [], 0
    for i, one in enumerate(nation.institutions):
        blocks = slice(i * len(CATEGORIES), (i + 1) * len(CATEGORIES))
        first, last = int(pool.first_seat[blocks.start]), int(pool.first_seat[blocks.stop])
        seat = answer.assign[person : person + one.people]
        found.append(
            Part(
                number=one.number,
                seat=np.where(seat >= 0, seat - first, -1).astype(np.int16),
                prices=answer.prices[first:last],
                cover=answer.cover[first:last],
                reserve=answer.reserve[blocks],
                levels=answer.block_levels[blocks],
            )
        )
        person += one.people
    return found
