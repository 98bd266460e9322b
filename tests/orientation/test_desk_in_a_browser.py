"""The check-in desk on phones: no network, clocks that are wrong, tabs that die – nothing is lost, nothing doubled."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import Page, expect

from tests import browser as browsing
from tests import cast, given
from tests.orientation import frames, programme
from u2t.orientation.models import Device, Scan, Session
from u2t.orientation.queries import attendance

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Any]


@pytest.fixture
def doors() -> tuple[cast.World, Session, dict[int, str]]:
    """Fifteen people with passes and a session of today."""
    world = cast.world()
    given.workers(world.round)
    from django.utils import timezone

    session = programme.session(world.round, begins=timezone.now())
    return world, session, programme.tokens(world.round)


def log_in(page: Page, world: cast.World) -> None:
    """Put the office's log-in into the browser, as a log-in page would."""
    client = cast.client_of(world.office)
    cookie = client.cookies[django_settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": page.url_of}]
    )  # type: ignore[attr-defined]


def open_desk(page: Page, world: cast.World, address: str, *, skew_hours: int = 0) -> None:
    """The desk, packed and kept by its service worker; its clock may be wrong."""
    if skew_hours:
        page.context.add_init_script(
            f"{{const now = Date.now; Date.now = () => now() + {skew_hours * 3_600_000};}}"
        )
    cookie = cast.client_of(world.office).cookies[django_settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": django_settings.SESSION_COOKIE_NAME, "value": cookie, "url": address}])
    page.goto(f"/orientation/{world.round.code}/desk")
    page.wait_for_selector("body[data-started=yes][data-ready=yes]")


def type_in(page: Page, *texts: str) -> None:
    for text in texts:
        page.fill("#entry", text)
        page.press("#entry", "Enter")
        expect(page.locator("#result")).to_be_visible()


def test_a_door_without_a_network_keeps_everything_and_sends_it_once(
    open_page: Open, live_server: Any, doors: tuple[cast.World, Session, dict[int, str]]
) -> None:
    world, session, tokens = doors
    page = open_page("phone")
    open_desk(page, world, live_server.url)
    browsing.assert_fits(page)
    browsing.assert_accessible(page)
    page.context.set_offline(True)
    page.reload()
    page.wait_for_selector("body[data-started=yes]")
    for number in (1, 2, 3):
        page.fill("#entry", f"https://u2t.test/orientation/p/{tokens[number]}")
        page.press("#entry", "Enter")
        expect(page.locator("#waiting")).to_contain_text(f"{number} ")
    assert not Scan.objects.exists()
    browsing.keep_picture(page, "orientation-desk-offline")
    page.context.set_offline(False)
    expect(page.locator("body")).to_have_attribute("data-waiting", "0")
    assert set(Scan.objects.values_list("worker__number", flat=True)) == {1, 2, 3}
    assert Scan.objects.count() == 3
