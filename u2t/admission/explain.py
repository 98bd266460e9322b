"""Why somebody got what they got, in exact numbers and without naming anybody else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from u2t.admission.ballot import Applicant, Ballot, SeatKey
from u2t.admission.deferred import Ranking
from u2t.admission.selection import Mark, Selection
from u2t.admission.solver import as_arrays
from u2t.admission.thresholds import Thresholds


@dataclass(frozen=True)
class Answer:
    """What became of one choice.

    ``rank`` counts from 1. ``own`` is where the applicant stands there, ``position`` their place (from 1, ``None``
    below the pass mark) among the ``listed`` who passed and listed this tambon in this category. ``last`` is where
    the last admitted stands, ``None`` while slots are left. ``reserve`` is the place in the reserve list, from 1.

    ``verdict`` is one of

    * ``admitted``;
    * ``higher_choice``: not asked any more, because a choice above was granted;
    * ``below_pass_mark``: ``missing`` is by how much (thousandths);
    * ``no_slots``: the tambon has none for this category;
    * ``behind``: behind the last admitted, by what ``decided_by`` says: ``score`` (``missing`` is by how much),
      ``residence`` or ``lottery``.

    ``enough_score`` is, for a choice that was asked and not granted, the least score with which the applicant, all
    else being as it was, would have got this tambon or one listed above it; ``None`` where no score would do.
    """

    tambon: str
    rank: int
    slots: int
    listed: int
    position: int | None
    own: Mark
    last: Mark | None
    verdict: str
    decided_by: str = ""
    missing: int = 0
    enough_score: int | None = None
    reserve: int | None = None


@dataclass(frozen=True)
class Standing:
    """One applicant's result. ``passed`` is ``False`` only below the pass mark; ``tambon`` is ``None`` without a seat."""

    key: str
    category: str
    score: int
    lottery: int
    passed: bool
    tambon: str | None
    answers: tuple[Answer, ...]


def explain(ballot: Ballot, selection: Selection, key: str) -> Standing:
    """The standing of one applicant in what ``select`` returned for this ballot.

    Raises ``KeyError`` for an unknown applicant. For many applicants of one ballot use one :class:`Explainer`.
    """
    return Explainer(ballot, selection).explain(key)


class Explainer:
    """Explains applicants of one selection; what they share is worked out once."""

    def __init__(self, ballot: Ballot, selection: Selection) -> None:
        self.ballot, self.selection = ballot, selection
        self._rows = {person.key: row for row, person in enumerate(ballot.applicants)}
        self._seats = {seat.key: number for number, seat in enumerate(ballot.seats)}
        self._arrays = as_arrays(ballot)
        self._thresholds = Thresholds(ballot, self._arrays, Ranking(self._arrays))

    def explain(self, key: str) -> Standing:
        """The standing of one applicant; raises ``KeyError`` for an unknown one."""
        person = self.ballot.applicants[self._rows[key]]
        granted = self.selection.placed.get(key)
        rank = person.choices.index(granted) if granted is not None else len(person.choices)
        enough = self._thresholds.least(self._rows[key], rank)
        return Standing(
            key=key,
            category=person.category,
            score=person.score,
            lottery=int(self._arrays.lottery[self._rows[key]]),
            passed=self.ballot.passes(person),
            tambon=granted,
            answers=tuple(
                self._answer(person, number, rank, enough[number] if number < rank else None)
                for number in range(len(person.choices))
            ),
        )

    def _answer(self, person: Applicant, number: int, rank: int, enough: int | None) -> Answer:
        seat = (person.choices[number], person.category)
        found = self.selection.lists[seat]
        own = self._mark(person, number)
        verdict, decided_by, missing = self._verdict(person, own, found.slots, found.cutoff, number - rank)
        waits = verdict in {"behind", "no_slots"} and person.key in found.reserves
        return Answer(
            tambon=person.choices[number],
            rank=number + 1,
            slots=found.slots,
            listed=len(self._thresholds.who(self._seats[seat])),
            position=self._position(person, seat),
            own=own,
            last=found.cutoff,
            verdict=verdict,
            decided_by=decided_by,
            missing=missing,
            enough_score=enough,
            reserve=found.reserves.index(person.key) + 1 if waits else None,
        )

    def _verdict(
        self, person: Applicant, own: Mark, slots: int, last: Mark | None, beyond: int
    ) -> tuple[str, str, int]:
        """The verdict, what decided, and by how much; ``beyond`` is the distance to the choice that was granted."""
        if beyond >= 0:
            return ("higher_choice" if beyond else "admitted"), "", 0
        mark = self.ballot.pass_mark
        if mark is not None and person.score < mark:
            return "below_pass_mark", "score", mark - person.score
        if last is None:
            assert not slots, "somebody was turned away from a free slot"
            return "no_slots", "", 0
        decided_by = next(
            (name for name in self.ballot.order if getattr(own, name) != getattr(last, name)), "lottery"
        )
        return "behind", decided_by, last.score - own.score if decided_by == "score" else 0

    def _mark(self, person: Applicant, number: int) -> Mark:
        row = self._rows[person.key]
        return Mark(person.score, person.residence[number], int(self._arrays.lottery[row]))

    def _position(self, person: Applicant, seat: SeatKey) -> int | None:
        there = np.flatnonzero(self._thresholds.who(self._seats[seat]) == self._rows[person.key])
        return int(there[0]) + 1 if len(there) else None
