"""The applicants of a simulated nation and their seats as a table of text."""

from __future__ import annotations

from collections.abc import Iterator

from u2t.matching.nation.drawing import CATEGORIES
from u2t.matching.nation.pooling import Nation, Part
from u2t.matching.nation.proving import seat_groups

HEADS = (
    "institution", "applicant", "category", "home", "score", "lottery", "digital", "wish1", "wish2", "wish3",
    "tambon", "workstream",
)  # fmt: skip


def rows(nation: Nation, found: list[Part]) -> Iterator[str]:
    """CSV, a line each with its end: nobody of these exists. An unknown home, no wish and no seat are empty."""
    yield ",".join(HEADS) + "\n"
    for one, part in zip(nation.institutions, found, strict=True):
        tambons = [f"{tambon:06}" for tambon in one.tambons.tolist()]
        groups = seat_groups(nation.design, one)
        columns = (one.category, one.home, one.score, one.lottery, one.digital, one.wishes, part.seat)
        people = zip(*(column.tolist() for column in columns), strict=True)
        for number, (category, home, score, lottery, digital, wishes, seat) in enumerate(people):
            cells = (
                one.code,
                f"{number:07}",
                CATEGORIES[category],
                f"{home:06}" if home else "",
                f"{score / 100:.2f}",
                str(lottery),
                str(int(digital)),
                *(tambons[wish] if wish >= 0 else "" for wish in wishes),
                *((groups[seat][0], groups[seat][2]) if seat >= 0 else ("", "")),
            )
            yield ",".join(cells) + "\n"
