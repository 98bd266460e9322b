"""From tables to the engine's values, in a number of queries that does not grow.

Keys: a candidate is the Worker's primary key as text, an office the Participation's, a lecturer the Lecturer's;
tambons go by DOPA code, categories, workstreams, skills and dimensions by their code in the round. Ties go by the
number in the round, the smaller first. A score is the one of the application whose offer made somebody a worker;
whoever came another way has none. What a human has pinned goes to the engine as a lock, and as a pair of tambon and
lecturer that stands.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from u2t import matching
from u2t.agencies.models import Participation
from u2t.people.models import Lecturer, Wish, Worker
from u2t.placement import rules
from u2t.placement.models import Engagement, Leadership
from u2t.placement.queries.taking_part import taking_part
from u2t.programme.models import (
    Dimension,
    District,
    Quota,
    Round,
    Skill,
    Tambon,
    Workstream,
)
from u2t.recruitment.models import Offer

Place = tuple[str, object, object]


def problem_for(round: Round, rule: matching.Rule | None = None) -> matching.Problem:
    """The whole round as one problem for the engine, by ``rule`` or else by the round's own."""
    tambons = list(taking_part(round).order_by().values_list("tambon_id", flat=True))
    quotas = list(
        Quota.objects.filter(category__round=round)
        .order_by()
        .values_list("category__code", "workstream__code", "workstream__to_office", "per_tambon")
    )
    office_seats = len(tambons) * sum(seats for _, _, is_office, seats in quotas if is_office)
    candidates = tuple(_candidates(round, frozenset(tambons)))
    offices = tuple(_offices(round, office_seats))
    lecturers = tuple(_lecturers(round))
    places = {
        *tambons,
        *(c.home for c in candidates),
        *(o.place for o in offices),
        *(t.base for t in lecturers),
    }
    skills = list(Skill.objects.filter(round=round).order_by().values_list("code", "for_office"))
    return matching.Problem(
        seats=tuple(
            matching.SeatGroup(tambon, category, workstream, seats)
            for tambon in tambons
            for category, workstream, _, seats in quotas
            if seats
        ),
        candidates=candidates,
        workstreams=tuple(_workstreams(round, frozenset(code for code, is_office in skills if is_office))),
        offices=offices,
        lecturers=lecturers,
        tambons=tuple(tambons),
        positions=tuple(_positions({place for place in places if place}, tambons)),
        dimensions=tuple(Dimension.objects.filter(round=round).order_by().values_list("code", flat=True)),
        skills=tuple(code for code, _ in skills),
        rule=rule or rules.rule_of(round.placement_rule, leaders_per_tambon=round.leaders_per_tambon),
        leads=tuple(_leads(round)),
    )


def _leads(round: Round) -> Iterable[tuple[str, str]]:
    held = Leadership.objects.current().filter(tambon__round=round).exclude(held_at=None).order_by()
    for tambon, lecturer in held.values_list("tambon__tambon_id", "lecturer_id"):
        yield tambon, str(lecturer)


def _workstreams(round: Round, office_skills: frozenset[str]) -> Iterable[matching.Workstream]:
    found = Workstream.objects.filter(round=round).order_by().values_list("code", "to_office")
    for code, to_office in found:
        yield matching.Workstream(code, to_office, office_skills if to_office else frozenset())


def _candidates(round: Round, tambons: frozenset[str]) -> Iterable[matching.Candidate]:
    wishes = _lists(
        Wish.objects.filter(worker__round=round, worker__left_on=None)
        .order_by("worker_id", "rank")
        .values_list("worker_id", "tambon__tambon_id")
    )
    skills = _lists(
        Worker.skills.through.objects.filter(worker__round=round, worker__left_on=None)
        .order_by()
        .values_list("worker_id", "skill__code")
    )
    scores = dict(
        Offer.objects.filter(worker__round=round, worker__left_on=None)
        .exclude(application__score=None)
        .order_by()
        .values_list("worker_id", "application__score")
    )
    held = {
        worker: ((tambon, category, workstream), office)
        for worker, tambon, category, workstream, office in Engagement.objects.current()
        .filter(worker__round=round)
        .exclude(held_at=None)
        .order_by()
        .values_list("worker_id", "tambon__tambon_id", "category__code", "workstream__code", "office_id")
    }
    workers = Worker.objects.current().filter(round=round).order_by()
    for pk, number, category, home, fixed in workers.values_list(
        "pk", "number", "category__code", "home_tambon_id", "fixed_tambon__tambon_id"
    ):
        lock, office = held.get(pk, (None, None))
        yield matching.Candidate(
            key=str(pk),
            category=category,
            lottery=number,
            home=home,
            wishes=tuple(wishes.get(pk, ())),
            skills=frozenset(skills.get(pk, ())),
            fixed_tambon=lock[0] if lock else fixed if fixed in tambons else None,
            lock=lock,
            fixed_office=str(office) if office else None,
            score=rules.hundredths(scores.get(pk)),
        )


def _offices(round: Round, seats: int) -> Iterable[matching.Office]:
    found = list(
        Participation.objects.filter(round=round, is_data_agency=True)
        .order_by()
        .values_list("pk", "data_capacity", "agency__tambon_id", "agency__district_id", "agency__province_id")
    )
    share = rules.assumed_room([room for _, room, *_ in found], seats)
    for pk, room, tambon, district, province in found:
        capacity = share if room is None else room
        yield matching.Office(str(pk), tambon or district or province, capacity, minimum=min(1, capacity))


def _lecturers(round: Round) -> Iterable[matching.Lecturer]:
    expertise = _lists(
        Lecturer.expertise.through.objects.filter(lecturer__round=round)
        .order_by()
        .values_list("lecturer_id", "dimension__code")
    )
    campus = round.institution.home_district_id
    for pk, base, most in (
        Lecturer.objects.filter(round=round).order_by().values_list("pk", "base_district_id", "max_tambons")
    ):
        yield matching.Lecturer(str(pk), base or campus, frozenset(expertise.get(pk, ())), most)


def _positions(places: set[str], tambons: list[str]) -> Iterable[matching.Position]:
    provinces = {place[:2] for place in places}
    near = Tambon.objects.filter(district__province_id__in=provinces).exclude(latitude=None)
    wide = District.objects.filter(province_id__in=provinces).exclude(latitude=None)
    columns = ("code", "latitude", "longitude")
    found = [
        (code, float(latitude), float(longitude))
        for code, latitude, longitude in [
            *near.order_by().values_list(*columns),
            *wide.order_by().values_list(*columns),
        ]
        if code in places and longitude is not None
    ]
    own = set(tambons)
    middle = [latitude for code, latitude, _ in found if code in own] or [lat for _, lat, _ in found]
    # Tenths of a degree, so that one home more or less does not shift every position.
    reference = round(sum(sorted(middle)) / len(middle), 1) if middle else 0.0
    for code, latitude, longitude in found:
        yield matching.flat_position(code, latitude, longitude, reference)


def _lists(pairs: Iterable[tuple[int, str]]) -> dict[int, list[str]]:
    grouped: dict[int, list[str]] = defaultdict(list)
    for key, value in pairs:
        grouped[key].append(value)
    return grouped
