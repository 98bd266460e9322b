"""What is found in a file of applications, in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from u2t.pages import findings
from u2t.recruitment.rules import bringing
from u2t.sheets.columns import Column
from u2t.sheets.report import NOTICE, PROBLEM, REPAIR, Finding
from u2t.thai.places import Gazetteer

SHOWN_A_GROUP = 50
_STATES = {PROBLEM: "bad", REPAIR: "ok", NOTICE: "warn"}

WORDS: dict[str, object] = findings.WORDS | {
    "applicant.already_here": _("Somebody with this ID number has applied already (number %(number)s)."),
    "choice.none": _("No tambon is chosen."),
    "choice.twice": _("The same tambon is ranked twice."),
    "choice.too_many": _("%(count)s tambons are ranked; the call allows %(most)s."),
    "choice.without_slots": _("%(place)s has no slots of the category %(category)s."),
    "postcode.unreadable": _("This is no postcode of five digits."),
    "decimal.unreadable": _("This is no number."),
    "decimal.out_of_range": _(
        "The number must lie between 0 and %(most)s, with at most %(places)s decimals."
    ),
    "rule.min_age": _("The applicant is younger than the call allows."),
    "rule.max_age": _("The applicant is older than the call allows."),
    "rule.not_employed": _("The applicant is employed."),
    "rule.no_state_hire": _("The applicant is hired by another state project."),
    "rule.degree_at_least": _("The education is below what the call asks for."),
    "rule.degree_at_most": _("The education is above what the call allows."),
    "rule.degree_within": _("The degree is not within the years that the call allows."),
    "rule.student_year": _("The year of study is not one of those that the call asks for."),
    "rule.own_student": _("The applicant is no student of this university."),
    "rule.lives_in": _("The house registration is not in the area of a chosen tambon."),
}

_DECIDES = _("It is brought in all the same; screening decides.")

TO_DO: dict[str, object] = (
    findings.TO_DO
    | {
        "applicant.already_here": _("Delete the row, or withdraw the earlier application first."),
        "choice.none": _("Write at least one tambon of the call."),
        "choice.twice": _("Keep it once; the others move up."),
        "choice.too_many": _("Delete the last ones."),
        "choice.without_slots": _("Choose a tambon that has slots, or correct the category."),
        "postcode.unreadable": _("Correct it or leave the cell empty."),
        "person.two_categories": _("One person applies once: delete one of the rows."),
    }
    | {code: _DECIDES for code in WORDS if code.startswith("rule.")}
)

# Headers of the rows as they were understood, where no column of the file has that name.
_SHOWN = {
    "name": _("Name"),
    "home": _("House registration"),
    "choices": _("Ranked tambons"),
}

_NOTES = {
    "title": _("นาย, นาง, นางสาว, ดร. … or leave it to stand in front of the name"),
    "citizen_id": _("Thirteen digits; spaces and dashes do no harm. Keep the column as text."),
    "birth_on": _("Day, month, Buddhist year: 1/2/2540 or 1 ก.พ. 2540"),
    "category": _("One of the round's categories"),
    "choice_1": _("The tambon wanted most: its code, or its name with district and province"),
    "home_tambon": _("Of the house registration; with district and province, since names repeat"),
    "score": _("Only where people were interviewed elsewhere: points of 100"),
    "is_passed": _("Only where people were screened elsewhere"),
}


@dataclass(frozen=True)
class Group:
    """Findings of one kind: the general sentence, the first places, and how many there are."""

    state: str
    headline: str
    to_do: str
    field: str
    count: int
    places: list[findings.Worded]

    @property
    def left_out(self) -> int:
        return self.count - len(self.places)


@dataclass(frozen=True)
class Preview:
    """A checked file as its page shows it."""

    rows: int
    new: int
    problems: int
    repairs: int
    notices: int
    groups: dict[str, list[Group]]
    headers: list[str]
    sample: list[list[tuple[str, str]]]


def preview(checked: bringing.Checked) -> Preview:
    """What a check says, in words."""
    report, labels = checked.report, [field_label(field) for field in bringing.SHOWN]
    return Preview(
        rows=checked.rows,
        new=len(checked.applications),
        problems=report.count(PROBLEM),
        repairs=report.count(REPAIR),
        notices=report.count(NOTICE),
        groups={
            kind: [
                Group(
                    _STATES[kind],
                    worded(group.first).what,
                    worded(group.first).to_do,
                    field_label(group.field),
                    group.count,
                    [worded(finding) for finding in group.findings[:SHOWN_A_GROUP]],
                )
                for group in report.groups(kind)
            ]
            for kind in (PROBLEM, REPAIR, NOTICE)
        },
        headers=labels,
        sample=[list(zip(labels, row, strict=True)) for row in checked.sample],
    )


def worded(finding: Finding) -> findings.Worded:
    """A finding in the active language."""
    return findings.worded(finding, WORDS, TO_DO, field_label(finding.field))


def line(finding: Finding) -> str:
    """A finding as one line."""
    return findings.as_line(worded(finding))


def field_label(field: str) -> str:
    """The header of a column in the active language."""
    column = _columns().get(field)
    if column is None:
        return str(_SHOWN.get(field, ""))
    return column.thai if (get_language() or "th").startswith("th") else column.english


def noted(columns: Iterable[Column]) -> list[Column]:
    """The columns, each with what to write in it in the active language."""
    return [replace(column, note=str(_NOTES.get(column.field, ""))) for column in columns]


@cache
def _columns() -> dict[str, Column]:
    nowhere = Gazetteer(())
    day = date(2021, 1, 1)
    known = bringing.Known(today=day, day=day, nation=nowhere, tambons=nowhere)
    return {column.field: column for column in bringing.columns(known)}
