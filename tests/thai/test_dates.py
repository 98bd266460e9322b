"""Dates as Thai papers write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from u2t.thai import dates
from u2t.thai.digits import to_thai
from u2t.thai.problem import Problem

TODAY = date(2021, 2, 1)
LAST_OF_JANUARY = date(2021, 1, 31)
days = st.dates(min_value=date(1930, 1, 1), max_value=date(2026, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "31/1/2564", "31/01/64", "31-1-2564", "31.01.2564", "๓๑ ม.ค. ๖๔", "31 มกราคม 2564", "31 มกราคม พ.ศ. ๒๕๖๔",
        "31มค64", "31 ม.ค.64", "2021-01-31", "2564-01-31", "2021-01-31 00:00:00", "31 Jan 2021", "31 January 2564",
        "31/1/2021", "วันอาทิตย์ที่ 31 มกราคม 2564", " 31  มกราคม  2564 ", "31 มกราคม ค.ศ. 2021",
    ],
)  # fmt: skip
def test_every_usual_way_of_writing_a_day_is_understood(text: str) -> None:
    assert dates.parse(text, TODAY) == LAST_OF_JANUARY


def test_a_day_that_the_calendar_does_not_have_is_refused_with_the_length_of_the_month() -> None:
    problem = dates.parse("29 ก.พ. 2568", TODAY)
    assert isinstance(problem, Problem)
    assert problem.code == "date.not_in_calendar"
    assert (problem.about["last"], problem.about["year"]) == (28, 2568)
    assert dates.parse("29 ก.พ. 2567", TODAY) == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "date.unreadable"), ("เมื่อวาน", "date.unreadable"), ("1/2564", "date.unreadable"),
        ("9" * 200, "date.unreadable"),
        ("31/13/2564", "date.no_such_month"), ("0/1/2564", "date.not_in_calendar"),
        ("1/1/1200", "date.year_out_of_range"),
        ("31/1/99", "date.short_year_unclear"), ("31-Jan-21", "date.short_year_unclear"),
    ],
)  # fmt: skip
def test_what_is_not_a_clear_day_is_a_problem_and_never_a_guess(text: str, code: str) -> None:
    answer = dates.parse(text, TODAY)
    assert isinstance(answer, Problem)
    assert answer.code == code


@given(days)
def test_what_is_written_is_read_back(day: date) -> None:
    for text in (dates.long_date(day), dates.short_date(day), day.isoformat(), to_thai(dates.long_date(day))):
        assert dates.parse(text, TODAY) == day


@given(st.text(max_size=30))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    assert isinstance(dates.parse(text, TODAY), (date, Problem))


def test_a_range_writes_month_and_year_once_where_both_days_share_them() -> None:
    assert dates.date_range(LAST_OF_JANUARY, date(2021, 2, 2)) == "31 มกราคม – 2 กุมภาพันธ์ 2564"
    assert dates.date_range(date(2021, 2, 1), date(2021, 2, 2)) == "1 – 2 กุมภาพันธ์ 2564"
    assert dates.date_range(date(2020, 12, 31), date(2021, 1, 1)) == "31 ธันวาคม 2563 – 1 มกราคม 2564"
    assert dates.date_range(TODAY, TODAY) == "1 กุมภาพันธ์ 2564"
    assert dates.short_date(TODAY) == "1 ก.พ. 2564"
