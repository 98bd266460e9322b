"""The certificate that anybody can check: a plan with its inputs and its proof, but without the people.

A certificate is one line of canonical JSON an institution (format ``u2t-placement-1``); a university's file has one
line, a nation's has one for each. ``verify_placement.py`` beside this module reads it with the standard library alone
and shares no code with anything here. What is left out, and why, is decided in
docs/decisions/0017-what-a-certificate-publishes.md.
"""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from u2t.matching.costs import Costs
from u2t.matching.plan import Branch, LeaderProof, Leaf, Plan, PriceProof
from u2t.matching.problem import Candidate, Problem, Rule, canonical_json

FORMAT = "u2t-placement-1"
NOWHERE = "-"
"""Stands in a row for a wish that can't come true, because its rank still counts."""
Label = Callable[[str, str], str]
"""From ``"person"`` or ``"lecturer"`` and the key to the label of the row; different for different people."""


def certificate(problem: Problem, plan: Plan, *, label: Label, about: Mapping[str, Any]) -> dict[str, Any]:
    """The content of one line, without its fingerprints; ``about`` tells readers ``institution``, ``round``, ``plan`` and
    whatever else, and proves nothing.

    ``plan`` is one that ``violations(problem, plan)`` finds nothing in.
    """
    offices = {office.key: f"o{number}" for number, office in enumerate(problem.offices, 1)}
    inputs = {
        "rule": published_rule(problem.rule),
        **_people(problem, plan, label, offices),
        "workstreams": {
            stream.code: {"needs": sorted(stream.needs), "to_office": stream.to_office}
            for stream in problem.workstreams
        },
        "seats": [[*seat.key, seat.places] for seat in problem.seats],
        "tambons": list(problem.tambons),
        "dimensions": list(problem.dimensions),
        "offices": [
            {
                "label": offices[office.key],
                "place": office.place,
                "least": office.minimum,
                "most": office.capacity,
                "needs": sorted(office.needs),
            }
            for office in problem.offices
        ],
        "lecturers": _lecturers(problem, label),
        "leads": sorted([tambon, label("lecturer", lecturer)] for tambon, lecturer in problem.leads),
    }
    return {
        "format": FORMAT,
        "about": dict(about),
        "inputs": inputs,
        "answer": _answer(plan, label, offices),
        "proof": _proof(problem, plan, label, offices),
    }


def line(content: Mapping[str, Any]) -> str:
    """The line as it is published, its two fingerprints and the end of the line included; one way only."""
    whole = {
        **content,
        "digest": _fingerprint(content["inputs"]),
        "whole": _fingerprint(content),
    }
    return canonical_json(whole) + "\n"


def _fingerprint(value: Any) -> str:
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()


def published_rule(rule: Rule) -> dict[str, Any]:
    """Every number of the rule that the proof reads."""
    return {
        "order": rule.order,
        "score_weight": rule.score_weight,
        "tier_penalty": list(rule.tier_penalty),
        "assumed_km": list(rule.assumed_km),
        "wish_step": rule.wish_step,
        "wish_unlisted": rule.wish_unlisted,
        "need_missing": rule.need_missing,
        "need_weight": sorted([skill, weight] for skill, weight in rule.need_weight),
        "max_km": rule.max_km,
        "skill_floor": sorted([skill, floor] for skill, floor in rule.skill_floor),
        "office_need_missing": rule.office_need_missing,
        "office_from_home": rule.office_from_home,
        "leaders_per_tambon": rule.leaders_per_tambon,
        "uncovered_dimension": rule.uncovered_dimension,
    }


