"""The rules of a round: the one in force, those under a name, a new one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.matching import Rule
from u2t.objections import Refused
from u2t.pages.declare import allow, changes, either, shows
from u2t.pages.fields import show_objections
from u2t.placement import actions, permissions
from u2t.placement.forms.policies import PolicyForm, StudyForm
from u2t.placement.models import Policy
from u2t.placement.queries import plans, studies
from u2t.placement.queries import policies as queries
from u2t.placement.views.loading import round_of
from u2t.programme.models import Round


@shows()
def policies(request: HttpRequest, round_code: str) -> HttpResponse:
    """The rule in force in sentences, the rules under a name, and what the last comparison found."""
    round = round_of(round_code)
    allow(permissions.may_see_placement(request.user, round))
    return policies_page(request, round, StudyForm(policies=queries.policies_of(round)))


def policies_page(request: HttpRequest, round: Round, form: StudyForm, status: int = 200) -> HttpResponse:
    """The page of all rules; ``form`` is what was chosen to be compared."""
    known = queries.studies_of(round)
    latest = studies.latest(known)
    context = {
        "round": round,
        "lines": queries.lines_of(round, plans.rule_of_round(round)),
        "policies": [(policy, queries.is_in_force(policy)) for policy in form.policies.values()],
        "put_aside": queries.put_aside_of(round),
        "form": form,
        "missing": plans.missing_for_a_plan(round),
        "waiting": queries.waiting_study(round),
        "studies": known,
        "compared": studies.compared(latest) if latest else None,
        "may_place": permissions.may_place(request.user, round),
    }
    return render(request, "placement/policies.html", context, status=status)


@shows()
def _new_form(request: HttpRequest, round_code: str) -> HttpResponse:
    round = round_of(round_code)
    allow(permissions.may_place(request.user, round))
    return _new_page(request, round, PolicyForm(round=round, start=_start(request, round)[0]))


@changes()
def _new(request: HttpRequest, round_code: str) -> HttpResponse:
    round = round_of(round_code)
    allow(permissions.may_place(request.user, round))
    form = PolicyForm(request.POST, round=round, start=plans.rule_of_round(round))
    if not form.is_valid():
        return _new_page(request, round, form, 422)
    about = {"round": round, "name": form.cleaned_data["name"], "rule": form.rule()}
    try:
        if "preview" not in request.POST:
            note, now = form.cleaned_data["note"], timezone.now()
            made = actions.make_policy(**about, note=note, by=request.user, at=now)
            messages.success(request, _("The rule “%(name)s” is kept.") % {"name": made.name})
            return redirect("placement:policy", round_code, made.number)
        show_objections(form, queries.policy_objections(**about))
    except Refused as refused:
        show_objections(form, refused.objections)
    return _new_page(request, round, form, 422 if form.errors else 200)


policy_new = either(get=_new_form, post=_new)


def _start(request: HttpRequest, round: Round) -> tuple[Rule, Policy | None]:
    """The rule that a new one starts from: the one that the address names, otherwise the one in force."""
    number = request.GET.get("from", "")
    if not number.isascii() or not number.isdigit() or len(number) > 6:
        return plans.rule_of_round(round), None
    policy = _policy_of(request, round.code, int(number))
    return queries.rule_of_policy(policy), policy


def _new_page(request: HttpRequest, round: Round, form: PolicyForm, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"round": round, "form": form, "copied": _start(request, round)[1]}
    if form.is_bound and not form.errors:
        context["differences"] = queries.differences(round, form.rule())
        context["has_preview"] = True
    return render(request, "placement/policy_new.html", context, status=status)


@shows()
def policy(request: HttpRequest, round_code: str, number: int) -> HttpResponse:
    """One rule in sentences, what it changes, and the plans computed by it."""
    policy = _policy_of(request, round_code, number)
    context = {
        "round": policy.round,
        "policy": policy,
        "lines": queries.lines_of(policy.round, queries.rule_of_policy(policy)),
        "differences": queries.differences(policy.round, queries.rule_of_policy(policy)),
        "is_in_force": queries.is_in_force(policy),
        "runs": queries.plans_of(policy),
        "missing": plans.missing_for_a_plan(policy.round),
        "may_place": permissions.may_place(request.user, policy.round),
    }
    return render(request, "placement/policy.html", context)


@changes()
def policy_use(request: HttpRequest, round_code: str, number: int) -> HttpResponse:
    """Compute a plan by this rule and go to its progress; adopting that plan brings the rule into force."""
    policy = _policy_of(request, round_code, number)
    _run, job = actions.ask_for_plan(round=policy.round, policy=policy, by=request.user, at=timezone.now())
    return redirect(job)


@shows()
def _put_aside_form(request: HttpRequest, round_code: str, number: int) -> HttpResponse:
    policy = _policy_of(request, round_code, number)
    allow(permissions.may_place(request.user, policy.round))
    address = [round_code, number]
    context = {
        "title": _("Put the rule aside"),
        "question": _("Put the rule “%(name)s” aside?") % {"name": policy.name},
        "consequences": [
            _("It is no longer offered for comparing and computing."),
            _("Plans computed by it stay as they are, and it can be copied."),
        ],
        "submit": _("Put the rule aside"),
        "action_url": reverse("placement:policy_put_aside", args=address),
        "back_url": reverse("placement:policy", args=address),
    }
    return render(request, "pages/confirm.html", context)


@changes()
def _put_aside(request: HttpRequest, round_code: str, number: int) -> HttpResponse:
    policy = _policy_of(request, round_code, number)
    actions.put_policy_aside(policy=policy, by=request.user, at=timezone.now())
    messages.success(request, _("The rule “%(name)s” was put aside.") % {"name": policy.name})
    return redirect("placement:policies", round_code)


policy_put_aside = either(get=_put_aside_form, post=_put_aside)


def _policy_of(request: HttpRequest, round_code: str, number: int) -> Policy:
    policy = get_object_or_404(
        Policy.objects.select_related("round__institution", "made_by__person", "put_aside_by__person"),
        round__code=round_code,
        number=number,
    )
    allow(permissions.may_see_placement(request.user, policy.round))
    return policy
