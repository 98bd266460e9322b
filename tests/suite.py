"""All checks, then all tests on both databases: what ``./run test`` runs once everything is installed.

With arguments, pytest alone with these, on the database that DATABASE_URL names, else on SQLite.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import IO, Any
from xml.etree import ElementTree

from tests import machine

ROOT = Path(__file__).resolve().parent.parent
CHECKS = {
    "style": ["-m", "ruff", "check", "--quiet"],
    "format": ["-m", "ruff", "format", "--check", "--quiet"],
    "types": ["-m", "mypy"],
    "imports": ["-c", "from importlinter.cli import lint_imports_command as c; c()"],
    "migrations": ["manage.py", "makemigrations", "--check", "--dry-run"],
    "translations": ["manage.py", "messages", "--check"],
}
# What never touches a database is run once: nothing in it could turn out otherwise on another one.
WITHOUT_DATABASE = (
    "admission", "letters", "matching", "run", "sheets", "thai", "test_contracts.py", "test_repository.py",
)  # fmt: skip
COUNTED = ("tests", "failures", "errors", "skipped")


def python(*arguments: str, into: IO[str] | int | None = None, **environment: str) -> int:
    """Run this interpreter with ``arguments`` and more environment; returns its exit status.

    What it says goes to the terminal, or ``into`` a file.
    """
    said: dict[str, Any] = {} if into is None else {"stdout": into, "stderr": subprocess.STDOUT}
    return subprocess.run(
        [sys.executable, *arguments], check=False, env={**os.environ, **environment}, **said
    ).returncode


def heading(text: str, into: IO[str] | None = None) -> None:
    print(f"\n======== {text}", file=into, flush=True)


def run_tests(name: str, *arguments: str, into: IO[str] | None = None, **environment: str) -> dict[str, int]:
    """Run pytest and return its counts; a run that could not even count is an error."""
    heading(f"tests on {name}", into)
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        pytest = ("-m", "pytest", "-q", "--tb=short", f"--junit-xml={report}", *arguments)
        status = python(*pytest, into=into, **environment)
        counts = dict.fromkeys(COUNTED, 0)
        if report.exists():
            suite = next(ElementTree.parse(report).iter("testsuite"))
            counts = {what: int(suite.get(what, 0)) for what in COUNTED}
    if status and not counts["failures"] and not counts["errors"]:
        counts["errors"] = 1
    return counts


def run_checks(into: IO[str]) -> list[str]:
    """Run every check; returns the names of those that failed."""
    failed = []
    for name, command in CHECKS.items():
        heading(name, into)
        if python(*command, into=into):
            failed.append(name)
        else:
            print("ok", file=into, flush=True)
    return failed


@contextmanager
def second_database() -> Iterator[str]:
    """The address of a PostgreSQL: the one of DATABASE_URL, else one started for the tests, else empty."""
    given, programs = os.environ.get("DATABASE_URL", ""), machine.postgres()
    if given.startswith("postgres"):
        yield given
    elif programs:
        with machine.own_postgres(programs) as url:
            yield url
    else:
        yield ""


def on_the_second_database(url: str, into: IO[str]) -> list[dict[str, int]]:
    """Run there what a database could make turn out otherwise; an empty list if there is no such database."""
    if not url:
        heading("PostgreSQL was not found, so half of the tests did not run", into)
        return []
    # A journey in the browser is played on PostgreSQL too; the other pages do not know which database they have.
    other = ("-m", "not browser or both", *(f"--ignore=tests/{name}" for name in WITHOUT_DATABASE))
    return [run_tests("PostgreSQL", *other, into=into, DATABASE_URL=url)]


class Once:
    """Work that is done by the first who asks."""

    def __init__(self) -> None:
        self._free = Lock()

    def without_a_database(self, into: IO[str] | None = None) -> list[dict[str, int]]:
        """The tests that touch no database; an empty list for whoever comes second."""
        if not self._free.acquire(blocking=False):
            return []
        names = (f"tests/{name}" for name in WITHOUT_DATABASE)
        return [run_tests("no database", *names, into=into, DATABASE_URL="")]


def everything() -> int:
    """Two lanes at once, because neither alone keeps two cores busy; the second one's words follow the first's.

    The lane that ends first takes the tests without a database too.
    """
    started = time.monotonic()
    # What both lanes would otherwise make at the same moment.
    python("-m", "pytest", "-q", "--collect-only", "tests/test_contracts.py", into=subprocess.DEVNULL)
    with (
        second_database() as url,
        tempfile.TemporaryFile("w+", encoding="utf-8") as kept,
        ThreadPoolExecutor(1) as beside,
    ):
        once = Once()
        second = beside.submit(
            lambda: (run_checks(kept), on_the_second_database(url, kept) + once.without_a_database(kept))
        )
        others = (f"--ignore=tests/{name}" for name in WITHOUT_DATABASE)
        runs = [run_tests("SQLite", *others, DATABASE_URL=""), *once.without_a_database()]
        while not second.done():
            # Somebody watches: a silent terminal looks like a hanging one.
            wait([second], timeout=60)
            print(".", end="", flush=True)
        failed, more = second.result()
        kept.seek(0)
        print(f"\n{kept.read()}", flush=True)
    return report(failed, runs + more, time.monotonic() - started)


def report(failed: list[str], runs: list[dict[str, int]], seconds: float) -> int:
    """Print one last line as pytest does; returns the exit status."""
    total = {what: sum(run[what] for run in runs) for what in COUNTED}
    broken = total["failures"] + len(failed)
    passed = total["tests"] - total["failures"] - total["errors"] - total["skipped"]
    parts = [
        f"{broken} failed" if broken else "",
        f"{passed} passed",
        f"{total['skipped']} skipped" if total["skipped"] else "",
        f"{total['errors']} errors" if total["errors"] else "",
    ]
    for name in failed:
        print(f"FAILED check: {name}")
    print(f"\n======== {', '.join(part for part in parts if part)} in {seconds:.1f}s ========", flush=True)
    return 1 if broken or total["errors"] or len(runs) < 3 else 0


if __name__ == "__main__":
    os.chdir(ROOT)
    arguments = sys.argv[1:]
    sys.exit(python("-m", "pytest", *arguments) if arguments else everything())
