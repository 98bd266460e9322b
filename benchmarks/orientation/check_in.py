"""The morning of orientation: 1,200 people through ten doors without a network, with wrong clocks and dying devices.

``python -m benchmarks.orientation.check_in [--quick] [--json]``. Ten devices play in real browsers against the pages
as ``./run`` serves them; their clocks are wrong by up to eight years. Everybody comes in at one door, some show their
pass at a second one too, most go out at another. Every device is cut off, killed in the middle of its work without a
network, killed again in the middle of sending, and has a network that loses requests and replies and on which the
server is often too busy; two of the devices are browsers of their own that the kernel kills.
No number is printed unless what people saw confirmed, what the devices remember and what the server has are the same
scans, each once.
"""

from __future__ import annotations

import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from benchmarks import reporting
from benchmarks.orientation import devices
from benchmarks.recruitment.last_hour import served
from tests import browser as browsing

PEOPLE, DEVICES = 1_200, 10
QUICK = (120, 4)
# How many people a device has seen when it is killed.
KILLED_AFTER = (4, 12)


def main() -> None:
    """Play the morning and print every measure."""
    arguments = reporting.arguments(__doc__)
    people, count = QUICK if arguments.quick else (PEOPLE, DEVICES)
    with tempfile.TemporaryDirectory(prefix="u2t-check-in-", ignore_cleanup_errors=True) as folder:
        surroundings = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        surroundings["U2T_DATA_DIR"] = folder
        site("prepare", people, folder, surroundings)
        plan = json.loads(Path(folder, "plan.json").read_text())
        began = time.monotonic()
        with served(surroundings) as (port, _server), sync_playwright() as playwright:
            browser = browsing.launch(playwright)
            doors = doors_of(playwright, browser, f"http://127.0.0.1:{port}", plan, count, Path(folder))
            lists = who_comes_where(plan, count)
            try:
                kept = morning(doors, lists)
            finally:
                for door in doors:
                    door.close()
                browser.close()
        seconds = time.monotonic() - began
        site("question", 0, folder, surroundings)
        found = json.loads(Path(folder, "found.json").read_text())
    reporting.report(measures(doors, lists, kept, found, people, seconds), arguments)


def site(what: str, number: int, folder: str, surroundings: dict[str, str]) -> None:
    """Let the installation's own process do something."""
    command = [sys.executable, "-m", "benchmarks.orientation.check_in_site", what, str(number), folder]
    subprocess.run(command, env=surroundings, check=True, stdout=subprocess.DEVNULL, timeout=1200)


def doors_of(
    playwright: Any, browser: Any, address: str, plan: dict[str, Any], count: int, folder: Path
) -> list[devices.Device]:
    """The devices; the last two are browsers of their own."""
    draw = random.Random(2564)
    doors: list[devices.Device] = []
    for number in range(count):
        skew = draw.choice([0, 0.001, -0.04, 0.5, -3000, 3000, 365, -365])
        rest = (f"door {number + 1}", address, plan, skew, random.Random(number))
        if number < count - 2:
            doors.append(devices.Tab(browser, *rest))
        else:
            doors.append(devices.Phone(playwright, folder / f"phone-{number}", *rest))
    return doors


def who_comes_where(plan: dict[str, Any], count: int) -> list[list[devices.Person]]:
    """By door: everybody in at one; most out at another; a tenth show their pass in at a second door too."""
    draw = random.Random(60)
    lists: list[list[devices.Person]] = [[] for _door in range(count)]
    for number, token in plan["tokens"].items():
        first, second = draw.sample(range(count), 2)
        text = f"https://u2t.test/orientation/p/{token}"
        lists[first].append((int(number), text, "in"))
        if draw.random() < 0.1:
            lists[second].append((int(number), text, "in"))
        if draw.random() < 0.6:
            lists[second].append((int(number), text, "out"))
    for door in lists:
        draw.shuffle(door)
        door.sort(key=lambda one: one[2] == "out")
    return lists


def morning(doors: list[devices.Device], lists: list[list[devices.Person]]) -> list[list[str]]:
    """Play it door by door; answers what each device remembers at the end."""
    draw = random.Random(7)
    kept = []
    for number, (door, people) in enumerate(zip(doors, lists, strict=True), 1):
        door.wake()
        door.pack()
        door.cut(True)
        third = len(people) // 3
        killed_in_the_middle(door, people[:third], draw)
        door.cut(False)
        killed_in_the_middle(door, people[third : 2 * third], draw)
        door.cut(True)
        door.finish_work(people)
        door.cut(False)
        door.send_all()
        kept.append(door.kept())
        print(f"door {number}: {len(people)} people, {dict(door.counts)}", file=sys.stderr)
    return kept


def killed_in_the_middle(door: devices.Device, people: list[devices.Person], draw: random.Random) -> None:
    """Let people come, kill the device after a few, wake it, and let whoever was not confirmed come again."""
    before = len(door.said)
    door.begin(people)
    enough = before + draw.randint(*KILLED_AFTER)
    while len(door.said) < min(enough, before + len(people)):
        door.page.wait_for_timeout(5)
    door.kill()
    door.wake()
    door.finish_work(people)


def measures(
    doors: list[devices.Device],
    lists: list[list[devices.Person]],
    kept: list[list[str]],
    found: dict[str, Any],
    people: int,
    seconds: float,
) -> list[reporting.Measure]:
    """Compare what was to happen, what was confirmed, what is remembered and what is stored."""
    planned = Counter(
        (number, way, door.label) for door, of in zip(doors, lists, strict=True) for number, _t, way in of
    )
    confirmed = Counter((number, way, door.label) for door in doors for number, way in door.said)
    stored = Counter((number, way, label) for _pk, number, way, label, _at, _doubted in found["scans"])
    keys = {pk for pk, *_rest in found["scans"]}
    remembered = {key for of in kept for key in of}
    lost = sum((planned - stored).values()) + len(remembered - keys)
    doubled = sum((stored - planned).values())
    assert planned == confirmed, "somebody was not confirmed"
    assert keys == remembered, "the devices remember other scans than the server"
    assert (lost, doubled) == (0, 0), (lost, doubled)
    when = {(number, way, door.label): at for door in doors for (number, way), at in door.said.items()}
    off = [
        abs(at - true)
        for _pk, number, way, label, at, _doubted in found["scans"]
        if (true := when[number, way, label]) is not None
    ]
    inside = found["states"].get("in", 0) + found["states"].get("left", 0)
    total = sum((door.counts for door in doors), Counter())
    return [
        reporting.Measure("scans lost", lost, "scans", 0, "lower"),
        reporting.Measure("scans doubled", doubled, "scans", 0, "lower"),
        reporting.Measure("people of whom attendance is known", inside, "people", people, "higher"),
        reporting.Measure("scans confirmed and stored", len(keys), "scans", None, "higher"),
        reporting.Measure("devices killed: page", total["killed"], "times", None, "higher"),
        reporting.Measure(
            "devices killed: process, by the kernel", total["killed by the kernel"], "times", None, "higher"
        ),
        reporting.Measure("requests lost", total["requests lost"], "times", None, "higher"),
        reporting.Measure(
            "replies lost after the server had stored", total["replies lost"], "times", None, "higher"
        ),
        reporting.Measure("refusals for overload", total["refusals"], "times", None, "higher"),
        reporting.Measure("moments in doubt", sum(row[5] for row in found["scans"]), "scans", 0, "lower"),
        reporting.Measure("farthest moment from the true one", max(off), "s", 5, "lower"),
        reporting.Measure("whole morning", seconds, "s", None, "lower"),
    ]


if __name__ == "__main__":
    main()
