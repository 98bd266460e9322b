"""Regular jobs run in their rhythm, once for all processes, and one that fails stops no other."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.core.management import call_command

from tests.factories import NOW
from u2t.jobs import actions
from u2t.jobs.models import Tick

pytestmark = pytest.mark.django_db


@pytest.fixture
def moments(monkeypatch: pytest.MonkeyPatch) -> list[datetime]:
    """When the hourly chore of this test ran."""
    monkeypatch.setattr(actions, "_regular", {})
    found: list[datetime] = []

    @actions.regular("tests.break", timedelta(minutes=1))
    def fail(at: datetime) -> None:
        raise ZeroDivisionError

    @actions.regular("tests.hourly", timedelta(hours=1))
    def note(at: datetime) -> None:
        found.append(at)

    return found


def test_a_regular_job_runs_when_it_is_due_and_not_before(moments: list[datetime]) -> None:
    later = NOW + timedelta(hours=1)
    for at in (NOW, NOW + timedelta(minutes=59), later, later):
        actions.tick(at=at)
    assert moments == [NOW, later]


def test_what_another_process_has_claimed_is_left_to_it(moments: list[datetime]) -> None:
    Tick.objects.create(kind="tests.hourly", ran_at=NOW)
    assert actions.tick(at=NOW + timedelta(minutes=1)) == []
    assert moments == []


def test_one_that_fails_stops_no_other_and_the_command_does_the_same(moments: list[datetime]) -> None:
    call_command("tick")
    assert len(moments) == 1
