"""The figures of a simulated nation, for people to read."""

from __future__ import annotations

from collections.abc import Iterator

from django.utils.translation import gettext as _

from u2t.matching.nation import Design
from u2t.pages import written
from u2t.placement.management.tasking import Took
from u2t.placement.rules.nation import Row
from u2t.placement.words import nation as words


def lines(design: Design, took: Took) -> Iterator[tuple[str, str]]:
    """Label and figure, one after the other."""
    tally, number = took.tally, written.number
    placed = max(tally.filled, 1)
    yield _("Seed"), str(design.seed)
    yield _("Institutions"), number(design.institutions)
    yield _("Tambons"), number(design.tambons)
    yield _("Applicants"), number(tally.people)
    yield _("Rule"), str(words.ORDERS[design.rule.order])
    yield _("Filled slots"), f"{number(tally.filled)}/{number(tally.seats)}"
    yield _("Mean score of those placed"), number(tally.score / placed / 100, 2)
    yield _("Mean inconvenience (km and its equivalent)"), number(tally.inconvenience / placed, 2)
    yield _("Got their first wish"), written.percent(tally.first_wish, tally.wishing, 1)
    yield _("Got one of their wishes"), written.percent(tally.any_wish, tally.wishing, 1)
    yield _("Objective reached · bound proved"), f"{number(tally.value)} · {number(tally.bound)}"
    yield _("Proof"), _("proved: nothing better exists") if tally.proven else _("NOT PROVED")
    yield _("Solver"), tally.backend
    for name, seconds in took.cpu.items():
        wall = number(took.wall[name], 2)
        yield (
            str(words.CLOCKS[name]),
            _("%(cpu)s s CPU · %(wall)s s on the clock") % {"cpu": number(seconds, 2), "wall": wall},
        )
    if took.peak_mb is not None:
        yield _("Peak memory of a process"), f"{number(took.peak_mb)} MB"
    for worker, shares in sorted(took.workers.items()):
        yield _("Worker %s") % worker, _("%s tasks") % number(shares)
    yield _("Fingerprint (SHA-256)"), tally.digest


def table(rows: list[Row]) -> Iterator[str]:
    """One line a rule, under a line of headings; blanks keep the columns."""
    heads = [
        _("Filled slots"),
        _("Mean score"),
        _("Mean inconvenience"),
        _("First wish"),
        _("With score envy"),
    ]
    yield " | ".join([_("Rule"), *heads])
    for row in rows:
        placed = max(row.filled, 1)
        cells = [
            written.number(row.filled),
            written.number(row.score / placed / 100, 2),
            written.number(row.inconvenience / placed, 1),
            written.percent(row.first_wish, row.wishing, 0),
            written.number(row.envious),
        ]
        yield " | ".join([str(words.POLICIES[row.name]), *cells])
