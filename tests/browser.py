"""What browser tests do besides clicking: look for barriers, for overflow, and keep pictures.

The fixtures ``phone``, ``desktop`` and ``open_page`` of ``tests/conftest.py`` give pages whose addresses are
relative to the live server, in Thai, on Thai time.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page

from tests import machine

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures" if os.environ.get("U2T_PICTURES") == "1" else ROOT / "var" / "pictures"
FAILURES = ROOT / "var" / "failures"
SIZES: dict[str, Any] = {
    "phone": {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True},
    "desktop": {"viewport": {"width": 1280, "height": 800}},
}
# Nothing here may look for updates, report, or need a screen; QUIC and a sandbox fail in containers.
FLAGS = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
    *(["--no-sandbox"] if os.geteuid() == 0 else []),
]


def launch(playwright: Any) -> Browser:
    """Start the system's Chromium without a window; says what to install where there is none."""
    path = machine.chromium()
    if not path:
        raise RuntimeError("No Chromium was found; ./run test installs one, or U2T_CHROMIUM names it.")
    started: Browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
    return started


def listen(page: Page) -> list[str]:
    """Collect what a visitor would not see: script errors, what the security policy blocked, broken answers."""
    heard: list[str] = []

    def console(message: ConsoleMessage) -> None:
        if message.type == "error" and "Failed to load resource" not in message.text:
            heard.append(f"console: {message.text}")

    page.on("console", console)
    page.on("pageerror", lambda error: heard.append(f"script: {error}"))
    page.on("response", lambda r: heard.append(f"{r.status}: {r.url}") if r.status >= 500 else None)
    return heard


def assert_accessible(page: Page) -> None:
    """Fail with every rule of axe that the page breaks, and where."""
    found = Axe().run(page).response["violations"]
    lines = [
        f"{rule['id']} ({rule['impact']}): {rule['help']}\n    {node['html'][:300]}\n    {node['failureSummary']}"
        for rule in found
        for node in rule["nodes"][:5]
    ]
    assert not found, f"{page.url} has barriers:\n" + "\n".join(lines)


def assert_fits(page: Page) -> None:
    """Fail if the page is wider than the screen, and name the elements that stick out."""
    wide = page.evaluate(
        """() => document.documentElement.scrollWidth <= screen.width ? [] : [...document.querySelectorAll("body *")]
            .filter(one => one.getBoundingClientRect().right > screen.width + 1)
            .map(one => one.outerHTML.slice(0, 160)).slice(0, 8)
            .concat([`page ${document.documentElement.scrollWidth}px, screen ${screen.width}px`])"""
    )
    assert not wide, f"{page.url} is wider than the screen:\n" + "\n".join(wide)


def keep_picture(page: Page, name: str, *, whole: bool = True) -> Path:
    """Save a picture of the page: for the documents with ``U2T_PICTURES=1``, else below ``var``."""
    path = PICTURES / f"{name}.png"
    path.parent.mkdir(parents=True, exist_ok=True)
    page.evaluate("() => document.fonts.ready.then(() => true)")
    page.screenshot(path=path, full_page=whole, animations="disabled")
    return path
