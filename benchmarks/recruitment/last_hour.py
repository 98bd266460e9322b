"""The last hour of a call in its last minute: two thousand submit while fifty interviewers score.

``python -m benchmarks.recruitment.last_hour [--quick] [--json]``. On SQLite and on PostgreSQL (a server of its own),
each time in a data folder of its own, the pages are served as ``./run`` serves them. Two thousand drafts lie ready;
their owners press the last button at random moments within one minute, from at most 64 threads, and look at their
receipt; fifty interviewers save every point as it is given and lock their sheets. Then the database is questioned,
and no number is printed unless all of this holds:

* every acknowledged submission is stored, under the receipt that its owner saw, recorded once and told once;
* the numbers run from 1 without gap or double, and nobody who submitted is missing;
* every acknowledged point is stored as given, every locked sheet is locked, every finished applicant has a score.
"""

from __future__ import annotations

import contextlib
import http.client
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import quantiles
from typing import Any

from benchmarks import reporting
from benchmarks.recruitment import traffic
from tests import machine

PEOPLE, INTERVIEWERS, SECONDS, THREADS = 2_000, 50, 60, 64
QUICK = (200, 10, 6)


def main() -> None:
    """Run on both databases and print every measure."""
    arguments = reporting.arguments(__doc__)
    people, interviewers, seconds = QUICK if arguments.quick else (PEOPLE, INTERVIEWERS, SECONDS)
    found = one_hour("SQLite", {}, people, interviewers, seconds)
    programs = machine.postgres()
    if programs is None:
        print("PostgreSQL was left out: its server programs are not installed.", file=sys.stderr)
    else:
        with machine.own_postgres(programs) as url:
            found += one_hour("PostgreSQL", {"DATABASE_URL": url}, people, interviewers, seconds)
    reporting.report(found, arguments)


def one_hour(
    name: str, database: dict[str, str], people: int, interviewers: int, seconds: int
) -> list[reporting.Measure]:
    """Prepare, play, question, and measure on one database."""
    with tempfile.TemporaryDirectory(prefix="u2t-last-hour-") as folder:
        # Without DATABASE_URL the data folder holds an SQLite database.
        surroundings = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
        surroundings |= {"U2T_DATA_DIR": folder, **database}
        began = time.monotonic()
        site("prepare", people, interviewers, folder, surroundings)
        print(f"{name}: prepared in {time.monotonic() - began:.0f} s", file=sys.stderr)
        plan = json.loads(Path(folder, "plan.json").read_text())
        with served(surroundings) as (port, server):
            site("close", seconds, folder, surroundings)
            before = cpu_seconds(server)
            heard = traffic.play(plan, port, seconds, THREADS)
            spent = cpu_seconds(server) - before
        site("question", 0, folder, surroundings)
        found = json.loads(Path(folder, "found.json").read_text())
    faults = compare(plan, heard, found)
    if faults:
        raise AssertionError(f"{name}: " + "; ".join(faults))
    return measures(name, plan, heard, found, spent)


def site(what: str, *rest: Any) -> None:
    """Let the installation's own process do something."""
    *arguments, surroundings = rest
    command = [sys.executable, "-m", "benchmarks.recruitment.last_hour_site", what, *map(str, arguments)]
    subprocess.run(command, env=surroundings, check=True, stdout=subprocess.DEVNULL, timeout=1200)


