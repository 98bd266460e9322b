from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from u2t.jobs import actions, permissions, words
from u2t.jobs.models import Job
from u2t.objections import Objection
from u2t.pages.declare import allow, changes, shows


@shows()
def job(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Progress of one job; sends on to its result when it has finished."""
    job = get_object_or_404(Job, pk=job_id)
    allow(permissions.may_see_job(request.user, job))
    if job.finished_at:
        response = redirect(job.next_url)
        if getattr(request, "htmx", False):
            response = HttpResponse(headers={"HX-Redirect": job.next_url})
        return response
    doing = {
        "label": words.WORKS.get(job.kind, job.kind),
        "done": job.done,
        "total": job.total,
        "line": job.step,
        "is_running": not job.has_ended and not job.is_paused,
    }
    context = {
        "job": job,
        "doing": doing,
        "progress_url": job.get_absolute_url(),
        "may_steer": not job.has_ended and permissions.may_steer_job(request.user, job),
        "failure": [Objection(f["code"], f["about"]) for f in job.failure],
    }
    return render(request, "jobs/job.html", context)


@changes()
def pause(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Ask the job to rest; its page says when it does."""
    job = get_object_or_404(Job, pk=job_id)
    return redirect(actions.pause(job=job, by=request.user, at=timezone.now()))


@changes()
def resume(request: HttpRequest, job_id: UUID) -> HttpResponse:
    """Let the job go on."""
    job = get_object_or_404(Job, pk=job_id)
    return redirect(actions.resume(job=job, by=request.user, at=timezone.now()))
