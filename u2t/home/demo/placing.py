"""What the demo's office decides about placement: rules under a name, a published plan, pins, an answer, a comparison."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from u2t.people.models import Account, Worker
from u2t.placement import rules
from u2t.placement.actions import holds, plans, policies, proofs, refills
from u2t.placement.models import Engagement, Leadership, Policy, Refill, Run, Study
from u2t.placement.queries import plans as standing
from u2t.placement.queries import policies as kept
from u2t.placement.queries import refills as answers
from u2t.programme.models import Round, Skill

# How many people with the first skill that offices need every tambon shall have, and the farthest way.
LEAST, FARTHEST = 6, 50
_PINNED = (
    "ดูแลมารดาอยู่ในตำบลเดียวกัน",
    "หน่วยงานภาคีขอให้ทำงานสำรวจที่เริ่มไว้ต่อจนจบ",
    "เป็นผู้ประสานงานของกลุ่มเกษตรกรในตำบล",
)
_PINNED_LEADER = "ทำงานวิจัยร่วมกับตำบลนี้ต่อเนื่องมาตั้งแต่ปีก่อน"
_REFILLED = "ต้องมีคนทำงานต่อทันที และผู้ที่ย้ายได้อยู่ใกล้บ้านกว่าเดิม"


def make_rules(*, round: Round, by: Account, at: datetime, least: int = LEAST) -> Policy:
    """Three rules under a name; answers the one that the office decides for.

    Reasons are exact only by a rule without floors of skills, so it is one without: everybody placed shall read what
    would have had to be different. ``least`` is the floor of another one.
    """
    usual = standing.rule_of_round(round)
    skill = Skill.objects.filter(round=round, for_office=True).first()
    assert skill is not None
    drafts: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("ใกล้บ้าน ตรงความประสงค์", "กติกาที่สำนักงานโครงการเลือกใช้ และใช้เป็นหลักเทียบกับกติกาอื่น", {}),
        (
            f"ใกล้บ้าน และทุกตำบลมีทักษะดิจิทัลอย่างน้อย {least} คน",
            "มีผู้เสนอให้ทุกตำบลมีคนถนัดดิจิทัลพอ ๆ กัน ให้เทียบดูก่อนว่าแลกมาด้วยอะไร",
            {"skill_floor": ((skill.code, least),)},
        ),
        (
            f"ไม่มีใครไกลบ้านเกิน {FARTHEST} กม.",
            "มีผู้ขอให้กำหนดระยะทางไกลที่สุด ให้เทียบดูก่อนว่าจะมีอัตราว่างกี่อัตรา",
            {"max_km": FARTHEST},
        ),
    )
    made = [
        policies.make_policy(round=round, name=name, note=note, rule=replace(usual, **other), by=by, at=at)
        for name, note, other in drafts
    ]
    return made[0]


def place(*, round: Round, policy: Policy, by: Account, at: datetime) -> Run:
    """The round placed by the rule, which becomes the round's own, and the certificate of that before the public."""
    run = plans.begin_run(round=round, policy=policy, by=by, at=at)
    run = plans.adopt(run=plans.compute(run=run, by=by, at=at), by=by, at=at)
    proofs.publish(run=run, by=by, at=at)
    round.refresh_from_db()
    return run


def pin(*, round: Round, by: Account, at: datetime) -> None:
    """Pin a few people of different tambons and a lecturer, each with a reason."""
    placed = Engagement.objects.current().filter(worker__round=round, worker__left_on=None)
    members = placed.select_related("worker__round", "worker__person").order_by("tambon", "worker__number")
    first = list({one.tambon_id: one for one in members}.values())
    for engagement, reason in zip(_spread(first, len(_PINNED)), _PINNED, strict=False):
        holds.hold(workers=[engagement.worker], reason=reason, by=by, at=at)
    led = Leadership.objects.current().filter(tambon__round=round).select_related("tambon__round").first()
    if led is not None:
        holds.hold_leader(leaderships=[led], reason=_PINNED_LEADER, by=by, at=at)


def _spread(found: Sequence[Engagement], count: int) -> Sequence[Engagement]:
    return found[:: max(len(found) // count, 1)][:count]


def refill_one(*, left: Iterable[Worker], by: Account, at: datetime) -> Refill | None:
    """Answer the first place for which moving somebody makes it better; the other places stay open."""
    for worker in left:
        question = answers.after_leaving(worker)
        moves = [one.moves for one in question.frontier.answers if one.moves] if question.frontier else []
        if moves:
            return refills.refill_place(left=worker, moves=min(moves), reason=_REFILLED, by=by, at=at)
    return None


def compare(*, round: Round, by: Account, at: datetime) -> Study:
    """All rules under a name, computed for the people as they are now, and what each part of each costs."""
    study = policies.begin_study(round=round, chosen=kept.policies_of(round), by=by, at=at)
    yardstick = rules.policy_json(standing.rule_of_round(round))
    for run in kept.open_runs(study):
        policies.compute_of_study(run=run, yardstick=yardstick, by=by, at=at)
    return policies.finish_study(study=study, at=at)
