"""Ask for work, claim it, report on it, end it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q
from django.utils import timezone

from u2t.jobs.models import ATTEMPTS_ALLOWED, HEARTBEAT_LOST_AFTER, Job, Tick
from u2t.objections import Objection, Refused

logger = logging.getLogger(__name__)

Progress = Callable[[str, int, int], None]
Work = Callable[[Job, Progress], None]
_works: dict[str, Work] = {}
Chore = Callable[[datetime], None]


class _Regular(NamedTuple):
    every: timedelta
    do: Chore


_regular: dict[str, _Regular] = {}


def work(kind: str) -> Callable[[Work], Work]:
    """Register the function that does jobs of this kind; it must be safe to start again after a crash."""

    def register(function: Work) -> Work:
        _works[kind] = function
        return function

    return register


def regular(kind: str, every: timedelta) -> Callable[[Chore], Chore]:
    """Register a function that is called with the moment about as often as ``every``, by one process at a time.

    It must find out itself what is due, so that a missed turn loses nothing.
    """

    def register(function: Chore) -> Chore:
        _regular[kind] = _Regular(every, function)
        return function

    return register


def tick(*, at: datetime) -> list[str]:
    """Do every regular job that is due, each claimed by one statement; answers the kinds that were done.

    One that fails is logged and has its next turn; the others go on.
    """
    done = []
    for kind, (every, do) in _regular.items():
        Tick.objects.get_or_create(kind=kind)
        due = Q(ran_at=None) | Q(ran_at__lte=at - every)
        if not Tick.objects.filter(due, kind=kind).update(ran_at=at):
            continue
        try:
            do(at)
        except Exception:
            logger.exception("the regular job %s failed", kind)
        else:
            done.append(kind)
    return done


def ask(
    *, kind: str, subject: models.Model, arguments: Mapping[str, Any], next_url: str, by: Any, at: datetime
) -> Job:
    """Put a job on the queue; a job of the same kind and subject that has not ended is returned instead.

    Asking twice (a double click) does not do the work twice. Where no thread watches over jobs, asking again is also
    what takes up those whose worker was killed: otherwise one lost job would stand in the way for ever.
    """
    take_up_lost(at=at)
    name = f"{subject._meta.app_label}.{subject._meta.object_name}:{subject.pk}"
    with transaction.atomic():
        running = Job.objects.filter(kind=kind, subject=name, finished_at=None, failed_at=None).first()
        if running is not None:
            return running
        job = Job.objects.create(
            kind=kind, subject=name, arguments=dict(arguments), next_url=next_url, asked_by=by, asked_at=at
        )
        _enqueue(job)
    return job


def _enqueue(job: Job) -> None:
    from u2t.jobs.tasks import run_job

    if "django_tasks_db" in settings.TASKS["default"]["BACKEND"]:
        # The queue is a table of the same database: job and message commit together.
        run_job.enqueue(str(job.pk))
    else:
        transaction.on_commit(lambda: run_job.enqueue(str(job.pk)))


def run(job_id: str) -> None:
    """Do the job, unless it has ended or a living worker holds it."""
    now = timezone.now()
    lost = now - HEARTBEAT_LOST_AFTER
    free = Q(claimed_at=None) | Q(heartbeat_at__lt=lost)
    claimed = Job.objects.filter(free, pk=job_id, finished_at=None, failed_at=None).update(
        claimed_at=now, heartbeat_at=now, attempts=F("attempts") + 1
    )
    if not claimed:
        return
    job = Job.objects.get(pk=job_id)
    try:
        _works[job.kind](job, _progress_of(job))
    except Refused as refused:
        _fail(job, refused.objections)
    except Exception:
        logger.exception("job %s (%s) failed", job.pk, job.kind)
        _fail(job, (Objection("jobs.broke", {"job": str(job.pk)}),))
    else:
        # A worker so slow that its job was given up has done the work all the same.
        Job.objects.filter(pk=job.pk).update(
            finished_at=timezone.now(), failed_at=None, failure=[], done=F("total")
        )


def _progress_of(job: Job) -> Progress:
    def report(step: str, done: int, total: int) -> None:
        Job.objects.filter(pk=job.pk).update(step=step, done=done, total=total, heartbeat_at=timezone.now())

    return report


def _fail(job: Job, objections: tuple[Objection, ...]) -> None:
    failure = [{"code": o.code, "about": dict(o.about)} for o in objections]
    Job.objects.filter(pk=job.pk, finished_at=None).update(failed_at=timezone.now(), failure=failure)


def take_up_lost(*, at: datetime) -> int:
    """Queue again the jobs whose worker has died; fail those that were tried often enough. Returns how many."""
    lost = Job.objects.filter(finished_at=None, failed_at=None, heartbeat_at__lt=at - HEARTBEAT_LOST_AFTER)
    count = 0
    for job in lost:
        count += 1
        if job.attempts >= ATTEMPTS_ALLOWED:
            _fail(job, (Objection("jobs.gave_up", {"attempts": job.attempts}),))
        else:
            Job.objects.filter(pk=job.pk).update(claimed_at=None, heartbeat_at=at)
            _enqueue(job)
    return count
