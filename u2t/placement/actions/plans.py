"""Compute a plan and adopt it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models, transaction
from django.db.models import Max
from django.utils.translation import gettext

from u2t import matching
from u2t.audit import actions as audit
from u2t.jobs import actions as jobs
from u2t.jobs.models import Job
from u2t.objections import Objection, Refused, refuse_if
from u2t.pages.declare import allow
from u2t.placement import permissions
from u2t.placement.actions import proofs
from u2t.placement.models import Engagement, Leadership, Policy, Run
from u2t.placement.queries import inputs, plans, stated
from u2t.placement.queries.problem import problem_for
from u2t.placement.queries.runs import waiting_run
from u2t.programme.actions import rounds
from u2t.programme.models import Round

KIND = "placement.compute"


def ask_for_plan(*, round: Round, by: Any, at: datetime, policy: Policy | None = None) -> tuple[Run, Job]:
    """Put a computation by ``policy``, or else by the round's own rule, on the queue.

    While one by the same rule is waiting or running for the round, that one is returned; one by another is in the way.
    Raises :class:`~u2t.objections.Refused` with everything that is missing before a plan can be computed.
    """
    allow(by is None or permissions.may_place(by, round))
    jobs.take_up_lost(at=at)
    with transaction.atomic():
        lock(round)
        waiting = waiting_run(round)
        if waiting is not None and waiting[0].policy_id == (policy.pk if policy else None):
            return waiting
        if waiting is not None:
            refuse_if([Objection("placement.another_plan_waits", {"number": waiting[0].number})])
        run = begin_run(round=round, by=by, at=at, policy=policy)
        job = jobs.ask(
            kind=KIND,
            subject=run,
            arguments={"run": run.pk},
            next_url=run.get_absolute_url(),
            by=by,
            at=at,
        )
    return run, job


def begin_run(*, round: Round, by: Any, at: datetime, policy: Policy | None = None) -> Run:
    """A run with the next number, nothing computed yet; refused while the round has nothing to place."""
    allow(by is None or permissions.may_place(by, round))
    with transaction.atomic():
        lock(round)
        refuse_if([*plans.missing_for_a_plan(round), *_policy_objections(round, policy)])
        rule = policy.rule if policy else {}
        return Run.objects.create(
            round=round, number=next_number(round), policy=policy, rule=rule, asked_at=at, asked_by=by
        )


def next_number(round: Round) -> int:
    """The number of the round's next plan; what a study computes only to know a cost is counted elsewhere."""
    return (Run.objects.filter(round=round, variant="").aggregate(last=Max("number"))["last"] or 0) + 1


def _policy_objections(round: Round, policy: Policy | None) -> list[Objection]:
    if policy is None or (policy.round_id == round.pk and policy.put_aside_at is None):
        return []
    return [Objection("placement.policy_put_aside", {"name": policy.name})]


def compute(
    *,
    run: Run,
    by: Any,
    at: datetime,
    progress: matching.Progress | None = None,
    yardstick: matching.Rule | None = None,
) -> Run:
    """Compute the plan of ``run`` and store it with its numbers and its proof, in one write; nothing before.

    It goes by the run's own rule where it has one. ``yardstick`` is the rule by which its figures are measured, the
    round's unless given. Of a variant only the figures are kept: nobody can adopt it.

    Doing it again for a computed run changes nothing. Refused, with nothing stored, where the tables contradict
    themselves or where the independent check finds the plan to break a rule.
    """
    run.refresh_from_db()
    if run.computed_at is not None:
        return run
    problem = problem_for(run.round, plans.rule_of_run(run))
    try:
        plan = matching.solve(problem, progress)
    except Refused as refused:
        raise Refused(stated.objections(run.round, refused.objections)) from refused
    plan = plans.keeping_leaders(run.round, problem, plan)
    refuse_if(_check_objections(problem, plan))
    summary = plans.summary_json(problem, plan, yardstick or plans.rule_of_round(run.round))
    with transaction.atomic():
        stored = Run.objects.filter(pk=run.pk, computed_at=None).update(
            rule=plans.rule_json(problem.rule),
            problem_digest=plan.digest,
            plan=None if run.variant else plan.to_json() | {"inputs": inputs.kept_of(problem)},
            summary=summary if not run.variant else {name: summary[name] for name in plans.OF_A_VARIANT},
            computed_at=at,
        )
        if stored and not run.variant:
            audit.record(
                verb="placement.compute",
                subject=run,
                by=by,
                at=at,
                round_code=run.round.code,
                note=plan.levels,
            )
    run.refresh_from_db()
    return run


def adopt(*, run: Run, by: Any, at: datetime) -> Run:
    """Make the plan the round's placement: end what differs, begin what is new, keep what stays.

    The rule under a name by which it was computed becomes the round's own.

    Refused with all objections: not computed, adopted already, or the tables say something else now than when the
    plan was computed.
    """
    allow(by is None or permissions.may_place(by, run.round))
    with transaction.atomic():
        lock(run.round)
        run.refresh_from_db()
        problem = problem_for(run.round, plans.rule_to_adopt(run))
        refuse_if(plans.adoption_objections(run, problem))
        plan = matching.Plan.from_json(run.plan)
        refuse_if(_check_objections(problem, plan))
        codes = plans.codes_of(run.round)
        moved = _engage(run, problem, plan, codes, by=by, at=at)
        led = _lead(run, problem, plan, codes, by=by, at=at)
        _make_rule_the_rounds(run, by=by, at=at)
        run.adopted_at, run.adopted_by = at, by
        run.plan = run.plan | {"unplaced_why": plans.unplaced_reasons(problem, plan)}
        run.save(update_fields=["adopted_at", "adopted_by", "plan"])
        proofs.prepare(run=run, problem=problem, plan=plan, by=by, at=at)
        note = {
            "number": run.number,
            "begun": moved[0],
            "ended": moved[1],
            "leaders_begun": led[0],
            "leaders_ended": led[1],
        }
        audit.record(verb="placement.adopt", subject=run, by=by, at=at, round_code=run.round.code, note=note)
    return run