def _people(problem: Problem, plan: Plan, label: Label, offices: Mapping[str, str]) -> dict[str, Any]:
    """Rows in the order of their labels, and the positions of all places that are named.

    A row says only what the rule reads of the person: no lottery number, no skill that nothing asks for, no score
    where scores do not count; of somebody whom a human placed, neither home nor wishes.
    """
    floors = {skill for skill, _ in problem.rule.skill_floor}
    at_offices = {skill for office in problem.offices for skill in office.needs}
    at_work = {skill for stream in problem.workstreams for skill in stream.needs}
    to_office = {stream.code for stream in problem.workstreams if stream.to_office}
    coarse = _Coarse(problem)
    open_to: dict[str, set[str]] = defaultdict(set)
    for group in problem.seats:
        open_to[group.category] |= {group.tambon} if group.places else set()
    rows = []
    for person in problem.candidates:
        seat = plan.seats[person.key]
        measured = problem.rule.office_from_home and seat is not None and seat[2] in to_office
        row: dict[str, Any] = {"label": label("person", person.key), "category": person.category}
        if person.home and (person.lock is None or (measured and not person.fixed_office)):
            row["home"] = coarse.of(person.home)
        if person.lock is None and (wishes := _wishes(problem, person, open_to[person.category])):
            row["wishes"] = wishes
        asked = floors | at_offices | (frozenset() if person.lock else at_work)
        if person.skills & asked:
            row["skills"] = sorted(person.skills & asked)
        if problem.rule.order != "inconvenience" and person.lock is None:
            row["worth"] = coarse.costs.worth(person)
        if person.lock:
            row["lock"] = [person.lock[0], person.lock[2]]
        elif person.fixed_tambon:
            row["fixed"] = person.fixed_tambon
        if person.fixed_office:
            row["office"] = offices[person.fixed_office]
        rows.append(row)
    named = {row["home"] for row in rows if "home" in row} | coarse.places
    named |= {lecturer.base for lecturer in problem.lecturers if lecturer.base} | set(problem.tambons)
    places = {place.code: [place.east, place.north] for place in problem.positions if place.code in named}
    return {"people": sorted(rows, key=lambda row: str(row["label"])), "places": places}


def _wishes(problem: Problem, person: Candidate, tambons: Collection[str]) -> list[str]:
    """The wishes as far as they matter: a dash for a tambon that the person can't be sent to anyway, and nothing of
    a rank that costs no less than no wish at all."""
    possible = {person.fixed_tambon} if person.fixed_tambon else tambons
    rule = problem.rule
    said = [
        tambon if tambon in possible else NOWHERE
        for rank, tambon in enumerate(person.wishes)
        if rule.wish_step * rank < rule.wish_unlisted
    ]
    while len(said) > 1 and said[-1] == NOWHERE:
        said.pop()
    return said


class _Coarse:
    """Homes named no more finely than the rule can tell: by the district or the province where nothing changes."""

    def __init__(self, problem: Problem) -> None:
        self.costs = Costs(problem)
        self.places = {seat.tambon for seat in problem.seats} | {office.place for office in problem.offices}
        self.known: dict[str, str] = {}

    def of(self, home: str) -> str:
        """The shortest code from which every way is the same."""
        if home not in self.known:
            ways = self._ways(home)
            same = (
                home[:digits] for digits in (2, 4) if digits < len(home) and self._ways(home[:digits]) == ways
            )
            self.known[home] = next(same, home)
        return self.known[home]

    def _ways(self, home: str) -> list[tuple[int, int]]:
        return [(way[0], way[2]) for way in (self.costs.way(home, place) for place in sorted(self.places))]


def _lecturers(problem: Problem, label: Label) -> list[dict[str, Any]]:
    rows = []
    for lecturer in problem.lecturers:
        row: dict[str, Any] = {
            "label": label("lecturer", lecturer.key),
            "expertise": sorted(lecturer.expertise & set(problem.dimensions)),
            "most": lecturer.max_tambons,
        }
        if lecturer.base:
            row["base"] = lecturer.base
        rows.append(row)
    return sorted(rows, key=lambda row: str(row["label"]))


def _answer(plan: Plan, label: Label, offices: Mapping[str, str]) -> dict[str, Any]:
    return {
        "seats": {label("person", key): [seat[0], seat[2]] for key, seat in plan.seats.items() if seat},
        "offices": {label("person", key): offices[office] for key, office in plan.offices.items() if office},
        "leaders": {
            tambon: sorted(label("lecturer", key) for key in team) for tambon, team in plan.leaders.items()
        },
    }


