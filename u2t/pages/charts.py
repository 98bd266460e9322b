"""Charts drawn on the server: values in, geometry out, no script.

Words stay HTML (they wrap, are never cut, can be read aloud and keep ำ whole); only shapes are SVG, measured in
percent, so that a chart fits every width with letters of one size. Nothing here knows Django.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field

TONES = 6


@dataclass(frozen=True)
class Bar:
    """One bar. ``value`` ``None`` is unknown: no bar, a dash. ``url`` leads to the list behind it."""

    label: str
    value: float | None
    url: str = ""
    note: str = ""


@dataclass(frozen=True)
class Series:
    """One line; ``values`` run along the labels of the chart, ``None`` leaves a gap."""

    label: str
    values: Sequence[float | None]


@dataclass(frozen=True)
class Tile:
    """One tambon: ``filled`` of ``slots`` (either may be unknown), its state and the state's words."""

    name: str
    url: str
    state: str
    state_text: str
    filled: int | None = None
    slots: int | None = None


@dataclass(frozen=True)
class District:
    name: str
    tiles: Sequence[Tile]


@dataclass(frozen=True)
class Province:
    name: str
    districts: Sequence[District]

    @property
    def count(self) -> int:
        return sum(len(district.tiles) for district in self.districts)


@dataclass(frozen=True)
class DrawnBar:
    """A bar with its geometry in percent: from ``start`` for ``length``; ``rest`` is what is left to 100."""

    bar: Bar
    tone: int
    start: str
    length: str
    rest: str
    share: float


@dataclass(frozen=True)
class DrawnLine:
    label: str
    tone: int
    dash: str
    pieces: Sequence[str]
    dots: Sequence[tuple[str, str]] = field(default=())


def percent_of(part: float, whole: float) -> str:
    """``part`` of ``whole`` as percent for an SVG attribute, held between 0 and 100."""
    return f"{min(max(100 * part / whole, 0), 100):.2f}%" if whole else "0%"


def nice_top(highest: float) -> float:
    """The round number at or above ``highest`` on which an axis of four steps ends."""
    if highest <= 0:
        return 4
    power = 10.0 ** math.floor(math.log10(highest / 4))
    step = next(
        m * power for m in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if 4 * m * power >= highest * (1 - 1e-9)
    )
    return 4 * step


def drawn_bars(bars: Sequence[Bar]) -> list[DrawnBar]:
    """Bars that share one scale from zero; all of one tone, because they say one thing."""
    top = max((bar.value for bar in bars if bar.value is not None), default=0)
    total = sum(bar.value or 0 for bar in bars)
    drawn = []
    for bar in bars:
        value = bar.value or 0
        rest = f"{100 - float(percent_of(value, top)[:-1]):.2f}%"
        drawn.append(DrawnBar(bar, 1, "0%", percent_of(value, top), rest, value / total if total else 0))
    return drawn


def drawn_shares(bars: Sequence[Bar]) -> list[DrawnBar]:
    """Parts of one whole, end to end, each with its own tone."""
    total = sum(bar.value or 0 for bar in bars)
    drawn, before = [], 0.0
    for index, bar in enumerate(bars):
        value = bar.value or 0
        share = value / total if total else 0
        tone = index % TONES + 1
        drawn.append(DrawnBar(bar, tone, percent_of(before, total), percent_of(value, total), "", share))
        before += value
    return drawn


def drawn_lines(series: Sequence[Series], top: float) -> list[DrawnLine]:
    """Lines in a box of 100 × 100, broken where a value is unknown; a lone value becomes a dot."""
    dashes = ("", "6 4", "2 3", "9 3 2 3", "1 4", "12 4")
    drawn = []
    for index, one in enumerate(series):
        step = 100 / max(len(one.values) - 1, 1)
        runs: list[list[tuple[float, float]]] = [[]]
        for place, value in enumerate(one.values):
            if value is None:
                runs.append([])
            else:
                runs[-1].append((place * step, 100 - 100 * value / top if top else 100))
        pieces = [" ".join(f"{x:.2f},{y:.2f}" for x, y in run) for run in runs if len(run) > 1]
        dots = [(f"{x:.2f}%", f"{y:.2f}%") for run in runs if len(run) == 1 for x, y in run]
        drawn.append(DrawnLine(one.label, index % TONES + 1, dashes[index % len(dashes)], pieces, dots))
    return drawn


def thinned(labels: Sequence[str], most: int = 6) -> list[str]:
    """At most ``most`` labels, evenly spread, the first and the last among them."""
    if len(labels) <= most:
        return list(labels)
    return [labels[round(i * (len(labels) - 1) / (most - 1))] for i in range(most)]
