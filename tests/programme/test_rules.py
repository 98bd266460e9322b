"""Sums, calendars and the limits of a round, as properties."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from u2t.programme import rules, usual

cells = st.tuples(st.sampled_from("abc"), st.sampled_from("xy"))
quotas = st.dictionaries(cells, st.integers(0, 50))


@given(quotas)
def test_both_ways_of_summing_slots_agree(given_quotas: dict[rules.Cell, int]) -> None:
    whole = rules.slots_a_tambon(given_quotas)
    assert sum(rules.slots_by_category(given_quotas).values()) == whole
    assert sum(rules.slots_by_workstream(given_quotas).values()) == whole


def test_the_usual_round_has_the_twenty_slots_of_the_programme() -> None:
    assert rules.slots_a_tambon(usual.QUOTAS) == 20
    assert rules.slots_by_category(usual.QUOTAS) == {"public": 5, "graduate": 10, "student": 5}
    assert rules.slots_by_workstream(usual.QUOTAS) == {"team": 18, "data": 2}
    assert not rules.matrix_objections(usual.CATEGORIES, usual.WORKSTREAMS, usual.QUOTAS)


@given(quotas, quotas)
def test_only_a_smaller_cell_is_lowering(now: dict[rules.Cell, int], wanted: dict[rules.Cell, int]) -> None:
    lowered = {(o.about["category"], o.about["workstream"]) for o in rules.lowering_objections(now, wanted)}
    assert lowered == {cell for cell in now if wanted.get(cell, 0) < now[cell]}


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(1, 60))
@settings(max_examples=80)
def test_a_round_ends_the_day_before_its_next_month_would_begin(starts_on: date, months: int) -> None:
    after = rules.last_day(starts_on, months) + timedelta(days=1)
    assert (after.year * 12 + after.month) - (starts_on.year * 12 + starts_on.month) == months
    assert after.day == starts_on.day or (after + timedelta(days=1)).day == 1


def test_eleven_months_from_february_end_with_the_year() -> None:
    assert rules.last_day(date(2021, 2, 1), 11) == date(2021, 12, 31)
