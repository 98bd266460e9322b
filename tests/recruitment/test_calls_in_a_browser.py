"""The pages of a call on a phone: nothing sticks out, nothing bars anybody, and a part is composed by keyboard."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from tests import browser as browsing
from tests import cast, recruiting
from u2t.recruitment.models import Call, Criterion

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def call(transactional_db: None) -> Call:
    """A call that is open today, with applications for some of its tambons."""
    now, day = timezone.now(), timedelta(days=1)
    made = recruiting.call(
        cast.world().round, opens_at=now - day, closes_at=now + day, published_at=now - day
    )
    for number in range(1, 4):
        recruiting.application(made, number, choices=(cast.CITY, cast.NONG_LUANG_TAK), at=now - day / 2)
    return made


def entered(open_page: Callable[..., Any], account: Any, live_server: Any) -> Any:
    page = open_page("phone")
    session = cast.client_of(account).cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
    )
    return page


def test_every_page_of_a_call_fits_a_phone_and_bars_nobody(
    call: Call, open_page: Callable[..., Any], live_server: Any
) -> None:
    visitor, office = open_page("phone"), entered(open_page, _office(call), live_server)
    at = f"/recruitment/{call.round.code}/{call.number}"
    pages = ("", "/board", "/edit", "/edit/quotas", "/edit/rules", "/bring-in")
    for page, path in ((visitor, at), *((office, at + part) for part in pages[1:])):
        page.goto(path)
        browsing.assert_fits(page)
        browsing.assert_accessible(page)


def test_a_part_is_composed_with_the_keyboard_alone(
    call: Call, open_page: Callable[..., Any], live_server: Any
) -> None:
    office = entered(open_page, _office(call), live_server)
    Call.objects.filter(pk=call.pk).update(published_at=None)
    office.goto(f"/recruitment/{call.round.code}/{call.number}/edit/criteria")
    office.get_by_label("น้ำหนัก (ร้อยละ)").first.focus()
    office.keyboard.press("Control+A")
    office.keyboard.type("๗๐")
    for typed in ("ความรู้", "", "๕๐", "๓๐"):
        office.keyboard.press("Tab")
        office.keyboard.type(typed)
    office.keyboard.press("Enter")
    office.get_by_text("บันทึกแล้ว").wait_for()
    rows = Criterion.objects.filter(call=call).values_list("max_points", "weight")
    assert list(rows) == [(100, 70), (50, 30)]


def _office(call: Call) -> Any:
    return call.round.institution.duties.get(kind="office").account
