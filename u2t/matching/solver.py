"""From a problem to a plan."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from u2t.matching.costs import Costs
from u2t.matching.feasibility import objections
from u2t.matching.floors import hold_floors
from u2t.matching.leaders import solve_leaders
from u2t.matching.offices import postings, solve_offices
from u2t.matching.people import categories, proved, seat_category, too_large
from u2t.matching.plan import Certificate, Plan
from u2t.matching.problem import Problem, SeatKey, digest
from u2t.objections import refuse_if

Progress = Callable[[str, int, int], None]


def solve(problem: Problem, progress: Progress | None = None) -> Plan:
    """The best plan for the stated objectives, with its certificate.

    ``progress`` is called as ``(step, done, of)`` with the steps ``"people"``, ``"offices"``, ``"leaders"``.
    Raises :class:`u2t.objections.Refused` with everything that makes the problem contradict itself. The same
    problem gives the same plan, in whatever order its parts were given.
    """
    refuse_if(objections(problem))
    tell = progress or (lambda step, done, of: None)
    costs = Costs(problem)
    seats, certificate = _seats(problem, costs, tell)
    tell("offices", 0, 1)
    chosen, office_proof = solve_offices(problem, costs, seats)
    tell("offices", 1, 1)
    tell("leaders", 0, 1)
    leaders, leader_proof = solve_leaders(problem, costs)
    tell("leaders", 1, 1)
    offices = {office.key: office for office in problem.offices}
    return Plan(
        digest=digest(problem),
        seats={person.key: seats[person.key] for person in problem.candidates},
        parts={
            person.key: costs.seat(person, seat)
            for person in problem.candidates
            if (seat := seats[person.key]) is not None
        },
        offices={person.key: chosen[person.key] for person, _ in postings(problem, seats)},
        office_parts={
            person.key: costs.office(person, seat, offices[office])
            for person, seat in postings(problem, seats)
            if (office := chosen[person.key]) is not None
        },
        leaders=leaders,
        certificate=replace(certificate, offices=office_proof, leaders=leader_proof),
    )


def _seats(problem: Problem, costs: Costs, tell: Progress) -> tuple[dict[str, SeatKey | None], Certificate]:
    """Everybody's seat and its part of the certificate."""
    blocks = categories(problem, costs)
    refuse_if(too_large(blocks))
    seatings = []
    for done, category in enumerate(blocks):
        tell("people", done, len(blocks))
        seatings.append(seat_category(category))
    held = hold_floors(problem, blocks, seatings)
    seats: dict[str, SeatKey | None] = {}
    proofs = []
    for category, seating in zip(blocks, held.seatings, strict=True):
        placed, proof = proved(category, seating, costs)
        seats.update(placed)
        proofs.append(proof)
    tell("people", len(blocks), len(blocks))
    unit = blocks[0].unit if blocks else int(problem.rule.order != "inconvenience")
    certificate = Certificate(
        tuple(proofs), unit=unit, scale=held.scale, skill_prices=held.skill_prices, gap=held.gap
    )
    return seats, certificate
