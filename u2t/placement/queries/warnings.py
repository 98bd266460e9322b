"""What an office should know before it computes: each a finding with the page that mends it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from u2t import matching
from u2t.agencies.models import Coverage, Participation
from u2t.objections import Objection
from u2t.orientation.queries import completion
from u2t.orientation.rules.completion import LACKING
from u2t.placement import rules
from u2t.placement.queries.taking_part import taking_part
from u2t.programme.models import Category, Round

Finding = tuple[Objection, str]


def warnings_of(round: Round, problem: matching.Problem, now: datetime) -> list[Finding]:
    """All findings, each with an address: four queries, and those that tell who has completed orientation."""
    return [
        *_people(round, problem),
        *_lecturers(round, problem),
        *_offices(round, problem),
        *_hosts(round),
        *_orientation(round, now),
    ]


def _orientation(round: Round, now: datetime) -> Iterable[Finding]:
    count = sum(one.state == LACKING for one in completion.of_round(round, now).values())
    if count:
        here = f"{reverse('orientation:completion', args=[round.code])}?state={LACKING}"
        yield Objection("placement.orientation_lacking", {"count": count}), here


def _people(round: Round, problem: matching.Problem) -> Iterable[Finding]:
    names = {category.code: category.name for category in Category.objects.filter(round=round)}
    here = reverse("rosters:rosters", args=[round.code])
    short: dict[str, list[matching.Shortage]] = defaultdict(list)
    for shortage in matching.shortages(problem):
        short[shortage.category].append(shortage)
    for code, of in short.items():
        yield _short(names[code], of, round, problem)
    over: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for surplus in matching.surpluses(problem):
        over[surplus.category][0] += len(surplus.people)
        over[surplus.category][1] += surplus.places
    for code, (people, places) in over.items():
        about = {"category": names[code], "people": people, "places": places, "over": people - places}
        yield Objection("placement.too_many_people", about), here
    # Whom no tambon can take is in no surplus: more slots where they may not go would not help them.
    stranded = Counter(one.category for one in matching.stranded(problem) if one.km is not None)
    for code, count in stranded.items():
        about = {"category": names[code], "people": count, "most": problem.rule.max_km}
        yield Objection("placement.people_stranded", about), reverse("placement:shortages", args=[round.code])


def _short(category: str, of: list[matching.Shortage], round: Round, problem: matching.Problem) -> Finding:
    about: dict[str, object] = {
        "category": category,
        "people": sum(one.people for one in of),
        "places": sum(one.places for one in of),
        "short": sum(one.short for one in of),
    }
    needed = [one.needed_km for one in of if one.needed_km is not None]
    if not needed:
        return Objection("placement.short_of_people", about), reverse("rosters:rosters", args=[round.code])
    about |= {
        "most": problem.rule.max_km,
        "km": max(needed),
        "more": sum(one.in_reach for one in of),
        "anyway": max(one.short_anyway for one in of),
    }
    return Objection("placement.short_within_limit", about), reverse("placement:shortages", args=[round.code])


def _lecturers(round: Round, problem: matching.Problem) -> Iterable[Finding]:
    wanted = len(problem.tambons) * problem.rule.leaders_per_tambon
    turns = sum(min(lecturer.max_tambons, len(problem.tambons)) for lecturer in problem.lecturers)
    if turns < wanted:
        about = {"turns": turns, "wanted": wanted, "short": wanted - turns}
        yield Objection("placement.short_of_lecturers", about), reverse("rosters:rosters", args=[round.code])


def _offices(round: Round, problem: matching.Problem) -> Iterable[Finding]:
    streams = {stream.code for stream in problem.workstreams if stream.to_office}
    seats = sum(group.places for group in problem.seats if group.workstream in streams)
    if not seats:
        return
    here = reverse("home:agencies", args=[round.code])
    rooms = list(
        Participation.objects.filter(round=round, is_data_agency=True)
        .order_by()
        .values_list("data_capacity", flat=True)
    )
    unknown = sum(room is None for room in rooms)
    if unknown:
        about = {"count": unknown, "share": rules.assumed_room(rooms, seats)}
        yield Objection("placement.rooms_unknown", about), here
    elif sum(room for room in rooms if room) < seats:
        about = {"room": sum(room for room in rooms if room), "seats": seats}
        yield Objection("placement.short_of_room", about), here


def _hosts(round: Round) -> Iterable[Finding]:
    hosted = Coverage.objects.filter(tambon__round=round, is_main=True).values("tambon_id")
    without = taking_part(round).exclude(pk__in=hosted).count()
    if without:
        yield (
            Objection("placement.tambons_without_host", {"count": without}),
            reverse("home:tambons", args=[round.code]),
        )
