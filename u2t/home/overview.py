"""The map-like overview: tambons as tiles by province and district."""

from __future__ import annotations

from itertools import groupby

from django.utils.translation import gettext_lazy as _

from u2t.home.queries.places import TambonState
from u2t.pages.charts import District, Province, Tile

STATES = {
    "handed": ("ok", _("Handed over")),
    "dated": ("wait", _("Handover date set")),
    "filled": ("wait", _("Slots filled, no handover date")),
    "short": ("warn", _("Slots empty")),
    "empty": ("none", _("Nobody placed yet")),
    "fell_out": ("none", _("Has fallen out")),
}


def tiles(states: list[TambonState]) -> list[Province]:
    """One tile a tambon, in the order of their codes."""

    def tile(state: TambonState) -> Tile:
        mark, words = STATES[state.state]
        tambon = state.tambon
        counts = (None, None) if state.fell_out else (state.filled, state.slots)
        return Tile(tambon.tambon.name, tambon.get_absolute_url(), mark, str(words), *counts)

    provinces = []
    for province, in_province in groupby(states, key=lambda s: s.tambon.tambon.district.province):
        districts = [
            District(district.name, [tile(s) for s in in_district])
            for district, in_district in groupby(in_province, key=lambda s: s.tambon.tambon.district)
        ]
        provinces.append(Province(province.name, districts))
    return provinces
