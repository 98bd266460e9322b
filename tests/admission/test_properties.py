"""What selection promises, held against every thinkable result and every thinkable lie of small ballots."""

from __future__ import annotations

import random
from dataclasses import replace
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.recruitment import calls, peers
from tests.admission import worlds
from u2t.admission import (
    Applicant,
    Ballot,
    Explainer,
    Seat,
    Selection,
    as_arrays,
    select,
    select_arrays,
    violations,
)

few = settings(max_examples=60, deadline=None)
Case = tuple[Ballot, int]


@few
@given(worlds.ballots(4))
def test_of_all_thinkable_results_the_checker_accepts_exactly_the_one_that_is_selected(case: Case) -> None:
    ballot, _ = case
    accepted = [
        placed for placed in worlds.results(ballot) if not violations(ballot, worlds.told(ballot, placed))
    ]
    selection = select(ballot)
    assert accepted == [selection.placed]
    assert selection == worlds.told(ballot, selection.placed)


@few
@given(worlds.ballots(6, order=("residence", "lottery")))
def test_the_result_is_the_best_stable_one_for_every_applicant_and_fills_the_same_slots(case: Case) -> None:
    ballot, _ = case
    stable = worlds.stable_results(ballot)
    selection = select(ballot)
    assert selection.placed in stable
    for placed in stable:
        assert set(placed) == set(selection.placed)
        for person in ballot.applicants:
            assert worlds.rank(person, selection.placed) <= worlds.rank(person, placed)


@few
@given(worlds.ballots(6), st.randoms(use_true_random=False))
def test_the_order_of_input_means_nothing_and_rerunning_gives_the_same_bits(
    case: Case, chance: random.Random
) -> None:
    ballot, _ = case
    shuffled = replace(
        ballot,
        seats=tuple(chance.sample(ballot.seats, len(ballot.seats))),
        applicants=tuple(chance.sample(ballot.applicants, len(ballot.applicants))),
    )
    assert repr(select(shuffled).to_json()) == repr(select(ballot).to_json())


@settings(max_examples=25, deadline=None)
@given(worlds.ballots(5))
def test_nobody_gains_by_hiding_or_reordering_choices(case: Case) -> None:
    ballot, salt = case
    honest = select(ballot).placed
    for person in ballot.applicants:
        tambons = sorted({seat.key[0] for seat in ballot.seats})
        lies = [lie for length in range(len(tambons) + 1) for lie in permutations(tambons, length)]
        for lie in lies:
            liar = worlds.applicant(person.key, person.category, person.score, lie, salt)
            placed = select(_with(ballot, liar)).placed.get(person.key)
            if placed in person.choices:
                assert person.choices.index(placed) >= worlds.rank(person, honest)


@few
@given(worlds.ballots(6), st.integers(1, 3))
def test_a_higher_score_never_hurts_who_has_it(case: Case, more: int) -> None:
    ballot, _ = case
    before = select(ballot).placed
    for person in ballot.applicants:
        after = select(_with(ballot, replace(person, score=person.score + more))).placed
        assert worlds.rank(person, after) <= worlds.rank(person, before)


@few
@given(worlds.ballots(6))
def test_whoever_steps_back_and_whatever_slot_is_added_hurts_no_other_applicant(case: Case) -> None:
    ballot, _ = case
    before = select(ballot).placed
    changed = [ballot.without(person.key) for person in ballot.applicants]
    changed += [
        replace(
            ballot,
            seats=tuple(Seat(seat.key, seat.slots + (seat.key == more.key)) for seat in ballot.seats),
        )
        for more in ballot.seats
    ]
    for other in changed:
        after = select(other).placed
        for person in other.applicants:
            assert worlds.rank(person, after) <= worlds.rank(person, before)


@few
@given(worlds.ballots(6))
def test_numbers_too_large_to_be_packed_together_change_nothing(case: Case) -> None:
    ballot, _ = case
    large = replace(
        ballot,
        applicants=tuple(
            replace(
                one,
                score=(one.score - 2) * 10**14,
                residence=tuple(near * 4 * 10**14 for near in one.residence),
            )
            for one in ballot.applicants
        ),
        pass_mark=None if ballot.pass_mark is None else (ballot.pass_mark - 2) * 10**14,
    )
    selection = select(large)
    assert selection.placed == select(ballot).placed
    assert violations(large, selection) == []


@few
@given(worlds.ballots(6))
def test_ballot_and_selection_survive_being_written_down(case: Case) -> None:
    ballot, _ = case
    selection = select(ballot)
    assert Ballot.from_json(ballot.to_json()) == ballot
    assert Selection.from_json(selection.to_json()) == selection


def _with(ballot: Ballot, changed: Applicant) -> Ballot:
    others = tuple(one for one in ballot.applicants if one.key != changed.key)
    return replace(ballot, applicants=(*others, changed))


def test_a_whole_university_gets_what_the_textbook_algorithm_gives_and_every_threshold_holds() -> None:
    ballot = calls.call(6_000, 60)
    selection = select(ballot)
    assert violations(ballot, selection) == []
    assert len(selection.placed) == 1_200
    assert selection.placed == peers.solve_plain(peers.build_plain(ballot))
    explainer = Explainer(ballot, selection)
    for person in ballot.applicants[:3_000:300]:
        own = worlds.rank(person, selection.placed)
        for answer in explainer.explain(person.key).answers[:own]:
            assert answer.enough_score is not None
            for score in (answer.enough_score, answer.enough_score - 1):
                alone = replace(
                    person, score=score, choices=(answer.tambon,), residence=(answer.own.residence,)
                )
                got = select_arrays(as_arrays(_with(ballot, alone))).seat[ballot.applicants.index(person)]
                assert (got >= 0) == (score == answer.enough_score)
