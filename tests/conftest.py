"""Fixtures that every part's tests share."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import translation

from tests import browser as browsing
from tests import cast, remembered
from u2t.letters import fonts
from u2t.pages import messages


@pytest.fixture
def world(db: None) -> cast.World:
    """The small world of ``tests/cast.py``: one round, three tambons, everybody with an account."""
    cast.places_are_there()
    return remembered.once("world", cast.world)


@pytest.fixture(autouse=True)
def in_thai() -> Iterator[None]:
    """Every test begins in Thai: a page that one test asked for in English leaves English behind."""
    with translation.override("th"):
        yield


def pytest_sessionstart(session: pytest.Session) -> None:
    """Make what ``manage.py prepare`` makes and tests look at: typefaces and compiled Thai.

    Before anything is collected: whatever words a sentence earlier would make Django keep catalogues that were not
    compiled yet, and every page of the session would be in English.
    """
    fonts.prepare(Path(settings.FONTS_DIR))
    fonts.prepare_web(Path(settings.STATIC_MADE) / "fonts")
    messages.compile_all()
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium for all browser tests."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = browsing.launch(playwright)
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Any, live_server: Any, request: pytest.FixtureRequest) -> Iterator[Callable[..., Any]]:
    """``open_page("phone")`` or ``open_page("desktop")``: a page of a visitor of its own, nobody logged in.

    At the end of the test it fails for script errors, for what the content security policy blocked and for
    answers of 500 and above. If the test failed, the last picture of each page lies in ``var/failures``.
    """
    opened = []

    def open_one(size: str = "desktop", **options: Any) -> Any:
        options = {"locale": "th-TH", "timezone_id": "Asia/Bangkok", **browsing.SIZES[size], **options}
        page = browser.new_context(base_url=live_server.url, **options).new_page()
        opened.append((page, browsing.listen(page)))
        return page

    yield open_one
    failed = getattr(request.node, "failed_in_call", False)
    heard = []
    for number, (page, messages_heard) in enumerate(opened, 1):
        heard += messages_heard
        if failed and not page.is_closed():
            browsing.FAILURES.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=browsing.FAILURES / f"{request.node.name}-{number}.png", full_page=True)
        page.context.close()
    assert failed or not heard, "The browser complained:\n" + "\n".join(heard)


@pytest.fixture
def phone(open_page: Callable[..., Any]) -> Any:
    return open_page("phone")


@pytest.fixture
def desktop(open_page: Callable[..., Any]) -> Any:
    return open_page("desktop")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Generator[None, Any, Any]:
    """Let fixtures know at their end whether the test itself failed."""
    report = yield
    if report.when == "call":
        item.failed_in_call = report.failed  # type: ignore[attr-defined]
    return report
