"""Lists in pages."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.test import RequestFactory
from hypothesis import given
from hypothesis import strategies as st

from u2t.pages.paging import chosen, page_of, typed

ROWS = list(range(1, 131))


def asked(query: str = ""):
    return RequestFactory().get("/list" + query)


def test_the_first_page_holds_the_first_rows_and_knows_how_many_there_are():
    page = page_of(asked(), ROWS)
    assert list(page) == ROWS[:25]
    assert (page.first, page.last, page.total, page.pages) == (1, 25, 130, 6)


def test_the_last_page_may_be_shorter():
    page = page_of(asked("?page=6"), ROWS)
    assert list(page) == ROWS[125:]
    assert page.next is None


@pytest.mark.parametrize("query", ["?page=0", "?page=-3", "?page=x", "?page=", "?page=1.5", "?page=๒"])
def test_nonsense_asks_for_the_first_page(query):
    assert page_of(asked(query), ROWS).number == 1


@pytest.mark.parametrize("query", ["?page=7", "?page=99999999"])
def test_a_page_beyond_the_end_is_the_last_one(query):
    assert page_of(asked(query), ROWS).number == 6


def test_a_number_too_long_for_any_database_does_no_harm():
    assert page_of(asked("?page=" + "9" * 22), ROWS).number == 1


def test_only_offered_sizes_are_taken():
    assert page_of(asked("?size=100"), ROWS).size == 100
    assert page_of(asked("?size=1000000"), ROWS).size == 25


def test_turning_the_page_keeps_the_filters_and_the_size():
    page = page_of(asked("?q=%E0%B8%81&size=50&page=2"), ROWS)
    assert page.next_address == "?q=%E0%B8%81&size=50&page=3"
    assert page.previous_address == "?q=%E0%B8%81&size=50"


def test_another_size_starts_at_the_first_page():
    page = page_of(asked("?q=a&page=2"), ROWS)
    assert page.address(size=50) == "?q=a&size=50"


def test_an_empty_list_is_false_and_counts_from_nothing():
    page = page_of(asked(), [])
    assert not page
    assert (page.first, page.last, page.pages) == (0, 0, 1)


def test_only_the_rows_of_the_page_are_loaded():
    seen = []
    page = page_of(
        asked("?page=2"), ROWS, load=lambda rows: seen.extend(rows) or [f"no. {row}" for row in rows]
    )
    assert seen == ROWS[25:50]
    assert page.rows[0] == "no. 26"


@given(st.integers(0, 400), st.integers(1, 20))
def test_all_pages_together_are_the_list_and_each_offers_a_way_to_its_neighbours(total, number):
    rows = list(range(total))
    pages = page_of(asked(), rows).pages
    joined = [row for at in range(1, pages + 1) for row in page_of(asked(f"?page={at}"), rows)]
    assert joined == rows
    page = page_of(asked(f"?page={number}"), rows)
    offered = [at for at, _address, _far in page.numbers if at]
    assert offered == sorted(set(offered))
    assert {1, page.number, page.pages} <= set(offered)
    assert not (page.next and page.next not in offered)


@pytest.mark.django_db
def test_rows_that_compare_equal_still_have_one_order():
    """Ordered by a column whose values repeat, every row shows exactly once over all pages."""
    ContentType.objects.bulk_create(ContentType(app_label="zz", model=f"m{i}") for i in range(60))
    rows = ContentType.objects.filter(app_label="zz").order_by("app_label")
    seen = [row.pk for at in (1, 2, 3) for row in page_of(asked(f"?page={at}"), rows)]
    assert seen == sorted(set(seen))
    assert len(seen) == 60


def test_a_filter_outside_the_offer_is_ignored():
    assert chosen(asked("?state=ok"), "state", {"ok", "bad"}) == "ok"
    assert chosen(asked("?state=evil"), "state", {"ok", "bad"}, "bad") == "bad"


def test_what_was_typed_is_trimmed_bounded_and_fit_for_every_database():
    assert typed(asked("?q=%20%20%E0%B8%81%00%20%20%E0%B8%82%20")) == "ก ข"
    assert len(typed(asked("?q=" + "x" * 5000))) == 100
