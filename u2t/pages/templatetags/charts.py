"""Charts as tags. The tags of ``u2t`` include them, so templates need not load this."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString

from u2t.pages import charts, written

register = template.Library()


@register.inclusion_tag("pages/charts/bars.html")
def bars(title: str, values: Sequence[charts.Bar], *, unit: str = "") -> dict[str, Any]:
    """Horizontal bars: for many or long names."""
    return {"title": title, "bars": charts.drawn_bars(values), "unit": unit}


@register.inclusion_tag("pages/charts/pillars.html")
def pillars(title: str, values: Sequence[charts.Bar], *, unit: str = "") -> dict[str, Any]:
    """Standing bars: for two to seven short names or months."""
    return {"title": title, "bars": charts.drawn_bars(values), "unit": unit}


@register.inclusion_tag("pages/charts/shares.html")
def shares(title: str, values: Sequence[charts.Bar], *, unit: str = "") -> dict[str, Any]:
    """Parts of one whole as one bar, with a legend that states number and share."""
    drawn = charts.drawn_shares(values)
    return {"title": title, "unit": unit, "bars": [(one, written.percent(one.share)) for one in drawn]}


@register.inclusion_tag("pages/charts/lines.html")
def lines(
    title: str, labels: Sequence[str], series: Sequence[charts.Series], *, unit: str = ""
) -> dict[str, Any]:
    """Lines over time with the numbers as a table to unfold."""
    highest = max((value for one in series for value in one.values if value is not None), default=0)
    top = charts.nice_top(highest)
    return {
        "title": title,
        "unit": unit,
        "lines": charts.drawn_lines(series, top),
        "steps": [written.number(top * step / 4) for step in range(5)],
        "along": charts.thinned(labels),
        "series": series,
        "rows": [(label, [one.values[at] for one in series]) for at, label in enumerate(labels)],
    }


@register.simple_tag
def sparkline(values: Sequence[float | None], label: str) -> SafeString:
    """A line as small as a word; ``label`` must say what it shows."""
    top = max((value for value in values if value is not None), default=0)
    pieces = charts.drawn_lines([charts.Series("", values)], top)[0].pieces
    drawn = format_html("".join('<polyline points="{}"/>' for _ in pieces), *pieces) if pieces else ""
    return format_html(
        '<span class="chart spark tone-1"><svg role="img" aria-label="{}" viewBox="0 0 100 100" '
        'preserveAspectRatio="none">{}</svg></span>',
        label,
        drawn,
    )


@register.simple_tag
def meter(filled: int | None, slots: int | None, state: str = "ok") -> SafeString:
    """A thin bar under a text that already says the same in words."""
    return format_html(
        '<svg class="meter is-{}" aria-hidden="true"><rect class="trough" width="100%" height="100%"/>'
        '<rect width="{}" height="100%"/></svg>',
        state,
        charts.percent_of(filled or 0, slots or 0),
    )


@register.inclusion_tag("pages/charts/tilemap.html")
def tilemap(title: str, provinces: Sequence[charts.Province], *, unit: str = "") -> dict[str, Any]:
    """Every tambon as a tile in its district and province, with a legend that counts the states."""
    tiles = [tile for province in provinces for district in province.districts for tile in district.tiles]
    counts = Counter((tile.state, tile.state_text) for tile in tiles)
    order = ("ok", "wait", "warn", "bad", "none")
    legend = sorted(
        ((state, text, count) for (state, text), count in counts.items()), key=lambda e: order.index(e[0])
    )
    return {"title": title, "provinces": provinces, "legend": legend, "unit": unit}
