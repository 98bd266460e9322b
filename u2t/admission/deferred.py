"""Applicant-proposing deferred acceptance on arrays, all applicants of a round at once.

Every pair of an applicant and a listed seat is packed into one whole number: seat first, then the criteria, then the
lottery. Sorting such numbers groups them by seat and orders each group by priority, and comparing one with a seat's
cut-off says whether the applicant passes. A cut-off only ever tightens, so whoever is turned away goes to the best
listed seat whose cut-off still lets them pass; seats that have become hopeless are skipped without being asked.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

ROOM = 2**63 - 1


@dataclass(frozen=True)
class ArrayBallot:
    """A ballot of n applicants, at most k choices each, and m seats, as arrays.

    ``seats[n, k]`` are indices of seats by rank, m after an applicant's last choice; no seat twice in a row.
    ``residence[n, k]`` stands beside them. ``score`` and ``lottery`` have n entries; of equal lottery numbers the
    lower row goes first. Criteria and pass mark mean what they mean in ``Ballot``.
    """

    slots: Ints
    seats: Ints
    score: Ints
    residence: Ints
    lottery: Ints
    order: tuple[str, ...]
    pass_mark: int | None = None

    @property
    def eligible(self) -> Bools:
        """Who reaches the pass mark, if there is one."""
        if self.pass_mark is None:
            return np.ones(len(self.score), dtype=np.bool_)
        return self.score >= self.pass_mark


@dataclass(frozen=True)
class Outcome:
    """``seat[n]``: the seat that each applicant gets, -1 for none. ``admitted``: rows by seat, then by priority;
    those of seat s begin at ``start[s]`` and are ``count[s]`` many."""

    seat: Ints
    admitted: Ints
    start: Ints
    count: Ints
    rounds: int


class Ranking:
    """All pairs of a ballot as packed numbers, the smaller the better: ``packed[n, k]``.

    The numbers of seat s lie from ``base[s]`` to below ``base[s + 1]``; those after an applicant's last choice
    belong to no seat.
    """

    def __init__(self, ballot: ArrayBallot) -> None:
        people, seats = len(ballot.score), len(ballot.slots)
        self.seats = ballot.seats
        self._by_lottery = np.argsort(ballot.lottery, kind="stable")
        number = np.empty(people, dtype=np.int64)
        number[self._by_lottery] = np.arange(people)
        shape = ballot.seats.shape
        criteria = [np.broadcast_to(_smaller_is_better(ballot, name), shape) for name in ballot.order[:-1]]
        criteria.append(np.broadcast_to(number[:, None], shape))
        widths = [int(values.max(initial=0)) + 1 for values in criteria]
        room = 1
        for width in widths:
            room *= width
        if (seats + 1) * room <= ROOM:
            self.packed = ballot.seats.copy()
            for values, width in zip(criteria, widths, strict=True):
                self.packed *= width
                self.packed += values
            self.base = np.arange(seats + 1, dtype=np.int64) * room
        else:
            self.packed, self.base = _by_place(ballot.seats, criteria, seats)
        self._last_width = widths[-1]

    def rows(self, packed: Ints) -> Ints:
        """The applicants that these numbers belong to."""
        return self._by_lottery[packed % self._last_width]

    def listed(self, rows: Ints) -> tuple[Ints, Ints]:
        """Who of these rows listed each seat: rows by seat, then by priority, and where each seat's begin."""
        packed = self.packed[rows][self.seats[rows] < len(self.base) - 1]
        packed.sort()
        return self.rows(packed), np.searchsorted(packed, self.base)


def _smaller_is_better(ballot: ArrayBallot, name: str) -> Ints:
    if name == "score":
        better: Ints = ballot.score.max(initial=0) - ballot.score
        return better[:, None]
    return ballot.residence


def _by_place(seats: Ints, criteria: list[Ints], count: int) -> tuple[Ints, Ints]:
    """The same order with small numbers, for scores or classes so large that they do not fit together."""
    people = len(seats)
    flat = seats.ravel()
    order = np.lexsort([*(values.ravel() for values in reversed(criteria)), flat])
    place = np.empty(flat.size, dtype=np.int64)
    place[order] = np.arange(flat.size)
    packed = place.reshape(seats.shape) * people + criteria[-1]
    base = np.searchsorted(flat[order], np.arange(count + 1)) * people
    return packed, base


