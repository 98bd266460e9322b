"""The state of a round's placement, and the runs that computed plans for it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.objections import refuse_if
from u2t.pages.declare import allow, changes, either, shows
from u2t.pages.paging import chosen, page_of, typed
from u2t.placement import actions, permissions
from u2t.placement.models import Run
from u2t.placement.queries import compare, listed, plans, proof, runs, shown, warnings
from u2t.placement.views.loading import round_of
from u2t.programme.models import Round


@shows()
def placement(request: HttpRequest, round_code: str) -> HttpResponse:
    """How full the round is, what to know before computing, and the plans computed so far."""
    round = round_of(round_code)
    allow(permissions.may_see_placement(request.user, round))
    board, problem = shown.live(round)
    missing = plans.missing_for_a_plan(round)
    context = {
        "round": round,
        "shown": board,
        "missing": missing,
        "warnings": [] if missing else warnings.warnings_of(round, problem, timezone.now()),
        "runs": runs.runs_of(round),
        "may_place": permissions.may_place(request.user, round),
    }
    return render(request, "placement/placement.html", context)


@changes()
def ask(request: HttpRequest, round_code: str) -> HttpResponse:
    """Ask for a plan and go to its progress."""
    round = round_of(round_code)
    allow(permissions.may_place(request.user, round))
    _run, job = actions.ask_for_plan(round=round, by=request.user, at=timezone.now())
    return redirect(job)


@shows()
def run(request: HttpRequest, round_code: str, number: int) -> HttpResponse:
    """A plan with its numbers, its proof and what adopting it would change."""
    run = _run_of(request, round_code, number)
    state = runs.state_of(run)
    context = {
        "round": run.round,
        "run": run,
        "state": state,
        "may_place": permissions.may_place(request.user, run.round),
    }
    if run.computed_at is None:
        return render(request, "placement/waiting.html", context)
    context |= {
        "shown": shown.shown(run.round, run.summary, run.plan),
        "unfilled": shown.unfilled(run.round, run.summary),
        "proof": proof.proof_of(run),
        "comparison": compare.with_now(run),
    }
    return render(request, "placement/run.html", context)


@shows()
def people(request: HttpRequest, round_code: str, number: int | None = None) -> HttpResponse:
    """The people of a plan, or without a number those placed now."""
    if number is None:
        round, run = round_of(round_code), None
        allow(permissions.may_see_placement(request.user, round))
        plan = plans.values_now(round)
    else:
        run = _run_of(request, round_code, number)
        round, plan = run.round, run.plan or plans.NOTHING
    filters = _filters(request, round)
    context = {
        "round": round,
        "run": run,
        "page": page_of(
            request, listed.keys_of(round, plan, filters), load=listed.loader_of(round, plan, timezone.now())
        ),
        "filters": filters,
        "is_filtered": filters.any,
        "choices": listed.choices_of(round),
        "may_place": permissions.may_place(request.user, round),
    }
    return render(request, "placement/people.html", context)


@shows()
def adoption(request: HttpRequest, round_code: str, number: int) -> HttpResponse:
    """Ask once more before a plan is adopted: what it changes."""
    run = _run_of(request, round_code, number)
    allow(permissions.may_place(request.user, run.round))
    comparison = compare.with_now(run) if run.computed_at else None
    context = {
        "round": run.round,
        "run": run,
        "comparison": comparison,
        "objections": plans.adoption_objections(run),
    }
    return render(request, "placement/adoption.html", context)


@changes()
def adopt(request: HttpRequest, round_code: str, number: int) -> HttpResponse:
    """Make the plan the round's placement."""
    run = _run_of(request, round_code, number)
    actions.adopt(run=run, by=request.user, at=timezone.now())
    messages.success(request, _("Plan %(number)s is now the placement of the round.") % {"number": number})
    return redirect("placement:placement", round_code)


@shows()
def _discard_form(request: HttpRequest, round_code: str, number: int) -> HttpResponse:
    run = _run_of(request, round_code, number)
    allow(permissions.may_place(request.user, run.round))
    refuse_if(plans.discard_objections(run))
    context = {
        "round": run.round,
        "run": run,
        "submit": _("Discard the plan"),
        "back_url": run.get_absolute_url(),
        "is_dangerous": True,
    }
    return render(request, "placement/compare_discard.html", context)


@changes()
def _discard(request: HttpRequest, round_code: str, number: int) -> HttpResponse:
    run = _run_of(request, round_code, number)
    actions.discard(run=run, by=request.user, at=timezone.now())
    messages.success(request, _("Plan %(number)s was discarded.") % {"number": number})
    return redirect("placement:placement", round_code)


discard = either(get=_discard_form, post=_discard)


def _run_of(request: HttpRequest, round_code: str, number: int) -> Run:
    run = get_object_or_404(
        Run.objects.select_related("round__institution", "policy", "asked_by__person", "adopted_by__person"),
        round__code=round_code,
        number=number,
        variant="",
    )
    allow(permissions.may_see_placement(request.user, run.round))
    return run


def _filters(request: HttpRequest, round: Round) -> listed.Filters:
    choices = listed.choices_of(round)
    return listed.Filters(
        text=typed(request),
        tambon=chosen(request, "tambon", [code for code, _name in choices["tambon"]]),
        category=chosen(request, "category", [code for code, _name in choices["category"]]),
        workstream=chosen(request, "workstream", [code for code, _name in choices["workstream"]]),
        wish=chosen(request, "wish", listed.WISHES),
    )
