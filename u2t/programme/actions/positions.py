"""Enter where tambons lie."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import transaction

from u2t.objections import Objection, refuse_if
from u2t.programme.models import Tambon

# Thailand lies well within; what is outside was mistyped or exchanged.
LATITUDES = (Decimal(5), Decimal(21))
LONGITUDES = (Decimal(97), Decimal(106))


def set_positions(*, positions: Mapping[str, tuple[str, str]], by: Any, at: datetime) -> int:
    """Enter positions by tambon code: (latitude, longitude) in decimal degrees as text. Returns how many changed.

    Only whoever runs the system does this, by command (``by`` is ``None``): places belong to every institution.
    """
    if by is not None:
        raise PermissionError("positions are entered by command")
    found: list[Objection] = []
    read: dict[str, tuple[Decimal, Decimal]] = {}
    for code, (latitude, longitude) in positions.items():
        try:
            pair = Decimal(latitude), Decimal(longitude)
        except InvalidOperation:
            pair = Decimal(0), Decimal(0)
        if not (LATITUDES[0] <= pair[0] <= LATITUDES[1] and LONGITUDES[0] <= pair[1] <= LONGITUDES[1]):
            found.append(
                Objection("programme.position_outside", {"code": code, "value": f"{latitude}, {longitude}"})
            )
        read[code] = pair
    with transaction.atomic():
        tambons = list(Tambon.objects.filter(pk__in=read))
        missing = sorted(set(read) - {t.pk for t in tambons})
        refuse_if(found + [Objection("programme.tambon_unknown", {"code": code}) for code in missing])
        for tambon in tambons:
            tambon.latitude, tambon.longitude = read[tambon.pk]
        Tambon.objects.bulk_update(tambons, ["latitude", "longitude"], batch_size=500)
    return len(tambons)
