"""The rows that addresses name."""

from __future__ import annotations

from django.shortcuts import get_object_or_404

from u2t.people.models import Worker
from u2t.programme.models import Round, RoundTambon


def round_of(code: str) -> Round:
    """The round with its institution, or 404."""
    return get_object_or_404(Round.objects.select_related("institution"), code=code)


def worker_of(round_code: str, number: int) -> Worker:
    """The worker with person, category and round, or 404."""
    workers = Worker.objects.select_related(
        "person", "category", "round__institution", "fixed_tambon__tambon__district__province"
    )
    return get_object_or_404(workers, round__code=round_code, number=number)


def tambon_of(round_code: str, tambon_code: str) -> RoundTambon:
    """The tambon of the round with its places, or 404."""
    tambons = RoundTambon.objects.with_places().select_related("round__institution")
    return get_object_or_404(tambons, round__code=round_code, tambon_id=tambon_code)
