"""Selection as long work; offers lapse and reserves are called by themselves."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from u2t.jobs import actions as jobs
from u2t.jobs import permissions as seeing
from u2t.jobs.models import Job
from u2t.people.models import Account
from u2t.recruitment import permissions
from u2t.recruitment.actions import applying, erasing, offering, papers, selecting
from u2t.recruitment.models import Selection
from u2t.recruitment.words.results import STEPS
from u2t.vault import actions as vault


@jobs.work(selecting.KIND)
def select(job: Job, progress: jobs.Progress) -> None:
    """Started again after a crash it computes the same bits again: its input is frozen."""
    selection = Selection.objects.select_related("call__round").get(pk=job.arguments["selection"])

    def tell(step: str, done: int, total: int) -> None:
        progress(str(STEPS[step]), selecting.STEPS.index(step), len(selecting.STEPS))

    selecting.compute(selection=selection, at=timezone.now(), progress=tell)


def _may_see(account: Account, job: Job) -> bool:
    selection = Selection.objects.select_related("call__round").filter(pk=job.arguments["selection"]).first()
    return selection is not None and permissions.may_select(account, selection.call)


seeing.let_see(selecting.KIND, _may_see)


@jobs.regular("recruitment.offers", timedelta(minutes=1))
def offers(at: datetime) -> None:
    """Let offers lapse at their deadline and call the next reserves."""
    offering.call_due(at=at)


@jobs.regular("recruitment.erase", timedelta(hours=6))
def erase(at: datetime) -> None:
    """Erase what is due, give up uploads that nobody goes on with, and clear what no row of the vault names."""
    erasing.erase_due(at=at)
    papers.give_up_uploads(at=at)
    vault.sweep(at=at)


@jobs.regular("recruitment.forgotten", timedelta(minutes=5))
def forgotten(at: datetime) -> None:
    """Submit what was opened again and not submitted again, as of the moment of closing."""
    applying.submit_forgotten(at)
