"""The lists behind the figures, and the page of one tambon, worker, lecturer or agency."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from u2t.agencies.models import Agency, Kind
from u2t.audit import queries as audit
from u2t.handover import permissions as handovers
from u2t.home import permissions
from u2t.home.overview import STATES
from u2t.home.queries import people, places
from u2t.orientation.queries import completion
from u2t.pages.declare import allow, shows
from u2t.pages.paging import chosen, page_of, typed
from u2t.people.models import Lecturer, Worker
from u2t.placement.models import Engagement
from u2t.programme import permissions as programme
from u2t.programme.models import Category, Dimension, Province, Round, RoundTambon, Workstream


def _round_for(request: HttpRequest, round_code: str) -> Round:
    round = get_object_or_404(Round.objects.select_related("institution"), code=round_code)
    allow(_may_see(request, round))
    return round


def _may_see(request: HttpRequest, round: Round) -> bool:
    return programme.may_see_round(request.user, round) or permissions.reach_of(request.user, round).belongs


def _provinces(round: Round) -> list[Province]:
    return list(Province.objects.filter(districts__tambons__rounds__round=round).distinct().order_by("code"))


@shows(public=True)
def tambons(request: HttpRequest, round_code: str) -> HttpResponse:
    """All tambons of a round with their state."""
    round = _round_for(request, round_code)
    provinces = _provinces(round)
    province, state = (
        chosen(request, "province", [p.code for p in provinces]),
        chosen(request, "state", STATES),
    )
    q = typed(request)
    states = places.tambon_states(round, search=q, province=province)
    if state:
        states = [s for s in states if s.state == state]
    context = {
        "round": round,
        "page": page_of(request, states, size=100),
        "provinces": provinces,
        "states": STATES.items(),
        "marks": STATES,
        "q": q,
        "province": province,
        "state": state,
        "is_filtered": bool(q or province or state),
        "reach": permissions.reach_of(request.user, round),
    }
    return render(request, "home/tambons.html", context)


@shows(public=True)
def tambon(request: HttpRequest, round_code: str, tambon_code: str) -> HttpResponse:
    """One tambon: its slots, PMs, AM, agencies; its people for those who may see them."""
    round = _round_for(request, round_code)
    found = get_object_or_404(
        RoundTambon.objects.with_places().select_related("round"), round=round, tambon_id=tambon_code
    )
    page = places.tambon_page(round, found)
    handover = page.state.handover
    context = {
        "round": round,
        "tambon": found,
        "page": page,
        "may_see_handover": handover and handovers.may_see_handover(request.user, handover),
        "may_see_people": permissions.may_see_people_of_tambon(request.user, round, found.pk),
        "may_see_telephones": permissions.may_see_telephones_of_tambon(request.user, round, found.pk),
        "reach": permissions.reach_of(request.user, round),
        "marks": STATES,
    }
    return render(request, "home/tambon.html", context)


@shows(public=True)
def workers(request: HttpRequest, round_code: str) -> HttpResponse:
    """All workers by name for the office and executives; counts by tambon and category for everybody else."""
    round = _round_for(request, round_code)
    if not permissions.reach_of(request.user, round).oversees:
        return _worker_counts(request, round)
    categories = list(Category.objects.filter(round=round).order_by("position"))
    workstreams = list(Workstream.objects.filter(round=round).order_by("position"))
    provinces = _provinces(round)
    filters = {
        "search": typed(request),
        "category": chosen(request, "category", [c.code for c in categories]),
        "workstream": chosen(request, "workstream", [w.code for w in workstreams]),
        "province": chosen(request, "province", [p.code for p in provinces]),
        "placed": chosen(request, "placed", ["yes", "no", "left"]),
    }
    context = {
        "round": round,
        "page": page_of(request, people.workers(round, **filters)),
        "categories": categories,
        "workstreams": workstreams,
        "provinces": provinces,
        "is_filtered": any(filters.values()),
        **filters,
    }
    return render(request, "home/workers.html", context)


def _worker_counts(request: HttpRequest, round: Round) -> HttpResponse:
    categories = list(Category.objects.filter(round=round).order_by("position"))
    workstreams = list(Workstream.objects.filter(round=round).order_by("position"))
    filters = {
        "category": chosen(request, "category", [c.code for c in categories]),
        "workstream": chosen(request, "workstream", [w.code for w in workstreams]),
    }
    columns, rows = people.workers_by_tambon(round, **filters)
    context = {
        "round": round,
        "categories": categories,
        "workstreams": workstreams,
        "columns": columns,
        "together": sum(row.total for row in rows),
        "page": page_of(request, rows, size=100),
        "is_filtered": any(filters.values()),
        **filters,
    }
    return render(request, "home/worker_counts.html", context)


@shows()
def worker(request: HttpRequest, round_code: str, number: int) -> HttpResponse:
    """One worker: where, under whom, since when, and the whole journey so far."""
    found = get_object_or_404(
        Worker.objects.select_related(
            "person", "category", "round__institution", "home_tambon__district__province"
        ),
        round__code=round_code,
        number=number,
    )
    history = list(
        Engagement.objects.filter(worker=found)
        .select_related(
            "tambon__tambon__district__province", "tambon__round", "workstream", "category", "office__agency"
        )
        .order_by("-begun_at")
    )
    current = next((e for e in history if e.ended_at is None), None)
    allow(permissions.may_see_worker(request.user, found, current))
    reach = permissions.reach_of(request.user, found.round)
    context = {
        "round": found.round,
        "worker": found,
        "current": current,
        "history": history,
        "wishes": found.wishes.select_related("tambon__tambon__district__province", "tambon__round"),
        "place": places.tambon_page(found.round, current.tambon) if current else None,
        "reach": reach,
        "is_self": reach.worker is not None and reach.worker.pk == found.pk,
        "completion": completion.of_worker(found, timezone.now()),
        "events": audit.history_of(found)[:20] if reach.oversees else [],
    }
    return render(request, "home/worker.html", context)


@shows(public=True)
def lecturers(request: HttpRequest, round_code: str) -> HttpResponse:
    """Lecturers and what they lead; without names for those who don't belong to the round."""
    round = _round_for(request, round_code)
    dimensions = list(Dimension.objects.filter(round=round).order_by("position"))
    may_see_names = permissions.may_see_lecturers(request.user, round)
    q = typed(request) if may_see_names else ""
    dimension = chosen(request, "dimension", [d.code for d in dimensions])
    leading = chosen(request, "leading", ["yes", "no"])
    found = people.lecturers(round, search=q, dimension=dimension, leading=leading)
    context = {
        "round": round,
        "page": page_of(request, found),
        "dimensions": dimensions,
        "q": q,
        "dimension": dimension,
        "leading": leading,
        "is_filtered": bool(q or dimension or leading),
        "may_see_names": may_see_names,
    }
    return render(request, "home/lecturers.html", context)


