"""The facts that a roster is checked against, gathered once before the check."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from u2t.sheets.cells import chooser
from u2t.thai.places import Gazetteer, Place
from u2t.thai.problem import Problem


class Topic(NamedTuple):
    """Something that a round has a list of: a category, a skill, a dimension, a kind of agency."""

    code: str
    name_th: str
    name_en: str


class Here(NamedTuple):
    """Somebody who is in the round already."""

    number: int
    category: str


NameKey = tuple[str, str, date | None]


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
        found = self.round_places.find(tambon, district, province, code)
        if isinstance(found, Problem) and found.code in ("place.unknown_name", "place.unknown_code"):
            elsewhere = self.nation.find(tambon, district, province, code)
            if isinstance(elsewhere, Place):
                return Problem("place.not_in_round", {"text": str(elsewhere), "place": str(elsewhere)})
            if elsewhere.code == "place.ambiguous":
                return Problem("place.not_in_round", {**elsewhere.about, "place": elsewhere.about["text"]})
        return found


def name_of(topics: Sequence[Topic], code: str) -> str:
    """The Thai name of a code, or the code itself."""
    return next((topic.name_th for topic in topics if topic.code == code), code)


def chooser_of(topics: Sequence[Topic], more: Mapping[str, str] | None = None) -> Callable[[str], str | None]:
    """A function from any wording of a topic to its code."""
    return chooser(wordings(topics) | dict(more or {}))


def wordings(topics: Sequence[Topic]) -> dict[str, str]:
    """Every wording of a topic with its code: names, code, and the short forms that a name has in brackets."""
    words: dict[str, str] = {}
    for topic in topics:
        words |= {topic.name_th: topic.code, topic.name_en: topic.code, topic.code: topic.code}
        _, _, brackets = topic.name_th.partition("(")
        for short in brackets.rstrip(")").split("/"):
            if short.strip():
                words.setdefault(short.strip(), topic.code)
    return words
