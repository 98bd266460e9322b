"""The pages of placement in a real browser, on a desktop and on a phone."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings

from tests import browser as browsing
from tests import cast, given
from u2t.people.models import Account
from u2t.placement.queries import teams

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def placed(transactional_db: None) -> cast.World:
    """The placed world where the server sees it."""
    world = cast.world()
    given.placed(world.round)
    return world


def enter(page: Any, account: Account, live_server: Any) -> None:
    """Bring the session of somebody who has logged in."""
    session = cast.client_of(account).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )


@pytest.mark.parametrize("size", ["phone", "desktop"])
def test_the_pages_fit_and_have_no_barriers(
    placed: cast.World, open_page: Any, live_server: Any, size: str
) -> None:
    page = open_page(size)
    enter(page, placed.office, live_server)
    start = f"/placement/{placed.round.code}"
    for address in (
        "", "/runs/1", "/runs/1/people", "/people", "/people/2/why", "/people/2/change",
        "/people/2/change?what=swap&other=3", "/people/2/change?what=unplace",
        f"/tambons/{cast.CITY}/leaders", f"/tambons/{cast.CITY}/leaders?leaves=&comes=",
    ):  # fmt: skip
        page.goto(start + address)
        page.evaluate("() => document.querySelectorAll('details.fold').forEach(fold => { fold.open = true })")
        browsing.assert_fits(page)
        browsing.assert_accessible(page)


def test_an_officer_sees_the_consequence_and_then_swaps_two_people(
    placed: cast.World, phone: Any, live_server: Any
) -> None:
    one, other = teams.engagements().filter(category__code="student")[:2]
    enter(phone, placed.office, live_server)
    phone.goto(f"/placement/{placed.round.code}/people/{one.worker.number}/change?what=swap")
    phone.locator("[name=other]").fill(str(other.worker.number))
    phone.get_by_role("button", name="ดูผลก่อนเปลี่ยน").click()
    assert other.tambon.tambon.name in phone.locator("#consequence").inner_text()
    phone.locator("[name=reason]").fill("ทั้งสองตกลงกัน")
    phone.get_by_role("button", name="เปลี่ยนตามนี้").click()
    phone.wait_for_url(f"**/workers/{one.worker.number}")
    moved = teams.engagement_of(one.worker)
    assert moved is not None
    assert (moved.tambon, moved.reason) == (other.tambon, "ทั้งสองตกลงกัน")
