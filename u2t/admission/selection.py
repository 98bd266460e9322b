"""What was decided: who has which seat, who is next, and where the line was, the same as JSON both ways."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from u2t.admission.ballot import SeatKey


@dataclass(frozen=True, slots=True)
class Mark:
    """Where somebody stands in a seat's priority: score (thousandths), residence class, lottery number."""

    score: int
    residence: int
    lottery: int


@dataclass(frozen=True)
class SeatList:
    """One seat's result. Both lists are in the seat's own order of priority.

    ``reserves`` are all who listed the tambon, passed, and have no seat anywhere; somebody can stand in the
    reserves of several tambons. ``cutoff`` is where the last admitted stands; ``None`` while slots are left (or
    there are none), for then nobody was turned away by anybody.
    """

    slots: int
    admitted: tuple[str, ...] = ()
    reserves: tuple[str, ...] = ()
    cutoff: Mark | None = None

    @property
    def unfilled(self) -> int:
        """Slots that are left."""
        return self.slots - len(self.admitted)


@dataclass(frozen=True)
class Selection:
    """The result for one ballot. ``placed`` has the tambon code of everybody who has a seat, and nobody else.

    ``proposals`` is how often an applicant had to ask a tambon: the rank reached by those with a seat plus
    all choices of those without.
    """

    ballot_digest: str
    placed: Mapping[str, str]
    lists: Mapping[SeatKey, SeatList]
    proposals: int

    @property
    def cutoffs(self) -> dict[SeatKey, Mark | None]:
        """Where the last admitted of each seat stands, ``None`` where slots are left."""
        return {key: found.cutoff for key, found in self.lists.items()}

    @property
    def unfilled(self) -> dict[SeatKey, int]:
        """Slots that are left, seat by seat."""
        return {key: found.unfilled for key, found in self.lists.items()}

    def to_json(self) -> dict[str, Any]:
        """Only dictionaries, lists, strings, whole numbers and nulls."""
        return {
            "ballot_digest": self.ballot_digest,
            "placed": dict(self.placed),
            "lists": [
                {
                    "seat": list(key),
                    "slots": found.slots,
                    "admitted": list(found.admitted),
                    "reserves": list(found.reserves),
                    "cutoff": _mark_json(found.cutoff),
                }
                for key, found in self.lists.items()
            ],
            "proposals": self.proposals,
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Selection:
        """The selection that :meth:`to_json` was called on."""
        return cls(
            ballot_digest=data["ballot_digest"],
            placed=dict(data["placed"]),
            lists={
                (found["seat"][0], found["seat"][1]): SeatList(
                    slots=found["slots"],
                    admitted=tuple(found["admitted"]),
                    reserves=tuple(found["reserves"]),
                    cutoff=Mark(*found["cutoff"]) if found["cutoff"] else None,
                )
                for found in data["lists"]
            },
            proposals=data["proposals"],
        )


def _mark_json(mark: Mark | None) -> list[int] | None:
    return [mark.score, mark.residence, mark.lottery] if mark else None


def next_reserve(lists: Mapping[SeatKey, SeatList], seat: SeatKey, gone: Collection[str]) -> str | None:
    """The first reserve of the seat who is not ``gone`` (called, hired, withdrawn), or ``None``.

    Raises ``KeyError`` for an unknown seat.
    """
    return next((key for key in lists[seat].reserves if key not in gone), None)
