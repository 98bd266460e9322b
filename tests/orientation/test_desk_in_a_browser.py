"""The check-in desk on phones: no network, clocks that are wrong, tabs that die – nothing is lost, nothing doubled."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import browser as browsing
from tests import cast, given
from tests.orientation import frames, programme
from u2t.orientation.actions import checking_in, grouping
from u2t.orientation.models import Device, Pass, Scan, Session
from u2t.orientation.queries import attendance

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Open = Callable[..., Any]
# Keeps the desk busy without a person's fingers: the same function that typing and the camera call.
CHECK = """async ([texts, address]) => {
    const desk = await import(address);
    for (const text of texts) await desk.check(text, 'camera');
}"""
SCRIPT = "document.querySelector('script[src*=\"desk\"]').src"


@pytest.fixture
def doors(live_server: Any) -> cast.World:
    """Fifteen people with passes and a session of this hour."""
    world = cast.world()
    given.workers(world.round)
    programme.session(world.round, begins=timezone.now())
    programme.tokens(world.round)
    return world


def tokens(world: cast.World) -> list[str]:
    rows = Pass.objects.filter(worker__round=world.round).order_by("worker__number")
    return [f"https://u2t.test/orientation/p/{token}" for token in rows.values_list("token", flat=True)]


def log_in(page: Page, world: cast.World, address: str) -> None:
    name = django_settings.SESSION_COOKIE_NAME
    value = cast.client_of(world.office).cookies[name].value
    page.context.add_cookies([{"name": name, "value": value, "url": address}])


def open_desk(page: Page, world: cast.World) -> None:
    """The desk with its list loaded and its page kept by the service worker."""
    page.goto(f"/orientation/{world.round.code}/desk")
    page.wait_for_selector("body[data-started=yes][data-ready=yes]")


def check(page: Page, texts: list[str]) -> None:
    page.evaluate(CHECK, [texts, page.evaluate(SCRIPT)])


def sent(page: Page) -> None:
    expect(page.locator("body")).to_have_attribute("data-waiting", "0", timeout=20_000)


def test_a_door_without_a_network_keeps_everything_and_sends_it_once(
    open_page: Open, live_server: Any, doors: cast.World
) -> None:
    page = open_page("phone")
    log_in(page, doors, live_server.url)
    open_desk(page, doors)
    browsing.assert_fits(page)
    browsing.assert_accessible(page)
    page.context.set_offline(True)
    page.reload()
    page.wait_for_selector("body[data-started=yes]")
    for count, text in enumerate(tokens(doors)[:3], 1):
        page.fill("#entry", text)
        page.press("#entry", "Enter")
        expect(page.locator("body")).to_have_attribute("data-waiting", str(count))
    page.fill("#entry", tokens(doors)[0])
    page.press("#entry", "Enter")
    expect(page.locator("#result")).to_have_attribute("data-word", "already")
    page.fill("#entry", "๑๔")
    page.press("#entry", "Enter")
    expect(page.locator("body")).to_have_attribute("data-waiting", "4")
    page.fill("#entry", doors.hired.person.given_name)
    page.press("#entry", "Enter")
    expect(page.locator("#found button").first).to_be_visible()
    assert not Scan.objects.exists()
    browsing.keep_picture(page, "orientation-desk-offline")
    page.context.set_offline(False)
    sent(page)
    assert set(Scan.objects.values_list("worker__number", flat=True)) == {1, 2, 3, 14}
    assert Scan.objects.count() == 4
    page.click("#prepare summary")
    page.click("#finish")
    expect(page.locator("#result")).to_have_attribute("data-word", "wiped")
    assert Device.objects.get().closed_at


def test_the_pages_of_the_office_fit_a_phone_and_have_no_barriers(
    open_page: Open, live_server: Any, doors: cast.World
) -> None:
    session = Session.objects.get()
    grouping.make_groups(round=doors.round, how="district", by=None, at=timezone.now())
    told = programme.told(session, at=timezone.now(), number=1)
    checking_in.take_scans(
        round=doors.round,
        device=programme.teller(),
        device_now=timezone.now(),
        scans=[told],
        by=None,
        at=timezone.now(),
    )
    page = open_page("phone")
    log_in(page, doors, live_server.url)
    one = f"sessions/{session.pk}"
    for rest in ("", one, "groups", "attendance", f"{one}/seen/1"):
        page.goto(f"/orientation/{doors.round.code}/{rest}")
        browsing.assert_fits(page)
        browsing.assert_accessible(page)


def test_doors_with_wrong_clocks_and_dying_tabs_lose_nothing_and_double_nothing(
    open_page: Open, live_server: Any, doors: cast.World
) -> None:
    """Three devices, years apart; each is cut off, loses replies of the server and is killed twice in the middle."""
    every = tokens(doors)
    pages = []
    for skew_hours in (0, -26_000, 26_000):
        page = open_page("phone")
        page.context.add_init_script(
            f"{{const now = Date.now; Date.now = () => now() + {skew_hours * 3_600_000};}}"
        )
        log_in(page, doors, live_server.url)
        open_desk(page, doors)
        pages.append(page)
    for number, page in enumerate(pages):
        page.context.set_offline(True)
        mine = every[number::3]
        check(page, mine[:2])
        page.close()
        page = page.context.new_page()
        page.goto(f"/orientation/{doors.round.code}/desk")
        page.wait_for_selector("body[data-started=yes]")
        # The server takes the first sending but its reply is lost on the way.
        page.route("**/scans", partial(_lose_once, [True]))
        page.context.set_offline(False)
        check(page, mine[2:])
        page.click("#prepare summary")
        page.click("#send")
        sent(page)
        pages[number] = page
    before = {(scan.worker.number, scan.pk) for scan in Scan.objects.select_related("worker")}
    assert len(before) == Scan.objects.count() == len(every)
    assert {number for number, _key in before} == set(range(1, len(every) + 1))
    assert not Scan.objects.filter(is_doubted=True).exists()
    now = timezone.now()
    assert all(abs(scan.scanned_at - now) < timedelta(minutes=3) for scan in Scan.objects.all())
    rows = attendance.board(Session.objects.select_related("round").get())
    assert {row.state for row in rows} == {"in"}
    for page in pages:
        page.click("#send")
    assert {(scan.worker.number, scan.pk) for scan in Scan.objects.select_related("worker")} == before


def _lose_once(losing: list[bool], route: Any) -> None:
    if losing and losing.pop():
        route.fetch()
        route.abort()
    else:
        route.continue_()


def test_a_device_that_is_logged_out_keeps_its_scans_until_somebody_logs_in(
    open_page: Open, live_server: Any, doors: cast.World
) -> None:
    page = open_page("phone")
    log_in(page, doors, live_server.url)
    open_desk(page, doors)
    page.context.clear_cookies()
    check(page, tokens(doors)[:2])
    expect(page.locator("#log-in")).to_be_visible()
    assert page.get_attribute("body", "data-waiting") == "2"
    log_in(page, doors, live_server.url)
    page.click("#prepare summary")
    page.click("#send")
    sent(page)
    assert Scan.objects.count() == 2


def test_logging_out_takes_the_list_but_not_the_scans_from_the_device(
    open_page: Open, live_server: Any, doors: cast.World
) -> None:
    page = open_page("desktop")
    log_in(page, doors, live_server.url)
    open_desk(page, doors)
    page.route("**/scans", lambda route: route.abort())
    check(page, tokens(doors)[:1])
    page.goto(f"/orientation/{doors.round.code}/")
    page.click(".menu summary")
    page.click(".menu form button")
    page.wait_for_url(lambda url: "orientation" not in url)
    kept = page.evaluate(
        """async (round) => {
            const outbox = await import('/static/orientation/outbox.js');
            return [await outbox.list(round, Date.now()), await outbox.waiting(round)];
        }""",
        doors.round.code,
    )
    assert kept == [None, 1]


@pytest.fixture
def filmed(tmp_path: Path, doors: cast.World) -> Path:
    """A film for a phone whose camera sees, after an empty desk, the pass of worker 5 held a little askew."""
    code = frames.code(tokens(doors)[4])
    empty = frames.frame(code, share=0.05, light=0.4)
    held = frames.frame(code, turn=9, tilt=0.08, share=0.6, blur=0.6, noise=14)
    return frames.film([empty] * 2 + [held] * 6, tmp_path / "pass.mjpeg")


def test_the_camera_of_a_phone_reads_a_pass(
    browser: Any, live_server: Any, doors: cast.World, filmed: Path
) -> None:
    flags = [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={filmed}",
    ]
    started = browser.browser_type.launch(
        executable_path=browsing.machine.chromium(), args=[*browsing.FLAGS, *flags]
    )
    try:
        context = started.new_context(
            base_url=live_server.url, locale="th-TH", permissions=["camera"], **browsing.SIZES["phone"]
        )
        page = context.new_page()
        log_in(page, doors, live_server.url)
        open_desk(page, doors)
        page.click("#open-camera")
        expect(page.locator("#result")).to_contain_text("ลำดับที่ 5", timeout=20_000)
        browsing.keep_picture(page, "orientation-desk-camera")
        sent(page)
        scan = Scan.objects.get()
        assert (scan.worker.number, scan.how) == (5, "camera")
    finally:
        started.close()
