"""The runs of a round and how far each is."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from u2t.jobs.models import Job
from u2t.objections import Objection
from u2t.placement.models import Run
from u2t.programme.models import Round

KIND = "placement.compute"


@dataclass(frozen=True)
class RunState:
    """A run with its job: ``waiting``, ``failed``, ``computed``, ``discarded`` or ``adopted``.

    ``is_current``: adopted last.
    """

    run: Run
    job: Job | None
    is_current: bool

    @property
    def state(self) -> str:
        if self.run.adopted_at:
            return "adopted"
        if self.run.discarded_at:
            return "discarded"
        if self.run.computed_at:
            return "computed"
        return "failed" if self.job is None or self.job.failed_at else "waiting"

    @property
    def mark(self) -> str:
        """The state as pages mark it."""
        if self.state == "adopted":
            return "ok" if self.is_current else "none"
        return {"computed": "wait", "waiting": "wait", "discarded": "none", "failed": "bad"}[self.state]

    @property
    def failure(self) -> list[Objection]:
        """Why it failed."""
        if self.run.summary and "refused" in self.run.summary:
            return [Objection(one["code"], one["about"]) for one in self.run.summary["refused"]]
        return [Objection(one["code"], one["about"]) for one in self.job.failure] if self.job else []


def job_name(run_pk: int) -> str:
    """How a job names the run that it works on."""
    return f"placement.Run:{run_pk}"


def runs_of(round: Round, limit: int = 20) -> list[RunState]:
    """The newest runs with their jobs: two queries. Those of a comparison stand there, until one is adopted."""
    runs = list(
        Run.objects.filter(Q(study=None) | Q(adopted_at__isnull=False), round=round)
        .defer("plan", "summary")
        .select_related("round", "policy", "asked_by__person", "adopted_by__person")
        .order_by("-number")[:limit]
    )
    jobs = {
        job.subject: job
        for job in Job.objects.filter(kind=KIND, subject__in=[job_name(run.pk) for run in runs]).order_by(
            "asked_at"
        )
    }
    adopted = [run for run in runs if run.adopted_at]
    current = max(adopted, key=lambda run: (run.adopted_at, run.number), default=None)
    return [RunState(run, jobs.get(job_name(run.pk)), run == current) for run in runs]


def state_of(run: Run) -> RunState:
    """One run with its job."""
    job = Job.objects.filter(kind=KIND, subject=job_name(run.pk)).order_by("-asked_at").first()
    current = adopted_run(run.round) if run.adopted_at else None
    return RunState(run, job, current is not None and current.pk == run.pk)


def waiting_run(round: Round) -> tuple[Run, Job] | None:
    """The run of the round whose computation has neither ended nor failed."""
    runs = {
        job_name(run.pk): run
        for run in Run.objects.filter(round=round, computed_at=None).select_related("round")
    }
    job = Job.objects.filter(kind=KIND, subject__in=list(runs), finished_at=None, failed_at=None).first()
    return (runs[job.subject], job) if job else None


def adopted_run(round: Round) -> Run | None:
    """The run that was adopted last."""
    return Run.objects.filter(round=round).exclude(adopted_at=None).order_by("-adopted_at", "-number").first()
