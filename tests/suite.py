"""All checks, then all tests on both databases: what ``./run test`` runs once everything is installed.

With arguments, pytest alone with these, on the database that DATABASE_URL names, else on SQLite.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
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
# What never touches a database is not run on the second one: nothing in it could turn out otherwise.
WITHOUT_DATABASE = (
    "letters", "matching", "run", "sheets", "thai", "test_contracts.py", "test_repository.py",
)  # fmt: skip
COUNTED = ("tests", "failures", "errors", "skipped")


def python(*arguments: str, **environment: str) -> int:
    """Run this interpreter with ``arguments`` and more environment; returns its exit status."""
    return subprocess.run(
        [sys.executable, *arguments], check=False, env={**os.environ, **environment}
    ).returncode


def heading(text: str) -> None:
    print(f"\n======== {text}", flush=True)


def run_tests(name: str, *arguments: str, **environment: str) -> dict[str, int]:
    """Run pytest and return its counts; a run that could not even count is an error."""
    heading(f"tests on {name}")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder, "report.xml")
        status = python(
            "-m", "pytest", "-q", "--tb=short", f"--junit-xml={report}", *arguments, **environment
        )
        counts = dict.fromkeys(COUNTED, 0)
        if report.exists():
            suite = next(ElementTree.parse(report).iter("testsuite"))
            counts = {what: int(suite.get(what, 0)) for what in COUNTED}
    if status and not counts["failures"] and not counts["errors"]:
        counts["errors"] = 1
    return counts


def everything() -> int:
    started = time.monotonic()
    failed = []
    for name, command in CHECKS.items():
        heading(name)
        if python(*command):
            failed.append(name)
        else:
            print("ok", flush=True)
    runs = [run_tests("SQLite", DATABASE_URL="")]
    given, programs = os.environ.get("DATABASE_URL", ""), machine.postgres()
    # A journey in the browser is played on PostgreSQL too; the other pages do not know which database they have.
    other = ("-m", "not browser or both", *(f"--ignore=tests/{name}" for name in WITHOUT_DATABASE))
    if given.startswith("postgres"):
        runs.append(run_tests("the PostgreSQL of DATABASE_URL", *other))
    elif programs:
        with machine.own_postgres(programs) as url:
            runs.append(run_tests("PostgreSQL", *other, DATABASE_URL=url))
    else:
        heading("PostgreSQL was not found, so half of the tests did not run")
    return report(failed, runs, time.monotonic() - started)


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
    return 1 if broken or total["errors"] or len(runs) < 2 else 0


if __name__ == "__main__":
    os.chdir(ROOT)
    arguments = sys.argv[1:]
    sys.exit(python("-m", "pytest", *arguments) if arguments else everything())
