"""A plan between the engine's keys and the tables: what it wants, what it says of itself, what is there now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import asdict, dataclass, replace
from typing import Any

from u2t import matching
from u2t.matching.costs import Costs
from u2t.matching.explain_leaders import LeaderExchanges
from u2t.matching.explain_offices import OfficeExplainer
from u2t.matching.numbers import dimension_cover
from u2t.objections import Objection
from u2t.people.models import Worker
from u2t.placement import rules
from u2t.placement.models import Engagement, Leadership, Run
from u2t.placement.queries import inputs
from u2t.placement.queries.problem import problem_for
from u2t.placement.rules import Place
from u2t.programme.models import Category, Quota, Round, RoundTambon, Workstream

NOTHING: dict[str, Any] = {"seats": {}, "parts": {}, "offices": {}, "office_parts": {}, "leaders": {}}
"""A plan's plain values before it is computed."""

Slot = tuple[int, int, int, int | None]
"""Primary keys of RoundTambon, Category, Workstream and, at a data agency, Participation."""


@dataclass(frozen=True)
class Codes:
    """Primary keys by the codes that the engine uses."""

    tambons: dict[str, int]
    categories: dict[str, int]
    workstreams: dict[str, int]

    def slot(self, place: Place) -> Slot:
        """The place as primary keys."""
        return (
            self.tambons[place.tambon],
            self.categories[place.category],
            self.workstreams[place.workstream],
            int(place.office) if place.office else None,
        )


def codes_of(round: Round) -> Codes:
    """Three queries."""
    return Codes(
        dict(RoundTambon.objects.filter(round=round).order_by().values_list("tambon_id", "pk")),
        dict(Category.objects.filter(round=round).order_by().values_list("code", "pk")),
        dict(Workstream.objects.filter(round=round).order_by().values_list("code", "pk")),
    )


def missing_for_a_plan(round: Round) -> list[Objection]:
    """What must be there before anything can be computed."""
    found = []
    if not RoundTambon.objects.filter(round=round).exists():
        found.append(Objection("placement.no_tambons"))
    if not Quota.objects.filter(category__round=round, per_tambon__gt=0).exists():
        found.append(Objection("placement.no_quotas"))
    if not Worker.objects.current().filter(round=round).exists():
        found.append(Objection("placement.no_workers"))
    return found


def adoption_objections(run: Run, problem: matching.Problem | None = None) -> list[Objection]:
    """What stands against adopting the run; the page asks before, the action asks again."""
    if run.computed_at is None:
        return [Objection("placement.not_computed", {"number": run.number})]
    found = []
    if run.discarded_at is not None:
        found.append(Objection("placement.discarded_already", {"number": run.number}))
    if run.adopted_at is not None:
        found.append(Objection("placement.adopted_already", {"number": run.number}))
    problem = problem or problem_for(run.round, rule_to_adopt(run))
    if run.problem_digest != matching.digest(problem):
        found.append(Objection("placement.input_changed", {"number": run.number}))
        kept = (run.plan or {}).get("inputs")
        found += inputs.changes_since(run.round, kept, problem) if kept else []
    return found


def discard_objections(run: Run) -> list[Objection]:
    """What stands against putting the run out of the way."""
    about = {"number": run.number}
    checks = (
        ("not_computed", run.computed_at is None),
        ("adopted_already", run.adopted_at is not None),
        ("discarded_already", run.discarded_at is not None),
    )
    return [Objection(f"placement.{code}", about) for code, stands in checks if stands]


def places_of(plan: matching.Plan) -> dict[str, Place | None]:
    """Where the plan puts each person."""
    return {
        person: Place(*seat, plan.offices.get(person)) if seat else None
        for person, seat in plan.seats.items()
    }


def wanted_engagements(plan: matching.Plan, codes: Codes) -> dict[int, Slot]:
    """The slot of each worker who gets one, by the worker's primary key."""
    return {int(person): codes.slot(place) for person, place in places_of(plan).items() if place}


def plan_now(round: Round, problem: matching.Problem) -> matching.Plan:
    """What is in force now in the shape of a plan, without a proof: two queries."""
    costs = Costs(problem)
    people = {person.key: person for person in problem.candidates}
    known = {office.key: office for office in problem.offices}
    streams = {stream.code for stream in problem.workstreams if stream.to_office}
    seats: dict[str, matching.SeatKey | None] = dict.fromkeys(people)
    offices: dict[str, str | None] = {}
    held = Engagement.objects.current().filter(worker__round=round).order_by()
    for worker, tambon, category, workstream, office in held.values_list(
        "worker_id", "tambon__tambon_id", "category__code", "workstream__code", "office_id"
    ):
        seats[str(worker)] = (tambon, category, workstream)
        if workstream in streams:
            offices[str(worker)] = str(office) if str(office) in known else None
    leaders: dict[str, list[str]] = defaultdict(list)
    led = Leadership.objects.current().filter(tambon__round=round).order_by("pk")
    for tambon, lecturer in led.values_list("tambon__tambon_id", "lecturer_id"):
        leaders[tambon].append(str(lecturer))
    return matching.Plan(
        digest="",
        seats=seats,
        parts={key: costs.seat(people[key], seat) for key, seat in seats.items() if seat},
        offices=offices,
        office_parts={
            key: costs.office(people[key], seat, known[office])
            for key, office in offices.items()
            if office and (seat := seats[key])
        },
        leaders={tambon: tuple(leaders[tambon]) for tambon in problem.tambons},
        certificate=matching.Certificate(),
    )


