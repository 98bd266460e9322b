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

from u2t.audit import actions as audit
from u2t.jobs import permissions, pulse
from u2t.jobs.models import ATTEMPTS_ALLOWED, HEARTBEAT_EVERY, HEARTBEAT_LOST_AFTER, Job, Tick
from u2t.objections import Objection, Refused
from u2t.pages.declare import allow

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


class Paused(Exception):
    """Somebody asked this job to rest; what the work has stored so far stays."""


class Superseded(Exception):
    """This worker was thought dead and another one holds the job now; what it does further nobody waits for."""


def run(job_id: str) -> None:
    """Do the job, unless it has ended, rests, or a living worker holds it."""
    now = timezone.now()
    lost = now - HEARTBEAT_LOST_AFTER
    free = Q(claimed_at=None) | Q(heartbeat_at__lt=lost)
    claimed = Job.objects.filter(free, pk=job_id, finished_at=None, failed_at=None, paused_at=None).update(
        claimed_at=now, heartbeat_at=now, attempts=F("attempts") + 1
    )
    if not claimed:
        return
    job = Job.objects.get(pk=job_id)
    try:
        with pulse.beating(lambda: _beat(job), HEARTBEAT_EVERY):
            _works[job.kind](job, _progress_of(job))
    except Paused:
        _rest(job, at=timezone.now())
    except Superseded:
        logger.warning("job %s (%s) goes on with another worker", job.pk, job.kind)
    except Refused as refused:
        _fail(job, refused.objections)
    except Exception:
        logger.exception("job %s (%s) failed", job.pk, job.kind)
        _fail(job, (Objection("jobs.broke", {"job": str(job.pk)}),))
    else:
        # A worker so slow that its job was given up has done the work all the same.
        Job.objects.filter(pk=job.pk).update(
            finished_at=timezone.now(), failed_at=None, paused_at=None, failure=[], done=F("total")
        )


def _held(job: Job) -> models.QuerySet[Job]:
    """The job's row, as long as the claim stands under which this worker does it."""
    return Job.objects.filter(pk=job.pk, claimed_at=job.claimed_at, finished_at=None, failed_at=None)


def _beat(job: Job) -> None:
    _held(job).update(heartbeat_at=timezone.now())


def _progress_of(job: Job) -> Progress:
    def report(step: str, done: int, total: int) -> None:
        now = timezone.now()
        if _held(job).filter(pause_asked_at=None).update(step=step, done=done, total=total, heartbeat_at=now):
            return
        raise Paused if _held(job).exists() else Superseded

    return report


def _rest(job: Job, *, at: datetime) -> None:
    with transaction.atomic():
        wanted = _held(job).exclude(pause_asked_at=None)
        if wanted.update(paused_at=at, claimed_at=None, heartbeat_at=None, attempts=0):
            return
        # Resumed between the question and the stop: it goes on as if nobody had asked.
        if _held(job).update(claimed_at=None, heartbeat_at=None):
            _enqueue(job)


def pause(*, job: Job, by: Any, at: datetime) -> Job:
    """Let the job rest: at once if no worker holds it, else when it next reports progress.

    A job that has ended, rests already or was asked to is left as it is. What the work stored so far stays.
    """
    allow(by is None or permissions.may_steer_job(by, job))
    with transaction.atomic():
        asked = Job.objects.filter(pk=job.pk, finished_at=None, failed_at=None, pause_asked_at=None)
        if asked.update(pause_asked_at=at):
            Job.objects.filter(pk=job.pk, claimed_at=None).update(paused_at=at, heartbeat_at=None)
            audit.record(verb="jobs.pause", subject=job, by=by, at=at)
    job.refresh_from_db()
    return job


def resume(*, job: Job, by: Any, at: datetime) -> Job:
    """Let the job go on; one that was asked to rest and has not yet simply goes on."""
    allow(by is None or permissions.may_steer_job(by, job))
    with transaction.atomic():
        open_one = Job.objects.select_for_update().filter(pk=job.pk, finished_at=None, failed_at=None)
        resting = open_one.exclude(pause_asked_at=None).first()
        if resting is not None:
            Job.objects.filter(pk=job.pk).update(pause_asked_at=None, paused_at=None)
            audit.record(verb="jobs.resume", subject=job, by=by, at=at)
            if resting.paused_at is not None:
                _enqueue(job)
    job.refresh_from_db()
    return job


def _fail(job: Job, objections: tuple[Objection, ...]) -> None:
    _held(job).update(failed_at=timezone.now(), failure=_written(objections))


def _written(objections: tuple[Objection, ...]) -> list[dict[str, Any]]:
    return [{"code": o.code, "about": dict(o.about)} for o in objections]


def take_up_lost(*, at: datetime) -> int:
    """Queue again the jobs whose worker has died; fail those that were tried often enough. Returns how many."""
    lost = Job.objects.filter(finished_at=None, failed_at=None, heartbeat_at__lt=at - HEARTBEAT_LOST_AFTER)
    return sum(_take_up(job, at=at) for job in lost)


def _take_up(job: Job, *, at: datetime) -> bool:
    # Only if it is still as it was read: its worker may have shown life since, or somebody else has taken it up.
    unchanged = Job.objects.filter(pk=job.pk, heartbeat_at=job.heartbeat_at, finished_at=None, failed_at=None)
    with transaction.atomic():
        if job.pause_asked_at is not None:
            return bool(unchanged.update(paused_at=at, claimed_at=None, heartbeat_at=None, attempts=0))
        if job.attempts >= ATTEMPTS_ALLOWED:
            failure = _written((Objection("jobs.gave_up", {"attempts": job.attempts}),))
            return bool(unchanged.update(failed_at=at, failure=failure))
        if not unchanged.update(claimed_at=None, heartbeat_at=at):
            return False
        _enqueue(job)
        return True
