"""Which handovers a list shows and a bulk action means."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import QueryDict

from u2t.handover.queries import standing
from u2t.handover.queries.standing import Standing

SHOWN: dict[str, Callable[[Standing], bool]] = {
    "all": lambda row: True,
    "no_date": lambda row: row.handover.handed_on is None and not row.fell_out,
    "no_letter": lambda row: row.letter is None and not row.fell_out,
    "not_done": lambda row: row.is_work,
    "done": lambda row: row.handover.done_at is not None,
    "changed": lambda row: row.is_changed,
}
"""The tabs of the list; a handover may stand under several."""


@dataclass(frozen=True)
class Choice:
    """The filters of a list: a tab of :data:`SHOWN`, a district (or province) code, words."""

    show: str = "all"
    district: str = ""
    text: str = ""

    @property
    def is_filtered(self) -> bool:
        return self.show != "all" or bool(self.district or self.text)

    def in_reach(self, rows: Sequence[Standing]) -> list[Standing]:
        """The rows of the district and the words, under whichever tab."""
        found = [row for row in rows if not self.district or row.district.startswith(self.district)]
        return standing.matching(found, self.text) if self.text else found

    def among(self, rows: Sequence[Standing]) -> list[Standing]:
        """The rows that the list shows."""
        return [row for row in self.in_reach(rows) if SHOWN[self.show](row)]


def choice_of(query: QueryDict) -> Choice:
    """The filters in an address; nonsense counts as no filter."""
    show, district = query.get("show", "all"), query.get("district", "")
    return Choice(
        show=show if show in SHOWN else "all",
        district=district if district.isascii() and district.isdigit() and len(district) in (2, 4) else "",
        text=" ".join(query.get("q", "").replace("\x00", "").split())[:100],
    )


def counts(rows: Sequence[Standing]) -> dict[str, int]:
    """How many rows stand under each tab."""
    return {show: sum(map(test, rows)) for show, test in SHOWN.items()}


def places_of(rows: Sequence[Standing]) -> list[tuple[str, str]]:
    """Code and name of every province and district that occurs, a province before its districts."""
    found: dict[str, str] = {}
    for row in rows:
        agency = row.handover.receiver.agency
        district = row.handover.tambon.tambon.district if row.handover.tambon else agency.district
        province = district.province if row.handover.tambon and district else agency.province
        found[province.code] = province.name
        if district:
            found[district.code] = f"{district.name} · {province.name}"
    return sorted(found.items())


def chosen_among(rows: Sequence[Standing], query: QueryDict) -> list[Standing]:
    """What was ticked, or with ``scope=all`` everything that the filters show."""
    if query.get("scope") == "all":
        return choice_of(query).among(rows)
    ticked = set(query.getlist("handover"))
    return [row for row in rows if str(row.handover.pk) in ticked]
