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