def discard(*, run: Run, by: Any, at: datetime) -> Run:
    """Put a plan that nobody adopted out of the way; it stays readable, but can't be adopted any more."""
    allow(by is None or permissions.may_place(by, run.round))
    with transaction.atomic():
        lock(run.round)
        run.refresh_from_db()
        refuse_if(plans.discard_objections(run))
        run.discarded_at, run.discarded_by = at, by
        run.save(update_fields=["discarded_at", "discarded_by"])
        note = {"number": run.number}
        audit.record(
            verb="placement.discard", subject=run, by=by, at=at, round_code=run.round.code, note=note
        )
    return run


def _make_rule_the_rounds(run: Run, *, by: Any, at: datetime) -> None:
    """A plan in force and the rule of the round must not contradict each other."""
    if run.policy is not None:
        about = {"number": run.number, "name": run.policy.name}
        reason = gettext("Plan %(number)s, computed by the rule “%(name)s”, was adopted.") % about
        rounds.set_placement_rule(round=run.round, rule=run.policy.rule, reason=reason, by=by, at=at)


def _check_objections(problem: matching.Problem, plan: matching.Plan) -> list[Objection]:
    """One objection for a plan that the independent check does not let pass: nobody at an office can mend it."""
    reasons = sorted({violation.code.partition(".")[2] for violation in matching.violations(problem, plan)})
    return [Objection("placement.plan_broken", {"reasons": ", ".join(reasons)})] if reasons else []


def lock(round: Round) -> None:
    """Placement of a round is changed by one at a time; the others wait here."""
    Round.objects.select_for_update().get(pk=round.pk)


def _engage(
    run: Run, problem: matching.Problem, plan: matching.Plan, codes: plans.Codes, *, by: Any, at: datetime
) -> tuple[int, int]:
    wanted = plans.wanted_engagements(plan, codes)
    held = Engagement.objects.current().filter(worker__round=run.round).order_by()
    current = {
        worker: (pk, tuple(slot))
        for pk, worker, *slot in held.values_list(
            "pk", "worker_id", "tambon_id", "category_id", "workstream_id", "office_id"
        )
    }
    ended = [pk for worker, (pk, slot) in current.items() if wanted.get(worker) != slot]
    begun = [worker for worker, slot in wanted.items() if current.get(worker, (0, None))[1] != slot]
    _end(Engagement.objects.all(), ended, by=by, at=at)
    why = plans.explanations(problem, plan, wanted)
    _tell_who_stays([pk for worker, (pk, slot) in current.items() if wanted.get(worker) == slot], why)
    Engagement.objects.bulk_create(
        Engagement(
            worker_id=worker,
            tambon_id=wanted[worker][0],
            category_id=wanted[worker][1],
            workstream_id=wanted[worker][2],
            office_id=wanted[worker][3],
            run=run,
            why=why[worker],
            begun_at=at,
            begun_by=by,
        )
        for worker in begun
    )
    return len(begun), len(ended)


def _tell_who_stays(keys: list[int], why: dict[int, dict[str, Any]]) -> None:
    """Who stays reads the reasons by the new plan; whom the office put somewhere by hand, that it was by hand."""
    for start in range(0, len(keys), 500):
        stay = list(Engagement.objects.filter(pk__in=keys[start : start + 500], reason=""))
        for engagement in stay:
            engagement.why = why[engagement.worker_id]
        Engagement.objects.bulk_update(stay, ["why"], batch_size=100)


def _lead(
    run: Run, problem: matching.Problem, plan: matching.Plan, codes: plans.Codes, *, by: Any, at: datetime
) -> tuple[int, int]:
    reasons = plans.leader_reasons(problem, plan)
    wanted = {(int(lecturer), codes.tambons[tambon]): why for (lecturer, tambon), why in reasons.items()}
    held = Leadership.objects.current().filter(tambon__round=run.round).order_by()
    current = {
        (lecturer, tambon): pk for pk, lecturer, tambon in held.values_list("pk", "lecturer_id", "tambon_id")
    }
    ended = [pk for pair, pk in current.items() if pair not in wanted]
    begun = sorted(set(wanted) - set(current))
    _end(Leadership.objects.all(), ended, by=by, at=at)
    Leadership.objects.bulk_create(
        Leadership(
            lecturer_id=lecturer,
            tambon_id=tambon,
            run=run,
            why=wanted[lecturer, tambon],
            begun_at=at,
            begun_by=by,
        )
        for lecturer, tambon in begun
    )
    return len(begun), len(ended)


def _end(rows: models.QuerySet[Any], keys: list[int], *, by: Any, at: datetime) -> None:
    """In blocks, because SQLite allows only so many values in one statement."""
    for start in range(0, len(keys), 500):
        rows.filter(pk__in=keys[start : start + 500]).update(ended_at=at, ended_by=by)
