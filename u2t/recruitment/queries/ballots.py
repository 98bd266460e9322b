"""From applications to the frozen input of a selection, in a number of queries that does not grow."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from u2t import admission
from u2t.objections import Objection
from u2t.recruitment.models import Application, Call, CallQuota, Choice, Offer, Screening
from u2t.recruitment.queries.assessing import pairs
from u2t.recruitment.rules import eligibility


def standing_applications(call: Call) -> QuerySet[Application]:
    """Applications that count: submitted and not withdrawn, with ``passed`` (None where nobody has screened)."""
    last = Screening.objects.filter(application=OuterRef("pk")).order_by("-id")
    return Application.objects.filter(call=call, submitted_at__isnull=False, withdrawn_at=None).annotate(
        passed=Subquery(last.values("is_passed")[:1])
    )


def candidates(call: Call) -> QuerySet[Application]:
    """Who takes part: passed the screening, has a score, and holds no slot of the round by another call."""
    holding = Offer.objects.filter(
        application__call__round_id=call.round_id,
        application__citizen_id_digest=OuterRef("citizen_id_digest"),
        declined_at=None,
        lapsed_at=None,
        no_show_at=None,
        taken_back_at=None,
    ).exclude(application__call=call)
    scored = standing_applications(call).filter(passed=True, score__isnull=False)
    return scored.annotate(holds_slot=Exists(holding)).filter(holds_slot=False)


def ballot_of(call: Call) -> admission.Ballot:
    """The call as the engine takes it: applications by number, tambons by DOPA code, categories by code."""
    choices: dict[int, list[str]] = defaultdict(list)
    found = Choice.objects.filter(application__call=call).order_by("application_id", "rank")
    for application, tambon in found.values_list("application_id", "tambon__tambon_id"):
        choices[application].append(tambon)
    quotas = CallQuota.objects.filter(call=call).order_by()
    seats = {
        (tambon, category): slots
        for tambon, category, slots in quotas.values_list("tambon__tambon_id", "category__code", "slots")
    }
    people = []
    columns = ("pk", "number", "category__code", "score", "registered_tambon_id")
    for pk, number, category, score, home in candidates(call).order_by().values_list(*columns):
        listed = tuple(choices.get(pk, ()))
        classes = tuple(eligibility.residence(home or "", tambon) for tambon in listed)
        people.append(admission.Applicant(str(number), category, score, listed, classes))
        for tambon in listed:
            # A tambon that the call opens for others only is a seat without slots, not a mistake.
            seats.setdefault((tambon, category), 0)
    return admission.Ballot(
        seats=tuple(admission.Seat(key, slots) for key, slots in seats.items()),
        applicants=tuple(people),
        seed=call.lottery_seed,
        order=tuple(call.priority) or admission.CRITERIA,
        pass_mark=call.pass_mark,
    )


def objections_to_begin(call: Call, at: datetime) -> list[Objection]:
    """Everything that stands against selecting now."""
    found = []
    if call.published_at is None or call.cancelled_at is not None:
        found.append(Objection("recruitment.select_call_not_open"))
    closed = call.closes_at + timedelta(minutes=call.grace_minutes)
    if at <= closed:
        found.append(Objection("recruitment.select_before_closing", {"until": closed.isoformat()}))
    if not call.lottery_seed or call.seed_published_at is None or call.seed_published_at > at:
        found.append(Objection("recruitment.seed_not_published"))
    if call.selections.filter(adopted_at__isnull=False).exists():
        found.append(Objection("recruitment.selection_adopted_already"))
    undecided = sum(one.decision is None and not one.is_across for one in pairs.of_call(call))
    if undecided:
        found.append(Objection("recruitment.same_person_undecided", {"count": undecided}))
    return [*found, *_objections_to_scores(call)]


def _objections_to_scores(call: Call) -> list[Objection]:
    standing = standing_applications(call)
    unscreened = standing.filter(passed=None).count()
    # Who was absent has a moment of scoring and no score, and takes no part.
    unscored = standing.filter(passed=True, score=None, scored_at=None).count()
    found = []
    if unscreened:
        found.append(Objection("recruitment.screening_missing", {"count": unscreened}))
    if unscored:
        found.append(Objection("recruitment.scores_missing", {"count": unscored}))
    if not unscreened and not unscored and not candidates(call).exists():
        found.append(Objection("recruitment.nobody_to_select"))
    return found
