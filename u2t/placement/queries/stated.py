"""Objections of the engine, which speaks in keys and codes, said with the names that people know."""

from __future__ import annotations

from collections.abc import Iterable

from u2t.agencies.models import Participation
from u2t.objections import Objection
from u2t.people.models import Lecturer, Worker
from u2t.placement.words import WORDS
from u2t.programme.models import Category, Round, RoundTambon, Skill, Workstream


def objections(round: Round, found: Iterable[Objection]) -> tuple[Objection, ...]:
    """The same objections under codes of this part, with names for keys; no query if there are none."""
    found = tuple(found)
    if not found:
        return ()
    names = _Names(round)
    return tuple(_stated(objection, names) for objection in found)


def _stated(objection: Objection, names: _Names) -> Objection:
    reason = objection.code.partition(".")[2]
    about = {key: names.of(key, value) for key, value in objection.about.items()}
    if reason not in WORDS:
        details = ", ".join(f"{key}: {value}" for key, value in about.items())
        return Objection("placement.engine_objects", {"reason": reason, "details": details})
    return Objection(f"placement.{reason}", about)


class _Names:
    """Names for the engine's keys, each kind asked once and only when needed."""

    def __init__(self, round: Round) -> None:
        self.round = round
        self._known: dict[str, dict[str, str]] = {}

    def of(self, kind: str, value: object) -> object:
        if not isinstance(value, str):
            return value
        if kind == "seat":
            tambon, category, workstream = value.split("/")
            parts = (
                self.of("tambon", tambon),
                self.of("category", category),
                self.of("workstream", workstream),
            )
            return " · ".join(map(str, parts))
        if kind == "people":
            return ", ".join(str(self.of("person", key)) for key in value.split(", "))
        if kind not in _ASKED:
            return value
        if kind not in self._known:
            self._known[kind] = dict(_ASKED[kind](self.round))
        return self._known[kind].get(value, value)


def _people(round: Round) -> Iterable[tuple[str, str]]:
    for worker in Worker.objects.filter(round=round).select_related("person"):
        yield str(worker.pk), f"{worker.number} {worker.person.full_name}"


def _tambons(round: Round) -> Iterable[tuple[str, str]]:
    for tambon in RoundTambon.objects.filter(round=round).with_places():
        yield tambon.tambon_id, tambon.tambon.full_name


def _categories(round: Round) -> Iterable[tuple[str, str]]:
    return [(category.code, category.name) for category in Category.objects.filter(round=round)]


def _workstreams(round: Round) -> Iterable[tuple[str, str]]:
    return [(stream.code, stream.name) for stream in Workstream.objects.filter(round=round)]


def _offices(round: Round) -> Iterable[tuple[str, str]]:
    for office in Participation.objects.filter(round=round).select_related("agency"):
        yield str(office.pk), office.agency.name_th


def _lecturers(round: Round) -> Iterable[tuple[str, str]]:
    for lecturer in Lecturer.objects.filter(round=round).select_related("person"):
        yield str(lecturer.pk), lecturer.person.full_name


def _skills(round: Round) -> Iterable[tuple[str, str]]:
    return [(skill.code, skill.name) for skill in Skill.objects.filter(round=round)]


_ASKED = {
    "person": _people,
    "tambon": _tambons,
    "category": _categories,
    "workstream": _workstreams,
    "office": _offices,
    "lecturer": _lecturers,
    "skill": _skills,
}
