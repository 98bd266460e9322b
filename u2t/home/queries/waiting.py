"""What recruitment, orientation and placement wait for from the office, each with the page where it is done."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from u2t.orientation.queries import skills
from u2t.placement.queries import refills
from u2t.programme.models import Round
from u2t.recruitment.models import Appeal, Application, Offer, Screening, Selection


@dataclass(frozen=True)
class Waiting:
    """So many of something wait; ``call`` is the number of the call, None where it is no matter of a call."""

    label: str
    count: int
    url: str
    call: int | None = None


def waiting(round: Round) -> list[Waiting]:
    """What waits, in the order of the work; nothing that is done."""
    per_call = [
        (_("Applications to screen"), _unscreened(round), "applications", "?show=waiting"),
        (_("Accepted offers to report in"), _accepted(round), "offers", "?state=accepted"),
        (_("Objections to answer"), _unanswered(round), "appeals", ""),
    ]
    found = [
        Waiting(label, count, reverse(f"recruitment:{page}", args=[round.code, call]) + query, call)
        for label, rows, page, query in per_call
        for call, count in _by_call(rows)
    ]
    if evidence := skills.waiting(round).count():
        url = reverse("orientation:evidence", args=[round.code])
        found.append(Waiting(_("Evidence of courses to check"), evidence, url))
    if free := len(refills.open_places(round)):
        url = reverse("placement:refills", args=[round.code])
        found.append(Waiting(_("Places that became free to decide on"), free, url))
    return found


def _by_call(rows: QuerySet[Application]) -> list[tuple[int, int]]:
    """How many rows each call has, by its number."""
    return list(rows.order_by("call__number").values_list("call__number").annotate(count=Count("pk")))


def _live(round: Round) -> QuerySet[Application]:
    return Application.objects.filter(
        call__round=round,
        call__cancelled_at=None,
        submitted_at__isnull=False,
        withdrawn_at=None,
        erased_at=None,
    )


def _unscreened(round: Round) -> QuerySet[Application]:
    adopted = Selection.objects.filter(call=OuterRef("call"), adopted_at__isnull=False)
    screened = Screening.objects.filter(application=OuterRef("pk"))
    return _live(round).filter(~Exists(screened), ~Exists(adopted))


def _accepted(round: Round) -> QuerySet[Application]:
    offers = Offer.objects.filter(
        application=OuterRef("pk"), accepted_at__isnull=False, reported_at=None,
        declined_at=None, lapsed_at=None, no_show_at=None, taken_back_at=None,
    )  # fmt: skip
    return _live(round).filter(Exists(offers))


def _unanswered(round: Round) -> QuerySet[Application]:
    return _live(round).filter(Exists(Appeal.objects.filter(application=OuterRef("pk"), answered_at=None)))
