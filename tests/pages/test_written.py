"""Dates, money and numbers as pages write them."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from u2t.pages import written

DAY = date(2021, 2, 1)


def test_a_thai_page_writes_the_buddhist_era_and_an_english_one_the_christian():
    with translation.override("th"):
        assert written.day(DAY) == "1 กุมภาพันธ์ 2564"
        assert written.day(DAY, "short") == "1 ก.พ. 2564"
        assert written.day(DAY, "month") == "กุมภาพันธ์ 2564"
    with translation.override("en"):
        assert written.day(DAY) == "1 February 2021"
        assert written.day(DAY, "short") == "1 Feb 2021"
        assert written.day(DAY, "month") == "February 2021"


def test_a_time_of_day_is_that_of_the_pages_clock():
    assert written.clock(datetime(2021, 2, 1, 2, 40, tzinfo=UTC)) == "09:40"
    assert written.clock(None) == "–"


def test_a_range_writes_month_and_year_once_where_both_ends_share_them():
    with translation.override("th"):
        assert written.days(date(2021, 1, 31), date(2021, 2, 2)) == "31 มกราคม – 2 กุมภาพันธ์ 2564"
    with translation.override("en"):
        assert written.days(date(2021, 1, 31), date(2021, 2, 2)) == "31 January – 2 February 2021"
        assert written.days(date(2021, 2, 1), date(2021, 2, 2)) == "1–2 February 2021"
        assert written.days(date(2020, 12, 1), date(2021, 2, 2)) == "1 December 2020 – 2 February 2021"
        assert written.days(DAY, DAY) == "1 February 2021"


def test_a_range_without_an_end_stays_open_and_without_both_is_unknown():
    with translation.override("th"):
        assert written.days(DAY, None) == "1 กุมภาพันธ์ 2564 –"
        assert written.days(None, None) == "–"


def test_a_moment_is_told_in_the_time_of_thailand_whatever_zone_it_was_stored_in():
    late = datetime(2026, 11, 20, 19, 5, tzinfo=UTC)
    with translation.override("th"):
        assert written.moment(late) == "21 พ.ย. 2569 02:05 น."
        assert written.day(late) == "21 พฤศจิกายน 2569"
    with translation.override("en"):
        assert written.moment(late) == "21 Nov 2026, 02:05"


@pytest.mark.parametrize(
    "write", [written.day, written.moment, written.number, written.baht, written.percent]
)
def test_the_unknown_is_a_dash_and_never_a_zero(write):
    assert write(None) == "–"


def test_numbers_are_grouped_and_text_passes():
    assert written.number(1080000) == "1,080,000"
    assert written.number(8.94) == "8.9"
    assert written.number(9.0) == "9"
    assert written.number(0.126, 2) == "0.13"
    assert written.number("54/60") == "54/60"
    assert written.number(0) == "0"


def test_baht_comes_from_satang_in_four_ways():
    with translation.override("th"):
        assert written.baht(900_000) == "9,000.00 บาท"
        assert written.baht(900_000, "short") == "9,000"
        assert written.baht(900_050, "exact") == "9,000.50"
        assert written.baht(1_500_000, "words") == "หนึ่งหมื่นห้าพันบาทถ้วน"
    with translation.override("en"):
        assert written.baht(900_000) == "9,000.00 baht"


@given(st.integers(1, 5000), st.integers(2, 5000), st.integers(0, 1))
def test_a_share_is_never_rounded_to_none_or_all(part, whole, places):
    with translation.override("en"):
        text = written.percent(part, whole, places)
    if part < whole:
        assert 0 < float(text.rstrip("%")) < 100
        assert abs(float(text.rstrip("%")) - 100 * part / whole) <= 10.0**-places
    elif part == whole:
        assert float(text.rstrip("%")) == 100


def test_a_share_of_nothing_is_unknown():
    assert written.percent(0, 0) == "–"


def test_thai_digits_stand_on_thai_pages_only():
    with translation.override("th"):
        assert written.thai_digits(2564) == "๒๕๖๔"
    with translation.override("en"):
        assert written.thai_digits(2564) == "2564"
