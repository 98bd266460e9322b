"""An invented university of KPRU's size: real place codes, everything else drawn from a seeded generator."""

from __future__ import annotations

import random

import geothai

from u2t.matching import (
    Candidate,
    Lecturer,
    Office,
    Position,
    Problem,
    Rule,
    SeatGroup,
    Workstream,
)

DIMENSIONS = ("economy", "education", "environment", "health", "society", "unity")
SKILLS = ("accounting", "agriculture", "design", "digital", "english", "teaching")
QUOTA = {"public": (4, 1), "graduate": (9, 1), "student": (5, 0)}
"""Per tambon: places in the team of 18 and as data managers."""


def university(seed: int = 1, *, positions: bool = True) -> Problem:
    """60 tambons, 1,200 people, 120 lecturers, 48 offices; without positions every way is assumed."""
    draw = random.Random(seed)
    by_district = {
        district.code: [tambon.code for tambon in geothai.subdistricts(district.code)]
        for province in ("62", "63")
        for district in geothai.districts(province)
    }
    tambons = _tambons(draw, by_district)
    places = _positions(draw, by_district) if positions else ()
    near = {code: [t for t in tambons if t[:4] == code[:4]] for code in tambons}
    everywhere = [code for codes in by_district.values() for code in codes]
    people = []
    lottery = draw.sample(range(1, 5000), 20 * len(tambons))
    for category, quota in QUOTA.items():
        for _ in range(sum(quota) * len(tambons)):
            home = draw.choice(tambons) if draw.random() < 0.7 else draw.choice([*everywhere, None])
            wishes = _wishes(draw, home, tambons, near)
            skills = frozenset(draw.sample(SKILLS, draw.randint(0, 3)))
            number = len(people)
            people.append(Candidate(f"w{number:04}", category, lottery[number], home, tuple(wishes), skills))
    return Problem(
        seats=tuple(
            SeatGroup(tambon, category, stream, places)
            for tambon in tambons
            for category, quota in QUOTA.items()
            for stream, places in zip(("team", "data"), quota, strict=True)
            if places
        ),
        candidates=tuple(people),
        workstreams=(Workstream("team"), Workstream("data", True, frozenset({"digital"}))),
        offices=_offices(draw, list(by_district)),
        lecturers=_lecturers(draw, list(by_district)),
        tambons=tuple(tambons),
        positions=places,
        dimensions=DIMENSIONS,
        skills=SKILLS,
        rule=Rule(),
    )


def _tambons(draw: random.Random, by_district: dict[str, list[str]]) -> list[str]:
    first = draw.sample([t for code, ts in by_district.items() if code[:2] == "62" for t in ts], 36)
    second = draw.sample([t for code, ts in by_district.items() if code[:2] == "63" for t in ts], 24)
    return sorted(first + second)


def _positions(draw: random.Random, by_district: dict[str, list[str]]) -> tuple[Position, ...]:
    places = []
    for code, tambons in by_district.items():
        east = draw.randrange(90_000) + (120_000 if code[:2] == "62" else 0)
        north = draw.randrange(120_000)
        places.append(Position(code, east, north))
        places += [
            Position(tambon, east + draw.randint(-15_000, 15_000), north + draw.randint(-15_000, 15_000))
            for tambon in tambons
        ]
    return tuple(places)


def _wishes(
    draw: random.Random, home: str | None, tambons: list[str], near: dict[str, list[str]]
) -> list[str]:
    wishes: list[str] = []
    for _ in range(draw.randint(0, 3)):
        wish = draw.choice(near[home]) if home in near and draw.random() < 0.6 else draw.choice(tambons)
        if wish not in wishes:
            wishes.append(wish)
    return wishes


def _offices(draw: random.Random, districts: list[str]) -> tuple[Office, ...]:
    seats = [districts[number % len(districts)] for number in range(48)]
    return tuple(Office(f"o{number:02}", place, draw.randint(2, 5)) for number, place in enumerate(seats))


def _lecturers(draw: random.Random, districts: list[str]) -> tuple[Lecturer, ...]:
    return tuple(
        Lecturer(
            f"l{number:03}",
            draw.choice([*districts, "6201", "6201", None]),
            frozenset(draw.sample(DIMENSIONS, draw.randint(1, 3))),
        )
        for number in range(120)
    )
