"""Points, scores, panels and times as laws: bounds, symmetry, the third interviewer, even loads."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from u2t.recruitment.rules import assigning, scoring
from u2t.recruitment.rules.assigning import Hours, Loads, Wanted
from u2t.recruitment.rules.scoring import Scale, Sheet, standing

SCALES = (Scale(1, 10, 50), Scale(2, 20, 30), Scale(3, 5, 20))
totals = st.integers(0, scoring.FULL)


def sheets(*first: int | None, extra: tuple[int, ...] = ()) -> list[Sheet]:
    return [*(Sheet(True, total) for total in first), *(Sheet(True, total, True) for total in extra)]


def test_a_total_weighs_each_criterion_by_its_share() -> None:
    # 8 of 10 of half, 15 of 20 of three tenths, 5 of 5 of a fifth: 40 + 22.5 + 20.
    assert scoring.total(SCALES, {1: 8, 2: 15, 3: 5}) == 82_500
    assert scoring.total(SCALES, {1: 0, 2: 0, 3: 0}) == 0
    assert scoring.total(SCALES, {1: 10, 2: 20, 3: 5}) == scoring.FULL
    assert scoring.total([Scale(1, 3, 100)], {1: 1}) == 33_333
    assert scoring.total([Scale(1, 3, 100)], {1: 2}) == 66_667


@pytest.mark.parametrize(
    ("given", "state", "score"),
    [
        (sheets(80_000, 70_000), "scored", 75_000),
        (sheets(80_000, 60_000), "scored", 70_000),  # exactly the limit is allowed
        (sheets(80_001, 60_000), "third", None),
        (sheets(90_000, 50_000, extra=(80_000,)), "scored", 85_000),  # the two nearest
        (sheets(90_000, 50_000, extra=(70_000,)), "scored", 70_000),  # the very middle: all three
        (sheets(90_000, 50_000, extra=(20_000,)), "scored", 35_000),
        (sheets(75_000, 70_000, extra=(0,)), "scored", 72_500),  # a third that was not needed does not count
        (sheets(None, None), "absent", None),
        (sheets(None, 70_000), "few", None),
        (sheets(None, 70_000, 60_000), "scored", 65_000),
        ([*sheets(70_000), Sheet(False)], "waiting", None),
        ([*sheets(90_000, 10_000), Sheet(False, is_extra=True)], "waiting", None),
        (sheets(70_000), "few", None),
        ([], "few", None),
    ],
)
def test_what_two_interviewers_with_a_limit_of_twenty_points_come_to(
    given: list[Sheet], state: str, score: int | None
) -> None:
    found = standing(given, 2, 20)
    assert (found.state, found.score) == (state, score)


@settings(max_examples=60, deadline=None)
@given(st.lists(totals, min_size=2, max_size=5), st.integers(0, 100), st.randoms())
def test_no_order_of_asking_changes_a_score(found: list[int], limit: int, random: object) -> None:
    first = standing(sheets(*found), 2, limit)
    random.shuffle(found)  # type: ignore[attr-defined]
    assert standing(sheets(*found), 2, limit) == first


@settings(max_examples=60, deadline=None)
@given(totals, totals, totals, st.integers(0, 100))
def test_a_score_lies_between_totals_that_count_and_a_third_always_ends_it(
    one: int, two: int, three: int, limit: int
) -> None:
    before = standing(sheets(one, two), 2, limit)
    after = standing(sheets(one, two, extra=(three,)), 2, limit)
    assert after.state == "scored"
    assert after.score is not None
    assert min(after.counted) <= after.score <= max(after.counted)
    if before.state == "scored":
        assert (after.score, before.score) == (scoring.mean([one, two]), after.score)
    else:
        assert abs(one - two) > limit * 1_000
        assert scoring.spread(after.counted) <= scoring.spread([one, two, three])
        gaps = sorted((abs(one - two), abs(two - three), abs(one - three)))
        assert len(after.counted) == (3 if gaps[0] == gaps[1] and gaps[0] > 0 else 2)


@settings(max_examples=60, deadline=None)
@given(st.tuples(st.integers(0, 10), st.integers(0, 20), st.integers(0, 5)), st.integers(1, 3))
def test_one_more_point_never_lowers_a_total(points: tuple[int, int, int], which: int) -> None:
    given_points = dict(enumerate(points, start=1))
    before = scoring.total(SCALES, given_points)
    assert 0 <= before <= scoring.FULL
    if given_points[which] < SCALES[which - 1].max_points:
        assert scoring.total(SCALES, {**given_points, which: given_points[which] + 1}) > before


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 40), st.integers(2, 9), st.integers(1, 2))
def test_loads_differ_by_at_most_one_and_nobody_meets_an_applicant_twice(
    applicants: int, interviewers: int, each: int
) -> None:
    loads = Loads(dict.fromkeys(range(interviewers), 0))
    pairs, short = assigning.assign([Wanted(n, each) for n in range(applicants)], loads)
    assert not short
    assert len(set(pairs)) == len(pairs) == applicants * each
    assert max(loads.counts.values()) - min(loads.counts.values()) <= 1


def test_nobody_sits_in_two_rooms_and_a_panel_stays_together() -> None:
    at = datetime(2021, 1, 10, 9, 0)  # noqa: DTZ001  the rule knows no time zone
    wanted = [Wanted(n, 2, begins=at.replace(minute=n // 2), place=("ก", "ข")[n % 2]) for n in range(20)]
    pairs, short = assigning.assign(wanted, Loads(dict.fromkeys(range(5), 0)))
    assert not short
    rooms = {who: {wanted[n].place for n, other in pairs if other == who} for _n, who in pairs}
    assert all(len(places) == 1 for places in rooms.values())
    assert len(rooms) == 4
    _pairs, short = assigning.assign(wanted, Loads(dict.fromkeys(range(3), 0)))
    assert short == [n for n in range(20) if n % 2]


def test_who_declined_is_not_asked_again() -> None:
    pairs, short = assigning.assign([Wanted(1, 2, frozenset({1, 2}))], Loads({1: 0, 2: 0, 3: 9}))
    assert (pairs, short) == ([(1, 3)], [1])


def test_times_fill_rooms_in_order_and_leave_the_pause_and_weekends_out() -> None:
    friday, monday = date(2021, 1, 8), date(2021, 1, 11)
    days = assigning.days_between(friday, monday, without_weekends=True)
    hours = Hours(time(11, 0), time(14, 0), 30, time(12, 0), time(13, 0))
    found = assigning.slots(days, hours, ["ก", "ข"])
    assert [(f"{at:%a %H:%M}", room) for at, room in found[:3]] == [
        ("Fri 11:00", "ก"), ("Fri 11:00", "ข"), ("Fri 11:30", "ก"),
    ]  # fmt: skip
    assert [f"{at:%H:%M}" for at, room in found if at.date() == monday and room == "ก"] == [
        "11:00", "11:30", "13:00", "13:30",
    ]  # fmt: skip
    assert len(found) == 2 * 2 * 4
