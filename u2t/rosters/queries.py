"""What a roster is checked against, and what has come in so far."""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db.models import QuerySet, Sum

from u2t.agencies.models import Agency, Kind, Participation
from u2t.people import identity
from u2t.people.models import Lecturer, Worker
from u2t.programme import queries as programme
from u2t.programme.models import Category, Dimension, Quota, Round, RoundTambon, Skill
from u2t.rosters.models import Roster
from u2t.rosters.rules.known import Here, Known, NameKey, Topic
from u2t.thai.fold import fold
from u2t.thai.places import Gazetteer


def known(round: Round, kind: str, today: date) -> Known:
    """The facts that a roster of this kind can contradict, in a constant number of questions."""
    nation = programme.nation()
    places = programme.places_of(round)
    facts: dict[str, object] = {}
    if kind == "workers":
        facts = _worker_facts(round, len(places))
    elif kind == "lecturers":
        facts = {"dimensions": _topics(Dimension.objects.filter(round=round)), **_people(Lecturer, round)}
    elif kind == "agencies":
        facts = {"kinds": _topics(Kind.objects.all()), "agencies": _register(round)}
    return Known(
        today=today,
        nation=nation,
        round_places=Gazetteer(places),
        digest=identity.digest,
        **facts,  # type: ignore[arg-type]
    )


def rosters(round: Round) -> QuerySet[Roster]:
    """What has been uploaded for a round, the latest first, without the reports."""
    return Roster.objects.filter(round=round).select_related("round", "uploaded_by__person").defer("report")


def waiting(round: Round) -> dict[str, Roster]:
    """The latest file of each kind that is neither accepted nor discarded."""
    found: dict[str, Roster] = {}
    for roster in rosters(round).filter(accepted_at=None, discarded_at=None).order_by("uploaded_at", "pk"):
        found[roster.kind] = roster
    return found


def counts(round: Round) -> dict[str, int]:
    """How many tambons, lecturers, agencies and workers the round has."""
    return {
        "tambons": RoundTambon.objects.filter(round=round).count(),
        "lecturers": Lecturer.objects.filter(round=round).count(),
        "agencies": Participation.objects.filter(round=round).count(),
        "workers": Worker.objects.filter(round=round).count(),
    }


def _topics(rows: QuerySet) -> tuple[Topic, ...]:
    return tuple(Topic(*row) for row in rows.order_by("position").values_list("code", "name_th", "name_en"))


def _worker_facts(round: Round, tambons: int) -> dict[str, object]:
    quotas = Quota.objects.filter(category__round=round).order_by()
    a_tambon = dict(
        quotas.values("category__code")
        .annotate(Sum("per_tambon"))
        .values_list("category__code", "per_tambon__sum")
    )
    hired = Worker.objects.filter(round=round).order_by().values_list("category__code", flat=True)
    return {
        "categories": _topics(Category.objects.filter(round=round)),
        "skills": _topics(Skill.objects.filter(round=round)),
        "seats": {code: seats * tambons for code, seats in a_tambon.items()},
        "seats_a_tambon": a_tambon,
        "hired": Counter(hired),
        "numbers": frozenset(Worker.objects.filter(round=round).order_by().values_list("number", flat=True)),
        **_people(Worker, round),
    }


def _people(model: type[Worker] | type[Lecturer], round: Round) -> dict[str, object]:
    by_digest: dict[str, Here] = {}
    by_name: dict[NameKey, Here] = {}
    number, category = ("number", "category__code") if model is Worker else ("pk", "round__code")
    rows = (
        model._default_manager.filter(round=round)
        .order_by()
        .values_list(
            "person__citizen_id_digest",
            "person__given_name",
            "person__surname",
            "person__birth_on",
            number,
            category,
        )
    )
    for digest, given, surname, birth, number_here, category_here in rows:
        here = Here(number_here, category_here)
        by_name[given, surname, birth] = here
        if digest:
            by_digest[digest] = here
    return {"people_by_digest": by_digest, "people_by_name": by_name}


def _register(round: Round) -> dict[tuple[str, str], bool]:
    there = set(Participation.objects.filter(round=round).values_list("agency_id", flat=True))
    rows = Agency.objects.filter(institution_id=round.institution_id).order_by()
    return {
        (province, fold(name)): key in there
        for key, province, name in rows.values_list("pk", "province_id", "name_th")
    }
