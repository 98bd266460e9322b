"""A long step shows that its worker lives, and work may rest and go on."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import World
from u2t.audit.models import Event
from u2t.jobs import actions, permissions, worker
from u2t.jobs.models import HEARTBEAT_LOST_AFTER, Job
from u2t.people.models import Account

pytestmark = pytest.mark.django_db(transaction=True)  # the worker and its heart have connections of their own
KIND = "tests.steps"


class Steps:
    """Work of three steps that keeps what is done; ``before`` holds what happens before a step, by its number."""

    def __init__(self) -> None:
        self.done: list[int] = []
        self.before: dict[int, Any] = {}

    def __call__(self, job: Job, progress: actions.Progress) -> None:
        for step in range(len(self.done), 3):
            self.before.pop(step, lambda: None)()
            progress(f"step {step}", step, 3)
            self.done.append(step)


@pytest.fixture
def steps() -> Iterator[Steps]:
    found = Steps()
    actions.work(KIND)(found)
    yield found
    del actions._works[KIND]
    permissions._colleagues.pop(KIND, None)
    permissions._steerers.pop(KIND, None)


@pytest.fixture
def job(world: World, steps: Steps) -> Job:
    at = timezone.now()
    return actions.ask(kind=KIND, subject=world.round, arguments={}, next_url="/", by=world.office, at=at)


def seem_dead(job: Job, *, since: timedelta = 2 * HEARTBEAT_LOST_AFTER) -> None:
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - since)


def tell(job: Job, verb: str, by: Account) -> str:
    """Press a button of the job's page; gives the page that follows."""
    client = Client()
    client.force_login(by)
    answer = client.post(f"{job.get_absolute_url()}/{verb}", follow=True)
    return str(answer.content.decode())


def test_a_step_longer_than_the_limit_is_not_done_twice(
    steps: Steps, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "HEARTBEAT_EVERY", 0.01)

    def long_step() -> None:
        seem_dead(job)
        started = timezone.now()
        while not Job.objects.filter(pk=job.pk, heartbeat_at__gte=started).exists():
            assert timezone.now() - started < timedelta(seconds=30), "the worker gave no sign of life"
        assert actions.take_up_lost(at=timezone.now()) == 0
        actions.run(str(job.pk))

    steps.before[1] = long_step
    worker.work_off()
    job.refresh_from_db()
    assert (steps.done, job.attempts) == ([0, 1, 2], 1)


def test_the_heart_stops_with_the_work(steps: Steps, job: Job) -> None:
    worker.work_off()
    assert not [thread for thread in threading.enumerate() if thread.name == "u2t-heartbeat"]


def test_a_heartbeat_that_fails_once_is_followed_by_the_next(
    steps: Steps, job: Job, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(actions, "HEARTBEAT_EVERY", 0.01)
    third, beats = threading.Event(), []

    def beat(job: Job) -> None:
        beats.append(job)
        if len(beats) == 1:
            raise OSError("the database is away")
        third.set()

    monkeypatch.setattr(actions, "_beat", beat)
    steps.before[0] = lambda: third.wait(30)
    worker.work_off()
    assert third.is_set()
    assert steps.done == [0, 1, 2]


def test_a_worker_that_was_thought_dead_stops_when_another_has_its_job(steps: Steps, job: Job) -> None:
    def freeze_and_lose_it() -> None:
        seem_dead(job)
        assert actions.take_up_lost(at=timezone.now()) == 1
        actions.run(str(job.pk))

    steps.before[1] = freeze_and_lose_it
    actions.run(str(job.pk))
    job.refresh_from_db()
    assert steps.done == [0, 1, 2]
    assert job.finished_at is not None


def test_life_shown_at_the_last_moment_keeps_the_job(job: Job) -> None:
    seem_dead(job)
    read = Job.objects.get(pk=job.pk)
    Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now())
    assert not actions._take_up(read, at=timezone.now())


def test_work_rests_at_the_next_stop_and_goes_on_where_it_was(world: World, steps: Steps, job: Job) -> None:
    pages = []
    steps.before[1] = lambda: pages.append(tell(job, "pause", world.office))
    worker.work_off()
    job.refresh_from_db()
    assert "จะหยุดพักทันที" in pages[0]
    assert (steps.done, job.is_paused) == ([0], True)
    assert "งานนี้หยุดพักอยู่" in tell(job, "pause", world.office)
    seem_dead(job)
    tell(job, "resume", world.office)
    worker.work_off()
    job.refresh_from_db()
    assert steps.done == [0, 1, 2]
    assert job.finished_at is not None
    assert set(Event.objects.filter(by=world.office).values_list("verb", flat=True)) >= {
        "jobs.pause",
        "jobs.resume",
    }


def test_work_that_nobody_has_begun_rests_at_once_and_keeps_resting(
    world: World, steps: Steps, job: Job
) -> None:
    assert actions.pause(job=job, by=world.office, at=timezone.now()).is_paused
    worker.work_off()
    actions.take_up_lost(at=timezone.now() + timedelta(days=1))
    worker.work_off()
    assert steps.done == []
    actions.resume(job=job, by=world.office, at=timezone.now())
    worker.work_off()
    assert steps.done == [0, 1, 2]


def test_resuming_before_it_has_stopped_leaves_it_running(world: World, steps: Steps, job: Job) -> None:
    def think_again() -> None:
        assert actions.pause(job=job, by=world.office, at=timezone.now()).is_asked_to_pause
        actions.resume(job=job, by=world.office, at=timezone.now())

    steps.before[1] = think_again
    worker.work_off()
    assert steps.done == [0, 1, 2]


def test_resuming_in_the_moment_of_stopping_loses_nothing(world: World, steps: Steps, job: Job) -> None:
    def stop_late() -> None:
        actions.resume(job=job, by=world.office, at=timezone.now())
        raise actions.Paused

    steps.before[1] = lambda: actions.pause(job=job, by=world.office, at=timezone.now()) and stop_late()
    worker.work_off()
    job.refresh_from_db()
    assert steps.done == [0, 1, 2]
    assert job.finished_at is not None


def test_a_job_that_was_to_rest_when_its_worker_was_killed_rests(
    world: World, steps: Steps, job: Job
) -> None:
    Job.objects.filter(pk=job.pk).update(claimed_at=timezone.now(), attempts=1)
    actions.pause(job=job, by=world.office, at=timezone.now())
    seem_dead(job)
    actions.take_up_lost(at=timezone.now())
    job.refresh_from_db()
    assert job.is_paused


def test_what_has_ended_is_neither_paused_nor_begun_again(world: World, steps: Steps, job: Job) -> None:
    worker.work_off()
    for change in (actions.pause, actions.resume):
        change(job=job, by=world.office, at=timezone.now())
    worker.work_off()
    job.refresh_from_db()
    assert (steps.done, job.pause_asked_at) == ([0, 1, 2], None)


def test_whoever_only_watches_finds_no_button_and_is_refused(world: World, steps: Steps, job: Job) -> None:
    permissions.let_see(KIND, lambda account, job: account == world.stranger)
    client = Client()
    client.force_login(world.stranger)
    assert "พักงานไว้ก่อน" not in client.get(job.get_absolute_url()).content.decode()
    assert client.post(f"{job.get_absolute_url()}/pause").status_code == 403
    permissions.let_steer(KIND, lambda account, job: account == world.stranger)
    assert "พักงานไว้ก่อน" in client.get(job.get_absolute_url()).content.decode()
    assert "งานนี้หยุดพักอยู่" in tell(job, "pause", world.stranger)
