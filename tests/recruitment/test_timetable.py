"""When a call takes applications, and what stands on a receipt."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from u2t.recruitment.rules import numbering, timetable
from u2t.recruitment.rules.timetable import Times

OPENS = datetime(2021, 1, 4, 1, 30, tzinfo=UTC)
CLOSES = datetime(2021, 1, 15, 9, 30, tzinfo=UTC)
MINUTE, SECOND = timedelta(minutes=1), timedelta(seconds=1)
TIMES = Times(OPENS, CLOSES, 15, published_at=OPENS - timedelta(days=3))


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (OPENS - timedelta(days=4), "draft"),
        (OPENS - SECOND, "coming"),
        (OPENS, "open"),
        (CLOSES, "open"),
        (CLOSES + SECOND, "grace"),
        (CLOSES + 15 * MINUTE, "grace"),
        (CLOSES + 15 * MINUTE + SECOND, "closed"),
    ],
)
def test_a_call_passes_through_its_states_to_the_second(now: datetime, expected: str) -> None:
    assert timetable.state(TIMES, now) == expected
    assert timetable.is_open(TIMES, now) == (expected == "open")
    assert timetable.has_begun(TIMES, now) == (expected in {"open", "grace", "closed"})


def test_a_cancelled_call_is_cancelled_whatever_the_clock_says() -> None:
    cancelled = Times(OPENS, CLOSES, 15, OPENS, cancelled_at=OPENS + MINUTE)
    assert timetable.state(cancelled, OPENS) == "open"
    assert timetable.state(cancelled, CLOSES + timedelta(days=9)) == "cancelled"


def test_the_grace_is_for_those_who_began_in_time() -> None:
    late = CLOSES + 10 * MINUTE
    assert timetable.may_submit(TIMES, CLOSES, late)
    assert not timetable.may_submit(TIMES, CLOSES + SECOND, late)
    assert not timetable.may_submit(TIMES, OPENS, CLOSES + 16 * MINUTE)
    assert [timetable.seconds_late(TIMES, CLOSES + timedelta(seconds=s)) for s in (-5, 0, 0.2, 61)] == [
        0,
        0,
        1,
        61,
    ]


@settings(max_examples=60)
@given(some.integers(1, 99), some.integers(1, 999_999), some.data())
def test_no_single_slip_makes_another_right_receipt(call: int, serial: int, data: some.DataObject) -> None:
    receipt = numbering.receipt("KPRU-2564", call, serial)
    assert numbering.is_right(receipt)
    assert numbering.is_right(f" {receipt.lower()} ")
    at = data.draw(some.integers(0, len(receipt) - 1).filter(lambda i: receipt[i].isdigit()))
    other = data.draw(some.sampled_from("0123456789").filter(lambda digit: digit != receipt[at]))
    assert not numbering.is_right(receipt[:at] + other + receipt[at + 1 :])


@pytest.mark.parametrize(
    "text", ["", "-", "--12", "KPRU", "KPRU-2564-1-000001", "ก-12", "KPRU-2564-1-000001-ก๒"]
)
def test_what_is_no_receipt_is_not_taken_for_one(text: str) -> None:
    assert not numbering.is_right(text)
