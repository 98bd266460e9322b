"""The facts that a roster is checked against, gathered once before the check."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from u2t.sheets.persons import NameKey
from u2t.sheets.topics import Topic, chooser_of, find_within, name_of, wordings
from u2t.thai.places import Gazetteer, Place
from u2t.thai.problem import Problem

__all__ = ["Here", "Known", "NameKey", "Topic", "chooser_of", "name_of", "wordings"]


class Here(NamedTuple):
    """Somebody who is in the round already."""

    number: int
    category: str


@dataclass(frozen=True)
class Known:
    """The round as far as a roster can contradict it.

    ``nation`` finds every tambon, ``round_places`` those that take part. ``seats`` are all slots of the round by
    category code, ``hired`` those filled by people already; ``seats_a_tambon`` by category. People who are in the
    round are known by the digest of their ID number and by (given name, surname, date of birth). ``agencies`` of
    the register are known by (province code, folded name) with whether they take part.
    """

    today: date
    nation: Gazetteer
    round_places: Gazetteer
    categories: Sequence[Topic] = ()
    skills: Sequence[Topic] = ()
    dimensions: Sequence[Topic] = ()
    kinds: Sequence[Topic] = ()
    seats: Mapping[str, int] = field(default_factory=dict)
    hired: Mapping[str, int] = field(default_factory=dict)
    seats_a_tambon: Mapping[str, int] = field(default_factory=dict)
    digest: Callable[[str], str] = str
    people_by_digest: Mapping[str, Here] = field(default_factory=dict)
    people_by_name: Mapping[NameKey, Here] = field(default_factory=dict)
    agencies: Mapping[tuple[str, str], bool] = field(default_factory=dict)
    numbers: frozenset[int] = frozenset()

    def find_in_round(
        self, tambon: str = "", district: str = "", province: str = "", code: str = ""
    ) -> Place | Problem:
        """A tambon of the round; ``place.not_in_round`` for one that exists but does not take part."""
        return find_within(self.round_places, self.nation, (tambon, district, province, code))
