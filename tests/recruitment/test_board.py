"""Applications against quota: what today's applicants can fill at most, and where they lack."""

from __future__ import annotations

import io
from functools import cache

import openpyxl
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as some

from tests import cast, recruiting
from tests.cast import CITY, NONG_LUANG_KPP, NONG_LUANG_TAK, World, client_of
from u2t.recruitment.models import Call, CallQuota, Override
from u2t.recruitment.queries import board as queries
from u2t.recruitment.rules.coverage import coverage


def test_an_applicant_who_lists_two_tambons_fills_one_of_them() -> None:
    found = coverage({"a": 1, "b": 1, "c": 1}, [("a", "b"), ("a", "b"), ("a", "b"), ("c",)])
    assert found.total == 3
    assert found.together == frozenset()
    found = coverage({"a": 2, "b": 1, "c": 1}, [("a", "b"), ("b", "a"), ("c",)])
    assert found.total == 3
    assert found.together == {"a", "b"}


def test_people_move_on_where_that_fills_one_slot_more() -> None:
    found = coverage({"a": 1, "b": 1, "c": 1}, [("a", "b"), ("b", "c"), ("a",)])
    assert dict(found.filled) == {"a": 1, "b": 1, "c": 1}


@settings(max_examples=60, deadline=None)
@given(
    some.dictionaries(some.sampled_from("abcd"), some.integers(0, 2), min_size=1),
    some.lists(some.lists(some.sampled_from("abcde"), unique=True, max_size=3), max_size=6),
)
def test_no_assignment_fills_more_and_the_group_that_lacks_holds_all_who_list_it(
    slots: dict[str, int], lists: list[list[str]]
) -> None:
    @cache
    def most(at: int, left: tuple[tuple[str, int], ...]) -> int:
        if at == len(lists):
            return 0
        free = dict(left)
        best = most(at + 1, left)
        for code in lists[at]:
            if free.get(code, 0):
                best = max(best, 1 + most(at + 1, tuple(sorted((free | {code: free[code] - 1}).items()))))
        return best

    found = coverage(slots, lists)
    assert found.total == most(0, tuple(sorted(slots.items())))
    assert all(found.filled[code] <= number for code, number in slots.items())
    inside = [listed for listed in lists if found.together & set(listed)]
    group = {code: slots[code] for code in found.together}
    assert coverage(group, inside).total == sum(found.filled[code] for code in group)
    assert not group or len(inside) < sum(group.values())


def filled_call(world: World) -> Call:
    """Graduates: two for three slots in the city, three who list both หนองหลวง with three slots each."""
    call = recruiting.call(world.round)
    for number in (1, 2):
        recruiting.application(call, number, choices=(CITY,))
    for number in (3, 4, 5):
        recruiting.application(call, number, choices=(NONG_LUANG_KPP, NONG_LUANG_TAK))
    recruiting.application(call, 6, choices=(CITY,), passed=False)
    recruiting.application(call, 7, choices=(CITY,), is_employed=True, category="public", birth_on=None)
    recruiting.application(call, 8, choices=(CITY,), submitted=False)
    return call


def test_the_board_tells_what_lacks_alone_from_what_lacks_together(world: World) -> None:
    call = filled_call(world)
    found = queries.board(call)
    cells = {(c.tambon.tambon_id, c.category.code): c for c in found.cells}
    city, near = cells[CITY, "graduate"], cells[NONG_LUANG_KPP, "graduate"]
    assert (city.slots, city.first, city.listing, city.eligible, city.drafts) == (3, 3, 3, 2, 1)
    assert (city.state, city.lacking) == ("short", 1)
    assert (near.state, near.eligible) == ("together", 3)
    assert (cells[NONG_LUANG_TAK, "graduate"].first, cells[NONG_LUANG_TAK, "graduate"].listing) == (0, 3)
    assert cells[CITY, "public"].state == "ok"
    assert (found.submitted, found.drafts, found.slots, found.fillable) == (7, 1, 15, 6)


def test_an_exception_by_the_office_counts_on_the_board(world: World) -> None:
    call = recruiting.call(world.round)
    late = recruiting.application(call, 1, choices=(CITY,), graduated_on="2015-03-31")

    def eligible() -> int:
        cells = queries.board(call).cells
        return next(c.eligible for c in cells if (c.tambon.tambon_id, c.category.code) == (CITY, "graduate"))

    assert eligible() == 0
    rule = call.eligibility.get(kind="degree_within")
    Override.objects.create(
        application=late, rule=rule, is_met=True, reason="ศาลสั่ง", decided_at=recruiting.NOW
    )
    assert eligible() == 1


def test_the_page_filters_and_the_workbook_holds_the_same_rows(world: World) -> None:
    call = filled_call(world)
    client = client_of(world.executive)
    url = reverse("recruitment:board", args=[world.round.code, call.number])
    short = client.get(url, {"short": "yes", "category": "graduate"})
    assert [cell.tambon.tambon_id for cell in short.context["page"]] == [CITY, NONG_LUANG_KPP, NONG_LUANG_TAK]
    assert [item["label"] for item in short.context["nav"] if item["current"]] == ["การรับสมัคร"]
    one = client.get(url, {"q": "อุ้มผาง"})
    assert {cell.tambon.tambon_id for cell in one.context["page"]} == {NONG_LUANG_TAK}
    data = client.get(f"{url}.xlsx", {"short": "yes", "category": "graduate"}).content
    rows = list(openpyxl.load_workbook(io.BytesIO(data)).active.values)
    assert [row[0] for row in rows[1:]] == [CITY, NONG_LUANG_KPP, NONG_LUANG_TAK]
    other = cast.world(code="OTH-2564")
    for stranger in (world.stranger, world.worker, other.office):
        assert client_of(stranger).get(url).status_code == 403
        assert client_of(stranger).get(f"{url}.xlsx").status_code == 403


def test_more_applications_ask_no_more_queries(world: World) -> None:
    call = recruiting.call(world.round)
    recruiting.application(call, 1, choices=(CITY,))

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            queries.board(Call.objects.select_related("round").get(pk=call.pk))
        return len(asked)

    before = count()
    for number in range(2, 7):
        recruiting.application(call, number, choices=(CITY, NONG_LUANG_KPP), passed=number % 2 == 0)
    CallQuota.objects.filter(call=call).update(slots=4)
    assert count() == before