class Run:
    """Seats that fill up. ``held`` has the packed numbers of those held, ``slots[s]`` places from ``start[s]`` on."""

    def __init__(self, ranking: Ranking, slots: Ints) -> None:
        self.ranking = ranking
        self.slots = slots.copy()
        self.start = np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(slots)])[:-1]
        self.held = np.zeros(int(slots.sum()), dtype=np.int64)
        self.count = np.zeros_like(slots)
        # A number passes if it is smaller than its seat's; the last entry is the seat that nobody listed.
        self.cutoff = np.append(np.where(slots > 0, ranking.base[1:], ranking.base[:-1]), -1)
        self.rounds = 0

    def copy(self) -> Run:
        """The same state, to go on from in another way."""
        other = object.__new__(Run)
        other.ranking, other.start, other.rounds = self.ranking, self.start, self.rounds
        other.slots, other.held = self.slots.copy(), self.held.copy()
        other.count, other.cutoff = self.count.copy(), self.cutoff.copy()
        return other

    def settle(self, rows: Ints) -> None:
        """Let these applicants, who hold nothing, ask until everybody is held or has nobody left to ask."""
        while len(rows):
            self.rounds += 1
            seats, packed = self.ranking.seats[rows], self.ranking.packed[rows]
            passing = packed < self.cutoff[seats]
            best = passing.argmax(axis=1)
            line = np.arange(len(rows))
            asking = passing[line, best]
            line, best = line[asking], best[asking]
            rows = self.ranking.rows(self._hold(packed[line, best], seats[line, best]))

    def _hold(self, new: Ints, seats: Ints) -> Ints:
        """Hold the best of the old and new at these seats; returns the numbers of those who are turned away."""
        asked = np.zeros(len(self.slots), dtype=np.bool_)
        asked[seats] = True
        here = np.flatnonzero(asked)
        pool = np.concatenate([self.held[_spans(self.start[here], self.count[here])], new])
        pool.sort()
        begin = np.searchsorted(pool, self.ranking.base[here])
        size = np.diff(begin, append=len(pool))
        kept = np.minimum(size, self.slots[here])
        stays = _spans(begin, kept)
        self.held[_spans(self.start[here], kept)] = pool[stays]
        self.count[here] = kept
        full = here[kept == self.slots[here]]
        self.cutoff[full] = self.held[self.start[full] + self.slots[full] - 1]
        away = np.ones(len(pool), dtype=np.bool_)
        away[stays] = False
        return pool[away]

    def withdraw_slot(self, seat: int) -> None:
        """Go on as if the seat, which has slots, had one slot fewer."""
        self.slots[seat] -= 1
        left, first = int(self.slots[seat]), int(self.start[seat])
        turned_away = self.held[first + left : first + int(self.count[seat])].copy()
        self.count[seat] = min(left, int(self.count[seat]))
        if self.count[seat] == left:
            self.cutoff[seat] = self.held[first + left - 1] if left else self.ranking.base[seat]
        self.settle(self.ranking.rows(turned_away))

    def outcome(self) -> Outcome:
        """Who is held where."""
        admitted = self.ranking.rows(self.held[_spans(self.start, self.count)])
        seat = np.full(len(self.ranking.seats), -1, dtype=np.int64)
        seat[admitted] = np.repeat(np.arange(len(self.slots)), self.count)
        start = np.cumsum(self.count) - self.count
        return Outcome(seat, admitted, start, self.count.copy(), self.rounds)


def _spans(start: Ints, size: Ints) -> Ints:
    """The indices start, start + 1, … of every span, one span after the other."""
    end = np.cumsum(size)
    total = int(end[-1]) if len(end) else 0
    return np.arange(total) + np.repeat(start - end + size, size)


def select_arrays(ballot: ArrayBallot, ranking: Ranking | None = None) -> Outcome:
    """The applicant-optimal stable result of a ballot of arrays, in time that grows with the number of choices.

    Trusts its input (``objections`` looks at a ``Ballot``). A ``ranking`` already made of the same ballot is used.
    """
    run = Run(ranking or Ranking(ballot), ballot.slots)
    run.settle(np.flatnonzero(ballot.eligible))
    return run.outcome()
