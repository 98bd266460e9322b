"""What went into a computation, kept small, so that a plan that waited can say what has changed since."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from typing import Any

from u2t import matching
from u2t.agencies.models import Participation
from u2t.matching.problem import canonical_json
from u2t.objections import Objection
from u2t.people.models import Lecturer, Worker
from u2t.programme.models import Round

NAMED = 5
"""So many people are named; the others are counted."""

ASPECTS = ("category", "home", "wishes", "skills", "score", "fixed_tambon", "pin")
"""What is looked at of a person, in the order of the kept fingerprints."""


def kept_of(problem: matching.Problem) -> dict[str, Any]:
    """The problem in short fingerprints, as plain values; ``people`` by aspect, so that a change can be told."""
    return {
        "people": {person.key: _person(person) for person in problem.candidates},
        "seats": {"/".join(seat.key): seat.places for seat in problem.seats},
        "offices": {office.key: _short(asdict(office)) for office in problem.offices},
        "lecturers": {lecturer.key: _short(asdict(lecturer)) for lecturer in problem.lecturers},
        "leads": sorted("/".join(pair) for pair in problem.leads),
        "rule": _short(asdict(problem.rule)),
        "names": _short(
            [problem.dimensions, problem.skills, [asdict(stream) for stream in problem.workstreams]]
        ),
    }


def _person(person: matching.Candidate) -> list[str]:
    pin = [person.lock, person.fixed_office]
    fixed = None if person.lock else person.fixed_tambon
    values = (person.category, person.home, person.wishes, person.skills, person.score, fixed, pin)
    return [_short(value) for value in values]


def _short(value: Any) -> str:
    return hashlib.sha256(canonical_json(value).encode()).hexdigest()[:8]


def changes_since(round: Round, kept: Mapping[str, Any], problem: matching.Problem) -> list[Objection]:
    """Everything that is otherwise now than what was kept, in the names of people, offices and lecturers."""
    now = kept_of(problem)
    before, after = kept["people"], now["people"]
    found = [
        _told("leavers", set(before) - set(after), _people(round)),
        _told("newcomers", set(after) - set(before), _people(round)),
    ]
    both = set(before) & set(after)
    for place, aspect in enumerate(ASPECTS):
        other = {key for key in both if before[key][place] != after[key][place]}
        found.append(_told(aspect, other, _people(round)))
    found.append(_told("offices", _other(kept["offices"], now["offices"]), _offices))
    found.append(_told("lecturers", _other(kept["lecturers"], now["lecturers"]), _lecturers))
    found.append(_told("leads", set(kept["leads"]) ^ set(now["leads"]), None))
    found.append(_told("seats", _other(kept["seats"], now["seats"]), None))
    found += [Objection("placement.changed_rule")] if kept["rule"] != now["rule"] else []
    found += [Objection("placement.changed_names")] if kept["names"] != now["names"] else []
    return [one for one in found if one is not None]


def _other(before: Mapping[str, Any], after: Mapping[str, Any]) -> set[str]:
    return {key for key in {*before, *after} if before.get(key) != after.get(key)}


Naming = Callable[[Iterable[int]], Iterable[str]]


def _told(what: str, keys: set[str], naming: Naming | None) -> Objection | None:
    if not keys:
        return None
    about: dict[str, object] = {"count": len(keys)}
    if naming is not None:
        names = list(naming(sorted(map(int, keys))))[:NAMED]
        about["people"] = ", ".join(names) + (" …" if len(keys) > len(names) else "")
    return Objection(f"placement.changed_{what}", about)


def _people(round: Round) -> Naming:
    def named(keys: Iterable[int]) -> Iterable[str]:
        found = Worker.objects.filter(round=round, pk__in=list(keys)[:500]).select_related("person")
        return [f"{worker.number} {worker.person.full_name}" for worker in found.order_by("number")[:NAMED]]

    return named


def _offices(keys: Iterable[int]) -> Iterable[str]:
    found = Participation.objects.filter(pk__in=list(keys)).select_related("agency")
    return [office.agency.name_th for office in found[:NAMED]]


def _lecturers(keys: Iterable[int]) -> Iterable[str]:
    found = Lecturer.objects.filter(pk__in=list(keys)).select_related("person")
    return [lecturer.person.full_name for lecturer in found[:NAMED]]
