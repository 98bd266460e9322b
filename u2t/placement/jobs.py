"""The computation of a plan as long work with progress."""

from __future__ import annotations

from django.utils import timezone
from django.utils.translation import gettext

from u2t.jobs import actions as jobs
from u2t.jobs import permissions as seeing
from u2t.jobs.models import Job
from u2t.people.models import Account
from u2t.placement import actions, permissions
from u2t.placement.models import Run
from u2t.placement.words import STEPS


@jobs.work("placement.compute")
def compute(job: Job, progress: jobs.Progress) -> None:
    """Started again after a crash it computes again: nothing was stored before the end."""
    run = Run.objects.select_related("round__institution").get(pk=job.arguments["run"])

    def tell(step: str, done: int, of: int) -> None:
        position = list(STEPS).index(step)
        progress(str(STEPS[step]), position * 100 + (done * 100 // of if of else 0), len(STEPS) * 100)

    progress(gettext("Reading the tables"), 0, 0)
    actions.compute(run=run, by=job.asked_by, at=timezone.now(), progress=tell)


def _may_see(account: Account, job: Job) -> bool:
    run = Run.objects.select_related("round").filter(pk=job.arguments["run"]).first()
    return run is not None and permissions.may_see_placement(account, run.round)


seeing.let_see("placement.compute", _may_see)
