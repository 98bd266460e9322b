"""Take people into a round, by the thousand: workers and lecturers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import Max

from u2t.audit import actions as audit
from u2t.objections import Objection, refuse_if
from u2t.pages.declare import allow
from u2t.people import identity
from u2t.people.actions import rows
from u2t.people.models import Lecturer, Person, Wish, Worker
from u2t.people.newcomers import NewLecturer, NewPerson, NewWorker
from u2t.programme import permissions
from u2t.programme.actions import rounds
from u2t.programme.models import Category, Dimension, Round, RoundTambon, Skill
from u2t.thai.fold import fold

T = TypeVar("T")
_ASKED_AT_ONCE = 900
_PERSON = (
    "id", "title", "given_name", "surname", "citizen_id_sealed", "citizen_id_digest", "citizen_id_tail", "birth_on",
    "telephone", "email", "search_key",
)  # fmt: skip
_WORKER = ("id", "round", "person", "number", "category", "home_tambon", "fixed_tambon", "education")
_LECTURER = ("id", "round", "person", "faculty", "base_district", "max_tambons")


def store_persons(newcomers: Sequence[NewPerson]) -> list[int]:
    """Store those who are new and answer everybody's primary key in order; inside the caller's transaction.

    Somebody whose ID number is stored already is that person, also where two rounds take in the same one at once.
    """
    rows.take_turn(Person)
    digests = [n.digest or (identity.digest(n.citizen_id) if n.citizen_id else "") for n in newcomers]
    known = _by_digest([digest for digest in digests if digest])
    keys = [n.person_id or known.get(digest) for n, digest in zip(newcomers, digests, strict=True)]
    fresh = [at for at, key in enumerate(keys) if key is None]
    if fresh:
        given = rows.reserve_keys(Person, len(fresh))
        as_day = rows.day_adapter()
        made = (
            _person(key, newcomers[at], digests[at], as_day) for key, at in zip(given, fresh, strict=True)
        )
        rows.insert(Person, _PERSON, made)
        for at, key in zip(fresh, given, strict=True):
            keys[at] = key
    return [key for key in keys if key is not None]


def hire_workers(*, round: Round, workers: Sequence[NewWorker], by: Any, at: datetime) -> int:
    """Hire all of them or, with every objection, nobody; answers how many.

    Numbers that are free and wanted once are given as wanted, else the next free ones in order. From here on the
    round's quotas are settled.
    """
    allow(by is None or permissions.may_run_round(by, round))
    with transaction.atomic():
        categories = dict(Category.objects.filter(round=round).values_list("code", "pk"))
        tambons = dict(RoundTambon.objects.filter(round=round).values_list("tambon_id", "pk"))
        skills = dict(Skill.objects.filter(round=round).values_list("code", "pk"))
        refuse_if(_unknown_codes(workers, categories, tambons, skills))
        persons = store_persons([worker.person for worker in workers])
        refuse_if(_already_in(Worker, round, persons, workers))
        keys = rows.reserve_keys(Worker, len(workers))
        numbers = _numbers(round, workers)
        rows.insert(
            Worker,
            _WORKER,
            (
                (
                    key,
                    round.pk,
                    person,
                    number,
                    categories[new.category],
                    new.home_tambon or None,
                    tambons[new.fixed_tambon] if new.fixed_tambon else None,
                    new.education,
                )
                for key, new, person, number in zip(keys, workers, persons, numbers, strict=True)
            ),
        )
        wishes = (
            (key, rank, tambons[code])
            for key, new in zip(keys, workers, strict=True)
            for rank, code in enumerate(new.wishes, start=1)
        )
        rows.insert(Wish, ("worker", "rank", "tambon"), wishes)
        talents = ((key, skills[code]) for key, new in zip(keys, workers, strict=True) for code in new.skills)
        rows.insert(Worker.skills.through, ("worker", "skill"), talents)
        if workers:
            rounds.settle_quotas(round=round, by=by, at=at)
        _record("hire_workers", round, len(workers), by, at)
    return len(workers)


def add_lecturers(*, round: Round, lecturers: Sequence[NewLecturer], by: Any, at: datetime) -> int:
    """Take all of them into the round or, with every objection, nobody; answers how many."""
    allow(by is None or permissions.may_run_round(by, round))
    with transaction.atomic():
        dimensions = dict(Dimension.objects.filter(round=round).values_list("code", "pk"))
        unknown = {code for new in lecturers for code in new.expertise if code not in dimensions}
        refuse_if(Objection("people.unknown_dimension", {"code": code}) for code in sorted(unknown))
        persons = store_persons([lecturer.person for lecturer in lecturers])
        refuse_if(_already_in(Lecturer, round, persons, lecturers))
        keys = rows.reserve_keys(Lecturer, len(lecturers))
        rows.insert(
            Lecturer,
            _LECTURER,
            (
                (key, round.pk, person, new.faculty, new.base_district or None, new.max_tambons)
                for key, new, person in zip(keys, lecturers, persons, strict=True)
            ),
        )
        expertise = (
            (key, dimensions[code])
            for key, new in zip(keys, lecturers, strict=True)
            for code in new.expertise
        )
        rows.insert(Lecturer.expertise.through, ("lecturer", "dimension"), expertise)
        _record("add_lecturers", round, len(lecturers), by, at)
    return len(lecturers)


def _person(key: int, new: NewPerson, digest: str, as_day: Callable[[object], object]) -> tuple[object, ...]:
    number = new.citizen_id
    return (
        key,
        new.title,
        new.given_name,
        new.surname,
        identity.seal(number) if number else None,
        digest or None,
        number[-3:],
        as_day(new.birth_on),
        new.telephone,
        new.email,
        fold(f"{new.given_name} {new.surname}")[:300],
    )


def _by_digest(digests: Sequence[str]) -> dict[str, int]:
    """Stored persons with these digests: asked for by parts, or all at once where that is less."""
    stored = Person.objects.exclude(citizen_id_digest=None).order_by().values_list("citizen_id_digest", "pk")
    if stored.count() <= len(digests):
        return dict(stored)
    found: dict[str, int] = {}
    for some in _in_parts(digests):
        found.update(stored.filter(citizen_id_digest__in=some))
    return found


def _in_parts(values: Iterable[T]) -> Iterator[list[T]]:
    """So many at a time that every database takes them as parameters of one question."""
    rest = iter(values)
    while part := list(islice(rest, _ASKED_AT_ONCE)):
        yield part


def _unknown_codes(
    workers: Sequence[NewWorker], categories: dict[str, int], tambons: dict[str, int], skills: dict[str, int]
) -> list[Objection]:
    wanted = {new.category for new in workers} - set(categories)
    places = {code for new in workers for code in (new.fixed_tambon, *new.wishes) if code} - set(tambons)
    talents = {code for new in workers for code in new.skills} - set(skills)
    return [
        *(Objection("people.unknown_category", {"code": code}) for code in sorted(wanted)),
        *(Objection("people.tambon_not_in_round", {"code": code}) for code in sorted(places)),
        *(Objection("people.unknown_skill", {"code": code}) for code in sorted(talents)),
    ]


def _already_in(
    model: type[models.Model],
    round: Round,
    persons: Sequence[int],
    newcomers: Sequence[NewWorker] | Sequence[NewLecturer],
) -> list[Objection]:
    """Whoever is in the round already, or twice among the newcomers."""
    there: set[int] = set(model._default_manager.filter(round=round).values_list("person_id", flat=True))
    found = []
    for person, new in zip(persons, newcomers, strict=True):
        if person in there:
            name = f"{new.person.given_name} {new.person.surname}"
            found.append(Objection("people.already_in_round", {"name": name}))
        there.add(person)
    return found


def _numbers(round: Round, workers: Sequence[NewWorker]) -> Iterable[int]:
    wanted = [new.number for new in workers]
    taken = set(Worker.objects.filter(round=round).values_list("number", flat=True))
    given = {number for number in wanted if number}
    if len(given) == len(wanted) and not given & taken:
        return [number for number in wanted if number]
    highest: int = Worker.objects.filter(round=round).aggregate(highest=Max("number"))["highest"] or 0
    return range(highest + 1, highest + 1 + len(workers))


def _record(verb: str, round: Round, count: int, by: Any, at: datetime) -> None:
    audit.record(
        verb=f"people.{verb}", subject=round, by=by, at=at, round_code=round.code, note={"count": count}
    )