@shows()
def lecturer(request: HttpRequest, round_code: str, pk: int) -> HttpResponse:
    """One lecturer: expertise and the tambons led."""
    found = get_object_or_404(
        Lecturer.objects.select_related("person", "round", "base_district__province"),
        round__code=round_code,
        pk=pk,
    )
    allow(permissions.may_see_lecturers(request.user, found.round))
    leaderships = list(
        found.leaderships.select_related("tambon__tambon__district__province", "tambon__round").order_by(
            "-begun_at"
        )
    )
    led = {leadership.tambon_id for leadership in leaderships if leadership.ended_at is None}
    states = [s for s in places.tambon_states(found.round) if s.tambon.pk in led]
    context = {
        "round": found.round,
        "lecturer": found,
        "leaderships": leaderships,
        "states": states,
        "marks": STATES,
        "reach": permissions.reach_of(request.user, found.round),
    }
    return render(request, "home/lecturer.html", context)


@shows(public=True)
def agencies(request: HttpRequest, round_code: str) -> HttpResponse:
    """Host agencies and data agencies by kind and province."""
    round = _round_for(request, round_code)
    kinds = list(Kind.objects.filter(agencies__participations__round=round).distinct().order_by("position"))
    provinces = list(
        Province.objects.filter(pk__in=round.participations.values("agency__province")).order_by("code")
    )
    filters = {
        "search": typed(request),
        "role": chosen(request, "role", ["host", "data"]),
        "kind": chosen(request, "kind", [k.code for k in kinds]),
        "province": chosen(request, "province", [p.code for p in provinces]),
    }
    context = {
        "round": round,
        "page": page_of(request, people.participations(round, **filters)),
        "may_add": programme.may_run_round(request.user, round),
        "kinds": kinds,
        "provinces": provinces,
        "is_filtered": any(filters.values()),
        **filters,
    }
    return render(request, "home/agencies.html", context)


@shows(public=True)
def agency(request: HttpRequest, pk: int) -> HttpResponse:
    """One agency in the latest round that one may see: what it receives and, as far as one may, who is there."""
    found = get_object_or_404(Agency.objects.with_places(), pk=pk)
    parts = found.participations.select_related("round__institution").order_by("-round__starts_on")
    # A round that is being prepared must not hide the agency from those who see an earlier one.
    round = next((part.round for part in parts if _may_see(request, part.round)), None)
    allow(round is not None or programme.runs_office(request.user, found.institution))
    context = {
        "round": round,
        "agency": found,
        "page": people.agency_page(found, round),
        "may_see_people": round is not None
        and permissions.may_see_people_of_agency(request.user, round, found.pk),
        "reach": permissions.reach_of(request.user, round) if round else permissions.Reach(),
        "runs_office": programme.runs_office(request.user, found.institution),
    }
    return render(request, "home/agency.html", context)