def keeping_leaders(round: Round, problem: matching.Problem, plan: matching.Plan) -> matching.Plan:
    """The plan with those who lead now wherever they are as good together as those it found: one query.

    Many teams of lecturers are equally good, and nobody should be exchanged for nothing. The proof speaks of what
    all teams together cost, so it holds for these as well; the independent check says whether it does.
    """
    led: dict[str, list[str]] = defaultdict(list)
    held = Leadership.objects.current().filter(tambon__round=round).order_by()
    for tambon, lecturer in held.values_list("tambon__tambon_id", "lecturer_id"):
        led[tambon].append(str(lecturer))
    if not led:
        return plan
    leaders = {tambon: tuple(sorted(led[tambon])) for tambon in problem.tambons}
    kept = replace(plan, leaders=leaders)
    return plan if leaders == plan.leaders or matching.violations(problem, kept) else kept


def values_now(round: Round) -> dict[str, Any]:
    """What is in force now as a plan's plain values."""
    return plan_now(round, problem_for(round)).to_json()


def loosened(problem: matching.Problem, people: Collection[str]) -> matching.Problem:
    """The problem with these people free to go anywhere: a human who decides once more is not bound by the plan,
    nor by an earlier decision."""
    return replace(
        problem,
        candidates=tuple(
            replace(person, lock=None, fixed_tambon=None, fixed_office=None)
            if person.key in people
            else person
            for person in problem.candidates
        ),
    )


def rule_of_round(round: Round) -> matching.Rule:
    """The rule in force."""
    return rules.rule_of(round.placement_rule, leaders_per_tambon=round.leaders_per_tambon)


def rule_of_run(run: Run) -> matching.Rule:
    """The rule by which the run is or was computed; the round's where it has none of its own yet."""
    return rules.rule_of(
        run.rule or run.round.placement_rule, leaders_per_tambon=run.round.leaders_per_tambon
    )


def rule_to_adopt(run: Run) -> matching.Rule:
    """The rule that would be in force after adopting the run: the policy's, or the round's as it is now.

    A plan without a policy was meant to be by the round's rule, so it can't be adopted after that has changed.
    """
    return rule_of_run(run) if run.policy_id else rule_of_round(run.round)


def rule_json(rule: matching.Rule) -> dict[str, Any]:
    """The rule as it was used, every number."""
    return asdict(rule)


def summary_json(problem: matching.Problem, plan: matching.Plan, yardstick: matching.Rule) -> dict[str, Any]:
    """The plan's figures and what the proof states, as plain values.

    ``figures`` are those by which rules are compared; ``given`` is the fingerprint of everything but the rule.
    """
    proof = plan.certificate.leaders
    return asdict(matching.numbers(problem, plan)) | {
        "levels": plan.levels,
        "leader_gap": proof.gap if proof else 0,
        "figures": rules.figures_of(problem, plan, yardstick).to_json(),
        "given": given_digest(problem),
    }


OF_A_VARIANT = ("figures", "given", "levels")
"""What is kept of the summary of a plan that nobody can adopt."""


def given_digest(problem: matching.Problem) -> str:
    """The fingerprint of people, slots, offices and lecturers, whatever the rule."""
    usual = matching.Rule(leaders_per_tambon=problem.rule.leaders_per_tambon)
    return matching.digest(replace(problem, rule=usual))


def explanations(
    problem: matching.Problem, plan: matching.Plan, workers: Iterable[int]
) -> dict[int, dict[str, Any]]:
    """Why each of the workers is where the plan puts them, or nowhere: codes and values that the page words."""
    explainer = matching.Explainer(problem, plan)
    offices = OfficeExplainer(problem, plan)
    found = {}
    for worker in workers:
        why = asdict(explainer.explain(str(worker)))
        del why["person"]
        office = plan.office_parts.get(str(worker))
        found[worker] = why | {
            "office_parts": asdict(office) if office else None,
            "office_options": [asdict(option) for option in offices.options(str(worker))],
        }
    return found


def unplaced_reasons(problem: matching.Problem, plan: matching.Plan) -> dict[str, dict[str, Any]]:
    """Why each person without a slot has none, by the engine's key."""
    without = [int(person) for person, seat in plan.seats.items() if seat is None]
    return {str(worker): why for worker, why in explanations(problem, plan, without).items()}


def leader_reasons(problem: matching.Problem, plan: matching.Plan) -> dict[tuple[str, str], dict[str, Any]]:
    """Why each lecturer leads each tambon: the way, what the lecturer brings, what the team covers and lacks, and
    where else the lecturer could have led."""
    costs = Costs(problem)
    lecturers = {lecturer.key: lecturer for lecturer in problem.lecturers}
    covers = dimension_cover(problem, plan.leaders)
    exchanges = LeaderExchanges(problem, plan)
    found = {}
    for tambon, team in plan.leaders.items():
        for key in team:
            km, assumed, tier = costs.way(lecturers[key].base, tambon)
            found[key, tambon] = {
                "km": km,
                "km_assumed": assumed,
                "tier": matching.TIERS[tier],
                "tier_penalty": problem.rule.tier_penalty[tier],
                "brings": sorted(lecturers[key].expertise & set(problem.dimensions)),
                "covers": list(covers[tambon].present),
                "missing": list(covers[tambon].missing),
                "decided_by": "lock" if (tambon, key) in problem.leads else "plan",
                "options": [asdict(option) for option in exchanges.options(key, tambon)],
                "instead": exchanges.instead(key, tambon),
            }
    return found
