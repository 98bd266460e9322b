"""A call as values: for its rules, for its pages, and what a further call would have to fill."""

from __future__ import annotations

from collections import Counter
from dataclasses import fields
from datetime import datetime

from django.db.models import BooleanField, Count, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Sum

from u2t.people.models import Worker
from u2t.programme.models import Quota, Round
from u2t.recruitment.models import Call, CallQuota, Eligibility, Offer, Selection
from u2t.recruitment.rules import composing


def calls(round: Round, *, published_only: bool) -> QuerySet[Call]:
    """The calls of a round, the latest first, each with ``submitted`` and ``has_results``."""
    found = Call.objects.filter(round=round).select_related("round__institution").order_by("-number")
    if published_only:
        found = found.filter(published_at__isnull=False)
    counted = Count(
        "applications",
        filter=Q(applications__submitted_at__isnull=False, applications__withdrawn_at=None),
        distinct=True,
    )
    told = Selection.objects.filter(call=OuterRef("pk"), announced_at__isnull=False)
    return found.annotate(submitted=counted, has_results=Exists(told))


def open_calls(now: datetime, round: Round | None = None) -> list[Call]:
    """Calls of announced rounds (or of one) that take applications or will; ``is_coming`` tells the latter."""
    found = Call.objects.filter(
        round__is_announced=True, published_at__lte=now, cancelled_at=None, closes_at__gte=now
    ).select_related("round")
    if round is not None:
        found = found.filter(round=round)
    return list(
        found.annotate(
            is_coming=ExpressionWrapper(Q(opens_at__gt=now), output_field=BooleanField())
        ).order_by("closes_at")
    )


def words_of(call: Call) -> composing.Words:
    """The single values of a call."""
    return composing.Words(**{field.name: getattr(call, field.name) for field in fields(composing.Words)})


def slots_of(call: Call) -> dict[tuple[str, str], int]:
    """Slots by (tambon code, category code)."""
    rows = call.quotas.values_list("tambon__tambon_id", "category__code", "slots")
    return {(tambon, category): slots for tambon, category, slots in rows}


def rules_of(call: Call) -> list[composing.RuleRow]:
    """The rules of eligibility in order."""
    return [rule_of(row) for row in call.eligibility.select_related("category")]


def rule_of(row: Eligibility) -> composing.RuleRow:
    """A stored rule as it is typed."""
    category = row.category.code if row.category else ""
    return composing.RuleRow(row.kind, row.values, category, row.valid_from, row.valid_until)


def documents_of(call: Call) -> list[composing.DocumentRow]:
    """The papers that are asked for."""
    return [
        composing.DocumentRow(row.kind, row.category.code if row.category else "", row.is_required)
        for row in call.documents.select_related("category")
    ]


def criteria_of(call: Call) -> list[composing.CriterionRow]:
    """The criteria of scoring in order."""
    return [
        composing.CriterionRow(row.name_th, row.name_en, row.max_points, row.weight)
        for row in call.criteria.all()
    ]


def milestones_of(call: Call) -> list[composing.MilestoneRow]:
    """The further lines of the timetable by date."""
    return [
        composing.MilestoneRow(row.name_th, row.name_en, row.begins_on, row.ends_on, row.place_th)
        for row in call.milestones.all()
    ]


def whole(call: Call) -> composing.Whole:
    """The call with all its parts, as publishing asks for it."""
    return composing.Whole(
        words=words_of(call),
        slots=slots_of(call),
        rules=rules_of(call),
        documents=documents_of(call),
        criteria=criteria_of(call),
        round_is_announced=call.round.is_announced,
    )


def slots_to_fill(round: Round) -> dict[tuple[str, str], int]:
    """What a call drafted now would look for, by (tambon code, category code), in a constant number of queries.

    All slots of the round, less those held by an open offer or by a worker whose tambon is decided, less those that
    an earlier call, still without a selection, already looks for. Never below zero. Workers whose tambon is not
    decided yet hold a slot somewhere; which one is for placement to say.
    """
    a_tambon: Counter[str] = Counter()
    rows = Quota.objects.filter(category__round=round).order_by()
    for code, number in rows.values_list("category__code", "per_tambon"):
        a_tambon[code] += number
    taken = _held(round)
    taken.update(_looked_for(round))
    return {
        (tambon, code): max(number - taken[tambon, code], 0)
        for tambon in round.tambons.order_by("tambon_id").values_list("tambon_id", flat=True)
        for code, number in a_tambon.items()
    }


def _held(round: Round) -> Counter[tuple[str, str]]:
    """Slots that somebody holds: a worker who has not left, or an offer that nobody has ended."""
    held: Counter[tuple[str, str]] = Counter()
    workers = Worker.objects.current().filter(round=round, fixed_tambon__isnull=False, offer=None)
    held.update(workers.values_list("fixed_tambon__tambon_id", "category__code"))
    offers = Offer.objects.filter(
        application__call__round=round, declined_at=None, lapsed_at=None, no_show_at=None, taken_back_at=None
    ).filter(Q(worker=None) | Q(worker__left_on=None))
    held.update(offers.order_by().values_list("tambon__tambon_id", "category__code"))
    return held


def _looked_for(round: Round) -> Counter[tuple[str, str]]:
    waiting = (
        CallQuota.objects.filter(call__round=round, call__published_at__isnull=False, call__cancelled_at=None)
        .exclude(call__selections__adopted_at__isnull=False)
        .order_by()
        .values_list("tambon__tambon_id", "category__code")
        .annotate(sum=Sum("slots"))
    )
    return Counter({(tambon, code): number for tambon, code, number in waiting})
