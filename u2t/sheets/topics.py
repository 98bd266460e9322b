"""Things that a file names by any of their wordings: categories, skills, tambons of a round."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from u2t.sheets.cells import chooser
from u2t.thai.places import Gazetteer, Place
from u2t.thai.problem import Problem


class Topic(NamedTuple):
    """Something that a round has a list of: a category, a skill, a dimension, a kind of agency."""

    code: str
    name_th: str
    name_en: str


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


def find_within(within: Gazetteer, nation: Gazetteer, texts: tuple[str, str, str, str]) -> Place | Problem:
    """A tambon of ``within`` by (tambon, district, province, code); ``place.not_in_round`` for one that lies
    elsewhere in the nation."""
    found = within.find(*texts)
    if isinstance(found, Problem) and found.code in ("place.unknown_name", "place.unknown_code"):
        elsewhere = nation.find(*texts)
        if isinstance(elsewhere, Place):
            return Problem("place.not_in_round", {"text": str(elsewhere), "place": str(elsewhere)})
        if elsewhere.code == "place.ambiguous":
            return Problem("place.not_in_round", {**elsewhere.about, "place": elsewhere.about["text"]})
    return found
