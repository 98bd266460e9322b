"""From a ballot to a selection."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from itertools import chain

import numpy as np

from u2t.admission.ballot import Ballot, SeatKey, digest, objections
from u2t.admission.deferred import ArrayBallot, Ints, Outcome, Ranking, select_arrays
from u2t.admission.selection import Mark, SeatList, Selection
from u2t.objections import refuse_if

Progress = Callable[[str, int, int], None]


def select(ballot: Ballot, progress: Progress | None = None) -> Selection:
    """Who gets which seat, who is in reserve, and where the line was.

    ``progress`` is called as ``(step, done, of)`` with the steps ``"ranking"``, ``"selecting"``, ``"listing"``.
    Raises :class:`u2t.objections.Refused` with everything that makes the ballot contradict itself. The same ballot
    gives the same selection to the bit, in whatever order its parts were given.
    """
    tell = progress or (lambda step, done, of: None)
    tell("ranking", 0, 1)
    refuse_if(objections(ballot))
    arrays = as_arrays(ballot)
    ranking = Ranking(arrays)
    tell("ranking", 1, 1)
    tell("selecting", 0, 1)
    outcome = select_arrays(arrays, ranking)
    tell("selecting", 1, 1)
    tell("listing", 0, 1)
    selection = _told(ballot, arrays, ranking, outcome)
    tell("listing", 1, 1)
    return selection


def as_arrays(ballot: Ballot) -> ArrayBallot:
    """The ballot as arrays: rows and seats in its own order. Its contradictions must have been refused before."""
    people = ballot.applicants
    seats: dict[str, dict[str, int]] = {person.category: {} for person in people}
    for number, seat in enumerate(ballot.seats):
        seats.setdefault(seat.key[1], {})[seat.key[0]] = number
    length = np.array([len(person.choices) for person in people], dtype=np.int64)
    widest = int(length.max(initial=1))
    listed = np.arange(widest) < length[:, None]
    choices = np.full(listed.shape, len(ballot.seats), dtype=np.int64)
    category = np.array([person.category for person in people])
    for name, numbers in seats.items():
        own = listed & (category == name)[:, None]
        tambons = chain.from_iterable([person.choices for person in people if person.category == name])
        choices[own] = np.fromiter(map(numbers.__getitem__, tambons), np.int64, np.count_nonzero(own))
    residence = np.zeros(listed.shape, dtype=np.int64)
    classes = chain.from_iterable([person.residence for person in people])
    residence[listed] = np.fromiter(classes, np.int64, int(length.sum()))
    return ArrayBallot(
        slots=np.array([seat.slots for seat in ballot.seats], dtype=np.int64),
        seats=choices,
        score=np.array([one.score for one in people], dtype=np.int64),
        residence=residence,
        lottery=_lottery(ballot),
        order=ballot.order,
        pass_mark=ballot.pass_mark,
    )


def _lottery(ballot: Ballot) -> Ints:
    """``lottery`` of everybody at once: the first six bytes of each hash."""
    seed, sha256 = f"{ballot.seed}:".encode(), hashlib.sha256
    hashes = b"".join([sha256(seed + one.key.encode()).digest() for one in ballot.applicants])
    return (np.frombuffer(hashes, dtype=">u8")[::4] >> np.uint64(16)).astype(np.int64)


def _told(ballot: Ballot, arrays: ArrayBallot, ranking: Ranking, outcome: Outcome) -> Selection:
    """The outcome in keys and codes."""
    keys = np.array([person.key for person in ballot.applicants], dtype=object)
    tambons = np.array([seat.key[0] for seat in ballot.seats], dtype=object)
    placed = np.flatnonzero(outcome.seat >= 0)
    left = np.flatnonzero((outcome.seat < 0) & arrays.eligible)
    waiting, first = ranking.listed(left)
    admitted, reserves = keys[outcome.admitted].tolist(), keys[waiting].tolist()
    cutoffs = _cutoffs(ballot, arrays, outcome)
    lists = {
        seat.key: SeatList(
            seat.slots,
            tuple(admitted[start : start + count]),
            tuple(reserves[begin:end]),
            cutoffs.get(seat.key),
        )
        for seat, start, count, begin, end in zip(
            ballot.seats,
            outcome.start.tolist(),
            outcome.count.tolist(),
            first[:-1].tolist(),
            first[1:].tolist(),
            strict=True,
        )
    }
    reached = (arrays.seats[placed] == outcome.seat[placed, None]).argmax(axis=1) + 1
    asked = int(reached.sum()) + int((arrays.seats[left] < len(ballot.seats)).sum())
    names = dict(zip(keys[placed].tolist(), tambons[outcome.seat[placed]].tolist(), strict=True))
    return Selection(digest(ballot), names, lists, asked)


def _cutoffs(ballot: Ballot, arrays: ArrayBallot, outcome: Outcome) -> dict[SeatKey, Mark]:
    full = np.flatnonzero((outcome.count == arrays.slots) & (arrays.slots > 0))
    last: Ints = outcome.admitted[outcome.start[full] + outcome.count[full] - 1]
    rank = (arrays.seats[last] == full[:, None]).argmax(axis=1)
    marks = zip(
        arrays.score[last].tolist(),
        arrays.residence[last, rank].tolist(),
        arrays.lottery[last].tolist(),
        strict=True,
    )
    return {ballot.seats[seat].key: Mark(*mark) for seat, mark in zip(full.tolist(), marks, strict=True)}
