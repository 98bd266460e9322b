"""Whether a selection is the one that its ballot asks for: an independent reading of both.

Shares no code with the solver and uses the standard library alone. An empty answer means: every rule holds, every
list and number is right, nobody is passed over, and no other stable result is better for any applicant.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator

from u2t.admission.ballot import Applicant, Ballot, SeatKey, digest, objections
from u2t.admission.selection import Mark, Selection
from u2t.objections import Objection

Standing = tuple[tuple[int, ...], str]
"""Where somebody stands at a seat: what counts there, the smaller the better, and the key that is never equal."""


def violations(ballot: Ballot, selection: Selection) -> list[Objection]:
    """Everything that is wrong with the selection; nothing may be stored while this is not empty.

    Codes: ``admission.other_ballot``, ``applicant_unknown``, ``seats_differ``, ``not_eligible``, ``quota_exceeded``,
    ``wasted_slot``, ``passed_over``, ``wrong_admitted``, ``wrong_reserves``, ``wrong_cutoff``, ``wrong_proposals``,
    ``not_the_best_for_applicants``, and those of ``objections(ballot)``. They name applications, seats as
    ``tambon/category``, and what is stated.
    """
    found = objections(ballot) or list(_same_things(ballot, selection))
    if found:
        return found
    reader = _Reader(ballot, selection)
    found += reader.eligibility()
    if found:
        return found
    for check in (reader.quotas, reader.lists, reader.cutoffs, reader.proposals, reader.envy):
        found += check()
    # A ring of exchanges means something only where everything else is right.
    return found or list(reader.rings())


def _same_things(ballot: Ballot, selection: Selection) -> Iterator[Objection]:
    if selection.ballot_digest != digest(ballot):
        yield Objection("admission.other_ballot", {"stated": selection.ballot_digest})
    people = {person.key for person in ballot.applicants}
    named = set(selection.placed).union(
        *(found.admitted for found in selection.lists.values()),
        *(found.reserves for found in selection.lists.values()),
    )
    for key in sorted(named - people):
        yield Objection("admission.applicant_unknown", {"applicant": key})
    slots = {seat.key: seat.slots for seat in ballot.seats}
    stated = {key: found.slots for key, found in selection.lists.items()}
    for seat in sorted(slots.keys() | stated.keys()):
        if slots.get(seat) != stated.get(seat):
            yield Objection("admission.seats_differ", {"seat": "/".join(seat)})


class _Reader:
    """Ballot and selection side by side, everybody who passed at every seat they listed."""

    def __init__(self, ballot: Ballot, selection: Selection) -> None:
        self.ballot, self.selection = ballot, selection
        self.people = {person.key: person for person in ballot.applicants}
        self.slots = {seat.key: seat.slots for seat in ballot.seats}
        self.rank = {
            person.key: person.choices.index(selection.placed[person.key])
            for person in ballot.applicants
            if selection.placed.get(person.key) in person.choices
        }
        self.numbers = {person.key: self._number(person.key) for person in ballot.applicants}
        self.listed: dict[SeatKey, list[Standing]] = {key: [] for key in self.slots}
        for person in self._passed():
            for rank, tambon in enumerate(person.choices):
                self.listed[tambon, person.category].append(self._standing(person, rank))
        for standings in self.listed.values():
            standings.sort()

    def _number(self, key: str) -> int:
        return int.from_bytes(hashlib.sha256(f"{self.ballot.seed}:{key}".encode()).digest()[:6], "big")

    def _passed(self) -> Iterator[Applicant]:
        mark = self.ballot.pass_mark
        return (person for person in self.ballot.applicants if mark is None or person.score >= mark)

    def _standing(self, person: Applicant, rank: int) -> Standing:
        values = {
            "score": -person.score,
            "residence": person.residence[rank],
            "lottery": self.numbers[person.key],
        }
        return tuple(values[name] for name in self.ballot.order), person.key

    def _wants(self, key: str, seat: SeatKey) -> bool:
        """Whether the applicant listed this tambon above what they have."""
        return self.people[key].choices.index(seat[0]) < self.rank.get(key, len(self.people[key].choices))

    def eligibility(self) -> Iterator[Objection]:
        """Everybody who has a seat passed, and listed the tambon for which there is one of their category."""
        passed = {person.key for person in self._passed()}
        for key, tambon in sorted(self.selection.placed.items()):
            if (
                key not in passed
                or key not in self.rank
                or (tambon, self.people[key].category) not in self.slots
            ):
                yield Objection("admission.not_eligible", {"applicant": key, "tambon": tambon})

    def quotas(self) -> Iterator[Objection]:
        """No seat has more people than slots, and none has slots left that somebody wants."""
        taken = Counter((tambon, self.people[key].category) for key, tambon in self.selection.placed.items())
        for seat, slots in self.slots.items():
            about: dict[str, object] = {"seat": "/".join(seat), "slots": slots, "people": taken[seat]}
            if taken[seat] > slots:
                yield Objection("admission.quota_exceeded", about)
            elif taken[seat] < slots:
                for _, key in self.listed[seat]:
                    if self._wants(key, seat):
                        yield Objection("admission.wasted_slot", {**about, "applicant": key})

    def lists(self) -> Iterator[Objection]:
        """Admitted and reserves are exactly who they must be, in the seat's order."""
        placed = self.selection.placed
        for seat, standings in self.listed.items():
            found = self.selection.lists[seat]
            if found.admitted != tuple(key for _, key in standings if placed.get(key) == seat[0]):
                yield Objection("admission.wrong_admitted", {"seat": "/".join(seat)})
            if found.reserves != tuple(key for _, key in standings if key not in placed):
                yield Objection("admission.wrong_reserves", {"seat": "/".join(seat)})

    def cutoffs(self) -> Iterator[Objection]:
        """The line is where the last of a full seat stands, and nowhere else."""
        for seat, standings in self.listed.items():
            there = [key for _, key in standings if self.selection.placed.get(key) == seat[0]]
            expected = None
            if there and len(there) == self.slots[seat]:
                last = self.people[there[-1]]
                expected = Mark(last.score, last.residence[self.rank[last.key]], self.numbers[last.key])
            if self.selection.lists[seat].cutoff != expected:
                yield Objection("admission.wrong_cutoff", {"seat": "/".join(seat)})

    def proposals(self) -> Iterator[Objection]:
        """Everybody asked down to what they got."""
        asked = sum(self.rank.get(one.key, len(one.choices) - 1) + 1 for one in self._passed())
        if self.selection.proposals != asked:
            about = {"stated": self.selection.proposals, "is": asked}
            yield Objection("admission.wrong_proposals", about)

    def envy(self) -> Iterator[Objection]:
        """Nobody wants a seat that was given to somebody who stands behind them there."""
        for seat, standings in self.listed.items():
            wants = None
            for _, key in standings:
                if wants is None and self._wants(key, seat):
                    wants = key
                elif wants is not None and self.selection.placed.get(key) == seat[0]:
                    yield Objection("admission.passed_over", {"applicant": wants, "seat": "/".join(seat)})
                    break

    def rings(self) -> Iterator[Objection]:
        """No ring of seats could each take the first person who wants it from the next, and stay stable.

        A stable result is the best for all applicants exactly if there is no such ring (a rotation; Irving and
        Leather 1986, Bansal, Agrawal and Malhotra 2007).
        """
        leads: dict[SeatKey, SeatKey] = {}
        for seat, standings in self.listed.items():
            first = next((key for _, key in standings if self._wants(key, seat)), None)
            if first is not None and first in self.rank:
                leads[seat] = (self.selection.placed[first], seat[1])
        seen: dict[SeatKey, SeatKey] = {}
        for start in leads:
            here = start
            while here in leads and here not in seen:
                seen[here] = start
                here = leads[here]
            if here in seen and seen[here] == start:
                yield Objection("admission.not_the_best_for_applicants", {"seat": "/".join(here)})
