"""Rules compared: asked for, under way, side by side, and what each part of them costs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from u2t.jobs import permissions as steering
from u2t.objections import Refused
from u2t.pages.declare import allow, changes, shows
from u2t.pages.fields import show_objections
from u2t.placement import actions, permissions
from u2t.placement.forms.policies import StudyForm
from u2t.placement.models import Study
from u2t.placement.queries import policies, studies
from u2t.placement.queries.export import TYPES
from u2t.placement.views.loading import round_of
from u2t.placement.views.policies import policies_page


@changes()
def study_ask(request: HttpRequest, round_code: str) -> HttpResponse:
    """Ask for a comparison and go to it."""
    round = round_of(round_code)
    allow(permissions.may_place(request.user, round))
    form = StudyForm(request.POST, policies=policies.policies_of(round))
    if form.is_valid():
        try:
            chosen, now = form.given(), timezone.now()
            study, _job = actions.ask_for_study(round=round, chosen=chosen, by=request.user, at=now)
        except Refused as refused:
            show_objections(form, refused.objections)
        else:
            return redirect(study)
    return policies_page(request, round, form, 422)


@shows()
def study(request: HttpRequest, round_code: str, number: int) -> HttpResponse:
    """A comparison: while it runs which plans are done, then the figures and the costs."""
    study = _study_of(request, round_code, number)
    job = policies.study_job(study)
    compared = studies.compared(study)
    context = {
        "round": study.round,
        "study": study,
        "job": job,
        "compared": compared,
        "is_running": bool(job and not job.has_ended and not job.is_paused),
        "may_steer": bool(job and not job.has_ended and steering.may_steer_job(request.user, job)),
        "may_place": permissions.may_place(request.user, study.round),
    }
    return render(request, "placement/study.html", context)


@shows()
def study_table(request: HttpRequest, round_code: str, number: int, kind: str) -> HttpResponse:
    """The rules side by side as a spreadsheet."""
    study = _study_of(request, round_code, number)
    answer = HttpResponse(studies.table_of(studies.compared(study), kind), content_type=TYPES[kind])
    answer["Content-Disposition"] = f'attachment; filename="rules-{round_code}-{number}.{kind}"'
    return answer


def _study_of(request: HttpRequest, round_code: str, number: int) -> Study:
    study = get_object_or_404(
        Study.objects.select_related("round__institution", "asked_by__person"),
        round__code=round_code,
        number=number,
    )
    allow(permissions.may_see_placement(request.user, study.round))
    return study
