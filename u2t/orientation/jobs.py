"""Long work of orientation."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from u2t.jobs import permissions as seeing
from u2t.jobs.actions import Progress, work
from u2t.jobs.models import Job
from u2t.orientation import permissions
from u2t.orientation.actions import certifying, passes
from u2t.people.models import Account
from u2t.programme.models import Round

STEPS = {"pdf": _("Setting all in one file"), "zip": _("Setting the single certificates")}


def _round(job: Job) -> Round:
    return Round.objects.select_related("institution").get(pk=job.arguments["round"])


def _worded(progress: Progress) -> Progress:
    return lambda step, done, total: progress(str(STEPS[step]), done, total)


@work("orientation.certificates")
def certificates(job: Job, progress: Progress) -> None:
    """Print all certificates in force of a round."""

    bundle, address = job.arguments["bundle"], job.arguments["address"]
    certifying.make_bundle(round=_round(job), bundle=bundle, address=address, progress=_worded(progress))


@work("orientation.badges")
def badges(job: Job, progress: Progress) -> None:
    """Print all badges of a round."""
    bundle, address = job.arguments["bundle"], job.arguments["address"]
    passes.make_badges(round=_round(job), bundle=bundle, address=address, progress=_worded(progress))


def _may_see(account: Account, job: Job) -> bool:
    found = Round.objects.filter(pk=job.arguments["round"]).first()
    return found is not None and permissions.may_see_attendance(account, found)


seeing.let_see("orientation.certificates", _may_see)
seeing.let_see("orientation.badges", _may_see)
