"""The calls of a round, and the page on which everybody reads one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from u2t.pages.declare import allow, shows
from u2t.pages.paging import page_of, typed
from u2t.programme import permissions as programme
from u2t.programme.models import Round
from u2t.recruitment import permissions
from u2t.recruitment.forms.calls_fields import PointsField, PriorityField
from u2t.recruitment.models import Call
from u2t.recruitment.queries import call_page, offers
from u2t.recruitment.queries import calls as queries
from u2t.recruitment.rules import timetable
from u2t.recruitment.words import calls as words


def round_of(code: str) -> Round:
    """The round with this code, or 404."""
    return get_object_or_404(Round.objects.select_related("institution"), code=code)


def call_of(round_code: str, number: int) -> Call:
    """The call of the address, or 404."""
    found = Call.objects.select_related("round__institution")
    return get_object_or_404(found, round__code=round_code, number=number)


@shows(public=True)
def calls(request: HttpRequest, round_code: str) -> HttpResponse:
    """The calls of a round: the published ones for everybody, drafts for those who may see them."""
    round = round_of(round_code)
    oversees = programme.may_oversee_round(request.user, round)
    allow(oversees or programme.may_see_round(request.user, round))
    now = timezone.now()
    found = queries.calls(round, published_only=not oversees)
    context = {
        "round": round,
        "lines": [(call, call_page.state(call, now)) for call in found],
        "may_compose": permissions.may_compose(request.user, round),
        "oversees": oversees,
    }
    return render(request, "recruitment/calls.html", context)


@shows(public=True)
def call(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    """All that a call says."""
    found = call_of(round_code, call)
    allow(permissions.may_see_call(request.user, found))
    now, q = timezone.now(), typed(request)
    categories = list(found.round.categories.all())
    context = {
        "call": found,
        "round": found.round,
        "state": call_page.state(found, now),
        "is_open": timetable.is_open(found.times, now),
        "is_draft": found.published_at is None,
        "has_results": offers.announced(found) is not None,
        "conditions": call_page.conditions(found),
        "timetable": call_page.timetable_of(found, timezone.localdate()),
        "categories": categories,
        "all_quotas": (whole := call_page.quotas(found, categories)),
        "slots": sum(row.total for row in whole),
        "page": page_of(
            request, call_page.quotas(found, categories, q) if q else whole, size=10, sizes=(10, 25, 100)
        ),
        "q": q,
        "criteria": found.criteria.all(),
        "pass_mark": PointsField().prepare_value(found.pass_mark),
        "priority": PriorityField.ORDERS.get(",".join(found.priority), ""),
        "changed": [(event, words.changed(event)) for event in call_page.changes_since_published(found)],
        "may_compose": permissions.may_compose(request.user, found.round),
        "may_see_applications": permissions.may_see_applications(request.user, found),
    }
    return render(request, "recruitment/call.html", context)
