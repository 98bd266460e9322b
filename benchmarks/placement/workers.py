"""A nation as tasks of the queue on PostgreSQL: one, two and four worker processes, one of them killed, a hundred nations.

``python -m benchmarks.placement.workers [--quick] [--json]``. A PostgreSQL of its own, a data folder of its own.
Before a number is printed every run must be proved and have the fingerprint of the same nation placed in one
process. In the run with a kill one of two workers ends by SIGKILL while it holds a share; the share must come back
when its heartbeat has been missing for long enough, be done by the other worker, and nothing may be doubled.
Seconds on the clock count from the queueing to the last answer and include that each worker starts Python, Django
and the compiled kernel, which takes it some seconds of CPU.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg

from benchmarks import reporting
from tests import machine

NATION = (76, 3_000, 200_000)
FIVE = (380, 15_000, 1_000_000)
HUNDRED = (7_600, 300_000, 20_000_000)


def main() -> None:
    """Run and print every measure."""
    arguments = reporting.arguments(__doc__)
    programs = machine.postgres()
    if programs is None:
        sys.exit("This benchmark needs PostgreSQL's server programs.")
    with tempfile.TemporaryDirectory(prefix="u2t-workers-") as folder, machine.own_postgres(programs) as url:
        site = Site({**os.environ, "DATABASE_URL": url, "U2T_DATA_DIR": folder}, url)
        site.manage("migrate", "--verbosity", "0")
        reporting.report(measures(site, arguments.quick), arguments)


class Site:
    """The installation that is measured."""

    def __init__(self, environment: dict[str, str], url: str) -> None:
        self.environment, self.url = environment, url

    def begin(self, *command: str) -> subprocess.Popen[str]:
        """Start a command."""
        whole = [sys.executable, "manage.py", *command]
        return subprocess.Popen(whole, env=self.environment, stdout=subprocess.PIPE, text=True)

    def manage(self, *command: str) -> str:
        """Run a command to its end; what it printed."""
        process = self.begin(*command)
        said, _ = process.communicate()
        if process.returncode:
            raise AssertionError(f"{command[0]} failed")
        return said

    def simulate(self, size: tuple[int, int, int], *options: str) -> dict[str, Any]:
        """Figures of a simulated nation."""
        found: dict[str, Any] = json.loads(self.manage(*simulating(size), *options))
        return found

    def one_number(self, query: str) -> int:
        """The one number that a query gives."""
        with psycopg.connect(self.url) as connection:
            row = connection.execute(query).fetchone()
        return int(row[0]) if row else 0

    @contextmanager
    def workers(self, count: int) -> Iterator[list[subprocess.Popen[str]]]:
        """So many worker processes that wait for work."""
        options = ("--queue-name", "*", "--interval", "0.2", "--no-startup-delay", "--verbosity", "0")
        started = [self.begin("db_worker", *options) for _number in range(count)]
        try:
            yield started
        finally:
            for one in started:
                one.terminate()
            for one in started:
                one.wait()


def simulating(size: tuple[int, int, int]) -> list[str]:
    institutions, tambons, applicants = map(str, size)
    return [
        "simulate_nation", "--json", "--backend", "compiled",
        "--institutions", institutions, "--tambons", tambons, "--applicants", applicants,
    ]  # fmt: skip


def measures(site: Site, quick: bool) -> list[reporting.Measure]:
    """Every number; ``quick`` leaves the larger nations out."""
    found = []
    for name, size, per_task in (("nation", NATION, 4), *(() if quick else (("five nations", FIVE, 10),))):
        alone = site.simulate(size)
        found += [
            reporting.Measure(
                f"{name}, one process: placing, CPU", alone["cpu"]["solve"], "s", None, "lower"
            ),
            reporting.Measure(f"{name}, one process: drawing, CPU", alone["cpu"]["draw"], "s", None, "lower"),
            reporting.Measure(f"{name}, one process: loading, CPU", alone["cpu"]["load"], "s", None, "lower"),
            reporting.Measure(f"{name}, one process: peak memory", alone["peak_mb"], "MB", None, "lower"),
        ]
        for count in (1, 2, 4):
            took = site.simulate(size, "--tasks", "--per-task", str(per_task), "--workers", str(count))
            same(alone, took)
            who = f"{name}, {count} worker{'s' if count > 1 else ''}"
            found += [
                reporting.Measure(f"{who}: wall", took["wall"]["whole"], "s", None, "lower"),
                reporting.Measure(f"{who}: CPU, loading included", took["cpu"]["whole"], "s", None, "lower"),
            ]
        found += killed(site, name, size, per_task, alone)
    if not quick:
        found += hundred(site)
    return found


def same(alone: dict[str, Any], took: dict[str, Any]) -> None:
    """Both are proved and gave everybody the same seat."""
    if not (alone["tally"]["proven"] and took["tally"]["proven"]):
        raise AssertionError("not proved")
    for name in ("digest", "filled", "score", "inconvenience", "value", "bound", "people"):
        if alone["tally"][name] != took["tally"][name]:
            raise AssertionError(f"{name} differs: {alone['tally'][name]} and {took['tally'][name]}")


def killed(
    site: Site, name: str, size: tuple[int, int, int], per_task: int, alone: dict[str, Any]
) -> list[reporting.Measure]:
    """One of two workers is killed while it holds a share."""
    tasks = -(-size[0] // per_task)
    with site.workers(2) as workers:
        asking = site.begin(*simulating(size), "--tasks", "--per-task", str(per_task))
        answered = "SELECT count(*) FROM placement_nationshare WHERE answered_at IS NOT NULL"
        held = "SELECT count(*) FROM jobs_job WHERE claimed_at IS NOT NULL AND finished_at IS NULL"
        while not (0 < site.one_number(answered) < tasks and site.one_number(held) == len(workers)):
            if asking.poll() is not None:
                raise AssertionError("everything was done before a worker could be killed")
            time.sleep(0.005)
        workers[0].kill()
        workers[0].wait()
        left = tasks - site.one_number(answered)
        said, _ = asking.communicate()
    took = json.loads(said)
    same(alone, took)
    if sum(took["workers"].values()) != tasks:
        raise AssertionError(f"{tasks} tasks, done: {took['workers']}")
    again = took["attempts"] - tasks
    if again != 1:
        raise AssertionError(f"the killed worker held one share, but {again} were begun again")
    return [
        reporting.Measure(f"{name}, one of 2 workers killed: tasks left", left, "tasks", None, "lower"),
        reporting.Measure(f"{name}, one of 2 workers killed: begun again", again, "tasks", 1, "lower"),
        reporting.Measure(f"{name}, one of 2 workers killed: doubled or lost", 0, "tasks", 0, "lower"),
        reporting.Measure(
            f"{name}, one of 2 workers killed: wall", took["wall"]["whole"], "s", None, "lower"
        ),
    ]


def hundred(site: Site) -> list[reporting.Measure]:
    """A hundred nations by two workers, a nation's worth a task."""
    took = site.simulate(HUNDRED, "--tasks", "--per-task", "76", "--workers", "2")
    if not took["tally"]["proven"]:
        raise AssertionError("not proved")
    name = "a hundred nations (20 million applicants), 2 workers"
    return [
        reporting.Measure(f"{name}: wall", took["wall"]["whole"], "s", None, "lower"),
        reporting.Measure(f"{name}: CPU of drawing and placing", took["cpu"]["whole"], "s", None, "lower"),
        reporting.Measure(f"{name}: seats filled", took["tally"]["filled"], "", None, "higher"),
    ]


if __name__ == "__main__":
    main()
