"""Which tambons of a round are placed: all but those that fell out. Whatever counts or lists tambons to fill, lead
or hand over begins here; names and history begin at all tambons of the round."""

from __future__ import annotations

from django.db.models import QuerySet

from u2t.placement.models import Refill
from u2t.programme.models import Round, RoundTambon
from u2t.programme.models import RoundTambonQuerySet as Tambons


def taking_part(round: Round) -> Tambons:
    """The tambons that people are placed in, by code. Whoever fell out keeps its rows and its history."""
    return RoundTambon.objects.filter(round=round, refills=None)


def fallen_out(round: Round) -> QuerySet[Refill]:
    """The answers by which tambons fell out, by the tambon's code, each with its tambon."""
    answers = Refill.objects.filter(round=round).exclude(dropped=None).order_by("dropped__tambon_id")
    return answers.select_related("round", "dropped__round", "dropped__tambon__district__province")


def fallen_out_by_tambon(round: Round) -> dict[int, Refill]:
    """The same by the key of the RoundTambon."""
    return {one.dropped_id: one for one in fallen_out(round) if one.dropped_id}


def fell_out(tambon: RoundTambon) -> Refill | None:
    """The answer by which this tambon fell out; ``None`` while it takes part."""
    return fallen_out(tambon.round).filter(dropped=tambon).first()
