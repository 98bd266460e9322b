"""Keep a rule under a name, put one aside, and compute several for the same people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from u2t import matching
from u2t.audit import actions as audit
from u2t.jobs import actions as jobs
from u2t.jobs.models import Job
from u2t.objections import Objection, Refused, refuse_if
from u2t.pages.declare import allow
from u2t.placement import permissions, rules
from u2t.placement.actions import plans as computing
from u2t.placement.models import Policy, Run, Study
from u2t.placement.queries import plans, policies
from u2t.programme.models import Round

# What is computed only to know a cost is numbered from here, so that the plans of a round count 1, 2, 3.
VARIANTS_FROM = 1_000_000


def make_policy(
    *, round: Round, name: str, note: str = "", rule: matching.Rule, by: Any, at: datetime
) -> Policy:
    """Keep a rule under a name that no other rule of the round has; it never changes afterwards."""
    allow(by is None or permissions.may_place(by, round))
    with transaction.atomic():
        computing.lock(round)
        refuse_if(policies.policy_objections(round, name, rule))
        last = Policy.objects.filter(round=round).aggregate(last=Max("number"))["last"] or 0
        policy = Policy.objects.create(
            round=round,
            number=last + 1,
            name=name.strip(),
            note=note.strip(),
            rule=rules.policy_json(rule),
            made_at=at,
            made_by=by,
        )
        about = {"name": policy.name, "rule": policy.rule}
        audit.record(
            verb="placement.make_policy", subject=policy, by=by, at=at, round_code=round.code, note=about
        )
    return policy


def put_policy_aside(*, policy: Policy, by: Any, at: datetime) -> None:
    """Offer the rule no more; what was computed by it stays. Doing it again changes nothing."""
    allow(by is None or permissions.may_place(by, policy.round))
    with transaction.atomic():
        if Policy.objects.filter(pk=policy.pk, put_aside_at=None).update(put_aside_at=at, put_aside_by=by):
            code = policy.round.code
            audit.record(verb="placement.put_policy_aside", subject=policy, by=by, at=at, round_code=code)
    policy.refresh_from_db()


def ask_for_study(
    *, round: Round, chosen: Sequence[Policy], by: Any, at: datetime
) -> tuple[Study, Job | None]:
    """Put a comparison of the rule in force and the chosen ones on the queue; one under way is returned instead.

    Raises :class:`~u2t.objections.Refused` with everything that stands against it.
    """
    allow(by is None or permissions.may_place(by, round))
    jobs.take_up_lost(at=at)
    with transaction.atomic():
        computing.lock(round)
        waiting = policies.waiting_study(round)
        if waiting is not None:
            return waiting
        study = begin_study(round=round, chosen=chosen, by=by, at=at)
        yardstick = rules.policy_json(plans.rule_of_round(round))
        job = jobs.ask(
            kind=policies.KIND,
            subject=study,
            arguments={"study": study.pk, "yardstick": yardstick},
            next_url=study.get_absolute_url(),
            by=by,
            at=at,
        )
    return study, job


def begin_study(*, round: Round, chosen: Sequence[Policy], by: Any, at: datetime) -> Study:
    """A study with the next number and its runs: every rule whole, then every rule without each of its parts."""
    allow(by is None or permissions.may_place(by, round))
    with transaction.atomic():
        computing.lock(round)
        refuse_if([*plans.missing_for_a_plan(round), *policies.study_objections(round, chosen)])
        last = Study.objects.filter(round=round).aggregate(last=Max("number"))["last"] or 0
        study = Study.objects.create(round=round, number=last + 1, asked_at=at, asked_by=by)
        compared = policies.compared_rules(round, chosen)
        runs = [Run(policy=policy, rule=rules.policy_json(rule)) for policy, rule in compared]
        runs += [
            Run(policy=policy, rule=rules.policy_json(rules.without(rule, part)), variant=part)
            for policy, rule in compared
            for part in rules.parts_of(rule)
        ]
        _number(study, runs)
        note = {"number": study.number, "rules": [policy.name if policy else "" for policy, _ in compared]}
        audit.record(verb="placement.study", subject=study, by=by, at=at, round_code=round.code, note=note)
    return study


def _number(study: Study, runs: Sequence[Run]) -> None:
    """Give every run its study and its number; a study's variants share a range of their own."""
    whole = computing.next_number(study.round)
    last = Run.objects.filter(round=study.round, number__gte=VARIANTS_FROM).aggregate(last=Max("number"))[
        "last"
    ]
    variant = (last or VARIANTS_FROM) + 1
    for run in runs:
        run.round, run.study = study.round, study
        run.asked_at, run.asked_by = study.asked_at, study.asked_by
        if run.variant:
            run.number, variant = variant, variant + 1
        else:
            run.number, whole = whole, whole + 1
    Run.objects.bulk_create(runs)


def compute_of_study(
    *,
    run: Run,
    yardstick: Mapping[str, object],
    by: Any,
    at: datetime,
    progress: matching.Progress | None = None,
) -> Run:
    """Compute one run of a study; a rule that cannot be kept is noted with its reasons, and the study goes on."""
    measure = rules.rule_of(yardstick, leaders_per_tambon=run.round.leaders_per_tambon)
    try:
        return computing.compute(run=run, by=by, at=at, progress=progress, yardstick=measure)
    except Refused as refused:
        why = [{"code": one.code, "about": dict(one.about)} for one in refused.objections]
        Run.objects.filter(pk=run.pk, computed_at=None).update(summary={"refused": why})
        run.refresh_from_db()
        return run


def finish_study(*, study: Study, at: datetime) -> Study:
    """Note that every run of the study is computed or refused; refused while one is not."""
    open_runs = policies.open_runs(study)
    refuse_if([Objection("placement.study_unfinished", {"count": len(open_runs)})] if open_runs else [])
    Study.objects.filter(pk=study.pk, finished_at=None).update(finished_at=at)
    study.refresh_from_db()
    return study
