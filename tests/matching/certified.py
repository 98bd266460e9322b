"""Certificates for tests: made from small universities, tampered with, and read back as a problem."""

from __future__ import annotations

import copy
import hashlib
import json
from typing import Any

from hypothesis import assume

from tests.matching.village import FAR, NEAR
from u2t.matching import Candidate, Plan, Position, Problem, Rule, SeatGroup, Workstream, certificate, solve
from u2t.matching import verify_placement as verifier
from u2t.objections import Refused

ABOUT = {"institution": "KPRU", "round": "KPRU-2564", "plan": 1}


def label(kind: str, key: str) -> str:
    """A label as good as any, the same for the same key."""
    return hashlib.sha256(f"{kind}:{key}".encode()).hexdigest()[:12]


def content(problem: Problem, plan: Plan | None = None) -> dict[str, Any]:
    """The certificate of the best plan, without fingerprints, as it comes out of the file."""
    made = certificate.certificate(problem, plan or solve(problem), label=label, about=ABOUT)
    read: dict[str, Any] = json.loads(certificate.line(made))
    return {part: read[part] for part in ("format", "about", "inputs", "answer", "proof")}


def is_proved(content: dict[str, Any]) -> bool:
    """Whether the verifier believes it, with fingerprints that fit: as a forger would write it."""
    return line_is_proved(certificate.line(content))


def line_is_proved(line: str) -> bool:
    """Whether the verifier believes a line."""
    try:
        verifier.verify(line)
    except verifier.BROKEN:
        return False
    return True


def forged(content: dict[str, Any]) -> dict[str, Any]:
    """A copy to tamper with."""
    return copy.deepcopy(content)


def problem_of(content: dict[str, Any]) -> Problem:
    """The people and seats that a certificate names, as the engine knows them."""
    inputs, rule = content["inputs"], dict(content["inputs"]["rule"])
    for name in ("tier_penalty", "assumed_km"):
        rule[name] = tuple(rule[name])
    for name in ("need_weight", "skill_floor"):
        rule[name] = tuple((skill, number) for skill, number in rule[name])
    # A row says what a score is worth; this is the score that is worth it.
    rule["score_weight"] = 100
    people = [
        Candidate(
            row["label"],
            row["category"],
            number,
            row.get("home"),
            tuple(row.get("wishes", ())),
            frozenset(row.get("skills", ())),
            row.get("fixed"),
            (row["lock"][0], row["category"], row["lock"][1]) if "lock" in row else None,
            score=row.get("worth"),
        )
        for number, row in enumerate(inputs["people"])
    ]
    return Problem(
        tuple(SeatGroup(*seat) for seat in inputs["seats"]),
        tuple(people),
        tuple(
            Workstream(code, one["to_office"], frozenset(one["needs"]))
            for code, one in inputs["workstreams"].items()
        ),
        positions=tuple(Position(code, *place) for code, place in inputs["places"].items()),
        rule=Rule(**rule),
    )


def row(found: dict[str, Any], key: str) -> dict[str, Any]:
    """Somebody's row."""
    return next(one for one in found["inputs"]["people"] if one["label"] == label("person", key))


def decided(problem: Problem) -> Problem:
    """The problem, if anything can be decided at all; else hypothesis draws another."""
    try:
        solve(problem)
    except Refused:
        assume(False)
    return problem


def lead_elsewhere(found: dict[str, Any]) -> None:
    """Exchange the leaders of the village's two tambons."""
    leaders = found["answer"]["leaders"]
    leaders[NEAR], leaders[FAR] = leaders[FAR], leaders[NEAR]
