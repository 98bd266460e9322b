"""Take people into a round, by the thousand: workers and lecturers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import Any, TypeVar

from django.db import models, transaction
from django.db.models import Max

from u2t.audit import actions as audit
from u2t.objections import Objection, refuse_if
from u2t.pages.declare import allow
from u2t.people import identity
from u2t.people.models import Lecturer, Person, Wish, Worker
from u2t.people.newcomers import NewLecturer, NewPerson, NewWorker
from u2t.programme import permissions
from u2t.programme.actions import rounds
from u2t.programme.models import Category, Dimension, Round, RoundTambon, Skill

T = TypeVar("T")
_ASKED_AT_ONCE = 900


def store_persons(newcomers: Sequence[NewPerson]) -> list[int]:
    """Store those who are new and answer everybody's primary key in order; inside the caller's transaction.

    Somebody whose ID number is stored already is that person.
    """
    digests = [n.digest or (identity.digest(n.citizen_id) if n.citizen_id else "") for n in newcomers]
    known = _by_digest(digest for digest in digests if digest)
    keys = [n.person_id or known.get(digest) for n, digest in zip(newcomers, digests, strict=True)]
    fresh = [at for at, key in enumerate(keys) if key is None]
    persons = Person.objects.bulk_create(_person(newcomers[at], digests[at]) for at in fresh)
    for at, person in zip(fresh, persons, strict=True):
        keys[at] = person.pk
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
        stored = Worker.objects.bulk_create(
            Worker(
                round_id=round.pk,
                person_id=person,
                number=number,
                category_id=categories[new.category],
                home_tambon_id=new.home_tambon or None,
                fixed_tambon_id=tambons[new.fixed_tambon] if new.fixed_tambon else None,
                education=new.education,
            )
            for new, person, number in zip(workers, persons, _numbers(round, workers), strict=True)
        )
        Wish.objects.bulk_create(
            Wish(worker_id=worker.pk, rank=rank, tambon_id=tambons[code])
            for new, worker in zip(workers, stored, strict=True)
            for rank, code in enumerate(new.wishes, start=1)
        )
        through = Worker.skills.through
        through._default_manager.bulk_create(
            through(worker_id=worker.pk, skill_id=skills[code])
            for new, worker in zip(workers, stored, strict=True)
            for code in new.skills
        )
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
        stored = Lecturer.objects.bulk_create(
            Lecturer(
                round_id=round.pk,
                person_id=person,
                faculty=new.faculty,
                base_district_id=new.base_district or None,
                max_tambons=new.max_tambons,
            )
            for new, person in zip(lecturers, persons, strict=True)
        )
        through = Lecturer.expertise.through
        through._default_manager.bulk_create(
            through(lecturer_id=lecturer.pk, dimension_id=dimensions[code])
            for new, lecturer in zip(lecturers, stored, strict=True)
            for code in new.expertise
        )
        _record("add_lecturers", round, len(lecturers), by, at)
    return len(lecturers)


def _person(new: NewPerson, digest: str) -> Person:
    person = Person(
        title=new.title,
        given_name=new.given_name,
        surname=new.surname,
        birth_on=new.birth_on,
        telephone=new.telephone,
        email=new.email,
    )
    if new.citizen_id:
        person.citizen_id_sealed = identity.seal(new.citizen_id)
        person.citizen_id_digest = digest
        person.citizen_id_tail = new.citizen_id[-3:]
    person.keep_search_key()
    return person


def _by_digest(digests: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for some in _in_parts(digests):
        stored = Person.objects.filter(citizen_id_digest__in=some).order_by()
        found.update(stored.values_list("citizen_id_digest", "pk"))
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
