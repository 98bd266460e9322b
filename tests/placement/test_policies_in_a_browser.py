"""The office makes rules, compares them, sees what they cost, and goes by one: in a real browser."""

from __future__ import annotations

from typing import Any

import pytest

from tests import browser as browsing
from tests import cast, given
from tests.placement.test_in_a_browser import enter
from u2t.jobs import worker as jobs
from u2t.people.models import Worker
from u2t.placement.models import Engagement
from u2t.placement.queries import plans
from u2t.programme.models import Tambon

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def placed(transactional_db: None) -> cast.World:
    """The placed world where the server sees it; one worker lives far away."""
    world = cast.world()
    given.placed(world.round)
    far = Tambon.objects.filter(district__province="64").first()
    Worker.objects.filter(pk=world.hired.pk).update(home_tambon=far)
    return world


def make_rule(page: Any, start: str, name: str, field: str, number: str) -> None:
    """Make a rule with one number changed, having looked at what differs."""
    page.goto(f"{start}/policies")
    page.get_by_role("link", name="สร้างกติกาใหม่").first.click()
    page.locator("[name=name]").fill(name)
    page.locator(f"[name='{field}']").fill(number)
    page.get_by_role("button", name="ดูสิ่งที่ต่าง").click()
    page.locator("#preview").wait_for()
    assert page.locator("[name=name]").input_value() == name
    page.get_by_role("button", name="เก็บกติกานี้").click()
    page.get_by_role("heading", name=name, exact=True).wait_for()


def test_the_office_chooses_a_rule_by_what_it_does_to_the_people(
    placed: cast.World, desktop: Any, open_page: Any, live_server: Any
) -> None:
    page, start = desktop, f"/placement/{placed.round.code}"
    enter(page, placed.office, live_server)
    page.goto(start)
    page.get_by_role("link", name="กติกาจัดคน").click()
    make_rule(page, start, "ไม่มีใครไกลบ้านเกิน 40 กม.", "max_km", "๔๐")
    make_rule(page, start, "ทุกตำบลมีคนดิจิทัล 5 คน", "floor-digital", "5")
    page.goto(f"{start}/policies")
    for box in page.locator("[name=chosen]").all():
        box.check()
    page.get_by_role("button", name="เทียบกับกติกาที่ใช้อยู่").click()
    page.get_by_role("heading", name="กำลังคำนวณแผน").wait_for()
    browsing.assert_accessible(page)
    jobs.load_works()
    jobs.work_off()
    page.get_by_role("heading", name="กำลังคำนวณแผน").wait_for(state="detached")
    page.reload()
    assert "ผู้ที่ไม่ได้อัตรา เพิ่มขึ้น 1 คน" in page.locator("main").inner_text()
    assert "ไม่มีแผนใดทำตามกติกา “ทุกตำบลมีคนดิจิทัล 5 คน” ได้" in page.locator("main").inner_text()
    browsing.assert_accessible(page)
    browsing.keep_picture(page, "study-desktop", whole=False)
    page.get_by_role("heading", name="แต่ละข้อของกติกาแลกมาด้วยอะไร").scroll_into_view_if_needed()
    browsing.keep_picture(page, "study-costs-desktop", whole=False)

    page.goto(f"{start}/policies/1")
    page.get_by_role("button", name="คำนวณแผนตามกติกานี้").click()
    page.wait_for_url("**/jobs/**")
    jobs.work_off()
    page.wait_for_url(f"**{start}/runs/*")
    page.get_by_role("link", name="ใช้แผนนี้").click()
    page.get_by_role("button", name="ใช้แผนนี้").click()
    page.wait_for_url(f"**{start}")
    placed.round.refresh_from_db()
    assert plans.rule_of_round(placed.round).max_km == 40
    assert Engagement.objects.current().count() == 14, "the worker who lives too far away has no slot now"

    phone = open_page("phone")
    enter(phone, placed.executive, live_server)
    for address in ("/policies", "/studies/1", "/policies/1"):
        phone.goto(start + address)
        browsing.assert_fits(phone)
        browsing.assert_accessible(phone)
    enter(phone, placed.office, live_server)
    phone.goto(f"{start}/policies/new?from=1")
    browsing.assert_fits(phone)
    browsing.assert_accessible(phone)
