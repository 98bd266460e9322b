"""Import of a roster, validated and stored, against only reading the file and a bare bulk insert.

``python -m benchmarks.rosters [--quick] [--json]`` writes workbooks of 1,200 and 60,000 invented workers, imports each
into a throwaway SQLite database, and in the same run, in turn, reads the same file with the fastest reader
(calamine) and inserts its cells with one ``executemany`` into a bare table. Both must end with the same number of
rows. Times are CPU seconds of the process, the smallest of the repetitions; ``--quick`` repeats less.
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import io
import json
import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

SIZES = (1_200, 60_000)
TARGET = 4.0
HEADER = [
    "ลำดับที่", "คำนำหน้า", "ชื่อ", "นามสกุล", "เลขประจำตัวประชาชน", "วันเกิด", "ประเภท", "วุฒิการศึกษา", "ตำบล", "อำเภอ", "จังหวัด",
    "โทรศัพท์", "ทักษะ", "ตำบลที่ต้องการ 1", "ตำบลที่ต้องการ 2", "ตำบลที่ต้องการ 3",
]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="u2t-rosters-") as folder, contextlib.redirect_stdout(sys.stderr):
        measures = measured(Path(folder), quick=options.quick)
    if options.json:
        print(json.dumps(measures, ensure_ascii=False, indent=2))
    else:
        for measure in measures:
            print(f"{measure['measure']}: {measure['value']} {measure['unit']}")


def measured(folder: Path, *, quick: bool) -> list[dict[str, Any]]:
    """Set up the throwaway installation and measure every size."""
    set_up(folder)
    found = []
    for size in SIZES:
        times = (2 if quick else 3) if size > 10_000 else (15 if quick else 30)
        ours, peer, wall = race(folder, size, times)
        about = f"import of {size:,} workers"
        found += [
            _measure(f"{about}: ours / (calamine read + bare insert)", ours / peer, "ratio", TARGET),
            _measure(f"{about}: ours", ours, "CPU s", None),
            _measure(f"{about}: calamine read + bare insert", peer, "CPU s", None),
            _measure(f"{about}: ours, elapsed", wall, "s", None),
        ]
    return found


def _measure(name: str, value: float, unit: str, target: float | None) -> dict[str, Any]:
    return {"measure": name, "value": round(value, 4), "unit": unit, "target": target, "better": "lower"}


def set_up(folder: Path) -> None:
    """An installation of its own: nothing of the developer's database is touched."""
    os.environ["U2T_DATA_DIR"] = str(folder)
    os.environ.pop("DATABASE_URL", None)
    os.environ["DJANGO_SETTINGS_MODULE"] = "u2t.settings"
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    from u2t.programme.actions import places

    call_command("migrate", verbosity=0)
    places.load_places(at=timezone.now())


def open_round(code: str, tambons: int) -> tuple[Any, list[tuple[str, str, str]]]:
    """A round with so many tambons of the country, and their names."""
    from django.utils import timezone

    from u2t.programme import usual
    from u2t.programme.actions import institutions, rounds
    from u2t.programme.actions import tambons as targets
    from u2t.programme.models import Tambon

    at = timezone.now()
    institution = institutions.open_institution(code=code.lower(), name_th="ทดสอบ", at=at)
    round = rounds.open_round(
        institution=institution,
        code=code,
        name_th="ทดสอบ",
        starts_on=date(2021, 2, 1),
        months=11,
        categories=usual.CATEGORIES,
        workstreams=usual.WORKSTREAMS,
        quotas=usual.QUOTAS,
        by=None,
        at=at,
    )
    chosen = list(Tambon.objects.with_places()[:tambons])
    targets.add_tambons(round=round, codes=[tambon.code for tambon in chosen], by=None, at=at)
    return round, [(t.name_th, t.district.name_th, t.district.province.name_th) for t in chosen]


