"""Long work is done once, seen while it runs, and taken up again when its worker died."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import World
from u2t.jobs import actions, worker
from u2t.jobs.models import ATTEMPTS_ALLOWED, HEARTBEAT_LOST_AFTER, Job
from u2t.objections import Objection, Refused


@pytest.fixture
def done() -> Iterator[list[str]]:
    """Subjects of the work that was done; the kind is registered for the length of the test."""
    found: list[str] = []

    @actions.work("tests.count")
    def count(job: Job, progress: actions.Progress) -> None:
        progress("counting", 1, 2)
        if job.arguments.get("refuse"):
            raise Refused([Objection("jobs.gave_up", {"attempts": 7})])
        if job.arguments.get("break"):
            raise ZeroDivisionError
        found.append(job.subject)

    yield found
    del actions._works["tests.count"]


pytestmark = pytest.mark.django_db(transaction=True)  # the worker opens and closes connections


def ask(world: World, **arguments: bool) -> Job:
    return actions.ask(
        kind="tests.count",
        subject=world.round,
        arguments=arguments,
        next_url="/",
        by=world.office,
        at=timezone.now(),
    )


def test_work_is_done_once_however_often_it_is_asked_or_told(world: World, done: list[str]) -> None:
    first, second = ask(world), ask(world)
    assert first == second
    worker.work_off()
    actions.run(str(first.pk))
    assert done == [first.subject]
    first.refresh_from_db()
    assert first.finished_at is not None
    assert first.percent == 100


def test_a_refusal_is_shown_in_words_to_whoever_asked(world: World, done: list[str]) -> None:
    job = ask(world, refuse=True)
    worker.work_off()
    client = Client()
    client.force_login(world.office)
    page = client.get(job.get_absolute_url()).content.decode()
    assert "7" in page
    assert "ไม่มีการบันทึก" in page


def test_unexpected_trouble_ends_the_job_with_its_number(world: World, done: list[str]) -> None:
    job = ask(world, **{"break": True})
    worker.work_off()
    job.refresh_from_db()
    assert job.failed_at is not None
    assert job.failure[0]["about"]["job"] == str(job.pk)


def lose(job: Job) -> None:
    """Leave the job as a killed worker leaves it."""
    long_ago = timezone.now() - 2 * HEARTBEAT_LOST_AFTER
    Job.objects.filter(pk=job.pk).update(claimed_at=long_ago, heartbeat_at=long_ago)


def test_a_job_whose_worker_died_is_taken_up_again(world: World, done: list[str]) -> None:
    job = ask(world)
    lose(job)
    assert actions.take_up_lost(at=timezone.now()) == 1
    worker.work_off()
    assert done == [job.subject]


def test_asking_again_takes_up_what_a_killed_worker_left(world: World, done: list[str]) -> None:
    job = ask(world)
    lose(job)
    assert ask(world) == job
    worker.work_off()
    assert done == [job.subject]


def test_a_job_that_was_given_up_does_not_stand_in_the_way(world: World, done: list[str]) -> None:
    job = ask(world)
    lose(job)
    Job.objects.filter(pk=job.pk).update(attempts=ATTEMPTS_ALLOWED)
    assert ask(world) != job


def test_work_that_ends_after_it_was_given_up_counts_as_done(world: World, done: list[str]) -> None:
    job = ask(world)

    @actions.work("tests.count")
    def slow(job: Job, progress: actions.Progress) -> None:
        lose(job)
        Job.objects.filter(pk=job.pk).update(attempts=ATTEMPTS_ALLOWED)
        actions.take_up_lost(at=timezone.now())

    actions.run(str(job.pk))
    job.refresh_from_db()
    assert job.finished_at is not None
    assert job.failed_at is None


def test_a_living_worker_keeps_its_job(world: World, done: list[str]) -> None:
    job = ask(world)
    Job.objects.filter(pk=job.pk).update(claimed_at=timezone.now(), heartbeat_at=timezone.now())
    assert actions.take_up_lost(at=timezone.now() + timedelta(seconds=1)) == 0
    worker.work_off()
    assert done == []


def test_a_job_that_kills_every_worker_is_given_up(world: World, done: list[str]) -> None:
    job = ask(world)
    lose(job)
    Job.objects.filter(pk=job.pk).update(attempts=ATTEMPTS_ALLOWED)
    actions.take_up_lost(at=timezone.now())
    job.refresh_from_db()
    assert job.failed_at is not None
    assert job.failure[0]["code"] == "jobs.gave_up"


def test_a_job_is_shown_to_nobody_else(world: World, done: list[str]) -> None:
    job = ask(world)
    client = Client()
    assert "/people/" in client.get(job.get_absolute_url())["Location"]
    client.force_login(world.stranger)
    refused = client.get(job.get_absolute_url())
    assert refused.status_code == 403
    assert "tests.count" not in refused.content.decode()
