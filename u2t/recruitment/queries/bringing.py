"""What a file of applications is checked against."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from django.utils import timezone

from u2t.people import identity
from u2t.programme import queries as programme
from u2t.recruitment.models import Application, Call, CallQuota
from u2t.recruitment.rules.bringing import Known
from u2t.sheets.topics import Topic
from u2t.thai.places import Gazetteer


def known(call: Call, today: date) -> Known:
    """The facts of a call that a file can contradict, in a constant number of queries."""
    offered: dict[str, set[str]] = defaultdict(set)
    quotas = CallQuota.objects.filter(call=call, slots__gt=0).order_by()
    for category, tambon in quotas.values_list("category__code", "tambon__tambon_id"):
        offered[category].add(tambon)
    applied = Application.objects.filter(
        call=call, submitted_at__isnull=False, withdrawn_at=None, citizen_id_digest__isnull=False
    ).order_by()
    categories = call.round.categories.order_by("position").values_list("code", "name_th", "name_en")
    return Known(
        today=today,
        day=timezone.localtime(call.closes_at).date(),
        nation=programme.nation(),
        tambons=Gazetteer(programme.places_of(call.round)),
        categories=[Topic(*row) for row in categories],
        offered={category: frozenset(tambons) for category, tambons in offered.items()},
        rules=[row.as_rule() for row in call.eligibility.select_related("category")],
        most_choices=call.max_choices,
        digest=identity.digest,
        applied=dict(applied.values_list("citizen_id_digest", "number")),
    )
