"""A simulated nation by way of the task queue, and how long anything took."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.management.base import CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.jobs import actions as jobs
from u2t.matching.nation import Design, Tally
from u2t.placement.actions import nation as acting
from u2t.placement.queries import nation as seeing

LOOK_EVERY = 0.1
"""Seconds between two looks at how far the workers are."""


def wait() -> None:
    """Let the workers work for a moment."""
    time.sleep(LOOK_EVERY)


class Clock:
    """CPU and wall seconds of one stretch after the other."""

    def __init__(self) -> None:
        self.cpu: dict[str, float] = {}
        self.wall: dict[str, float] = {}
        self._since = (time.process_time(), time.monotonic())

    def stop(self, name: str) -> None:
        """End the stretch that runs, under this name; the next one begins."""
        now = (time.process_time(), time.monotonic())
        self.cpu[name], self.wall[name] = (round(b - a, 4) for a, b in zip(self._since, now, strict=True))
        self._since = now


@dataclass(frozen=True)
class Took:
    """What came out and what it took: seconds by stretch, the peak of memory in MB, and whoever worked on it."""

    tally: Tally
    cpu: dict[str, float]
    wall: dict[str, float]
    peak_mb: int | None = None
    workers: dict[str, int] = field(default_factory=dict)
    attempts: int = 0

    def to_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "tally": {**self.tally.to_json(), "digest": self.tally.digest},
            "cpu": self.cpu,
            "wall": self.wall,
            "peak_mb": self.peak_mb,
            "workers": self.workers,
            "attempts": self.attempts,
        }


def run(design: Design, *, backend: str, per_task: int, workers: int, note: Callable[[str], None]) -> Took:
    """Queue the nation, wait until all shares are answered, add them up and forget the rows.

    Workers that run anyway take part; ``workers`` more are started for the time of this. Raises ``CommandError`` if
    a share was given up.
    """
    at = timezone.now()
    started = time.monotonic()
    nation = acting.ask_for_nation(design=design, institutions_each=per_task, backend=backend, by=None, at=at)
    try:
        with _working(workers) as living:
            _wait(nation, living, note)
        wall = round(time.monotonic() - started, 4)
        found = seeing.work(nation)
    finally:
        acting.forget_nation(nation=nation, by=None, at=timezone.now())
    return Took(
        found.tally,
        {"whole": round(found.cpu_seconds, 4)},
        {"whole": wall},
        workers=found.workers,
        attempts=found.attempts,
    )


def _wait(nation: UUID, living: Callable[[], bool], note: Callable[[str], None]) -> None:
    told = -1
    while True:
        jobs.take_up_lost(at=timezone.now())
        state = seeing.state(nation)
        if state.failed:
            raise CommandError(_("A share of the nation was given up: job %s.") % state.failed[0])
        if state.answered == state.shares:
            return
        if not living():
            raise CommandError(_("All workers that were started have ended before the work was done."))
        if state.answered * 10 // state.shares > told:
            told = state.answered * 10 // state.shares
            note(f"{state.answered}/{state.shares}")
        wait()


@contextmanager
def _working(workers: int) -> Iterator[Callable[[], bool]]:
    """So many worker processes; what it gives tells whether one lives, or others are to do the work."""
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), "db_worker", "--queue-name", "*"]
    command += ["--interval", "0.2", "--no-startup-delay", "--verbosity", "0"]
    started = [subprocess.Popen(command) for _number in range(workers)]  # noqa: S603  our own program
    try:
        yield lambda: not started or any(one.poll() is None for one in started)
    finally:
        for one in started:
            one.terminate()
        for one in started:
            one.wait()
