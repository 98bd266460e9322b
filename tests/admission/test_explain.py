"""Reasons that an applicant can hold against the result: every number in them is the true one."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import given, settings

from tests.admission import worlds
from u2t.admission import (
    Applicant,
    Ballot,
    Explainer,
    Mark,
    Seat,
    as_arrays,
    explain,
    lottery,
    select,
    select_arrays,
)

few = settings(max_examples=80, deadline=None)
MEUNG, SONG = "620101", "620102"


@few
@given(worlds.ballots(6))
def test_the_score_that_is_said_to_be_enough_is_enough_and_none_below_is(case: tuple[Ballot, int]) -> None:
    ballot, _ = case
    explainer = Explainer(ballot, select(ballot))
    for person in ballot.applicants:
        standing = explainer.explain(person.key)
        own = worlds.rank(person, select(ballot).placed)
        enough = [answer.enough_score for answer in standing.answers[:own]]
        for score in range(person.score, 6):
            others = tuple(one for one in ballot.applicants if one.key != person.key)
            raised = replace(ballot, applicants=(*others, replace(person, score=score)))
            reached = worlds.rank(person, select(raised).placed)
            told = next(
                (number for number, least in enumerate(enough) if least is not None and least <= score), own
            )
            assert reached == told


@few
@given(worlds.ballots(6))
def test_every_answer_says_what_the_result_says(case: tuple[Ballot, int]) -> None:
    ballot, _ = case
    selection = select(ballot)
    explainer = Explainer(ballot, selection)
    for person in ballot.applicants:
        standing = explainer.explain(person.key)
        assert standing.tambon == selection.placed.get(person.key)
        assert standing.lottery == lottery(ballot.seed, person.key)
        assert standing.passed == ballot.passes(person)
        for answer, tambon in zip(standing.answers, person.choices, strict=True):
            seat = (tambon, person.category)
            found = selection.lists[seat]
            listed = [
                worlds.standing(ballot, one, tambon)
                for one in ballot.applicants
                if ballot.passes(one) and one.category == person.category and tambon in one.choices
            ]
            mine = worlds.standing(ballot, person, tambon)
            assert (answer.tambon, answer.slots, answer.last) == (tambon, found.slots, found.cutoff)
            assert answer.listed == len(listed)
            assert answer.position == (sorted(listed).index(mine) + 1 if standing.passed else None)
            assert (answer.verdict == "admitted") == (person.key in found.admitted)
            expected = found.reserves.index(person.key) + 1 if person.key in found.reserves else None
            assert answer.reserve == expected
            if answer.verdict == "behind":
                assert found.cutoff is not None
                difference = found.cutoff.score - person.score
                assert answer.missing == (difference if answer.decided_by == "score" else 0)
                assert getattr(answer.own, answer.decided_by) != getattr(found.cutoff, answer.decided_by)


def simple(*people: Applicant, slots: int = 1, pass_mark: int | None = None) -> Ballot:
    seats = (Seat((MEUNG, "public"), slots), Seat((SONG, "public"), 1))
    return Ballot(seats, people, "2564", pass_mark=pass_mark)


def person(key: str, score: int, *choices: str, near: int = 0) -> Applicant:
    return Applicant(key, "public", score, choices, (near,) * len(choices))


def test_a_higher_choice_ends_the_asking() -> None:
    ballot = simple(person("a", 80_000, MEUNG, SONG))
    verdicts = [answer.verdict for answer in explain(ballot, select(ballot), "a").answers]
    assert verdicts == ["admitted", "higher_choice"]


def test_the_missing_points_are_those_to_the_last_admitted() -> None:
    ballot = simple(person("a", 80_000, MEUNG), person("b", 76_250, MEUNG, near=1))
    (answer,) = explain(ballot, select(ballot), "b").answers
    assert (answer.verdict, answer.decided_by, answer.missing) == ("behind", "score", 3_750)
    assert answer.last == Mark(80_000, 0, lottery("2564", "a"))
    assert (answer.position, answer.listed, answer.reserve) == (2, 2, 1)
    assert answer.enough_score == 80_001


def test_equal_scores_are_decided_by_residence_and_then_by_lottery() -> None:
    ballot = simple(person("a", 80_000, MEUNG), person("b", 80_000, MEUNG, near=2))
    (answer,) = explain(ballot, select(ballot), "b").answers
    assert (answer.decided_by, answer.missing, answer.enough_score) == ("residence", 0, 80_001)
    ballot = simple(person("a", 80_000, MEUNG), person("b", 80_000, MEUNG))
    loser = "b" if lottery("2564", "a") < lottery("2564", "b") else "a"
    (answer,) = explain(ballot, select(ballot), loser).answers
    assert (answer.decided_by, answer.missing, answer.enough_score) == ("lottery", 0, 80_001)


def test_below_the_pass_mark_the_answer_says_by_how_much() -> None:
    ballot = simple(person("a", 59_000, MEUNG), pass_mark=60_000)
    standing = explain(ballot, select(ballot), "a")
    (answer,) = standing.answers
    assert not standing.passed
    assert (answer.verdict, answer.missing, answer.enough_score) == ("below_pass_mark", 1_000, 60_000)
    assert (answer.position, answer.reserve) == (None, None)


def test_a_tambon_without_slots_says_so_and_no_score_would_do() -> None:
    ballot = simple(person("a", 90_000, MEUNG), slots=0)
    (answer,) = explain(ballot, select(ballot), "a").answers
    assert (answer.verdict, answer.last, answer.enough_score, answer.reserve) == ("no_slots", None, None, 1)


def test_the_score_that_is_enough_can_lie_above_the_last_admitted() -> None:
    """Whoever pushes the last one out sets others moving, and one of them may come back to the same tambon.

    With 72 points c would push b out of Meung; b lives nearer to Song and pushes a out there; a, who has 75 points
    and wanted Meung next, pushes c out again. So the 70 of the last admitted are not enough, and 75 are needed.
    """
    ballot = Ballot(
        (Seat((MEUNG, "public"), 1), Seat((SONG, "public"), 1)),
        (
            Applicant("a", "public", 75_000, (SONG, MEUNG), (1, 0)),
            Applicant("b", "public", 70_000, (MEUNG, SONG), (0, 0)),
            Applicant("c", "public", 60_000, (MEUNG,), (0,)),
        ),
        "2564",
        order=("residence", "score", "lottery"),
    )
    selection = select(ballot)
    assert selection.cutoffs[MEUNG, "public"] == Mark(70_000, 0, lottery("2564", "b"))
    (answer,) = explain(ballot, selection, "c").answers
    assert answer.missing == 10_000
    assert answer.enough_score == 75_000 + (lottery("2564", "a") < lottery("2564", "c"))


def test_somebody_without_a_seat_can_keep_two_others_from_what_they_want() -> None:
    """Without c, a would be in Song and b in Meung. c pushes b out of Meung, b pushes a out of Song, and a pushes c
    out of Meung: c has nothing, and the two have each other's tambon. The score to beat is still a's."""
    ballot = Ballot(
        (Seat((MEUNG, "public"), 1), Seat((SONG, "public"), 1)),
        (
            Applicant("a", "public", 90_000, (SONG, MEUNG), (1, 0)),
            Applicant("b", "public", 70_000, (MEUNG, SONG), (0, 0)),
            Applicant("c", "public", 80_000, (MEUNG,), (0,)),
        ),
        "2564",
        order=("residence", "score", "lottery"),
    )
    selection = select(ballot)
    assert selection.placed == {"a": MEUNG, "b": SONG}
    assert select(ballot.without("c")).placed == {"a": SONG, "b": MEUNG}
    (answer,) = explain(ballot, selection, "c").answers
    assert answer.enough_score == 90_000 + (lottery("2564", "a") < lottery("2564", "c"))


@pytest.mark.parametrize("seed", range(10))
def test_thresholds_are_exact_where_many_chains_cross(seed: int) -> None:
    draw = random.Random(seed)
    tambons = [f"62010{number}" for number in range(6)]
    people = [
        worlds.applicant(
            f"{number}", "public", draw.randrange(0, 30), draw.sample(tambons, draw.randint(2, 6)), seed
        )
        for number in range(30)
    ]
    seats = tuple(Seat((tambon, "public"), draw.randint(1, 3)) for tambon in tambons)
    ballot = Ballot(seats, tuple(people), "crossing", order=("residence", "score", "lottery"))
    selection = select(ballot)
    explainer = Explainer(ballot, selection)
    for one in ballot.applicants:
        others = tuple(other for other in ballot.applicants if other.key != one.key)
        for answer in explainer.explain(one.key).answers[: worlds.rank(one, selection.placed)]:
            enough = 10_000 if answer.enough_score is None else answer.enough_score
            for score, gets_it in ((enough, answer.enough_score is not None), (enough - 1, False)):
                alone = replace(one, score=score, choices=(answer.tambon,), residence=(answer.own.residence,))
                raised = replace(ballot, applicants=(*others, alone))
                found = select_arrays(as_arrays(raised)).seat[raised.applicants.index(alone)]
                assert (found >= 0) == gets_it


def test_no_score_stands_before_a_nearer_home_where_residence_counts_first() -> None:
    ballot = replace(
        simple(person("a", 10_000, MEUNG), person("b", 90_000, MEUNG, near=1)),
        order=("residence", "score", "lottery"),
    )
    (answer,) = explain(ballot, select(ballot), "b").answers
    assert (answer.decided_by, answer.missing, answer.enough_score) == ("residence", 0, None)


def test_an_unknown_applicant_has_no_standing() -> None:
    ballot = simple(person("a", 80_000, MEUNG))
    with pytest.raises(KeyError):
        explain(ballot, select(ballot), "z")
