"""The same by command, with the same words, and all or nothing even when it is killed."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from tests import cast
from tests.rosters import lists
from tests.sheets import files
from u2t.people.models import Worker
from u2t.rosters.models import Roster

ROOT = Path(__file__).resolve().parents[2]


def run(path: Path, *more: str, kind: str = "workers", code: str = "TST-2564") -> str:
    out = StringIO()
    call_command("import_roster", kind, str(path), "--round", code, *more, stdout=out)
    return out.getvalue()


def test_a_dry_run_stores_nothing_and_the_real_one_everything(world: cast.World, tmp_path: Path) -> None:
    before = Worker.objects.count()
    file = tmp_path / "รายชื่อ.xlsx"
    file.write_bytes(lists.workers(3))
    assert "จะเพิ่ม 3 รายการ" in run(file, "--dry-run")
    assert (Worker.objects.count(), Roster.objects.count()) == (before, 0)
    assert "เพิ่มแล้ว 3 รายการ" in run(file)
    assert Worker.objects.count() == before + 3
    assert Roster.objects.get().accepted_at is not None
    assert "มีอยู่แล้ว 3 รายการ" in run(file)
    assert Worker.objects.count() == before + 3


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_problems_are_told_with_place_and_remedy_and_nothing_is_stored(
    world: cast.World, tmp_path: Path, more: tuple[str, ...]
) -> None:
    before = Worker.objects.count()
    file = tmp_path / "รายชื่อ.xlsx"
    rows = [lists.WORKER_HEADER, lists.worker(0), lists.worker(1, {"ตำบลที่ต้องการ 1": "หนองหลวง"})]
    file.write_bytes(files.xlsx(rows))
    with pytest.raises(CommandError) as refused:
        run(file, *more)
    said = str(refused.value)
    for words in ("คน!L3", "[หนองหลวง]", "620703", "630802", "เพิ่มอำเภอและจังหวัด", "พบปัญหา 1 รายการ"):
        assert words in said
    assert (Worker.objects.count(), Roster.objects.count()) == (before, 0)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7", "ไม่ใช่ตารางข้อมูล"), (files.locked(files.xlsx()), "รหัสผ่าน"), (files.xlsx()[:400], "เสียหาย"),
        (files.xlsx([("ก", "ข")]), "ไม่พบแถวหัวตาราง"), (files.xlsx([lists.WORKER_HEADER]), "ไม่มีรายการข้างใต้"),
        (files.xlsx([lists.WORKER_HEADER[:5]]), "ไม่มีคอลัมน์ \"ประเภท\""),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_used_is_refused_in_the_words_of_the_page(
    world: cast.World, tmp_path: Path, data: bytes, words: str
) -> None:
    file = tmp_path / "รายชื่อ.xlsx"
    file.write_bytes(data)
    with pytest.raises(CommandError, match=words):
        run(file)


def test_a_round_or_a_file_that_is_not_there_is_said(world: cast.World, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="NOPE"):
        run(tmp_path / "ก.xlsx", code="NOPE")
    with pytest.raises(CommandError, match=r"ก\.xlsx"):
        run(tmp_path / "ก.xlsx")


PREPARE = """
import django; django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from tests import cast
cast.world()
"""


@pytest.fixture
def installation(tmp_path: Path) -> dict[str, str]:
    """An installation of its own in a folder, with the small world; its processes can be killed."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if name != "DATABASE_URL" and not name.startswith("U2T_")
    }
    environment |= {
        "U2T_DATA_DIR": str(tmp_path / "data"),
        "DJANGO_SETTINGS_MODULE": "u2t.settings",
        "U2T_LOG_LEVEL": "ERROR",
    }
    subprocess.run(
        [sys.executable, "-c", PREPARE], cwd=ROOT, env=environment, check=True, capture_output=True
    )
    return environment


def test_killing_an_import_at_any_moment_leaves_all_or_nothing(
    installation: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "รายชื่อ.xlsx"
    count = 700
    file.write_bytes(lists.workers(count))
    command = [sys.executable, "manage.py", "import_roster", "workers", str(file), "--round", "TST-2564"]
    start = time.monotonic()
    subprocess.run([*command, "--dry-run"], cwd=ROOT, env=installation, check=True, capture_output=True)
    needed = time.monotonic() - start
    before = stored(tmp_path)
    for share in (0.7, 0.85, 0.93, 1.0, 1.05):
        process = subprocess.Popen(
            command, cwd=ROOT, env=installation, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            process.wait(timeout=needed * share)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        assert stored(tmp_path) in (before, tuple(now + count for now in before))
    subprocess.run(command, cwd=ROOT, env=installation, check=True, capture_output=True)
    assert stored(tmp_path) == tuple(now + count for now in before)


def stored(folder: Path) -> tuple[int, int]:
    """Persons and workers in the database, as another process sees them."""
    connection = sqlite3.connect(folder / "data" / "u2t.sqlite3")
    try:
        count = "SELECT (SELECT COUNT(*) FROM people_person), (SELECT COUNT(*) FROM people_worker)"
        persons, workers = connection.execute(count).fetchone()
    finally:
        connection.close()
    return persons, workers
