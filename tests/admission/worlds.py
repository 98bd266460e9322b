"""Small ballots, every thinkable result of them, and a reading of both that is nobody else's code."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product

from hypothesis import strategies as st

from u2t.admission import Applicant, Ballot, Mark, Seat, SeatList, Selection, digest, lottery

ORDERS = (
    ("score", "residence", "lottery"),
    ("residence", "score", "lottery"),
    ("score", "lottery"),
    ("residence", "lottery"),
    ("lottery",),
)
TAMBONS = ("620101", "620102", "620201")
CATEGORIES = ("graduate", "public")


def near(salt: int, key: str, tambon: str) -> int:
    """A residence class that is there for tambons not listed as well."""
    return hashlib.sha256(f"{salt}/{key}/{tambon}".encode()).digest()[0] % 3


def applicant(key: str, category: str, score: int, choices: Sequence[str], salt: int) -> Applicant:
    return Applicant(key, category, score, tuple(choices), tuple(near(salt, key, one) for one in choices))


@st.composite
def ballots(draw: st.DrawFn, most: int = 5, *, order: tuple[str, ...] | None = None) -> tuple[Ballot, int]:
    """A ballot and the salt of its residence classes: scores 0 to 3, slots 0 to 2, up to three tambons."""
    salt = draw(st.integers(0, 50))
    tambons = TAMBONS[: draw(st.integers(1, 3))]
    slots = draw(st.lists(st.integers(0, 2), min_size=6, max_size=6))
    seats = [Seat(key, places) for key, places in zip(product(tambons, CATEGORIES), slots, strict=False)]
    people = [
        applicant(
            f"A{number}",
            draw(st.sampled_from(CATEGORIES[: draw(st.integers(1, 2))])),
            draw(st.integers(0, 3)),
            draw(st.permutations(tambons))[: draw(st.integers(0, 3))],
            salt,
        )
        for number in range(draw(st.integers(0, most)))
    ]
    return Ballot(
        tuple(seats),
        tuple(people),
        seed=f"seed {draw(st.integers(0, 9))}",
        order=order or draw(st.sampled_from(ORDERS)),
        pass_mark=draw(st.sampled_from([None, None, 1, 2])),
    ), salt


def matrix(
    wishes: Mapping[str, Sequence[str]], priorities: Mapping[str, Sequence[str]], slots: int = 1
) -> Ballot:
    """A textbook's instance: everybody's list and every seat's own order, as residence classes without scores."""
    people = [
        Applicant(key, "all", 0, tuple(wished), tuple(priorities[seat].index(key) for seat in wished))
        for key, wished in wishes.items()
    ]
    seats = [Seat((seat, "all"), slots) for seat in priorities]
    return Ballot(tuple(seats), tuple(people), "textbook", ("residence", "lottery"))


def lying(ballot: Ballot, lists: Mapping[str, Sequence[str]]) -> Ballot:
    """The ballot if these people had handed in these lists, of tambons out of their true ones."""
    people = [
        replace(
            one,
            choices=tuple(lists[one.key]),
            residence=tuple(one.residence[one.choices.index(tambon)] for tambon in lists[one.key]),
        )
        if one.key in lists
        else one
        for one in ballot.applicants
    ]
    return replace(ballot, applicants=tuple(people))


def standing(ballot: Ballot, person: Applicant, tambon: str) -> tuple[tuple[int, ...], str]:
    """The smaller, the better the person stands there."""
    values = {
        "score": -person.score,
        "residence": person.residence[person.choices.index(tambon)],
        "lottery": lottery(ballot.seed, person.key),
    }
    return tuple(values[name] for name in ballot.order), person.key


def results(ballot: Ballot) -> Iterator[dict[str, str]]:
    """Every way to give those who passed a tambon that they listed, or none, within the slots or not."""
    people = [one for one in ballot.applicants if ballot.passes(one)]
    for chosen in product(*((*one.choices, None) for one in people)):
        yield {one.key: tambon for one, tambon in zip(people, chosen, strict=True) if tambon is not None}


def rank(person: Applicant, placed: Mapping[str, str]) -> int:
    """How far down the list the person came; a person without a seat, to its end."""
    tambon = placed.get(person.key)
    return len(person.choices) if tambon is None else person.choices.index(tambon)


def is_stable(ballot: Ballot, placed: Mapping[str, str]) -> bool:
    """No seat beyond its slots, and no pair that would rather have each other."""
    people = [one for one in ballot.applicants if ballot.passes(one)]
    slots = {seat.key: seat.slots for seat in ballot.seats}
    taken = Counter((placed[one.key], one.category) for one in people if one.key in placed)
    if any(count > slots[seat] for seat, count in taken.items()):
        return False
    for one in people:
        for tambon in one.choices[: rank(one, placed)]:
            there = [
                other for other in people if (placed.get(other.key), other.category) == (tambon, one.category)
            ]
            if len(there) < slots[tambon, one.category]:
                return False
            mine = standing(ballot, one, tambon)
            if any(mine < standing(ballot, other, tambon) for other in there):
                return False
    return True


def stable_results(ballot: Ballot) -> list[dict[str, str]]:
    return [placed for placed in results(ballot) if is_stable(ballot, placed)]


def told(ballot: Ballot, placed: Mapping[str, str]) -> Selection:
    """A whole selection around any result, with every list and number as it would have to be."""
    people = [one for one in ballot.applicants if ballot.passes(one)]
    lists = {}
    for seat in ballot.seats:
        tambon, category = seat.key
        listed = [one for one in people if one.category == category and tambon in one.choices]
        listed.sort(key=lambda one: standing(ballot, one, tambon))
        admitted = [one for one in listed if placed.get(one.key) == tambon]
        cutoff = None
        if admitted and len(admitted) == seat.slots:
            last = admitted[-1]
            near_by = last.residence[last.choices.index(tambon)]
            cutoff = Mark(last.score, near_by, lottery(ballot.seed, last.key))
        reserves = tuple(one.key for one in listed if one.key not in placed)
        lists[seat.key] = SeatList(seat.slots, tuple(one.key for one in admitted), reserves, cutoff)
    asked = sum(min(rank(one, placed) + 1, len(one.choices)) for one in people)
    return Selection(digest(ballot), dict(placed), lists, asked)
