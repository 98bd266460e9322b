"""A worker reads why on a phone; the office pins, lays two plans beside each other, and releases: in a real browser."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import timezone

from tests import browser as browsing
from tests import cast, given
from tests.placement.test_in_a_browser import enter
from u2t.placement import actions
from u2t.placement.models import Engagement
from u2t.placement.queries import reasons, teams

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def placed(transactional_db: None) -> cast.World:
    """The placed world where the server sees it."""
    world = cast.world()
    given.placed(world.round)
    return world


def looks_right(page: Any) -> None:
    page.evaluate("() => document.querySelectorAll('details.fold').forEach(fold => { fold.open = true })")
    browsing.assert_fits(page)
    browsing.assert_accessible(page)


def test_a_worker_and_a_lecturer_read_why_on_a_phone(
    placed: cast.World, open_page: Any, live_server: Any
) -> None:
    why = reasons.why_of(placed.hired)
    assert why is not None
    page = open_page("phone")
    enter(page, placed.worker, live_server)
    page.goto("/mine")
    page.get_by_role("link", name="ทำไมจึงได้ที่นี่").click()
    page.get_by_role("heading", name="ทำไมฉันได้ที่นี่").wait_for()
    text = page.locator("main").inner_text()
    assert len(why.options) == 2, "the second and third options"
    for option in why.options:
        assert option.tambon.tambon.name in text
        assert f"เกิน {option.more} ก็จะได้" in text or "ผลรวมของทุกคนเท่ากัน" in text
    assert all(wish.tambon.tambon.name in text for wish in why.wishes)
    looks_right(page)
    browsing.keep_picture(page, "why-phone")

    lecturer = open_page("phone")
    enter(lecturer, placed.pm, live_server)
    lecturer.goto("/mine")
    lecturer.get_by_role("link", name="ทำไมจึงเป็น").click()
    lecturer.get_by_role("heading", name="ทำไมฉันจึงดูแล").wait_for()
    looks_right(lecturer)
    browsing.keep_picture(lecturer, "why-leader-phone")


def test_the_office_pins_computes_compares_and_releases(
    placed: cast.World, desktop: Any, live_server: Any
) -> None:
    page, start = desktop, f"/placement/{placed.round.code}"
    one, other = teams.engagements().filter(category__code="student")[:2]
    actions.swap(
        worker=one.worker, other=other.worker, reason="ทดลองงาน", by=placed.office, at=timezone.now()
    )
    keeps = teams.engagements().filter(category__code="public").first()
    assert keeps is not None
    enter(page, placed.office, live_server)
    page.goto(start)
    page.get_by_role("link", name="ผู้ที่ถูกตรึงไว้").click()
    assert one.worker.person.full_name in page.locator("#list").inner_text(), "a swap pins"
    page.get_by_role("link", name="ตรึงคน").click()
    page.locator("#h-q").fill(str(keeps.worker.number))
    page.locator("main").get_by_role("button", name="ค้นหา").click()
    page.locator(f"#w-{keeps.worker.number}").check()
    looks_right(page)
    page.locator("[name=reason]").fill("เริ่มปฏิบัติงานแล้ว")
    page.get_by_role("button", name="ตรึง", exact=True).click()
    page.get_by_text("ตรึงไว้แล้ว 1 คน").wait_for()
    looks_right(page)
    browsing.keep_picture(page, "holds-desktop", whole=False)
    assert Engagement.objects.exclude(held_at=None).filter(ended_at=None).count() == 3

    for engagement in (one, other):
        page.locator(f"[name=worker][value='{engagement.worker.number}']").check()
    page.locator("[name=reason]").fill("ครบกำหนดทดลอง")
    page.get_by_role("button", name="เลิกตรึง").click()
    page.get_by_text("เลิกตรึงแล้ว 2 คน").wait_for()

    run = actions.begin_run(round=placed.round, by=placed.office, at=timezone.now())
    actions.compute(run=run, by=placed.office, at=timezone.now())
    page.goto(f"{start}/runs/{run.number}")
    page.get_by_role("link", name="เทียบรายคน").click()
    page.get_by_role("heading", name="ต่างกัน 2 คน").wait_for()
    listed = page.locator("#list").inner_text()
    assert one.worker.person.full_name in listed
    assert other.worker.person.full_name in listed
    assert keeps.worker.person.full_name not in listed, "who is pinned stays"
    looks_right(page)
    browsing.keep_picture(page, "compare-desktop")

    page.goto(f"{start}/runs/{run.number}")
    page.get_by_role("link", name="ทิ้งแผน").click()
    page.get_by_role("button", name="ทิ้งแผน").click()
    page.get_by_text(f"แผนที่ {run.number} ถูกทิ้งแล้ว").wait_for()
    page.get_by_role("link", name="สิ่งที่ขาด").click()
    page.get_by_role("heading", name="ไม่มีอะไรขาด").wait_for()
    looks_right(page)
