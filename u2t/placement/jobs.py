"""The computation of a plan as long work with progress."""

from __future__ import annotations

from functools import partial

from django.utils import timezone
from django.utils.translation import gettext

from u2t.jobs import actions as jobs
from u2t.jobs import permissions as seeing
from u2t.jobs.models import Job
from u2t.people.models import Account
from u2t.placement import actions, permissions
from u2t.placement.actions import nation
from u2t.placement.models import NationShare, Run, Study
from u2t.placement.queries import policies, studies
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


def _may_place(account: Account, job: Job) -> bool:
    run = Run.objects.select_related("round").filter(pk=job.arguments["run"]).first()
    return run is not None and permissions.may_place(account, run.round)


seeing.let_steer("placement.compute", _may_place)


@jobs.work(nation.KIND)
def nation_share(job: Job, progress: jobs.Progress) -> None:
    """Started again after a crash it finds the same answer again; it is kept once."""
    share = NationShare.objects.filter(pk=job.arguments["share"], answered_at=None).first()
    progress("", 0, share.count if share else 0)
    if share is not None:
        nation.place_nation_share(share=share, at=timezone.now())


@jobs.work(policies.KIND)
def study(job: Job, progress: jobs.Progress) -> None:
    """Every rule and every variant in turn; each is stored as it is done, so going on begins where it stopped."""
    study = Study.objects.select_related("round__institution").get(pk=job.arguments["study"])
    total = study.runs.count()
    waiting = policies.open_runs(study)
    skills = {skill.code: skill.name for skill in study.round.skills.all()}
    for place, run in enumerate(waiting, start=total - len(waiting)):
        step = studies.run_name(run, skills)
        progress(step[:120], place, total)
        actions.compute_of_study(
            run=run,
            yardstick=job.arguments["yardstick"],
            by=job.asked_by,
            at=timezone.now(),
            progress=partial(_tell, progress, step[:120], place, total),
        )
    progress(gettext("All plans are computed"), total, total)
    actions.finish_study(study=study, at=timezone.now())


def _tell(
    progress: jobs.Progress, step: str, place: int, total: int, _part: str, _done: int, _of: int
) -> None:
    progress(step, place, total)


def _may_see_study(account: Account, job: Job) -> bool:
    study = Study.objects.select_related("round").filter(pk=job.arguments["study"]).first()
    return study is not None and permissions.may_see_placement(account, study.round)


def _may_steer_study(account: Account, job: Job) -> bool:
    study = Study.objects.select_related("round").filter(pk=job.arguments["study"]).first()
    return study is not None and permissions.may_place(account, study.round)


seeing.let_see(policies.KIND, _may_see_study)
seeing.let_steer(policies.KIND, _may_steer_study)
