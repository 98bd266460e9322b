"""What the pages of this part show, put into words once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.urls import reverse
from django.utils.translation import gettext as _

from u2t.objections import Objection
from u2t.pages import findings
from u2t.pages.words import say
from u2t.programme.models import Round
from u2t.rosters import words
from u2t.rosters.models import Roster
from u2t.sheets.report import NOTICE, PROBLEM, REPAIR, Report

# So many places of one kind of finding stand on the page; all that were kept are in the workbook.
SHOWN_A_GROUP = 50
_ICONS = {"tambons": "place", "lecturers": "lecturer", "agencies": "agency", "workers": "people"}
_STATES = {PROBLEM: "bad", REPAIR: "ok", NOTICE: "warn"}


@dataclass(frozen=True)
class Card:
    """One of the four lists: how many the round has, and the file that waits to be accepted."""

    kind: Roster.Kind
    icon: str
    count: int
    url: str
    waiting: Roster | None


@dataclass(frozen=True)
class Said:
    """A refusal and what to do about it."""

    what: str
    to_do: str


@dataclass(frozen=True)
class ShownGroup:
    """Findings of one kind: the general sentence, the first places, and how many are left out here."""

    kind: str
    state: str
    headline: str
    to_do: str
    field: str
    count: int
    places: list[findings.Worded]

    @property
    def left_out(self) -> int:
        return self.count - len(self.places)

    @property
    def first_place(self) -> str:
        return self.places[0].place if self.places else ""


@dataclass(frozen=True)
class Preview:
    """A roster as its page shows it."""

    roster: Roster
    kind: Roster.Kind
    state: str
    state_text: str
    rows: int
    new: int
    unchanged: int
    problems: int
    repairs: int
    notices: int
    groups: dict[str, list[ShownGroup]]
    headers: list[str]
    sample: list[list[tuple[str, str]]]
    refusals: list[Said] = field(default_factory=list)
    list_url: str = ""

    @property
    def is_open(self) -> bool:
        """It can still be accepted or discarded."""
        return not (self.roster.accepted_at or self.roster.discarded_at)


def cards(round: Round, counts: dict[str, int], waiting: dict[str, Roster]) -> list[Card]:
    """The four lists in the order in which they are brought in."""
    return [
        Card(
            kind,
            _ICONS[kind],
            counts[kind],
            reverse("rosters:upload", args=[round.code, kind.value]),
            waiting.get(kind),
        )
        for kind in Roster.Kind
    ]


def refusals(objections: Iterable[Objection]) -> list[Said]:
    """Objections in words, each with what to do where there is something."""
    said = []
    for objection in objections:
        part, _dot, reason = objection.code.partition(".")
        to_do = words.TO_DO.get(reason, "") if part == "rosters" else ""
        said.append(Said(say(objection), str(to_do)))
    return said


def preview(roster: Roster, objections: Iterable[Objection] = ()) -> Preview:
    """What the kept report says, in words."""
    kept = roster.report or {"rows": 0, "new": 0, "unchanged": 0, "groups": [], "shown": [], "sample": []}
    report = Report.from_json(kept["groups"])
    state, state_text = _state(roster, report)
    headers, sample = _filled(words.labels(roster.kind, kept["shown"]), kept["sample"])
    return Preview(
        roster=roster,
        kind=Roster.Kind(roster.kind),
        state=state,
        state_text=state_text,
        rows=kept["rows"],
        new=kept["new"],
        unchanged=kept["unchanged"],
        problems=report.count(PROBLEM),
        repairs=report.count(REPAIR),
        notices=report.count(NOTICE),
        groups={kind: _groups(report, roster.kind, kind) for kind in (PROBLEM, REPAIR, NOTICE)},
        headers=headers,
        sample=[list(zip(headers, row, strict=True)) for row in sample],
        refusals=refusals(objections),
        list_url=_list_url(roster),
    )


def _filled(headers: list[str], rows: list[list[str]]) -> tuple[list[str], list[list[str]]]:
    """Headers and rows without the columns that none of the rows fills."""
    kept = [at for at in range(len(headers)) if any(row[at] for row in rows)]
    return [headers[at] for at in kept], [[row[at] for at in kept] for row in rows]


def _groups(report: Report, roster_kind: str, kind: str) -> list[ShownGroup]:
    return [
        ShownGroup(
            kind,
            _STATES[kind],
            words.headline(group, roster_kind),
            words.worded(group.first, roster_kind).to_do,
            words.field_label(roster_kind, group.field),
            group.count,
            [words.worded(finding, roster_kind) for finding in group.findings[:SHOWN_A_GROUP]],
        )
        for group in report.groups(kind)
    ]


def _state(roster: Roster, report: Report) -> tuple[str, str]:
    if roster.accepted_at:
        return "ok", _("Accepted")
    if roster.discarded_at:
        return "none", _("Discarded")
    if report.has_problems:
        return "bad", _("Must be corrected")
    return "wait", _("Waits to be accepted")


def _list_url(roster: Roster) -> str:
    return reverse(f"home:{roster.kind}", args=[roster.round.code])
