"""What one tile of the board reads: a figure, a few words, and how good that is in five steps.

Steps go from 1 (good) to 5 (needs somebody now); 0 is unknown. They are there to be looked at, nothing is decided
by them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median_low

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from u2t.pages import written
from u2t.placement.rules import Tally

SHOWS = ("fill", "skills", "distance", "wishes", "leaders")

KM = (5, 10, 20, 40)
"""Upper ends of the distance steps 1 to 4, in kilometres."""
EMPTY = (0, 2, 5, 9)
"""Most empty slots of the fill steps 1 to 4."""
LACKING = (0, 1, 3, 5)
"""Most lacking skills of the skill steps 1 to 4."""

STEPS = {
    "fill": (
        gettext_lazy("No slots here"),
        gettext_lazy("Complete"),
        gettext_lazy("1–2 slots empty"),
        gettext_lazy("3–5 slots empty"),
        gettext_lazy("6–9 slots empty"),
        gettext_lazy("10 or more slots empty"),
    ),
    "skills": (
        gettext_lazy("Nobody there or no skills listed"),
        gettext_lazy("Every skill is there"),
        gettext_lazy("1 skill lacking"),
        gettext_lazy("2–3 skills lacking"),
        gettext_lazy("4–5 skills lacking"),
        gettext_lazy("6 or more skills lacking"),
    ),
    "distance": (
        gettext_lazy("Distance not known"),
        gettext_lazy("Median up to 5 km"),
        gettext_lazy("Median 6–10 km"),
        gettext_lazy("Median 11–20 km"),
        gettext_lazy("Median 21–40 km"),
        gettext_lazy("Median above 40 km"),
    ),
    "wishes": (
        gettext_lazy("Nobody gave wishes"),
        gettext_lazy("First wish for 80% or more"),
        gettext_lazy("First wish for 60–79%"),
        gettext_lazy("First wish for 40–59%"),
        gettext_lazy("First wish for 20–39%"),
        gettext_lazy("First wish for less than 20%"),
    ),
    "leaders": (
        gettext_lazy("No PM is asked for"),
        gettext_lazy("PMs complete, every dimension covered"),
        gettext_lazy("PMs complete, 1–3 dimensions lacking"),
        gettext_lazy("PMs complete, 4 or more dimensions lacking"),
        gettext_lazy("A PM is missing"),
        gettext_lazy("No PM at all"),
    ),
}
"""The words of each step, from 0."""

TROUBLED_FROM = {"fill": 2, "skills": 3, "distance": 4, "wishes": 4, "leaders": 4}
"""The step from which a tile counts as a problem, for the filter."""


@dataclass(frozen=True)
class Facts:
    """What is counted of one tambon: slots by category, the round's skills and those that its people lack (nobody has
    them, or fewer than the rule asks for), measured kilometres from home in order, people who gave wishes and who
    got their first, and who leads it."""

    tallies: tuple[Tally, ...] = ()
    skills: int = 0
    lacking: tuple[str, ...] = ()
    km: tuple[int, ...] = ()
    asked: int = 0
    first: int = 0
    leaders: int = 0
    wanted: int = 0
    dimensions: int = 0
    uncovered: tuple[str, ...] = ()

    @property
    def total(self) -> Tally:
        return Tally.sum(self.tallies)

    @property
    def median_km(self) -> int | None:
        """The middle of the measured distances, the lower of two; ``None`` where none is known."""
        return median_low(self.km) if self.km else None


@dataclass(frozen=True)
class Reading:
    """One tile: ``figure`` in large, ``note`` in small, ``step`` from 0 (unknown) to 5 and its words."""

    step: int
    figure: str
    note: str
    words: str
    is_troubled: bool


def reading(show: str, facts: Facts) -> Reading:
    """What the tile of a tambon says under one of :data:`SHOWS`."""
    step, figure, note = _READERS[show](facts)
    return Reading(step, figure, note, str(STEPS[show][step]), step >= TROUBLED_FROM[show])


def _fill(facts: Facts) -> tuple[int, str, str]:
    total = facts.total
    if not total.slots:
        return 0, written.UNKNOWN, ""
    cells = [_of(tally.filled, tally.slots) for tally in facts.tallies if tally.slots]
    note = " · ".join(cells) if len(cells) > 1 else _empty(total.missing)
    return bisect_left(EMPTY, sum(t.missing for t in facts.tallies)) + 1, _of(total.filled, total.slots), note


def _skills(facts: Facts) -> tuple[int, str, str]:
    if not facts.skills or not facts.total.filled:
        return 0, written.UNKNOWN, ""
    found = facts.skills - len(facts.lacking)
    return bisect_left(LACKING, len(facts.lacking)) + 1, _of(found, facts.skills), _lacks(facts.lacking)


def _distance(facts: Facts) -> tuple[int, str, str]:
    middle = facts.median_km
    if middle is None:
        return 0, written.UNKNOWN, ""
    farthest = _("farthest %(km)s km") % {"km": written.number(facts.km[-1])}
    return bisect_left(KM, middle) + 1, _("%(km)s km") % {"km": written.number(middle)}, farthest


def _wishes(facts: Facts) -> tuple[int, str, str]:
    if not facts.asked:
        return 0, written.UNKNOWN, ""
    share = 100 * facts.first // facts.asked
    step = 5 - min(share // 20, 4)
    counted = _("%(first)s of %(asked)s people") % {"first": facts.first, "asked": facts.asked}
    return step, f"{share}%", counted


def _leaders(facts: Facts) -> tuple[int, str, str]:
    if not facts.wanted:
        return 0, written.UNKNOWN, ""
    figure = _of(facts.leaders, facts.wanted)
    if facts.leaders < facts.wanted:
        return (4 if facts.leaders else 5), figure, _("PM missing")
    lacking = len(facts.uncovered)
    return (1 if not lacking else 2 if lacking <= 3 else 3), figure, _lacks(facts.uncovered)


_READERS: dict[str, Callable[[Facts], tuple[int, str, str]]] = {
    "fill": _fill,
    "skills": _skills,
    "distance": _distance,
    "wishes": _wishes,
    "leaders": _leaders,
}


def _of(part: int, whole: int) -> str:
    return f"{written.number(part)}/{written.number(whole)}"


def _empty(missing: int) -> str:
    return (
        ngettext("%(n)s slot empty", "%(n)s slots empty", missing) % {"n": missing}
        if missing
        else _("Complete")
    )


def _lacks(names: Sequence[str]) -> str:
    if not names:
        return _("Complete")
    about = {"name": names[0], "n": len(names) - 1}
    return _("lacks %(name)s and %(n)s more") % about if names[1:] else _("lacks %(name)s") % about
