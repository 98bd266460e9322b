"""From scans to attendance: whatever the order, the device or its clock, the answer is the same."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.factories import NOW
from u2t.orientation.rules import attendance, merging, planning

NINE = NOW.replace(hour=9, minute=0, second=0, microsecond=0)
SITTING = attendance.Sitting(7, NINE, NINE + timedelta(hours=3), frozenset({1}))


def seen(
    minute: float, way: str = "in", *, device: str = "a", worker: int = 1, doubted: bool = False
) -> attendance.Sighting:
    at = NINE + timedelta(minutes=minute)
    return attendance.Sighting(f"{worker}/{minute}/{way}/{device}", worker, 7, way, at, device, doubted)


def of(*sightings: attendance.Sighting, sitting: attendance.Sitting = SITTING) -> attendance.Attendance:
    (found,) = attendance.derive(sightings, {7: sitting}, {1: 1}).values()
    return found


def test_who_comes_in_time_and_leaves_at_the_end_has_all_minutes_and_no_flag() -> None:
    found = of(seen(-10), seen(180, "out"))
    assert (found.minutes, found.late_minutes, found.is_late, found.flags) == (180, 0, False, ())


def test_who_leaves_and_comes_again_counts_only_while_inside() -> None:
    found = of(seen(0), seen(60, "out"), seen(90), seen(200, "out"))
    assert found.minutes == 60 + 90
    assert found.arrived_at == NINE


def test_late_is_later_than_is_let_pass() -> None:
    assert not of(seen(15), seen(180, "out")).is_late
    late = of(seen(16), seen(180, "out"))
    assert (late.is_late, late.late_minutes, late.minutes) == (True, 16, 164)


@pytest.mark.parametrize(
    ("sightings", "flag", "minutes"),
    [
        ((seen(0), seen(1, device="b"), seen(180, "out")), attendance.DOUBLE, 180),
        ((seen(30, "out"),), attendance.OUT_WITHOUT_IN, 0),
        ((seen(30),), attendance.NOT_OUT, 150),
        ((seen(181), seen(185, "out")), attendance.AFTER_END, 0),
        ((seen(-90), seen(180, "out")), attendance.BEFORE_DOORS, 180),
        ((seen(0, doubted=True), seen(180, "out")), attendance.DOUBTED, 180),
    ],
)
def test_what_is_odd_carries_a_flag_and_counts_by_rule(
    sightings: tuple[attendance.Sighting, ...], flag: str, minutes: int
) -> None:
    found = of(*sightings)
    assert found.flags == (flag,)
    assert found.minutes == minutes


def test_a_session_of_another_group_and_a_cancelled_one_say_so() -> None:
    other = attendance.Sitting(7, NINE, NINE + timedelta(hours=3), frozenset({2}))
    assert of(seen(0), seen(180, "out"), sitting=other).flags == (attendance.OTHER_GROUP,)
    gone = attendance.Sitting(7, NINE, NINE + timedelta(hours=3), is_cancelled=True)
    cancelled = of(seen(0), seen(180, "out"), sitting=gone)
    assert (cancelled.flags, cancelled.minutes) == ((attendance.CANCELLED,), 0)


def test_who_only_arrived_after_the_end_is_not_late_but_absent() -> None:
    found = of(seen(200))
    assert (found.late_minutes, found.is_late, found.minutes) == (0, False, 0)


SIGHTINGS = st.builds(
    attendance.Sighting,
    key=st.uuids().map(str),
    worker=st.integers(1, 3),
    session=st.sampled_from([7, 8]),
    direction=st.sampled_from(["in", "out"]),
    at=st.integers(-120, 300).map(lambda minute: NINE + timedelta(minutes=minute)),
    device=st.sampled_from(["a", "b", "c"]),
    is_doubted=st.booleans(),
)
SITTINGS = {7: SITTING, 8: attendance.Sitting(8, NINE + timedelta(hours=1), NINE + timedelta(hours=2))}


@settings(max_examples=120, deadline=None)
@given(sightings=st.lists(SIGHTINGS, max_size=25), chance=st.randoms(use_true_random=False))
def test_neither_order_nor_repetition_nor_batches_change_anything(
    sightings: list[attendance.Sighting], chance: object
) -> None:
    once = attendance.derive(sightings, SITTINGS, {1: 1, 2: 2})
    cut = chance.randint(0, len(sightings))  # type: ignore[attr-defined]
    first, second = sightings[:cut], sightings[cut:]
    interleaved = [*second, *first, *chance.sample(sightings, len(sightings) // 2)]  # type: ignore[attr-defined]
    chance.shuffle(interleaved)  # type: ignore[attr-defined]
    assert attendance.derive(interleaved, SITTINGS, {1: 1, 2: 2}) == once


@settings(max_examples=80, deadline=None)
@given(sightings=st.lists(SIGHTINGS, min_size=1, max_size=25))
def test_nobody_has_more_minutes_than_the_session(sightings: list[attendance.Sighting]) -> None:
    for (worker, session), found in attendance.derive(sightings, SITTINGS).items():
        assert 0 <= found.minutes <= SITTINGS[session].minutes
        assert found.worker == worker
        assert found.is_in == (attendance.NOT_OUT in found.flags)


MOMENT = st.integers(-14 * 86_400_000, -86_400_000).map(lambda before: NINE + timedelta(milliseconds=before))


@settings(max_examples=80, deadline=None)
@given(
    moments=st.lists(MOMENT, min_size=1, max_size=8),
    skew=st.integers(-50 * 365 * 24, 50 * 365 * 24).map(lambda hours: timedelta(hours=hours)),
)
def test_a_clock_that_is_wrong_by_years_is_put_right_to_the_second(
    moments: list[datetime], skew: timedelta
) -> None:
    batch = [merging.Seen(str(n), n, at + skew) for n, at in enumerate(sorted(moments))]
    found = merging.moments(batch, NINE + skew, NINE)
    assert [found[str(n)].at for n in range(len(batch))] == sorted(moments)
    assert not any(moment.is_doubted for moment in found.values())
    for one in batch:
        assert merging.moments([one], NINE + skew, NINE)[one.key].at == found[one.key].at


def test_a_clock_set_between_scan_and_sending_is_bounded_and_doubted_never_dropped() -> None:
    batch = [
        merging.Seen("future", 1, NINE + timedelta(hours=5)),
        merging.Seen("back", 2, NINE - timedelta(minutes=3)),
        merging.Seen("ancient", 3, NINE - timedelta(days=900)),
    ]
    found = merging.moments(batch, NINE, NINE)
    assert found["future"] == merging.Moment(NINE, True)
    assert found["back"] == merging.Moment(NINE - timedelta(minutes=3), True)
    assert found["ancient"] == merging.Moment(NINE - merging.OLDEST, True)


def booking(key: int, begins: int, ends: int, place: str, *groups: int) -> planning.Booking:
    hour = timedelta(hours=1)
    return planning.Booking(key, str(key), place, NINE + begins * hour, NINE + ends * hour, frozenset(groups))


def test_sessions_that_share_a_room_or_people_at_one_time_are_named() -> None:
    rows = [
        booking(1, 0, 2, "ห้อง 1", 1),
        booking(2, 1, 3, "ห้อง  1", 2),
        booking(3, 1, 3, "ห้อง 2", 1),
        booking(4, 2, 4, "ห้อง 1", 1),
        booking(5, 6, 7, "ห้อง 1"),
    ]
    found = {(c.first.key, c.second.key): (c.in_one_room, c.for_same_people) for c in planning.clashes(rows)}
    assert found == {
        (1, 2): (True, False),
        (1, 3): (False, True),
        (2, 4): (True, False),
        (3, 4): (False, True),
    }


@settings(max_examples=60, deadline=None)
@given(
    people=st.dictionaries(
        st.integers(1, 500), st.sampled_from(["620101", "620102", "630801", ""]), max_size=60
    ),
    count=st.integers(1, 9),
)
def test_dividing_evenly_takes_everybody_once_and_differs_by_one_at_most(
    people: dict[int, str], count: int
) -> None:
    groups = planning.divided(list(people.items()), count)
    assert groups == planning.divided(list(reversed(people.items())), count)
    assert sorted(key for group in groups for key in group) == sorted(people)
    sizes = [len(group) for group in groups]
    assert max(sizes) - min(sizes) <= 1
