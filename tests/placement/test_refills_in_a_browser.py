"""Somebody leaves and the office picks an answer, in a real browser."""

from __future__ import annotations

from typing import Any

import pytest

from tests import browser as browsing
from tests import cast, factories, given
from tests.placement.test_in_a_browser import enter
from tests.placement.test_refills import crossed
from u2t.people.models import Worker
from u2t.placement.models import Refill
from u2t.placement.queries import teams

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def placed(transactional_db: None) -> cast.World:
    """The placed world where the server sees it."""
    world = cast.world()
    given.placed(world.round)
    return world


def test_somebody_leaves_and_one_move_is_picked(placed: cast.World, phone: Any, live_server: Any) -> None:
    mover, leaver = crossed(placed)
    reserve = factories.worker(placed.round, "student", wishes=(cast.CITY,))
    was = teams.engagement_of(mover)
    enter(phone, placed.office, live_server)
    phone.goto(f"/placement/{placed.round.code}/people/{leaver.number}/leave")
    phone.get_by_label(str(Worker.Left.choices[0][1])).check()
    phone.locator("[name=on]").fill("1/3/2564")
    phone.locator("[name=reason]").fill("ได้งานใหม่")
    phone.locator("main form button").click()
    phone.wait_for_url(f"**/refills/new?left={leaver.number}")
    browsing.assert_fits(phone)
    browsing.assert_accessible(phone)
    one = phone.locator("#moves-1")
    for name in (mover.person.full_name, reserve.person.full_name):
        assert name in one.inner_text()
    assert "พิสูจน์แล้ว" in phone.locator("#proof").inner_text()
    one.get_by_role("link", name="เลือกทางนี้").click()
    browsing.assert_accessible(phone)
    phone.locator("[name=reason]").fill("ทั้งสองยินยอม")
    phone.get_by_role("button", name="ใช้ทางเลือกนี้").click()
    phone.wait_for_url("**/refills/1")
    assert "ตรวจซ้ำแล้วเมื่อครู่นี้" in phone.locator("#proof").inner_text()
    assert "ออกฉบับใหม่" in phone.locator("main").inner_text()
    browsing.assert_fits(phone)
    browsing.assert_accessible(phone)
    came, moved = teams.engagement_of(reserve), teams.engagement_of(mover)
    assert (came.tambon, moved.tambon.tambon_id) == (was.tambon, cast.CITY)
    assert came.refill == moved.refill == Refill.objects.get()
    phone.goto(f"/placement/{placed.round.code}/refills")
    browsing.assert_fits(phone)
    browsing.assert_accessible(phone)
    assert leaver.person.full_name in phone.locator("main").inner_text()