@contextlib.contextmanager
def served(surroundings: dict[str, str]) -> Iterator[tuple[int, int]]:
    """The pages on a free port of the loopback, served as ``./run`` does; gives port and process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = ["-m", "gunicorn", "u2t.wsgi", "--worker-class", "gthread", "--no-control-socket"]
    command += ["--workers", surroundings.get("U2T_WORKERS") or "1"]
    command += ["--threads", surroundings.get("U2T_THREADS") or "8"]
    command += ["--bind", f"127.0.0.1:{port}", "--log-level", "warning"]
    command += ["--timeout", "120", "--graceful-timeout", "10"]
    server = subprocess.Popen([sys.executable, *command], env=surroundings)
    try:
        _wait_for(port)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(timeout=60)


def _wait_for(port: int) -> None:
    for _ in range(120):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            connection.request("GET", "/")
            if connection.getresponse().status < 500:
                return
        except OSError:
            pass
        time.sleep(0.5)
    raise RuntimeError("the server does not answer")


def cpu_seconds(server: int) -> float:
    """CPU seconds of the server and its workers so far, 0 where the system does not tell."""
    tick, total = os.sysconf("SC_CLK_TCK"), 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if server in (int(stat.parent.name), int(fields[1])):
                total += int(fields[11]) + int(fields[12])
    return total / tick


def compare(plan: dict[str, Any], heard: traffic.Heard, found: dict[str, Any]) -> list[str]:
    """What was acknowledged and what is stored, where they differ."""
    stored = {pk: receipt for pk, _number, receipt, _late in found["submitted"]}
    numbers = sorted(number for _pk, number, _receipt, _late in found["submitted"])
    marks = {
        int(sheet): {int(key): points for key, points in marks.items()}
        for sheet, marks in found["marks"].items()
    }
    locked = {sheet for sheet, moment, _score in found["locked"] if moment}
    halves = len(plan["interviewers"]) * len(plan["interviewers"][0]["sheets"]) // 2
    doubts = {
        "acknowledged but not stored": [pk for pk in heard.receipts if pk not in stored],
        "another receipt than the one shown": [
            pk for pk, receipt in heard.receipts.items() if receipt != stored.get(pk)
        ],
        "drafts that never got through": heard.lost,
        "drafts without an answer": [one["pk"] for one in plan["drafts"] if one["pk"] not in heard.receipts],
        "gaps or doubles in the numbers": [] if numbers == list(range(1, len(numbers) + 1)) else [numbers],
        "receipts twice": [] if len(set(stored.values())) == len(stored) else [1],
        "submissions not recorded once": [found["recorded"] - len(stored) - halves, found["recorded_twice"]],
        "receipts not told once": [found["told"] - len(stored) - halves],
        "points that differ": [sheet for sheet, points in heard.marks.items() if marks.get(sheet) != points],
        "locks that are gone": sorted(heard.locked - locked),
        "finished without a score": [
            sheet for sheet, moment, score in found["locked"] if moment and score is None
        ],
        "a broken chain of records": [1] if found["broken_link"] else [],
    }
    return [f"{doubt}: {those}" for doubt, those in doubts.items() if any(those)]


def measures(
    name: str, plan: dict[str, Any], heard: traffic.Heard, found: dict[str, Any], spent: float
) -> list[reporting.Measure]:
    """Latencies, throughput, mishaps."""
    requests = sum(len(seconds) for seconds in heard.seconds.values())
    requests -= len(heard.seconds["from the click to the acknowledgement"])
    took = heard.ended - heard.began
    late = [seconds for *_, seconds in found["submitted"] if seconds]
    about = f"{name}, {len(plan['drafts']):,} submit, {len(plan['interviewers'])} score"
    made = [
        reporting.Measure(f"{about}: lost or doubled", 0, "", 0, "lower"),
        reporting.Measure(f"{about}: mishaps that were tried again", len(heard.mishaps), "", None, "lower"),
        reporting.Measure(f"{about}: until all were done", took, "s", None, "lower"),
        reporting.Measure(f"{about}: requests answered", requests / took, "per s", None, "higher"),
        reporting.Measure(f"{about}: server, CPU a request", 1000 * spent / requests, "ms", None, "lower"),
        reporting.Measure(f"{about}: stored after closing, in the grace", len(late), "", None, "lower"),
    ]
    for kind, seconds in sorted(heard.seconds.items()):
        cuts = quantiles(seconds, n=100)
        for share in (50, 95, 99):
            value = 1000 * cuts[share - 1]
            made.append(reporting.Measure(f"{name}: {kind}, {share} %", value, "ms", None, "lower"))
        made.append(reporting.Measure(f"{name}: {kind}, longest", 1000 * max(seconds), "ms", None, "lower"))
    return made


if __name__ == "__main__":
    main()
