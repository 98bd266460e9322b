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
``refill(problem, plan, vacancies) -> Frontier``, ``drop(problem, plan, tambon) -> Frontier``
    The least disturbing answers to somebody leaving or a tambon falling out: with 0, 1, 2 … moves of others.
    ``refill_violations(problem, plan, frontier)`` is the independent reading of them. For many questions of one
    state: ``Refiller(problem, plan)``.
``numbers(problem, plan) -> Summary``
    The plan in figures.
``shortages(problem)``, ``surpluses(problem)``, ``stranded(problem)``
    Places that nobody can fill, people for whom there is no place, and people whom no tambon can take, before
    anything is solved; with what would help.
``digest(problem) -> str``
    SHA-256 of the inputs; a plan carries the one it was made for.

``Plan.to_json()`` and ``Plan.from_json()`` are exact opposites. Every number of the rule is a field of ``Rule``.
The model, its guarantees and its limits: docs/algorithms/placement.md.
"""

from u2t.matching.answers import Answer, Frontier, Step, holds
from u2t.matching.check import violations
from u2t.matching.check_refill import refill_violations
from u2t.matching.consequence import Change, Consequence, Lead, Move, Post, Totals, consequence, swap
from u2t.matching.explain import Alternative, Explainer, Explanation, WishAnswer, explain
from u2t.matching.feasibility import objections
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
from u2t.matching.refill import Refiller, drop, refill, without
from u2t.matching.scarcity import Shortage, Stranded, Surplus, shortages, stranded, surpluses
from u2t.matching.solver import solve

__all__ = [
    "ORDERS",
    "TIERS",
    "Alternative",
    "Answer",
    "Branch",
    "Candidate",
    "Certificate",
    "Change",
    "Consequence",
    "CostParts",
    "Cover",
    "Explainer",
    "Explanation",
    "Frontier",
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
    "Refiller",
    "Rule",
    "SeatGroup",
    "SeatKey",
    "Shortage",
    "Step",
    "Stranded",
    "Summary",
    "Surplus",
    "Totals",
    "WishAnswer",
    "Workstream",
    "consequence",
    "digest",
    "drop",
    "explain",
    "flat_position",
    "holds",
    "numbers",
    "objections",
    "refill",
    "refill_violations",
    "shortages",
    "solve",
    "stranded",
    "surpluses",
    "swap",
    "violations",
    "without",
]
