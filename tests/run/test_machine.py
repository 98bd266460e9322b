"""The PostgreSQL server that the tests start for themselves, and the last line of the suite."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

import psycopg
import pytest

from tests import machine, suite


def test_an_own_postgres_answers_and_leaves_nothing_behind() -> None:
    programs = machine.postgres()
    if not programs:
        pytest.skip("no PostgreSQL programs here; ./run test installs them")
    with machine.own_postgres(programs) as url:
        with psycopg.connect(url) as connection:
            row = connection.execute("SELECT current_user, %s", ["กำแพงเพชร"]).fetchone()
        folder = Path(unquote(urlsplit(url).netloc.rpartition("@")[2]))
        assert folder.is_dir()
    assert row == ("u2t", "กำแพงเพชร")
    assert not folder.exists()


def counts(tests: int, failures: int = 0, errors: int = 0, skipped: int = 0) -> dict[str, int]:
    return {"tests": tests, "failures": failures, "errors": errors, "skipped": skipped}


def test_the_last_line_counts_both_databases(capsys: pytest.CaptureFixture[str]) -> None:
    assert suite.report([], [counts(10, skipped=1), counts(6), counts(2)], 61.25) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "======== 17 passed, 1 skipped in 61.2s ========"


@pytest.mark.parametrize(
    ("failed", "runs", "line"),
    [
        ([], [counts(10, failures=1), counts(5), counts(3)], "1 failed, 17 passed"),
        (["style"], [counts(10), counts(5), counts(3)], "1 failed, 18 passed"),
        ([], [counts(10), counts(5, errors=2), counts(3)], "16 passed, 2 errors"),
        ([], [counts(10), counts(3)], "13 passed"),
    ],
    ids=["a failed test", "a failed check", "an error", "one database only"],
)
def test_anything_that_failed_or_did_not_run_fails_the_suite(
    failed: list[str], runs: list[dict[str, int]], line: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert suite.report(failed, runs, 1.0) == 1
    assert f"======== {line} in 1.0s ========" in capsys.readouterr().out
