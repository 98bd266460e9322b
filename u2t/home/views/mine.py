"""Each role's home."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from u2t.agencies.models import Agency
from u2t.handover import permissions as handovers
from u2t.handover.models import Handover
from u2t.home import permissions
from u2t.home.overview import STATES, tiles
from u2t.home.queries import briefing, people, places
from u2t.home.queries.steps import steps
from u2t.home.queries.waiting import waiting
from u2t.orientation.queries import completion
from u2t.pages.charts import Bar
from u2t.pages.declare import shows
from u2t.placement.models import Engagement
from u2t.programme import permissions as programme
from u2t.programme.models import Round
from u2t.recruitment.queries import applying_pages
from u2t.recruitment.queries.assessing import interviews


@shows()
def mine(request: HttpRequest) -> HttpResponse:
    """What this account has to do with the round, one section a role."""
    rounds = briefing.rounds_of(request.user)
    round = next((r for r in rounds if r.code == request.GET.get("round")), rounds[0] if rounds else None)
    context: dict[str, Any] = {"rounds": rounds, "round": round, "marks": STATES}
    context["may_open_round"] = programme.may_open_round(request.user)
    context |= _applying(request.user)
    context["interviewing"] = interviews.own_lines(request.user)
    if round is not None:
        context |= _sections(request.user, round, permissions.reach_of(request.user, round))
    return render(request, "home/mine.html", context)


def _applying(account: Any) -> dict[str, Any]:
    """One's own applications; the calls that are open too where the account is an applicant's and nothing else."""
    at = timezone.now()
    is_applicant = account.person_id is None and not programme.may_see_rounds(account)
    return {
        "is_applicant": is_applicant,
        "applications": applying_pages.own_lines(account, at),
        "calls": applying_pages.open_calls(account, at) if is_applicant else [],
    }


def _sections(account: Any, round: Round, reach: permissions.Reach) -> dict[str, Any]:
    context: dict[str, Any] = {"reach": reach}
    states = places.tambon_states(round) if reach.oversees or reach.leads or reach.hosts else []
    if reach.oversees:
        figures = briefing.briefing(round)
        context |= {
            "figures": figures,
            "steps": steps(figures, runs=reach.runs),
            "tiles": tiles(states),
            "by_state": _by_state(states),
            "waiting": waiting(round) if reach.runs else [],
        }
    context["led"] = [s for s in states if s.tambon.pk in reach.leads]
    context["hosted"] = [s for s in states if s.tambon.pk in reach.hosts]
    agencies = Agency.objects.filter(pk__in=reach.agencies).with_places() if reach.agencies else []
    own = handovers.seen_by(account, Handover.objects.filter(round=round))
    context["has_handovers"] = not reach.oversees and own.exists()
    context["agencies"] = [people.agency_page(agency, round) for agency in agencies]
    if reach.worker is not None:
        context["completion"] = completion.of_workers(round, [reach.worker.pk], timezone.now()).get(
            reach.worker.pk
        )
        context["engagement"] = (
            Engagement.objects.current()
            .filter(worker=reach.worker)
            .select_related(
                "tambon__tambon__district__province",
                "tambon__round",
                "workstream",
                "category",
                "office__agency",
            )
            .first()
        )
        if context["engagement"]:
            context["place"] = places.tambon_page(round, context["engagement"].tambon)
    return context


def _by_state(states: list[places.TambonState]) -> list[Bar]:
    counts = dict.fromkeys(STATES, 0)
    for state in states:
        counts[state.state] += 1
    return [Bar(str(STATES[code][1]), count) for code, count in counts.items() if count]
