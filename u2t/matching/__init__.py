"""People to places, optimally and with a proof: pure functions, no Django, no files, no clock."""

from u2t.matching.feasibility import Shortage, Surplus, objections, shortages, surpluses
from u2t.matching.plan import Certificate, CostParts, LeaderProof, Plan, PriceProof
from u2t.matching.problem import (
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
