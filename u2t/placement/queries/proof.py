"""The proof of a plan in lines that a page can word."""

from __future__ import annotations

from dataclasses import dataclass

from u2t import matching
from u2t.placement.models import Run
from u2t.programme.models import Category


@dataclass(frozen=True)
class ProofLine:
    """One part of the objective: how many places are filled and what they cost together.

    ``bound`` is the least that any plan that fills as many could cost, by the published prices; equal to ``total``
    it proves that no plan is better.
    """

    kind: str
    name: str
    filled: int
    total: int
    bound: int

    @property
    def gap(self) -> int:
        return self.total - self.bound

    @property
    def is_tight(self) -> bool:
        return self.total == self.bound


def proof_of(run: Run) -> list[ProofLine]:
    """The lines for each category's people, for offices and for leaders; one query.

    A stored plan has passed the independent check, which works the bound out again from the prices and refuses
    any plan whose offices cost more. Only for leaders, and for people where the rule sets a floor of skills, may the
    certificate state a gap; that of people is one for all categories together.
    """
    proof = matching.Plan.from_json(run.plan).certificate
    names = {category.code: category.name for category in Category.objects.filter(round=run.round)}
    lines = [
        ProofLine(
            "people", names.get(block.name, block.name), block.filled, block.total, block.total - proof.gap
        )
        for block in proof.people
    ]
    if proof.offices:
        lines.append(ProofLine("offices", "", proof.offices.filled, proof.offices.total, proof.offices.total))
    if proof.leaders:
        leaders = proof.leaders
        lines.append(ProofLine("leaders", "", leaders.filled, leaders.total, leaders.bound))
    return lines
