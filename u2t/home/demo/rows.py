"""What the inventors pass to each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

Table = list[list[str]]
CATEGORY_NAMES = {"public": "ประชาชนทั่วไป", "graduate": "บัณฑิตจบใหม่", "student": "นักศึกษา"}


@dataclass(frozen=True)
class Plan:
    """How large the invented round is."""

    tambons: dict[str, int]
    categories: dict[str, int]
    lecturers: int
    dimensions: Sequence[str]
    skills: Sequence[str]
    office_skill: str
    seed: int = 2564


@dataclass
class Rosters:
    """Four tables, each with its header row first, and guessed positions by tambon code."""

    tambons: Table = field(default_factory=list)
    lecturers: Table = field(default_factory=list)
    agencies: Table = field(default_factory=list)
    workers: Table = field(default_factory=list)


@dataclass(frozen=True)
class Spot:
    """A tambon with the names that identify it."""

    code: str
    tambon: str
    district_code: str
    district: str
    province_code: str
    province: str
