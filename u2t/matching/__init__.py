"""People to places, optimally and with a proof: pure functions, no Django, no files, no clock.

``solve(problem, progress=None) -> Plan``
    People to seats, holders of office seats to offices, lecturers to tambons; each optimal for its stated whole
    objective. Raises ``u2t.objections.Refused`` with all of ``objections(problem)``.
``violations(problem, plan) -> list[Objection]``
    An independent reading of both, sharing no code with the solver: hard rules, totals, proofs. Must be empty.
``explain(problem, plan, key) -> Explanation``
    Why somebody is where they are, what else was possible and by how much the whole would have lost. For many
    people of one plan: ``Explainer(problem, plan).explain(key)``.
``consequence(problem, plan, changes) -> Consequence``
    What changes by hand would do: ``Move``, ``Post``, ``Lead``, and ``swap(plan, a, b)``.
``numbers(problem, plan) -> Summary``
    The plan in figures.
``shortages(problem)``, ``surpluses(problem)``
    Places that nobody can fill and people for whom there is no place, before anything is solved.
``digest(problem) -> str``
    SHA-256 of the inputs; a plan carries the one it was made for.

``Plan.to_json()`` and ``Plan.from_json()`` are exact opposites. Every number of the rule is a field of ``Rule``.
The model, its guarantees and its limits: docs/algorithms/placement.md.
"""

from u2t.matching.check import violations
from u2t.matching.consequence import Change, Consequence, Lead, Move, Post, Totals, consequence, swap
from u2t.matching.explain import Alternative, Explainer, Explanation, WishAnswer, explain
from u2t.matching.feasibility import Shortage, Surplus, objections, shortages, surpluses
from u2t.matching.numbers import Cover, Summary, numbers
from u2t.matching.plan import Branch, Certificate, CostParts, LeaderProof, Leaf, Plan, PriceProof
from u2t.matching.problem import (
    ORDERS,
    TIERS,
    Candidate,
    Lecturer,
    Office,
    Position,
    Problem,
    Rule,
    SeatGroup,
    SeatKey,
    Workstream,
    digest,
    flat_position,
)
from u2t.matching.solver import solve

__all__ = [
    "ORDERS",
    "TIERS",
    "Alternative",
    "Branch",
    "Candidate",
    "Certificate",
    "Change",
    "Consequence",
    "CostParts",
    "Cover",
    "Explainer",
    "Explanation",
    "Lead",
    "LeaderProof",
    "Leaf",
    "Lecturer",
    "Move",
    "Office",
    "Plan",
    "Position",
    "Post",
    "PriceProof",
    "Problem",
    "Rule",
    "SeatGroup",
    "SeatKey",
    "Shortage",
    "Summary",
    "Surplus",
    "Totals",
    "WishAnswer",
    "Workstream",
    "consequence",
    "digest",
    "explain",
    "flat_position",
    "numbers",
    "objections",
    "shortages",
    "solve",
    "surpluses",
    "swap",
    "violations",
]
