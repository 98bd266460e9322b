"""What findings and refusals mean and what to do, by code; pages and commands say the same.

The codes of ``u2t.thai`` and ``u2t.sheets`` have their words in ``u2t.pages.findings``; here are this part's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from u2t.pages import findings
from u2t.rosters.rules import checking
from u2t.rosters.rules.known import Known
from u2t.sheets.columns import Column
from u2t.sheets.report import Finding, Group
from u2t.thai.places import Gazetteer

WORDS: dict[str, object] = findings.WORDS | {
    "person.no_id_column": _(
        "The file has no ID numbers; people are told apart by name and date of birth only."
    ),
    "person.already_here": _("The person is in the round already (number %(number)s) and is left unchanged."),
    "person.here_in_other_category": _(
        "The person is in the round already (number %(number)s) in another category: %(category)s."
    ),
    "lecturer.already_here": _("The lecturer is in the round already and is left unchanged."),
    "skill.left_out": _('The skill "%(text)s" is not in the round\'s list and was left out.'),
    "wish.repeated": _("The same tambon was wished for twice; it was kept once."),
    "dimension.unknown": _('"%(text)s" is no dimension of this round.'),
    "dimension.repeated": _("The same dimension stands twice; it was kept once."),
    "category.more_than_seats": _("%(category)s: %(count)s people for %(seats)s slots."),
    "tambon.more_than_seats": _(
        "%(place)s: %(count)s people of the category %(category)s are fixed there, but it has %(seats)s slots."
    ),
    "tambon.already_here": _("The tambon is in the round already."),
    "tambon.repeated": _("The tambon stands in row %(first)s already; it was kept once."),
    "agency.twice": _("The same agency stands in row %(first)s already."),
    "agency.already_here": _("The agency is in the round already and is left unchanged."),
    "agency.in_register": _(
        "The agency is in the register from another round; what is stored of it stays, and it takes part in this round too."
    ),
    "agency.no_part": _("It is not said whether the agency hosts tambon workers or takes data managers."),
    "agency.data_from_capacity": _(
        "The row says how many data managers there is room for, so the agency was taken to take them."
    ),
    "agency.host_from_covers": _("The row names tambons that the agency covers, so it was taken as a host."),
    "has_problems": _("The roster has %(count)s problems; nothing was stored."),
    "already_accepted": _("This roster was accepted before."),
    "already_discarded": _("This roster was discarded."),
    "file_gone": _("The stored file is missing or was changed."),
    "no_file": _("No file was chosen."),
    "no_such_round": _("There is no round with the code %(code)s."),
    "no_such_file": _("The file %(path)s cannot be opened."),
}

TO_DO: dict[str, object] = findings.TO_DO | {
    "person.no_id_column": _("Add the column if you can: pay will need it."),
    "person.here_in_other_category": _(
        "A person can be hired in one category only: delete the row or correct the category."
    ),
    "skill.left_out": _("Use the words of the template, or add the skill to the round."),
    "dimension.unknown": _("Write these words, divided by commas: %(choices)s"),
    "category.more_than_seats": _("Those for whom there is no slot will stay without a place."),
    "tambon.more_than_seats": _("Those for whom there is no slot will stay without a place."),
    "agency.twice": _("Delete one of the rows."),
    "agency.no_part": _("Write ใช่ in at least one of the two columns."),
    "has_problems": _("Correct the file and upload it again."),
    "already_discarded": _("Upload the file again if it is needed."),
    "file_gone": _("Upload the file again."),
    "no_file": _("Choose a file and send it again."),
    "no_such_round": _("Check the code of the round."),
    "no_such_file": _("Check the path of the file."),
}

# Headers of the rows as they were understood, where no column of the file has that name.
SHOWN = {
    "name": _("Name"),
    "base": _("Base district"),
    "home": _("Home tambon"),
    "fixed": _("Work tambon"),
    "wishes": _("Wished tambons"),
    "agency": _("Agency"),
    "province": _("Province"),
    "district": _("District"),
    "part": _("Part"),
}


# What the template says to write in a column.
NOTES = {
    "title": _("นาย, นาง, นางสาว, ดร. … or leave it to stand in front of the name"),
    "citizen_id": _("Thirteen digits; spaces and dashes do no harm. Keep the column as text."),
    "birth_on": _("Day, month, Buddhist year: 1/2/2540 or 1 ก.พ. 2540"),
    "category": _("One of the round's categories"),
    "skills": _("Words of the round's list, divided by commas"),
    "expertise": _("Dimensions of development, divided by commas"),
    "home_tambon": _("Where the person lives; with district and province, since names repeat"),
    "wish_1": _("Where the person would like to work: tambon, district and province, or the code"),
    "fixed_tambon": _("Only where it is already decided where the person works"),
    "code": _("Six digits; names are not needed beside it"),
    "tambon": _("With district and province, since names repeat"),
    "kind": _("One of the kinds of agency"),
    "is_host": _("ใช่ or ไม่ใช่"),
    "is_data_agency": _("ใช่ or ไม่ใช่"),
    "data_capacity": _("How many data managers have room"),
    "covers": _("Codes or names of the tambons that the agency serves, divided by commas"),
    "receives_team": _("ใช่ where the tambon's team is handed to this agency"),
    "letter_to": _("To whom letters are addressed, for instance นายอำเภอ…"),
    "max_tambons": _("How many tambons the lecturer can lead; empty means one"),
    "manager": _("The executive who co-manages as Area Manager"),
}


def worded(finding: Finding, kind: str) -> findings.Worded:
    """The finding in the active language; ``kind`` is the roster's."""
    return findings.worded(finding, WORDS, TO_DO, field_label(kind, finding.field))


def line(finding: Finding, kind: str) -> str:
    """The finding as one line: where, what, the value, what to do."""
    return findings.as_line(worded(finding, kind))


def field_label(kind: str, field: str) -> str:
    """The header of a column in the active language."""
    column = _columns(kind).get(field)
    if column is None:
        return str(SHOWN.get(field, ""))
    return column.thai if (get_language() or "th").startswith("th") else column.english


def headline(group: Group, kind: str) -> str:
    """What a group is about: its sentence, general where its findings differ in what they mention."""
    return worded(group.first, kind).what


@cache
def _columns(kind: str) -> Mapping[str, Column]:
    from datetime import date

    nowhere = Gazetteer(())
    known = Known(today=date(2021, 1, 1), nation=nowhere, round_places=nowhere)
    return {column.field: column for column in checking.KINDS[kind].columns(known)}


def labels(kind: str, fields: Sequence[str]) -> list[str]:
    """Headers of several fields."""
    return [field_label(kind, field) for field in fields]
