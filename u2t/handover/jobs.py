"""Long work of handover."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from u2t.handover import permissions
from u2t.handover.actions import bundling
from u2t.handover.models import Bundle
from u2t.jobs import permissions as seeing
from u2t.jobs.actions import Progress, work
from u2t.jobs.models import Job
from u2t.people.models import Account


@work("handover.bundle")
def bundle(job: Job, progress: Progress) -> None:
    """Print all letters of a round; ``job.arguments["bundle"]`` is the key of the row that takes the files."""

    def report(step: str, done: int, total: int) -> None:
        progress(str(STEPS[step]), done, total)

    found = Bundle.objects.select_related("round__institution", "asked_by").get(pk=job.arguments["bundle"])
    bundling.make_bundle(bundle=found, progress=report)


def _may_see(account: Account, job: Job) -> bool:
    found = Bundle.objects.select_related("round").filter(pk=job.arguments["bundle"]).first()
    return found is not None and permissions.may_see_all(account, found.round)


seeing.let_see("handover.bundle", _may_see)

STEPS = {
    "collect": _("Gathering the letters"),
    "pdf": _("Setting all letters in one file"),
    "zip": _("Setting the single letters"),
}
