"""``manage.py place``: the same main job without a browser."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from tests import cast, given
from u2t.audit.queries import first_broken_link
from u2t.jobs import actions as jobs
from u2t.people.models import Worker
from u2t.placement import actions
from u2t.placement.models import Engagement, Leadership, Run

ROOT = Path(__file__).resolve().parent.parent.parent


def test_place_computes_adopts_and_prints_the_numbers(
    full: cast.World, capsys: pytest.CaptureFixture[str]
) -> None:
    call_command("place", round=full.round.code)
    printed = capsys.readouterr().out
    assert "อัตราที่บรรจุแล้ว: 15/15" in printed
    assert "ตำบลที่มี PM ครบ: 3/3" in printed
    assert "ใช้อยู่" in printed
    assert Engagement.objects.current().count() == 15
    assert Leadership.objects.current().count() == 6


def test_placing_again_changes_nothing(full: cast.World, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("place", round=full.round.code)
    before = list(Engagement.objects.order_by("pk").values_list("pk", "ended_at"))
    capsys.readouterr()
    call_command("place", round=full.round.code)
    assert list(Engagement.objects.order_by("pk").values_list("pk", "ended_at")) == before
    assert "จำนวนที่เปลี่ยนจากเดิม: 0" in capsys.readouterr().out


def test_plan_only_does_not_adopt(full: cast.World, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("place", round=full.round.code, plan_only=True)
    assert "คำนวณแล้ว ยังไม่ใช้" in capsys.readouterr().out
    assert not Engagement.objects.exists()
    assert Run.objects.get().computed_at is not None


def test_what_stands_in_the_way_is_said_in_the_words_of_the_page(world: cast.World) -> None:
    Worker.objects.all().delete()
    with pytest.raises(CommandError, match="ยังไม่มีผู้ปฏิบัติงาน กรุณานำเข้าก่อน"):
        call_command("place", round=world.round.code)
    with pytest.raises(CommandError, match="ไม่มีรอบโครงการ NO-1"):
        call_command("place", round="NO-1")


KILLED = """
import json, os, signal, sys
import django
from django.conf import settings
settings.DATABASES["default"] |= json.loads(os.environ["OF_THE_TEST"])
django.setup()
from django.core.management import call_command
from django.db import connection
from u2t.jobs import actions as jobs

def until(execute, sql, params, many, context):
    answer = execute(sql, params, many, context)
    if os.environ["UNTIL"] in sql:
        os.kill(os.getpid(), signal.SIGKILL)
    return answer

with connection.execute_wrapper(until):
    if sys.argv[1] == "job":
        jobs.run(sys.argv[2])
    else:
        call_command("place", round=sys.argv[2])
"""


def work_in_a_process_that_dies(what: str, which: str, until: str) -> int:
    """Place or do a job elsewhere, and die right after the first statement that contains ``until``."""
    chosen = ("ENGINE", "NAME", "USER", "PASSWORD", "HOST", "PORT")
    database = {name: str(connection.settings_dict[name]) for name in chosen}
    return subprocess.run(
        [sys.executable, "-c", KILLED, what, which],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "tests.settings",
            "OF_THE_TEST": json.dumps(database),
            "UNTIL": until,
        },
        capture_output=True,
        check=False,
    ).returncode


@pytest.fixture
def committed(transactional_db: None) -> cast.World:
    """The world where another process sees it."""
    world = cast.world()
    given.workers(world.round)
    given.lecturers(world.round, 6)
    return world


@pytest.mark.parametrize(
    ("until", "is_computed"),
    [
        ('UPDATE "placement_run"', False),
        ('INSERT INTO "placement_engagement"', True),
        ('INSERT INTO "placement_leadership"', True),
    ],
)
def test_killed_at_any_moment_leaves_all_or_nothing(
    committed: cast.World, until: str, is_computed: bool
) -> None:
    assert work_in_a_process_that_dies("round", committed.round.code, until) == -signal.SIGKILL
    run = Run.objects.get()
    assert (run.computed_at is not None, run.plan is not None, run.summary is not None) == (is_computed,) * 3
    assert run.adopted_at is None
    assert not Engagement.objects.exists()
    assert not Leadership.objects.exists()
    assert first_broken_link() is None
    call_command("place", round=committed.round.code, verbosity=0)
    assert Engagement.objects.current().count() == 15


def test_a_computation_whose_worker_was_killed_is_taken_up_again(committed: cast.World) -> None:
    run, job = actions.ask_for_plan(round=committed.round, by=committed.office, at=timezone.now())
    assert work_in_a_process_that_dies("job", str(job.pk), 'UPDATE "placement_run"') == -signal.SIGKILL
    job.refresh_from_db()
    assert (job.attempts, job.has_ended) == (1, False)
    assert jobs.take_up_lost(at=timezone.now() + timedelta(minutes=1)) == 1
    jobs.run(str(job.pk))
    run.refresh_from_db()
    job.refresh_from_db()
    assert run.computed_at is not None
    assert (job.attempts, job.finished_at is not None) == (2, True)
