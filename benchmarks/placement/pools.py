"""The pools that are raced over: parts or multiples of the simulated nation, from a seed."""

from __future__ import annotations

import argparse
from dataclasses import replace
from functools import cache
from pathlib import Path

import geothai
import numpy as np

from u2t.matching import Rule
from u2t.matching.nation import Design, Nation, draw_nation
from u2t.matching.pool import Pool
from u2t.matching.pool.problem import ORDERS


def arguments(parser: argparse.ArgumentParser) -> None:
    """What a pool is drawn from."""
    for name in ("people", "institutions", "tambons"):
        parser.add_argument(name, type=int)
    parser.add_argument("--order", default="weighted", choices=ORDERS)
    parser.add_argument("--seed", type=int, default=1)


def drawn(chosen: argparse.Namespace) -> Nation:
    """The nation that the arguments name."""
    return nation(chosen.people, chosen.institutions, chosen.tambons, chosen.order, chosen.seed)


def nation(people: int, institutions: int, tambons: int, order: str = "weighted", seed: int = 1) -> Nation:
    """So many applicants for 20 places in every tambon; a point of the score is worth 10 km where it counts."""
    rule = replace(Rule(), order=order, score_weight=10)
    design = Design(seed=seed, institutions=institutions, tambons=tambons, applicants=people, rule=rule)
    return draw_nation(design, codes())


def pool(people: int, institutions: int, tambons: int, order: str = "weighted", seed: int = 1) -> Pool:
    """The same as arrays."""
    return nation(people, institutions, tambons, order, seed).pool()


@cache
def codes() -> tuple[str, ...]:
    """Every tambon of the country."""
    return tuple(
        tambon.code
        for province in geothai.provinces()
        for district in geothai.districts(province.code)
        for tambon in geothai.subdistricts(district.code)
    )


def small() -> Pool:
    """Enough to load libraries and compile."""
    return pool(60, 1, 2)


def most_filled(drawn: Pool) -> int:
    """How many seats can be filled where everybody may go to every place of their block."""
    people = np.bincount(drawn.block, minlength=drawn.blocks)
    places = np.bincount(drawn.seat_block, drawn.places, drawn.blocks).astype(np.int64)
    return int(np.minimum(people, places).sum())


def write_csv(people: Nation, path: Path) -> None:
    """The applicants as text, one a line, with the codes by which everybody knows them.

    Number, institution, category, home, score in points, skill, up to three wishes (0 behind the last).
    """
    lines = ["number,institution,category,home,score,digital,wish_1,wish_2,wish_3"]
    for one in people.institutions:
        wishes = np.where(one.wishes < 0, 0, one.tambons[one.wishes])
        columns = (one.lottery, one.category, one.home, one.score, one.digital.astype(int), *wishes.T)
        rows = zip(*(column.tolist() for column in columns), strict=True)
        lines += [
            f"{64_000_000 + 10_000 * one.number + number},{one.number + 1},{category + 1},{home},"
            f"{score // 100}.{score % 100:02},{digital},{first},{second},{third}"
            for number, category, home, score, digital, first, second, third in rows
        ]
    path.write_text("\n".join(lines) + "\n", encoding="ascii")
