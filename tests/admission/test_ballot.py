"""What goes in: frozen, hashed, drawn by lottery, and refused with every reason at once."""

from __future__ import annotations

import hashlib
import subprocess
from collections import Counter
from dataclasses import replace

import pytest

from u2t.admission import (
    Applicant,
    Ballot,
    Seat,
    canonical_text,
    digest,
    lottery,
    next_reserve,
    objections,
    select,
)
from u2t.objections import Refused


def ballot(*people: Applicant, **changes: object) -> Ballot:
    seats = (Seat(("620101", "public"), 1), Seat(("620102", "public"), 1), Seat(("620103", "student"), 1))
    return replace(Ballot(seats, people, "KPRU-2564"), **changes)  # type: ignore[arg-type]


def person(key: str = "64-0001", *choices: str, **changes: object) -> Applicant:
    base = Applicant(key, "public", 75_500, choices, (0,) * len(choices))
    return replace(base, **changes)  # type: ignore[arg-type]


def test_anybody_can_recompute_a_lottery_number_with_sha256sum() -> None:
    words = "printf '%s' 'KPRU-2564:64-0001' | sha256sum | cut -c1-12"
    said = subprocess.run(["sh", "-c", words], capture_output=True, text=True, check=True).stdout
    assert lottery("KPRU-2564", "64-0001") == int(said, 16)


def test_lottery_numbers_are_exact_in_a_spreadsheet_and_treat_every_application_alike() -> None:
    numbers = [lottery("seed", f"64-{number:05}") for number in range(4000)]
    assert len(set(numbers)) == 4000
    assert max(numbers) < 10**15
    thirds = Counter(3 * number >> 48 for number in numbers)
    assert all(1200 < count < 1470 for count in thirds.values())


def test_the_digest_is_the_hash_of_a_text_that_can_be_published() -> None:
    found = ballot(person("64-0002", "620102"), person("64-0001", "620101", "620102"))
    assert canonical_text(found) == (
        '["u2t ballot 1","KPRU-2564",["score","residence","lottery"],null]\n'
        '["seat","620101","public",1]\n'
        '["seat","620102","public",1]\n'
        '["seat","620103","student",1]\n'
        '["applicant","64-0001","public",75500,["620101","620102"],[0,0]]\n'
        '["applicant","64-0002","public",75500,["620102"],[0]]\n'
    )
    assert digest(found) == hashlib.sha256(canonical_text(found).encode()).hexdigest()


def test_every_change_of_input_changes_the_digest() -> None:
    one = person("64-0001", "620101", "620102")
    changed = [
        ballot(one),
        ballot(one, seed="x"),
        ballot(one, order=("score", "lottery")),
        ballot(one, pass_mark=0),
        ballot(one, seats=(Seat(("620101", "public"), 2),)),
        ballot(replace(one, key="64-0002")),
        ballot(replace(one, category="student")),
        ballot(replace(one, score=75_501)),
        ballot(replace(one, choices=("620102", "620101"))),
        ballot(replace(one, residence=(0, 1))),
    ]
    assert len({digest(found) for found in changed}) == len(changed)


@pytest.mark.parametrize(
    ("wrong", "codes"),
    [
        (ballot(order=()), ["bad_order"]),
        (ballot(order=("lottery", "score")), ["bad_order"]),
        (ballot(order=("score", "score", "lottery")), ["bad_order"]),
        (ballot(order=("age", "lottery")), ["bad_order"]),
        (ballot(seed=""), ["no_seed"]),
        (ballot(seats=(Seat(("620101", "public"), 1), Seat(("620101", "public"), 2))), ["seat_twice"]),
        (ballot(seats=(Seat(("620101", "public"), -1),)), ["negative_slots"]),
        (ballot(person(), person()), ["applicant_twice"]),
        (ballot(person(score=10**15 + 1)), ["score_too_large"]),
        (ballot(person("a", "620101", residence=())), ["residence_not_for_every_choice"]),
        (ballot(person("a", "620101", residence=(-1,))), ["bad_residence"]),
        (ballot(person("a", "620101", "620101")), ["tambon_twice"]),
        (ballot(person("a", "999999")), ["unknown_tambon"]),
        (ballot(person("a", "620103")), ["no_such_seat"]),
        (
            ballot(person("a", "999999", "620103"), person("b", "620101", residence=()), seed=""),
            ["no_seed", "unknown_tambon", "no_such_seat", "residence_not_for_every_choice"],
        ),
    ],
)
def test_a_ballot_that_contradicts_itself_is_refused_with_every_reason(
    wrong: Ballot, codes: list[str]
) -> None:
    assert [found.code for found in objections(wrong)] == [f"admission.{code}" for code in codes]
    with pytest.raises(Refused) as refused:
        select(wrong)
    assert refused.value.objections == tuple(objections(wrong))


def test_an_empty_ballot_and_one_without_seats_have_a_result() -> None:
    assert select(ballot()).placed == {}
    nothing = select(ballot(person(), seats=()))
    assert (nothing.placed, nothing.lists, nothing.proposals) == ({}, {}, 0)


def test_progress_is_told_step_by_step() -> None:
    heard: list[tuple[str, int, int]] = []
    select(ballot(person()), progress=lambda *told: heard.append(told))
    assert heard == [(step, done, 1) for step in ("ranking", "selecting", "listing") for done in (0, 1)]


def test_the_next_reserve_is_the_first_who_is_not_gone() -> None:
    people = [person(f"64-000{number}", "620101", score=90_000 - number) for number in range(4)]
    selection = select(ballot(*people))
    seat = ("620101", "public")
    assert selection.lists[seat].reserves == ("64-0001", "64-0002", "64-0003")
    assert selection.unfilled == {seat: 0, ("620102", "public"): 1, ("620103", "student"): 1}
    assert next_reserve(selection.lists, seat, set()) == "64-0001"
    assert next_reserve(selection.lists, seat, {"64-0001", "64-0002"}) == "64-0003"
    assert next_reserve(selection.lists, seat, {"64-0001", "64-0002", "64-0003"}) is None
    with pytest.raises(KeyError):
        next_reserve(selection.lists, ("999999", "public"), set())


def test_who_never_applied_cannot_be_taken_out() -> None:
    with pytest.raises(KeyError):
        ballot(person()).without("64-9999")
