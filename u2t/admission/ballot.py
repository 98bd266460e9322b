"""What a selection is made from: seats, applicants and the rule, as plain values that can be frozen and hashed."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from u2t.objections import Objection

SeatKey = tuple[str, str]
"""Tambon code, category code."""

CRITERIA = ("score", "residence", "lottery")
"""What a priority can be made of. ``lottery`` always comes last, because only it leaves nobody equal."""

LARGEST = 10**15
"""No score or class may be larger: every number up to it is exact in any spreadsheet."""

FORMAT = "u2t ballot 1"


@dataclass(frozen=True, slots=True)
class Seat:
    """``slots`` equal places for one category in one tambon."""

    key: SeatKey
    slots: int


@dataclass(frozen=True, slots=True)
class Applicant:
    """Somebody who may be selected.

    ``score`` is in thousandths of a point, the more the better. ``choices`` are tambon codes, the dearest first.
    ``residence`` has one class for each choice, the smaller the better; the programme's are 0 same tambon, 1
    same district, 2 same province, 3 elsewhere.
    """

    key: str
    category: str
    score: int
    choices: tuple[str, ...]
    residence: tuple[int, ...]


@dataclass(frozen=True)
class Ballot:
    """Everything that decides. It puts itself into canonical order, so the order of input means nothing.

    ``order`` is the order of the criteria in every seat's priority: ``score`` and ``residence`` in either order
    or left out, ``lottery`` last. Who has less than ``pass_mark`` is not eligible anywhere; ``None``: no mark.
    """

    seats: tuple[Seat, ...]
    applicants: tuple[Applicant, ...]
    seed: str
    order: tuple[str, ...] = CRITERIA
    pass_mark: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "seats", tuple(sorted(self.seats, key=lambda seat: seat.key)))
        object.__setattr__(self, "applicants", tuple(sorted(self.applicants, key=lambda person: person.key)))

    def passes(self, applicant: Applicant) -> bool:
        """Whether the applicant's score reaches the pass mark, if there is one."""
        return self.pass_mark is None or applicant.score >= self.pass_mark

    def without(self, key: str) -> Ballot:
        """The same ballot as if this applicant had never applied; raises ``KeyError`` for an unknown one."""
        left = tuple(person for person in self.applicants if person.key != key)
        if len(left) == len(self.applicants):
            raise KeyError(key)
        return replace(self, applicants=left)

    def to_json(self) -> dict[str, Any]:
        """Only dictionaries, lists, strings, whole numbers and nulls."""
        return {
            "seed": self.seed,
            "order": list(self.order),
            "pass_mark": self.pass_mark,
            "seats": [[*seat.key, seat.slots] for seat in self.seats],
            "applicants": [
                [one.key, one.category, one.score, list(one.choices), list(one.residence)]
                for one in self.applicants
            ],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Ballot:
        """The ballot that :meth:`to_json` was called on."""
        return cls(
            seats=tuple(Seat((tambon, category), slots) for tambon, category, slots in data["seats"]),
            applicants=tuple(
                Applicant(key, category, score, tuple(choices), tuple(residence))
                for key, category, score, choices, residence in data["applicants"]
            ),
            seed=data["seed"],
            order=tuple(data["order"]),
            pass_mark=data["pass_mark"],
        )


def lottery(seed: str, key: str) -> int:
    """The lottery number of an application: the first 12 hexadecimal digits of the SHA-256 of ``seed:key``.

    The smaller number goes first. It has at most 15 decimal digits, so no spreadsheet rounds it. Anybody gets the
    same with ``printf '%s' 'SEED:KEY' | sha256sum | cut -c1-12``.
    """
    return int(hashlib.sha256(f"{seed}:{key}".encode()).hexdigest()[:12], 16)


def canonical_text(ballot: Ballot) -> str:
    """The ballot as the text that is hashed: one JSON array a line, ended by line feeds.

    First the format, the seed, the order and the pass mark; then every seat (tambon, category, slots) in that
    order; then every applicant (key, category, score, choices, classes) by key. Written to a file, its
    ``sha256sum`` is the digest.
    """
    return "".join(_lines(ballot))


def _lines(ballot: Ballot) -> Iterator[str]:
    """The lines, put together from quoted texts: for a nation's applicants that is several times faster."""
    quote = json.JSONEncoder(ensure_ascii=False).encode
    rule = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    yield f"{rule([FORMAT, ballot.seed, ballot.order, ballot.pass_mark])}\n"
    for seat in ballot.seats:
        yield f"{rule(['seat', *seat.key, seat.slots])}\n"
    quoted = {name: quote(name) for seat in ballot.seats for name in seat.key}
    for one in ballot.applicants:
        choices = ",".join([quoted.get(tambon) or quote(tambon) for tambon in one.choices])
        classes = ",".join(map(str, one.residence))
        category = quoted.get(one.category) or quote(one.category)
        yield f'["applicant",{quote(one.key)},{category},{one.score},[{choices}],[{classes}]]\n'


def digest(ballot: Ballot) -> str:
    """SHA-256 of :func:`canonical_text`: the same exactly when the same would be decided from the same input."""
    return hashlib.sha256(canonical_text(ballot).encode()).hexdigest()


def objections(ballot: Ballot) -> list[Objection]:
    """Everything that makes the ballot contradict itself; nothing is selected while this is not empty.

    Codes and what they are about: ``admission.bad_order`` (order), ``no_seed``, ``seat_twice`` and
    ``negative_slots`` (tambon, category), ``applicant_twice``, ``score_too_large``, ``residence_not_for_every_choice``
    and ``bad_residence`` (applicant), ``unknown_tambon``, ``tambon_twice`` (applicant, tambon) and
    ``no_such_seat`` (applicant, tambon, category: the tambon has no seat, not even one of 0 slots, of that category).
    """
    return [*_rule_objections(ballot), *_seat_objections(ballot), *_applicant_objections(ballot)]


def _rule_objections(ballot: Ballot) -> Iterator[Objection]:
    order = ballot.order
    if not order or order[-1] != "lottery" or len(set(order)) < len(order) or not set(order) <= set(CRITERIA):
        yield Objection("admission.bad_order", {"order": ", ".join(order)})
    if not ballot.seed:
        yield Objection("admission.no_seed")


def _seat_objections(ballot: Ballot) -> Iterator[Objection]:
    for before, seat in pairwise(ballot.seats):
        if seat.key == before.key:
            yield Objection("admission.seat_twice", {"tambon": seat.key[0], "category": seat.key[1]})
    for seat in ballot.seats:
        if seat.slots < 0:
            yield Objection("admission.negative_slots", {"tambon": seat.key[0], "category": seat.key[1]})


def _applicant_objections(ballot: Ballot) -> Iterator[Objection]:
    offered: dict[str, set[str]] = {}
    for seat in ballot.seats:
        offered.setdefault(seat.key[1], set()).add(seat.key[0])
    tambons = set().union(*offered.values())
    for before, one in pairwise(ballot.applicants):
        if one.key == before.key:
            yield Objection("admission.applicant_twice", {"applicant": one.key})
    for one in ballot.applicants:
        if abs(one.score) > LARGEST:
            yield Objection("admission.score_too_large", {"applicant": one.key})
        if len(one.residence) != len(one.choices):
            yield Objection("admission.residence_not_for_every_choice", {"applicant": one.key})
        elif one.residence and not (min(one.residence) >= 0 and max(one.residence) <= LARGEST):
            yield Objection("admission.bad_residence", {"applicant": one.key})
        here = offered.get(one.category, set())
        if len(set(one.choices)) < len(one.choices) or not here.issuperset(one.choices):
            yield from _choice_objections(one, here, tambons)


def _choice_objections(one: Applicant, offered: set[str], tambons: set[str]) -> Iterator[Objection]:
    seen: set[str] = set()
    for tambon in one.choices:
        about = {"applicant": one.key, "tambon": tambon}
        if tambon in seen:
            yield Objection("admission.tambon_twice", about)
        elif tambon not in tambons:
            yield Objection("admission.unknown_tambon", about)
        elif tambon not in offered:
            yield Objection("admission.no_such_seat", {**about, "category": one.category})
        seen.add(tambon)
