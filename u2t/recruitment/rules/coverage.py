"""Whether the applicants of one category can fill its slots at all: a largest possible assignment.

Counting first choices says too little, and counting everybody who lists a tambon says too much, since one person
fills one slot. The largest assignment (augmenting paths, as for a bipartite matching with capacities) says what can
be filled; from it follow the tambons that lack people *together*, whoever is assigned where.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Coverage:
    """``filled`` slots by tambon in one largest assignment; ``together`` lack people as a group.

    Everybody who lists a tambon of ``together`` is counted within it already: no other assignment fills more.
    """

    filled: Mapping[str, int]
    together: frozenset[str]

    @property
    def total(self) -> int:
        """The most slots that can be filled; the same for every largest assignment."""
        return sum(self.filled.values())


def coverage(slots: Mapping[str, int], lists: Iterable[Sequence[str]]) -> Coverage:
    """A largest assignment of applicants, each with the tambons that they list, to slots by tambon."""
    applicants = [tuple(code for code in listed if slots.get(code, 0) > 0) for listed in lists]
    seated: dict[str, list[int]] = {code: [] for code in slots}
    # A search that finds nothing has shown that nothing will ever be found from the tambons it saw.
    exhausted: set[str] = set()
    for applicant in range(len(applicants)):
        _seat(applicant, applicants, slots, seated, exhausted)
    at = {applicant: code for code, people in seated.items() for applicant in people}
    return Coverage(
        {code: len(people) for code, people in seated.items()}, _lacking(applicants, slots, seated, at)
    )


def _seat(
    applicant: int,
    applicants: Sequence[tuple[str, ...]],
    slots: Mapping[str, int],
    seated: dict[str, list[int]],
    exhausted: set[str],
) -> None:
    """Seat one more applicant, moving others on where that frees a slot; none of them loses a seat by it."""
    came_by: dict[str, int] = {}
    queue: deque[str] = deque()

    def reach(who: int) -> None:
        for code in applicants[who]:
            if code not in came_by and code not in exhausted:
                came_by[code] = who
                queue.append(code)

    reach(applicant)
    while queue:
        code = queue.popleft()
        if len(seated[code]) < slots[code]:
            _move(code, applicant, came_by, seated)
            return
        for other in seated[code]:
            reach(other)
    exhausted.update(came_by)


def _move(code: str, applicant: int, came_by: Mapping[str, int], seated: dict[str, list[int]]) -> None:
    while True:
        who = came_by[code]
        left = (
            next((other for other, people in seated.items() if who in people), None)
            if who != applicant
            else None
        )
        seated[code].append(who)
        if left is None:
            return
        seated[left].remove(who)
        code = left


def _lacking(
    applicants: Sequence[tuple[str, ...]],
    slots: Mapping[str, int],
    seated: Mapping[str, Sequence[int]],
    at: Mapping[int, str],
) -> frozenset[str]:
    listing: dict[str, list[int]] = {code: [] for code in slots}
    for applicant, listed in enumerate(applicants):
        for code in listed:
            listing[code].append(applicant)
    found = {code for code, number in slots.items() if len(seated[code]) < number}
    queue = deque(found)
    while queue:
        for applicant in listing[queue.popleft()]:
            if applicant in at and at[applicant] not in found:
                found.add(at[applicant])
                queue.append(at[applicant])
    return frozenset(found)
