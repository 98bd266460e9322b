"""Two plans beside each other, person by person."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse
from django.utils.html import strip_tags

from tests import cast, given
from tests.factories import NOW
from u2t.objections import Refused
from u2t.people.models import Wish, Worker
from u2t.placement import actions
from u2t.placement.models import Run
from u2t.placement.queries import beside, teams

LATER = NOW + timedelta(days=30)


@pytest.fixture
def two(placed: cast.World) -> tuple[cast.World, Run]:
    """A plan in force, two people swapped by hand since, one taken out, and a new plan for whoever is there."""
    one, other = teams.engagements().filter(category__code="student")[:2]
    actions.swap(worker=one.worker, other=other.worker, reason="ทดลอง", by=placed.office, at=NOW)
    actions.release(workers=[one.worker, other.worker], reason="เลิกทดลอง", by=placed.office, at=NOW)
    out = teams.engagements().filter(category__code="public").first()
    assert out is not None
    actions.unplace(worker=out.worker, reason="พักงาน", by=placed.office, at=NOW)
    run = actions.begin_run(round=placed.round, by=placed.office, at=LATER)
    return placed, actions.compute(run=run, by=placed.office, at=LATER)


def test_exactly_those_who_would_be_elsewhere_differ(two: tuple[cast.World, Run]) -> None:
    world, run = two
    both = beside.Beside(world.round, None, run)
    kinds = sorted(one.kind for one in both.changes)
    assert kinds == ["begins", "moved", "moved"]
    counts = both.counts()
    assert (counts["stay"], counts["moved"], counts["begins"], counts["loses"]) == (12, 2, 1, 0)
    swapped = [one for one in both.changes if one.kind == "moved"]
    assert sum(one.more or 0 for one in swapped) < 0, "the new plan is better for the two together"
    back = beside.Beside(world.round, run, None)
    assert sorted(one.kind for one in back.changes) == ["loses", "moved", "moved"]
    assert {one.person: one.more for one in back.changes} == {
        one.person: None if one.more is None else -one.more for one in both.changes
    }


def test_the_figures_of_both_sides_are_those_of_their_plans(two: tuple[cast.World, Run]) -> None:
    world, run = two
    both = beside.Beside(world.round, None, run)
    first = both.totals()[0]
    assert (first.left, first.right, first.best) == ("14", "15", "right")
    same = beside.Beside(world.round, run, run)
    assert same.changes == ()
    assert {total.best for total in same.totals()} == {""}


def test_the_page_narrows_and_the_workbook_holds_what_it_shows(two: tuple[cast.World, Run]) -> None:
    world, _run = two
    office = cast.client_of(world.office)
    page = reverse("placement:compare", args=[world.round.code])
    shown = office.get(page)
    assert shown.context["sides"] == ("now", "2"), "what is in force and the newest plan"
    rows = list(shown.context["page"])
    assert len(rows) == 3
    text = strip_tags(shown.content.decode())
    assert all(row.worker.person.full_name in text for row in rows)
    better = office.get(page, {"kind": "begins", "way": "better"}).context["page"]
    assert [row.before for row in better] == [None]
    number = rows[0].worker.number
    assert [row.worker.number for row in office.get(page, {"q": number}).context["page"]] == [number]
    nobody = office.get(page, {"category": "graduate"})
    assert not nobody.context["page"]
    book = office.get(reverse("placement:compare_table", args=[world.round.code]), {"kind": "moved"})
    cells = list(openpyxl.load_workbook(io.BytesIO(book.content)).active.values)
    assert [row[0] for row in cells[1:]] == [row.worker.number for row in rows if row.change.kind == "moved"]


def test_a_lecturer_who_changes_stands_there_by_name(placed: cast.World) -> None:
    tambon = placed.tambons[cast.CITY]
    leaves = teams.leaders_of(tambon)[0].lecturer
    comes = given.lecturers(placed.round, 7)[0]
    actions.change_leader(
        tambon=tambon, leaves=leaves, comes=comes, reason="ลาศึกษาต่อ", by=placed.office, at=NOW
    )
    run = Run.objects.get(number=1)
    [row] = beside.Beside(placed.round, run, None).leaders()
    assert (row.tambon, row.stop, row.begin) == (tambon, (leaves,), (comes,))


def test_more_people_cost_no_more_queries(two: tuple[cast.World, Run], django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    world, run = two
    given.workers(world.round, 30)
    with django_assert_max_num_queries(30):
        both = beside.Beside(world.round, run, None)
        rows = both.loader()(both.fitting(beside.Filters()))
        assert len(rows) == len(both.changes)


def test_only_who_sees_the_whole_placement_compares(placed: cast.World) -> None:
    pages = [reverse(f"placement:{name}", args=[placed.round.code]) for name in ("compare", "shortages")]
    for role in ("pm", "am", "worker", "stranger"):
        assert {cast.client_of(getattr(placed, role)).get(url).status_code for url in pages} == {403}
    assert all(
        "แผน" in strip_tags(cast.client_of(placed.executive).get(url).content.decode()) for url in pages
    )


def test_a_plan_that_rested_is_adopted_later_or_says_what_changed(two: tuple[cast.World, Run]) -> None:
    world, run = two
    newcomer = given.workers(world.round, 16)[0]
    moved = Worker.objects.filter(round=world.round).exclude(pk=newcomer.pk).order_by("number").last()
    assert moved is not None
    Wish.objects.filter(worker=moved).delete()
    with pytest.raises(Refused) as refused:
        actions.adopt(run=run, by=world.office, at=LATER)
    found = {objection.code: objection.about for objection in refused.value.objections}
    assert "placement.input_changed" in found
    assert str(newcomer.number) in str(found["placement.changed_newcomers"]["people"])
    assert str(moved.number) in str(found["placement.changed_wishes"]["people"])
    assert "placement.changed_leavers" not in found
    Worker.objects.filter(pk=newcomer.pk).delete() if not newcomer.wishes.exists() else None
