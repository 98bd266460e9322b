"""Who may go where, and how many seats that lets anybody fill: a flow between groups of people and tambons."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from u2t.matching.flow import cheapest_flow
from u2t.matching.prices import Ints

Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Reach:
    """People by group (all of a group may go to the same tambons) and places by tambon, filled as far as can be.

    ``sent[group, tambon]`` is one of the largest fillings; what the methods tell does not depend on which.
    """

    member: Ints
    allowed: Bools
    people: Ints
    places: Ints
    sent: Ints

    @property
    def filled(self) -> int:
        """The largest number of places that can be filled."""
        return int(self.sent.sum())

    def cover(self) -> Bools:
        """The tambons that people without a place crowd into: all places there, and everybody else, are filled."""
        inside = np.zeros(len(self.places), dtype=bool)
        groups = self.sent.sum(axis=1) < self.people
        while True:
            wider = self.allowed[groups].any(axis=0)
            more = groups | (self.sent[:, wider] > 0).any(axis=1)
            if np.array_equal(wider, inside) and np.array_equal(more, groups):
                return inside
            inside, groups = wider, more

    def short_sets(self) -> list[Ints]:
        """Sets of tambons, as small as can be told apart, with more places than people who may go to any of them."""
        short = self.sent.sum(axis=0) < self.places
        while True:
            wider = short | (self.sent[self.allowed[:, short].any(axis=1)] > 0).any(axis=0)
            if np.array_equal(wider, short):
                break
            short = wider
        left, sets = set(np.flatnonzero(short).tolist()), []
        while left:
            one = np.zeros(len(short), dtype=bool)
            one[min(left)] = True
            while True:
                wider = one | (self.allowed[self.allowed[:, one].any(axis=1)].any(axis=0) & short)
                if np.array_equal(wider, one):
                    break
                one = wider
            sets.append(np.flatnonzero(one))
            left -= set(sets[-1].tolist())
        return sets

    def who_may(self, tambons: Ints) -> int:
        """How many people may go to at least one of the tambons."""
        return int(self.people[self.allowed[:, tambons].any(axis=1)].sum())


def reach(allowed: Bools, places: Sequence[int] | Ints) -> Reach:
    """The largest filling where person i may go to tambon t if ``allowed[i, t]``."""
    room = np.asarray(places, dtype=np.int64)
    groups, member, people = np.unique(
        allowed & (room > 0)[None, :], axis=0, return_inverse=True, return_counts=True
    )
    count, tambons = len(groups), len(room)
    who, where = np.nonzero(groups)
    every, sink = np.arange(count), count + tambons
    parts = [
        (who, count + where, np.zeros(len(who), dtype=np.int64), people[who]),
        (count + np.arange(tambons), np.full(tambons, sink), np.zeros(tambons, dtype=np.int64), room),
        (every, np.full(count, sink), np.ones(count, dtype=np.int64), people),
    ]
    supply = np.zeros(sink + 1, dtype=np.int64)
    supply[:count], supply[sink] = people, -people.sum()
    starts, ends, costs, largest = (np.concatenate([part[side] for part in parts]) for side in range(4))
    starts, ends, flow = cheapest_flow(supply, starts, ends, costs, largest)
    sent = np.zeros((count, tambons), dtype=np.int64)
    used = (starts < count) & (ends < sink)
    sent[starts[used], ends[used] - count] = flow[used]
    return Reach(member.ravel(), groups, people.astype(np.int64), room, sent)