def invented(size: int, spots: list[tuple[str, str, str]]) -> Iterator[list[str]]:
    """Rows of a clean roster; ID numbers have right checksums but a registrar's office that does not exist."""
    chance = random.Random(size)
    skills = ["ดิจิทัลและสารสนเทศ", "การตลาดและการขายออนไลน์", "บัญชีและการเงิน", "การเกษตร", "สื่อและการออกแบบ"]
    letters = "กขคงจชซดตถทธนบปพมยรลวศสห"
    for number in range(1, size + 1):
        digits = f"19900{number:07d}"
        check = (11 - sum(int(d) * (13 - i) for i, d in enumerate(digits)) % 11) % 10
        home, *wishes = chance.sample(spots, 4)
        given = "".join(chance.choices(letters, k=5))
        surname = "".join(chance.choices(letters, k=8))
        yield [
            str(number), chance.choice(["นาย", "นาง", "นางสาว"]), given, surname, f"{digits}{check}",
            f"{chance.randint(1, 28)}/{chance.randint(1, 12)}/{chance.randint(2515, 2543)}",
            chance.choice(["ประชาชนทั่วไป", "บัณฑิตจบใหม่ไม่เกิน 3 ปี", "นักศึกษา"]), "ปริญญาตรี", *home,
            f"08{number:08d}", ", ".join(chance.sample(skills, 2)),
            *(f"ต.{tambon} อ.{district} จ.{province}" for tambon, district, province in wishes[: number % 3 + 1]),
            *[""] * (2 - number % 3),
        ]  # fmt: skip


def race(folder: Path, size: int, times: int) -> tuple[float, float, float]:
    """Ours and the peer in turn; the smallest CPU seconds of each and the smallest elapsed seconds of ours."""
    from u2t.sheets import write

    round, spots = open_round(f"BENCH-{size}", max(60, size // 20))
    data = write.xlsx_bytes(HEADER, invented(size, spots), sheet="คน")
    ours, peer, walls = [], [], []
    for turn in range(times):
        order: list[Callable[[], int]] = [
            lambda: import_ours(round, data),
            lambda: read_and_insert(folder, data),
        ]
        results = {}
        for work in order if turn % 2 == 0 else order[::-1]:
            gc.collect()
            wall, start = time.perf_counter(), time.process_time()
            stored = work()
            taken = time.process_time() - start
            assert stored == size, f"{stored} rows stored instead of {size}"
            results[work is order[0]] = (taken, time.perf_counter() - wall)
        ours.append(results[True][0])
        walls.append(results[True][1])
        peer.append(results[False][0])
        forget(round)
    return min(ours), min(peer), min(walls)


def import_ours(round: Any, data: bytes) -> int:
    """The whole way of the command: read, check, store; answers how many workers the database has."""
    from django.utils import timezone

    from u2t.people.models import Worker
    from u2t.rosters import actions

    checked = actions.import_roster(
        round=round, kind="workers", file_name="workers.xlsx", data=data, by=None, at=timezone.now()
    )
    assert not checked.report.has_problems, checked.report.as_json(keep=1)
    return Worker.objects.filter(round=round).count()


def forget(round: Any) -> None:
    """Empty the tables between repetitions, outside of the clock."""
    from u2t.people.models import Person, Wish, Worker

    Wish.objects.filter(worker__round=round)._raw_delete("default")
    for model in (Worker.skills.through, Wish, Worker, Person):
        rows = model.objects.all()
        rows._raw_delete(rows.db)


def read_and_insert(folder: Path, data: bytes) -> int:
    """Read every cell with calamine and put the rows into a table without keys, checks or indexes."""
    from python_calamine import CalamineWorkbook

    rows = CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_index(0).to_python()[1:]
    columns = ", ".join(f"c{number}" for number in range(len(HEADER)))
    marks = ", ".join("?" * len(HEADER))
    with contextlib.closing(sqlite3.connect(folder / "peer.sqlite3")) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=NORMAL")
        connection.execute("DROP TABLE IF EXISTS roster")
        connection.execute(f"CREATE TABLE roster ({columns})")
        with connection:
            connection.executemany(f"INSERT INTO roster VALUES ({marks})", rows)
        count: int = connection.execute("SELECT COUNT(*) FROM roster").fetchone()[0]
    return count


if __name__ == "__main__":
    main()
