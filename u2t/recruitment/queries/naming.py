"""How results write points and places."""

from __future__ import annotations

from decimal import Decimal

from u2t.programme.models import Round, RoundTambon


def points(thousandths: int | None) -> str:
    """82500 as "82.5"; unknown is "–"."""
    if thousandths is None:
        return "–"
    text = f"{Decimal(thousandths) / 1000:.3f}".rstrip("0")
    return text.rstrip(".")


def tambon_names(round: Round) -> dict[str, str]:
    """Full names of the round's tambons by DOPA code. One query."""
    found = RoundTambon.objects.with_places().filter(round=round)
    return {one.tambon_id: one.tambon.full_name for one in found}