def _proof(problem: Problem, plan: Plan, label: Label, offices: Mapping[str, str]) -> dict[str, Any]:
    proof = plan.certificate
    return {
        "unit": proof.unit,
        "scale": proof.scale,
        "people": [_seat_proof(problem, plan, block) for block in proof.people],
        "skill_prices": [list(price) for price in proof.skill_prices],
        "gap": proof.gap,
        "offices": proof.offices and _office_proof(problem, plan, proof.offices, offices),
        "leaders": proof.leaders and _leader_proof(proof.leaders, label),
    }


def _office_proof(
    problem: Problem, plan: Plan, proof: PriceProof, offices: Mapping[str, str]
) -> dict[str, Any]:
    fixed = {person.key for person in problem.candidates if person.fixed_office}
    sent = [key for key, office in plan.offices.items() if office and key not in fixed]
    return {
        "filled": len(sent),
        "cost": sum(plan.office_parts[key].total for key in sent),
        "reserve": proof.reserve,
        "prices": [[offices[key[0]], price] for key, price in proof.prices],
    }


def _leader_proof(proof: LeaderProof, label: Label) -> dict[str, Any]:
    return {
        "filled": proof.filled,
        "cut": proof.cut,
        "cost": proof.total,
        "gap": proof.gap,
        "scale": proof.scale,
        "tree": _tree(proof.tree, label),
    }


def _seat_proof(problem: Problem, plan: Plan, block: PriceProof) -> dict[str, Any]:
    """What is stated counts who was free to be placed; whom a human placed, the proof does not speak of."""
    costs = Costs(problem)
    free = [
        person
        for person in problem.candidates
        if person.category == block.name and not person.lock and plan.seats[person.key]
    ]
    return {
        "category": block.name,
        "filled": len(free),
        "inconvenience": sum(plan.parts[person.key].total for person in free),
        "worth": sum(costs.worth(person) for person in free),
        "reserve": block.reserve,
        "cover": list(block.cover),
        "prices": [[key[0], key[2], price] for key, price in block.prices],
    }


def _tree(tree: Leaf | Branch, label: Label) -> dict[str, Any]:
    if isinstance(tree, Leaf):
        prices = sorted([label("lecturer", key), price] for key, price in tree.prices)
        return {"prices": prices, "size_price": tree.size_price, "turns": list(tree.turns)}
    return {
        "lecturers": sorted(label("lecturer", key) for key in tree.lecturers),
        "tambons": list(tree.tambons),
        "most": tree.most,
        "fewer": _tree(tree.fewer, label),
        "more": _tree(tree.more, label),
    }


@dataclass(frozen=True)
class Group:
    """``alone``: rows that no other row equals in what is known; ``smallest``: fewest rows that are equal in it."""

    alone: int
    smallest: int


@dataclass(frozen=True)
class Exposure:
    """How alone people are in a certificate, for somebody who knows certain things of them.

    ``by_place``: category and place of work, as a team list shows; ``by_home``: also the home. ``telling`` of those
    alone by home have something in their row that is not known by that: wishes, skills or a score.
    """

    rows: int
    by_place: Group
    by_home: Group
    telling: int


def exposure(content: Mapping[str, Any]) -> Exposure:
    """Count, before anything is published, who could be singled out by what others know anyway."""
    rows, seats = content["inputs"]["people"], content["answer"]["seats"]
    places = [(row["category"], *seats.get(row["label"], ())) for row in rows]
    homes = [(*place, row.get("home")) for row, place in zip(rows, places, strict=True)]
    groups, tells = Counter(homes), ("wishes", "skills", "worth")
    telling = sum(
        groups[home] == 1 and any(part in row for part in tells)
        for row, home in zip(rows, homes, strict=True)
    )
    return Exposure(len(rows), _group(places), _group(homes), telling)


def _group(known: Sequence[tuple[object, ...]]) -> Group:
    counts = Counter(known).values()
    return Group(sum(count == 1 for count in counts), min(counts, default=0))
