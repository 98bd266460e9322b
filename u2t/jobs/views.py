from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from u2t.jobs import permissions
from u2t.jobs.models import Job
from u2t.objections import Objection
from u2t.pages.declare import allow, shows


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
    failure = [Objection(f["code"], f["about"]) for f in job.failure]
    template = "jobs/job.html#progress" if getattr(request, "htmx", False) else "jobs/job.html"
    return render(request, template, {"job": job, "failure": failure})
