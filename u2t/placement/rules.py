"""What is true of slots, without a clock or a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Tally:
    """How many of how many slots (อัตรา) are filled."""

    filled: int
    slots: int

    @classmethod
    def sum(cls, tallies: Iterable[Tally]) -> Tally:
        found = list(tallies)
        return cls(sum(t.filled for t in found), sum(t.slots for t in found))

    @property
    def missing(self) -> int:
        """Slots still empty; never below zero."""
        return max(0, self.slots - self.filled)

    @property
    def is_full(self) -> bool:
        return self.slots > 0 and self.filled >= self.slots

    @property
    def is_over(self) -> bool:
        return self.filled > self.slots
