"""A small university whose best plan can be worked out by hand."""

from __future__ import annotations

from u2t.matching import Candidate, Lecturer, Office, Position, Problem, Rule, SeatGroup, Workstream

NEAR, NEXT, FAR = "620101", "620102", "630101"


def village(**changes: object) -> Problem:
    """Two tambons of one district 10 km apart and one of another province 100 km away.

    Ann, Ben and Cat live in NEAR and want to stay; there is one team seat in each tambon and one data seat in NEAR.
    """
    given: dict[str, object] = {
        "seats": (
            SeatGroup(NEAR, "public", "team", 1),
            SeatGroup(NEXT, "public", "team", 1),
            SeatGroup(FAR, "public", "team", 1),
            SeatGroup(NEAR, "student", "data", 1),
        ),
        "candidates": (
            Candidate("ann", "public", 1, NEAR, (NEAR,), frozenset({"digital"})),
            Candidate("ben", "public", 2, NEAR, (NEAR, NEXT), frozenset({"english"})),
            Candidate("cat", "public", 3, NEAR, (), frozenset()),
            Candidate("dan", "student", 4, None, (FAR,), frozenset()),
        ),
        "workstreams": (Workstream("team"), Workstream("data", True, frozenset({"digital"}))),
        "offices": (Office("land", "6201", 1), Office("labour", "62", 2, 0)),
        "lecturers": (
            Lecturer("lek", "6201", frozenset({"health"})),
            Lecturer("mai", "6201", frozenset({"society"})),
            Lecturer("nid", "6301", frozenset({"health", "society"}), 2),
            Lecturer("oat", "6301", frozenset({"health"}), 1),
        ),
        "tambons": (NEAR, FAR),
        "positions": (Position(NEAR, 0, 0), Position(NEXT, 10_000, 0), Position(FAR, 0, 100_000)),
        "dimensions": ("health", "society"),
        "skills": ("digital", "english"),
        "rule": Rule(),
    }
    return Problem(**{**given, **changes})  # type: ignore[arg-type]


DIGITAL = frozenset({"digital"})
FLOOR = Rule(skill_floor=(("digital", 1),))


def hamlet(rule: Rule = FLOOR, **changes: object) -> Problem:
    """Four people of NEAR for two places there and one in NEXT, 10 km away; two of them have the skill.

    Whoever goes to NEXT pays 10 km and 20 for the district: the floor asks one of the two to.
    """
    given: dict[str, object] = {
        "seats": (SeatGroup(NEAR, "public", "team", 2), SeatGroup(NEXT, "public", "team", 1)),
        "candidates": (
            Candidate("ann", "public", 1, NEAR, (NEAR,), DIGITAL, score=9000),
            Candidate("ben", "public", 2, NEAR, (), DIGITAL, score=8000),
            Candidate("cat", "public", 3, NEXT, (NEXT,), frozenset(), score=7000),
            Candidate("dan", "public", 4, NEAR, (NEAR,), frozenset(), score=6000),
        ),
        "lecturers": (),
        "tambons": (),
        "rule": rule,
    }
    return village(**{**given, **changes})
