"""Which score would have been enough: exact thresholds, as if everything had been selected anew.

Somebody who stood before everybody else at a seat, and listed nothing else, would leave the others one slot fewer
there. Select among the others in that way: the first of them who then still wants the seat is the one to beat,
because it is the best of those whom the person would turn away in any case.

Leaving out somebody without a seat mostly changes nothing for the others. It does only if it opens a ring of seats
each of which could take the first person who wants it from the next; such a ring must pass a seat that this person
was the first to want. Where there is none, what was worked out for a seat once serves everybody.
"""

from __future__ import annotations

import numpy as np

from u2t.admission.ballot import Ballot
from u2t.admission.deferred import ArrayBallot, Ints, Ranking, Run

Pair = tuple[int, ...]
"""The first two rows of a kind, or as many as there are."""


class Thresholds:
    """Least scores of applicants of one ballot; what they share is worked out once, when it is needed."""

    def __init__(self, ballot: Ballot, arrays: ArrayBallot, ranking: Ranking) -> None:
        self.ballot, self.arrays, self.ranking = ballot, arrays, ranking
        eligible = np.flatnonzero(arrays.eligible)
        self.listed, self.first = ranking.listed(eligible)
        names = [person.category for person in ballot.applicants]
        categories = np.array(names, dtype=object)[eligible]
        self._markets = {name: eligible[categories == name] for name in set(names)}
        self._whole = Run(ranking, arrays.slots)
        self._whole.settle(eligible)
        self._seat = self._whole.outcome().seat
        self._wanting: dict[int, Pair] = {}
        self._wanting_less: dict[int, Pair] = {}

    def least(self, row: int, rank: int) -> list[int | None]:
        """For each of the person's first ``rank`` choices the least score that would have been enough for it or for
        one above it; ``None`` where no score would. To be asked only of choices that were not granted."""
        run = None if not rank or self._leaves_no_trace(row) else self._without(row)
        return [self._least(row, number, run) for number in range(rank)]

    def who(self, seat: int) -> Ints:
        """Rows of those who passed and listed the seat, by priority."""
        return self.listed[self.first[seat] : self.first[seat + 1]]

    def _least(self, row: int, number: int, run: Run | None) -> int | None:
        seat = int(self.arrays.seats[row, number])
        if not self.arrays.slots[seat]:
            return None
        rival = next((other for other in self._rivals(seat, run) if other != row), None)
        lowest = self.ballot.pass_mark
        if rival is None:
            return lowest
        needed = self._to_beat(row, number, rival)
        return needed if needed is None or lowest is None else max(needed, lowest)

    def _rivals(self, seat: int, run: Run | None) -> Pair:
        """The first who want the seat when it has a slot less, after this run or, without one, after the whole."""
        if run is not None:
            return self._wanting_after(seat, run)
        if seat not in self._wanting_less:
            self._wanting_less[seat] = self._wanting_after(seat, self._whole)
        return self._wanting_less[seat]

    def _wanting_after(self, seat: int, run: Run) -> Pair:
        run = run.copy()
        run.withdraw_slot(seat)
        return self._first_who_want(seat, run.outcome().seat)

    def _without(self, row: int) -> Run:
        others = self._markets[self.ballot.applicants[row].category]
        run = Run(self.ranking, self.arrays.slots)
        run.settle(others[others != row])
        return run

    def _leaves_no_trace(self, row: int) -> bool:
        """Whether all others would have exactly what they have if this person had never applied."""
        if self._seat[row] >= 0:
            return False
        seats = self.arrays.seats[row]
        for start in seats[seats < len(self.arrays.slots)].tolist():
            if self._wants_first(start)[:1] != (row,):
                continue
            seen: set[int] = set()
            here: int | None = start
            while here is not None and here not in seen:
                seen.add(here)
                rival = next((other for other in self._wants_first(here) if other != row), None)
                here = None if rival is None or self._seat[rival] < 0 else int(self._seat[rival])
            if here is not None:
                return False
        return True

    def _wants_first(self, seat: int) -> Pair:
        if seat not in self._wanting:
            self._wanting[seat] = self._first_who_want(seat, self._seat)
        return self._wanting[seat]

    def _first_who_want(self, seat: int, has: Ints) -> Pair:
        """The first two who listed the seat above what they have."""
        rows = self.who(seat)
        choices, held = self.arrays.seats[rows], has[rows]
        reached = np.where(held < 0, choices.shape[1], (choices == held[:, None]).argmax(axis=1))
        wants = np.flatnonzero((choices == seat).argmax(axis=1) < reached)[:2]
        return tuple(rows[wants].tolist())

    def _to_beat(self, row: int, number: int, rival: int) -> int | None:
        """The least score that stands before the rival there; the pass mark where the score does not matter."""
        own, other = self.ballot.applicants[row], self.ballot.applicants[rival]
        near = own.residence[number] - other.residence[other.choices.index(own.choices[number])]
        ahead = bool((self.arrays.lottery[row], row) < (self.arrays.lottery[rival], rival))
        before, met, after = _around_score(self.ballot.order)
        if before and near:
            return self.ballot.pass_mark if near < 0 else None
        if not met:
            return self.ballot.pass_mark if ahead else None
        if after and near:
            ahead = near < 0
        return other.score + (not ahead)


def _around_score(order: tuple[str, ...]) -> tuple[bool, bool, bool]:
    """Whether residence counts before the score, whether the score counts, and whether residence does after."""
    if "score" not in order:
        return "residence" in order, False, False
    at = order.index("score")
    return "residence" in order[:at], True, "residence" in order[at:]
