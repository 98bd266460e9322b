"""What a certificate says of one institution of a simulated nation; the format is that of a university's."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from u2t.matching.certificate import FORMAT, line, published_rule
from u2t.matching.nation.drawing import CATEGORIES, GROUPS, Design, Institution
from u2t.matching.nation.land import Ints, positions
from u2t.matching.nation.pooling import NEEDED, SKILL, Nation, Part
from u2t.matching.pool import Pool


def lines(nation: Nation, pool: Pool, found: list[Part]) -> Iterator[str]:
    """The certificate, a line for each institution; ``found`` are the parts of the pool's answer."""
    unit = {"inconvenience": 0, "weighted": 1}.get(pool.order, pool.unit)
    for one, part in zip(nation.institutions, found, strict=True):
        yield line(content(nation.design, one, part, unit))


def content(design: Design, one: Institution, part: Part, unit: int) -> dict[str, Any]:
    """One line's content before it is fingerprinted."""
    groups = seat_groups(design, one)
    labels = [f"{number:07}" for number in range(one.people)]
    held = {label: groups[seat] for label, seat in zip(labels, part.seat.tolist(), strict=True) if seat >= 0}
    codes = np.unique(np.concatenate([one.home, one.tambons]).astype(np.int64))
    return {
        "format": FORMAT,
        "about": {"institution": one.code, "round": f"simulated, seed {design.seed}", "plan": 1},
        "inputs": {
            "rule": published_rule(design.rule),
            "places": _places(design, codes[codes > 0]),
            "workstreams": {
                stream: {"needs": sorted(needs), "to_office": False} for stream, needs in NEEDED.items()
            },
            "seats": sorted([tambon, category, stream, count] for tambon, category, stream, count in groups),
            "people": _rows(design, one, labels),
            **{name: [] for name in ("tambons", "dimensions", "offices", "lecturers", "leads")},
        },
        "answer": {
            "seats": {label: [group[0], group[2]] for label, group in held.items()},
            "offices": {},
            "leaders": {},
        },
        "proof": {
            "unit": unit,
            "scale": 1,
            "people": [_proof(design, one, part, groups, number) for number in range(len(CATEGORIES))],
            "skill_prices": [],
            "gap": 0,
            "offices": None,
            "leaders": None,
        },
    }


def seat_groups(design: Design, one: Institution) -> list[tuple[str, str, str, int]]:
    """Tambon, category, workstream and places of the institution's seat groups, in the order of the pool."""
    return [
        (f"{tambon:06}", category, stream, count)
        for category in CATEGORIES
        for tambon in one.tambons.tolist()
        for (name, stream), count in zip(GROUPS, design.places, strict=True)
        if name == category and count
    ]


def _places(design: Design, codes: Ints) -> dict[str, list[int]]:
    east, north = positions(design.seed, codes)
    rows = zip(codes.tolist(), east.tolist(), north.tolist(), strict=True)
    return {f"{code:06}": [e, n] for code, e, n in rows}


def _rows(design: Design, one: Institution, labels: list[str]) -> list[dict[str, Any]]:
    """A row for every applicant, in the order of the labels, with what the rule reads and nothing else."""
    tambons = [f"{tambon:06}" for tambon in one.tambons.tolist()]
    columns = (one.category, one.home, one.wishes, one.digital, one.score)
    rows = []
    for label, category, home, wishes, digital, score in zip(
        labels, *(column.tolist() for column in columns), strict=True
    ):
        row: dict[str, Any] = {"label": label, "category": CATEGORIES[category]}
        if home:
            row["home"] = f"{home:06}"
        if wishes[0] >= 0:
            row["wishes"] = [tambons[wish] for wish in wishes if wish >= 0]
        if digital:
            row["skills"] = [SKILL]
        if design.rule.order != "inconvenience":
            row["worth"] = score if design.rule.order == "merit" else design.rule.worth(score)
        rows.append(row)
    return rows


def _proof(
    design: Design, one: Institution, part: Part, groups: list[tuple[str, str, str, int]], number: int
) -> dict[str, Any]:
    """Levels, reserve, cover and prices of one category."""
    mine = [index for index, group in enumerate(groups) if group[1] == CATEGORIES[number]]
    filled, score, inconvenience = (int(level) for level in part.levels[number])
    placed = (part.seat >= 0) & (one.category == number)
    worth = {"inconvenience": 0, "merit": score}.get(
        design.rule.order, int((one.score[placed].astype(np.int64) * design.rule.score_weight // 100).sum())
    )
    open_ones = {groups[index][0] for index in mine if not part.cover[index]}
    return {
        "category": CATEGORIES[number],
        "filled": filled,
        "inconvenience": inconvenience,
        "worth": worth,
        "reserve": int(part.reserve[number]) if filled < int((one.category == number).sum()) else None,
        "cover": sorted({groups[index][0] for index in mine} - open_ones),
        "prices": sorted([groups[index][0], groups[index][2], int(part.prices[index])] for index in mine),
    }
