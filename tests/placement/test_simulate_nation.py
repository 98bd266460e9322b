"""A nation is drawn, placed and proved by one command, in one process or by many workers, with the same result."""

from __future__ import annotations

import csv
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from u2t.jobs import actions as jobs
from u2t.jobs import worker
from u2t.jobs.models import HEARTBEAT_LOST_AFTER, Job
from u2t.matching import Rule
from u2t.matching.nation import Design, draw_nation, place
from u2t.matching.pool import compiled
from u2t.placement.actions import nation as acting
from u2t.placement.management import tasking
from u2t.placement.management.commands import simulate_nation
from u2t.placement.models import NationShare
from u2t.placement.queries import nation as seeing

SMALL = Design(seed=3, institutions=4, tambons=24, applicants=900, rule=Rule(order="merit", score_weight=10))
OPTIONS = {"seed": 3, "institutions": 4, "tambons": 24, "applicants": 900}


def simulate(**options: Any) -> str:
    """What the command prints."""
    said = StringIO()
    call_command("simulate_nation", stdout=said, stderr=StringIO(), **{**OPTIONS, **options})
    return said.getvalue()


@pytest.fixture(scope="module")
def digest() -> str:
    """The fingerprint of the small nation, placed in this process."""
    return place(draw_nation(SMALL, acting.country()), "hub")[0].digest


def test_the_command_tells_seats_levels_time_memory_and_proof_in_both_languages(digest: str) -> None:
    thai, english = simulate(language="th"), simulate(language="en")
    assert "อัตราที่บรรจุแล้ว: 480/480" in thai
    assert "พิสูจน์แล้ว" in thai
    assert "Filled slots: 480/480" in english
    assert "proved: nothing better exists" in english
    assert "MB" in english
    assert all(digest in said for said in (thai, english))


def test_several_processes_find_what_one_finds(digest: str) -> None:
    found = json.loads(simulate(processes=2, json=True))
    assert found["tally"]["digest"] == digest
    assert found["tally"]["proven"]


def test_the_certificate_is_proved_by_the_verifier_that_knows_nothing_of_us(tmp_path: Path) -> None:
    written, verifier = tmp_path / "nation.jsonl", settings.BASE_DIR / "u2t/matching/verify_placement.py"

    def verify() -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-I", str(verifier), str(written)]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    for options in ({}, {"demand": "shortage", "applicants": None, "max_km": 60}, {"order": "weighted"}):
        simulate(certificate=written, **options)
        assert len(written.read_text().splitlines()) == 4
        assert (answer := verify()).returncode == 0, answer.stdout
    written.write_text(written.read_text().replace('"SIM002"', '"SIM009"'))
    assert verify().returncode == 1


