"""Devices at the doors for the check-in: pages of one browser, or browsers of their own that can be killed."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections import Counter
from pathlib import Path
from typing import Any

from tests import browser as browsing
from tests import machine

# Runs beside Python, so that the device can die in the middle; says each person only after the page has said it.
WORK = """([texts, address]) => {
    globalThis.work = (async () => {
        const desk = await import(address);
        for (const [number, text, way] of texts) {
            document.querySelector(`[name=direction][value=${way}]`).checked = true;
            await desk.check(text, 'camera');
            if (document.querySelector('#result').dataset.word === 'broken') throw new Error('broken');
            await globalThis.confirmed(number, way, document.querySelector('#result').dataset.word);
        }
        document.body.dataset.worked = 'yes';
    })();
    delete document.body.dataset.worked;
}"""
KEPT = """async () => new Promise((resolve, reject) => {
    const opening = indexedDB.open('u2t-desk');
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
        const asked = opening.result.transaction('seen').objectStore('seen').getAll();
        asked.onsuccess = () => resolve(asked.result.map((scan) => scan.id));
    };
})"""
Person = tuple[int, str, str]


class Device:
    """A phone at a door: its clock wrong by ``skew_days``, its network and its life in our hands."""

    def __init__(
        self, label: str, address: str, plan: dict[str, Any], skew_days: float, draw: random.Random
    ) -> None:
        self.label, self.address, self.plan, self.skew_days, self.draw = label, address, plan, skew_days, draw
        self.said: dict[tuple[int, str], float | None] = {}
        self.counts: Counter[str] = Counter()
        self.is_cut, self.page = False, None

    def _context(self) -> Any:
        raise NotImplementedError

    def kill(self) -> None:
        """Take its life in the middle of whatever it does."""
        raise NotImplementedError

    def wake(self) -> None:
        """Open the desk, as after a start of the phone; without a network from what the device has kept."""
        context = self._context()
        cookie = {"name": "sessionid", "value": self.plan["cookie"], "url": self.address}
        context.add_cookies([cookie])
        context.set_offline(self.is_cut)
        self.page = page = context.new_page()
        page.set_default_timeout(60_000)
        milliseconds = round(self.skew_days * 86_400_000)
        page.add_init_script(f"{{const now = Date.now; Date.now = () => now() + ({milliseconds});}}")
        page.expose_function("confirmed", self._confirmed)
        page.route("**/scans", self._network)
        page.goto(f"{self.address}/orientation/{self.plan['code']}/desk")
        page.wait_for_selector("body[data-started=yes]")

    def pack(self) -> None:
        """Load the list under the device's name and wait until the page is kept too."""
        self.page.wait_for_selector("body[data-ready=yes]")
        if not self.page.is_visible("#label"):
            self.page.click("#prepare summary")
        self.page.fill("#label", self.label)
        self.page.click("#load")
        self.page.wait_for_selector("#work:not([hidden])")

    def _confirmed(self, number: int, way: str, word: str) -> None:
        # Who was kept before the device died is only recognised now; when that was, nobody saw.
        seen = time.time() if word not in {"already", "alreadyout"} else None
        self.said.setdefault((number, way), seen)
        self.counts[word] += 1

    def _network(self, route: Any) -> None:
        """A bad network: requests vanish, replies vanish, the server is overloaded."""
        chance = self.draw.random()
        if chance < 0.15:
            self.counts["requests lost"] += 1
            route.abort()
        elif chance < 0.40:
            self.counts["replies lost"] += 1
            route.fetch()
            route.abort()
        elif chance < 0.50:
            self.counts["refusals"] += 1
            route.fulfill(status=self.draw.choice([429, 500, 503]), body="busy")
        else:
            route.continue_()

    def cut(self, is_cut: bool) -> None:
        """Cut the network, or give it back."""
        self.is_cut = is_cut
        self.page.context.set_offline(is_cut)

    def begin(self, people: list[Person]) -> None:
        """Let the people come to this door, one after the other."""
        address = self.page.evaluate("document.querySelector('script[src*=\"desk\"]').src")
        self.page.evaluate(WORK, [people, address])

    def finish_work(self, people: list[Person]) -> None:
        """Whoever the page has not confirmed comes to the door again."""
        left = [one for one in people if (one[0], one[2]) not in self.said]
        if left:
            self.begin(left)
            self.page.wait_for_selector("body[data-worked=yes]")

    def send_all(self) -> None:
        """Press the button until nothing waits."""
        if not self.page.is_visible("#send"):
            self.page.click("#prepare summary")
        for _again in range(200):
            if self.page.get_attribute("body", "data-waiting") == "0":
                return
            self.page.click("#send")
            self.page.wait_for_timeout(150)
        raise AssertionError(f"{self.label} still keeps {self.page.get_attribute('body', 'data-waiting')}")

    def kept(self) -> list[str]:
        """The keys of all scans that the device itself remembers."""
        return list(self.page.evaluate(KEPT))

    def close(self) -> None:
        self.page.context.close()


class Tab(Device):
    """A device as a page with storage of its own in a shared browser; killed by closing the page under it."""

    def __init__(self, browser: Any, *rest: Any) -> None:
        super().__init__(*rest)
        self.shared = browser.new_context(timezone_id="Asia/Bangkok", **browsing.SIZES["phone"])

    def _context(self) -> Any:
        return self.shared

    def kill(self) -> None:
        self.counts["killed"] += 1
        self.page.close()


class Phone(Device):
    """A device as a browser of its own on a folder of its own; killed by the kernel without a word of warning."""

    def __init__(self, playwright: Any, folder: Path, *rest: Any) -> None:
        super().__init__(*rest)
        self.playwright, self.folder = playwright, folder
        self.process: subprocess.Popen[bytes] | None = None

    def _context(self) -> Any:
        port = self.folder / "DevToolsActivePort"
        port.unlink(missing_ok=True)
        flags = [
            *browsing.FLAGS,
            "--headless=new",
            "--remote-debugging-port=0",
            f"--user-data-dir={self.folder}",
        ]
        self.process = subprocess.Popen(
            [machine.chromium(), *flags],
            start_new_session=True,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        for _again in range(200):
            if port.exists() and len(lines := port.read_text().splitlines()) == 2:
                break
            time.sleep(0.1)
        browser = self.playwright.chromium.connect_over_cdp(f"http://127.0.0.1:{lines[0]}")
        return browser.contexts[0]

    def kill(self) -> None:
        self.counts["killed by the kernel"] += 1
        assert self.process is not None
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def close(self) -> None:
        if self.process is not None and self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
