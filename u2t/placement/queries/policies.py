"""The rules of a round under their names, and the studies that compare them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from django.db.models import Sum

from u2t import matching
from u2t.jobs.models import Job
from u2t.objections import Objection
from u2t.placement import rules
from u2t.placement.models import Policy, Run, Study
from u2t.placement.queries import plans, ruled
from u2t.programme.models import Quota, Round

KIND = "placement.study"
RULES_AT_MOST = 6

Line = tuple[str, str]


def rule_of_policy(policy: Policy) -> matching.Rule:
    """The policy's rule as the engine takes it."""
    return rules.rule_of(policy.rule, leaders_per_tambon=policy.round.leaders_per_tambon)


def is_in_force(policy: Policy) -> bool:
    """Whether the round goes by exactly this rule now."""
    return rule_of_policy(policy) == plans.rule_of_round(policy.round)


def policies_of(round: Round) -> list[Policy]:
    """The rules under a name that are offered, by number."""
    found = Policy.objects.filter(round=round, put_aside_at=None).select_related("round", "made_by__person")
    return list(found)


def put_aside_of(round: Round) -> list[Policy]:
    """The rules that are offered no more."""
    return list(Policy.objects.filter(round=round).exclude(put_aside_at=None).select_related("round"))


def lines_of(round: Round, rule: matching.Rule) -> list[Line]:
    """The rule in sentences: what each part is called and what it says."""
    return ruled.rule_lines(round, asdict(rule))


@dataclass(frozen=True)
class Difference:
    """One part of a rule that two rules say differently; an empty sentence: it says nothing of it."""

    part: str
    before: str
    after: str


def differences(round: Round, rule: matching.Rule) -> list[Difference]:
    """Where the rule differs from the one in force."""
    before, after = dict(lines_of(round, plans.rule_of_round(round))), dict(lines_of(round, rule))
    parts = list(dict.fromkeys([*after, *before]))
    found = [Difference(part, before.get(part, ""), after.get(part, "")) for part in parts]
    return [one for one in found if one.before != one.after]


def policy_objections(round: Round, name: str, rule: matching.Rule) -> list[Objection]:
    """Everything that stands against keeping the rule under this name."""
    found = rules.unreadable(rules.policy_json(rule))
    there = policies_of(round)
    if not name.strip():
        found.append(Objection("placement.policy_unnamed", field="name"))
    if any(policy.name.casefold() == name.strip().casefold() for policy in there):
        found.append(Objection("placement.policy_name_taken", {"name": name.strip()}, "name"))
    same = [policy.name for policy in there if rule_of_policy(policy) == rule]
    if same:
        found.append(Objection("placement.policy_same", {"name": same[0]}))
    slots = Quota.objects.filter(category__round=round).aggregate(all=Sum("per_tambon"))["all"] or 0
    names = {skill.code: skill.name for skill in round.skills.all()}
    for one in rules.rule_objections(rule, slots=slots):
        skill = one.about.get("skill")
        about = dict(one.about) | ({"skill": names.get(str(skill), str(skill))} if skill else {})
        found.append(Objection(one.code, about, one.field))
    return found


def compared_rules(round: Round, chosen: Sequence[Policy]) -> list[tuple[Policy | None, matching.Rule]]:
    """What a study compares: the rule in force first, under the name of the chosen policy that is it, if any."""
    now = plans.rule_of_round(round)
    named = [(policy, rule_of_policy(policy)) for policy in chosen]
    in_force = [pair for pair in named if pair[1] == now]
    first: list[tuple[Policy | None, matching.Rule]] = [*in_force[:1]] or [(None, now)]
    return [*first, *(pair for pair in named if pair not in in_force)]


def study_objections(round: Round, chosen: Sequence[Policy]) -> list[Objection]:
    """What stands against comparing these."""
    found = []
    if not any(policy for policy, _ in compared_rules(round, chosen)):
        found.append(Objection("placement.no_rules_chosen", field="chosen"))
    if len(chosen) > RULES_AT_MOST:
        about = {"count": len(chosen), "most": RULES_AT_MOST}
        found.append(Objection("placement.too_many_rules", about, "chosen"))
    for policy in chosen:
        if policy.round_id != round.pk or policy.put_aside_at is not None:
            found.append(Objection("placement.policy_put_aside", {"name": policy.name}, "chosen"))
    return found


def is_settled(run: Run) -> bool:
    """Whether a run of a study is computed or refused."""
    return run.computed_at is not None or run.summary is not None


def open_runs(study: Study) -> list[Run]:
    """The runs of a study that are still to be computed, whole rules first."""
    found = Run.objects.filter(study=study, computed_at=None, summary__isnull=True).select_related(
        "round__institution", "policy"
    )
    return list(found.order_by("number"))


def study_job(study: Study) -> Job | None:
    """The newest job of the study."""
    return Job.objects.filter(kind=KIND, subject=f"placement.Study:{study.pk}").order_by("-asked_at").first()


def waiting_study(round: Round) -> tuple[Study, Job] | None:
    """The study of the round that is neither finished nor given up."""
    for study in Study.objects.filter(round=round, finished_at=None).select_related("round"):
        job = study_job(study)
        if job is not None and not job.has_ended:
            return study, job
    return None


def studies_of(round: Round, limit: int = 10) -> list[Study]:
    """The newest studies, newest first."""
    return list(Study.objects.filter(round=round).select_related("round", "asked_by__person")[:limit])


def plans_of(policy: Policy) -> list[Run]:
    """The computed plans by this rule, newest first."""
    found = Run.objects.filter(policy=policy, variant="").exclude(computed_at=None)
    return list(found.defer("plan", "summary").select_related("round").order_by("-number")[:10])