def test_the_list_has_a_row_for_everybody_and_seats_for_those_placed(tmp_path: Path) -> None:
    simulate(csv=tmp_path / "people.csv")
    with (tmp_path / "people.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 900
    placed = [row for row in rows if row["tambon"]]
    assert len(placed) == 480
    assert sum(row["workstream"] == "data" for row in placed) == 24 * 2
    assert {row["category"] for row in placed if row["workstream"] == "data"} == {"graduate"}
    assert all(30 <= float(row["score"]) <= 100 for row in rows)


def test_rules_are_compared_for_the_same_people() -> None:
    rows = {row["name"]: row for row in json.loads(simulate(policies=True, json=True))}
    assert {row["filled"] for row in rows.values()} == {480}
    assert rows["accept_score"]["envious"] == 0 < rows["merit"]["envious"] < rows["inconvenience"]["envious"]
    assert (
        rows["merit"]["score"] == rows["accept_score"]["score"] == max(row["score"] for row in rows.values())
    )
    weighed = [
        rows[name]["inconvenience"] for name in ("merit", "weighted_10", "weighted_1", "inconvenience")
    ]
    assert weighed == sorted(weighed, reverse=True)
    assert rows["merit"]["inconvenience"] < rows["accept_score"]["inconvenience"]
    table = simulate(policies=True, language="en").splitlines()
    assert len(table) == 1 + len(rows)
    assert table[1].startswith("Deferred acceptance, by score | 480 | ")


def test_without_a_compiler_it_says_how_to_get_faster_and_finds_the_same(
    digest: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(simulate_nation, "LARGE", 0)
    monkeypatch.setattr(compiled, "find_spec", lambda name: None)
    said, noted = StringIO(), StringIO()
    call_command("simulate_nation", stdout=said, stderr=noted, json=True, **OPTIONS)
    found = json.loads(said.getvalue())["tally"]
    assert "pip install numba" in noted.getvalue()
    assert (found["backend"], found["digest"]) == ("hub", digest)


def test_a_nation_that_cannot_be_is_refused_in_words() -> None:
    with pytest.raises(CommandError, match="institutions ต้องไม่น้อยกว่า 1"):
        simulate(institutions=0)


@pytest.mark.django_db(transaction=True)
def test_workers_of_the_queue_find_what_one_process_finds(
    digest: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tasking, "wait", worker.work_off)
    found = json.loads(simulate(tasks=True, per_task=3, json=True))
    assert found["tally"]["digest"] == digest
    assert (sum(found["workers"].values()), found["attempts"]) == (2, 2)
    assert not NationShare.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_share_that_is_given_up_ends_the_waiting_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**given: Any) -> bool:
        raise MemoryError

    monkeypatch.setattr(acting, "place_nation_share", broken)
    monkeypatch.setattr(tasking, "wait", worker.work_off)
    with pytest.raises(CommandError, match="ทำไม่สำเร็จ"):
        simulate(tasks=True)
    assert not NationShare.objects.exists()


@pytest.mark.django_db
def test_a_second_answer_to_the_same_share_changes_nothing() -> None:
    at = timezone.now()
    acting.ask_for_nation(design=SMALL, institutions_each=4, backend="hub", by=None, at=at)
    share = NationShare.objects.get()
    assert acting.place_nation_share(share=share, at=at)
    assert not acting.place_nation_share(share=share, at=at + timedelta(hours=1))
    share.refresh_from_db()
    assert share.answered_at == at


# Shows on its output that it has begun a share, and then does nothing more for ever.
HANGING = """
import django, sys
django.setup()
from u2t.jobs import worker
from u2t.placement.actions import nation
nation.place_share = lambda *given: (print("begun", flush=True), sys.stdin.read())
worker.work_off()
"""


def start(*command: str) -> subprocess.Popen[str]:
    """A process of its own that works on the database of this test."""
    here = connection.settings_dict
    place = f"{quote(here['HOST'], safe='')}{':' if here['PORT'] else ''}{here['PORT']}"
    url = f"postgresql://{here['USER']}:{quote(here['PASSWORD'])}@{place}/{here['NAME']}"
    environment = {**os.environ, "DATABASE_URL": url, "DJANGO_SETTINGS_MODULE": "u2t.settings"}
    return subprocess.Popen(
        [sys.executable, *command],
        cwd=settings.BASE_DIR,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )


@pytest.mark.skipif(settings.IS_SQLITE, reason="several worker processes are for PostgreSQL")
@pytest.mark.django_db(transaction=True)
def test_a_killed_workers_share_is_done_by_another_once_and_with_the_same_result(digest: str) -> None:
    nation: UUID = acting.ask_for_nation(
        design=SMALL, institutions_each=1, backend="hub", by=None, at=timezone.now()
    )
    doomed = start("-c", HANGING)
    assert doomed.stdout is not None
    assert doomed.stdout.readline() == "begun\n"
    doomed.send_signal(signal.SIGKILL)
    doomed.communicate()
    held = Job.objects.exclude(claimed_at=None)
    held.update(heartbeat_at=timezone.now() - 2 * HEARTBEAT_LOST_AFTER)
    assert jobs.take_up_lost(at=timezone.now()) == 1
    batch = ("manage.py", "db_worker", "--batch", "--no-startup-delay", "--verbosity", "0")
    workers = [start(*batch, "--max-tasks", "2"), start(*batch)]
    assert [one.wait(60) for one in workers] == [0, 0]
    for one in workers:
        one.communicate()
    found = seeing.work(nation)
    assert found.tally.digest == digest
    assert (found.attempts, sum(found.workers.values())) == (5, 4)


def test_other_designs_have_other_fingerprints(digest: str) -> None:
    assert place(draw_nation(replace(SMALL, seed=4), acting.country()), "hub")[0].digest != digest
