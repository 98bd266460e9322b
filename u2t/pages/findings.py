"""What is found in a spreadsheet, in words: the codes of ``u2t.thai`` and ``u2t.sheets``, and what to do about them.

A part that brings files in adds the codes of its own rules and asks :func:`worded`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from u2t.sheets.report import Finding

WORDS: dict[str, object] = {
    "file.empty": _("The file is empty."),
    "file.wrong_kind": _("This is not a spreadsheet (it is: %(kind)s)."),
    "file.password": _("The workbook is protected by a password and cannot be read."),
    "file.broken": _("The file is damaged and cannot be read."),
    "file.too_big": _("The file is too large (%(size)s bytes; at most %(limit)s)."),
    "file.too_big_inside": _("What is packed in the file is far too large to be a list."),
    "file.too_many_sheets": _("The workbook has more than %(limit)s sheets."),
    "file.too_many_columns": _("The table has %(columns)s columns; at most %(limit)s can be read."),
    "file.too_many_rows": _("The table reaches further down than %(limit)s rows."),
    "file.kind_differs_from_name": _(
        "The file is named %(name)s but is of the kind %(kind)s; it was read as what it is."
    ),
    "file.external_links": _(
        "The workbook has links to other files; the values saved in it were read, the links were not followed."
    ),
    "file.no_header": _("No sheet has a row with the expected headers (%(wanted)s)."),
    "file.no_rows": _("There are headers but no rows below them."),
    "text.broken_utf8": _("The text is damaged near line %(line)s."),
    "text.unknown_encoding": _("The encoding of the text is not known; Thai could not be read."),
    "text.not_a_table": _("The text cannot be read as a table."),
    "text.windows_874": _("The text is in the old Thai encoding (TIS-620 / Windows-874) and was read so."),
    "text.too_long": _("The text is longer than %(limit)s characters."),
    "sheet.hidden_sheet_skipped": _('The hidden sheet "%(sheet)s" was not read.'),
    "sheet.without_header": _('The sheet "%(sheet)s" has no known headers and was not read.'),
    "header.unknown": _('The column "%(header)s" is not known and was not read.'),
    "header.duplicate": _('Two columns have the header "%(header)s".'),
    "header.missing": _('The column "%(header)s" is missing.'),
    "column.hidden": _('The column "%(header)s" is hidden in the file; it was read.'),
    "row.hidden": _("The row is hidden in the file; it was read."),
    "row.total_skipped": _("A total line; it was not read as an entry."),
    "row.note_skipped": _("A note or signature line; it was not read as an entry."),
    "row.repeated_header": _("The header stands here again; it was not read as an entry."),
    "cell.empty": _("The cell is empty but must be filled."),
    "cell.formula": _("The cell holds a formula; its saved value was read."),
    "cell.formula_without_value": _("The cell holds a formula without a saved value."),
    "cell.formula_error": _("The cell shows an error of a formula (such as #REF!)."),
    "cell.merged_filled": _("The value of a merged cell was taken for each row that it covers."),
    "id.float_damaged": _(
        "The spreadsheet turned the ID number into a rounded number (%(text)s); digits are lost."
    ),
    "id.odd_characters": _("The ID number has characters that are no digits."),
    "id.not_13_digits": _("The ID number has %(digits)s digits instead of 13."),
    "id.checksum": _("The ID number is mistyped: its last digit does not fit the others."),
    "id.was_number": _("The ID number was stored as a number; it was read as thirteen digits."),
    "id.cleaned": _("Spaces, dashes or Thai digits in the ID number were put right."),
    "phone.unreadable": _("This is no Thai telephone number."),
    "phone.cleaned": _("The telephone number was brought into one form."),
    "phone.zero_added": _("The first zero that the spreadsheet dropped was added."),
    "phone.first_taken": _("The cell has several telephone numbers; the first was taken."),
    "email.unreadable": _("This is no e-mail address."),
    "email.cleaned": _("Spaces were taken out of the e-mail address."),
    "date.unreadable": _("This is no date that can be understood."),
    "date.short_year_unclear": _("The year has only two digits and it is not clear which is meant."),
    "date.year_out_of_range": _("The year %(year)s is not possible."),
    "date.no_such_month": _("There is no month %(month)s."),
    "date.not_in_calendar": _(
        "The calendar does not have this day (month %(month)s of %(year)s has %(last)s days)."
    ),
    "date.was_serial": _(
        "The date was stored as a serial number of the spreadsheet; it was read as %(value)s."
    ),
    "date.short_year": _("The year has two digits; it was read as a Buddhist year (%(value)s)."),
    "date.buddhist_cell": _(
        "The spreadsheet took the Buddhist year for a Christian one; it was put right (%(value)s)."
    ),
    "birth.unlikely": _("The date of birth gives an unlikely age (%(date)s)."),
    "choice.unknown": _('"%(text)s" is not in the list.'),
    "number.unreadable": _("This is no whole number."),
    "number.out_of_range": _("The number must lie between %(least)s and %(most)s."),
    "name.empty": _("The row has no name."),
    "name.no_surname": _("The surname is missing."),
    "name.no_given": _("The given name is missing."),
    "name.odd_characters": _("The name has signs that no name has."),
    "name.two_titles": _("The row has two titles that do not fit together (%(title)s and %(other)s)."),
    "name.unknown_title": _('"%(text)s" is not known as a title.'),
    "name.spacing": _("Spaces in the name were put right."),
    "name.title_split": _("The title written together with the name was cut off."),
    "name.surname_split": _("Given name and surname stood in one cell and were divided."),
    "name.title_spelled_out": _("The title was brought into its usual spelling."),
    "place.empty": _("The tambon is missing."),
    "place.unknown_code": _("There is no tambon with the code %(code)s."),
    "place.code_and_name_differ": _("Code and name do not fit: the code belongs to %(place)s."),
    "place.unknown_name": _("There is no tambon of this name."),
    "place.ambiguous": _("Several places have this name: %(candidates)s."),
    "place.not_in_district": _("The tambon does not lie in this district; there is: %(candidates)s."),
    "place.not_in_province": _("The tambon does not lie in this province; there is: %(candidates)s."),
    "place.unknown_province": _("There is no province of this name."),
    "place.unknown_district": _("There is no district of this name."),
    "place.not_in_round": _("%(place)s does not take part in this round."),
    "place.taken_from_round": _("Several tambons have this name; the one of this round was taken."),
    "person.twice": _("The same person stands in row %(first)s already."),
    "person.two_categories": _("The same person stands in row %(first)s in another category."),
    "person.twice_by_name": _(
        "A person of the same name stands in row %(first)s already and no ID numbers tell them apart."
    ),
    "person.same_name": _("Name and date of birth are those of row %(first)s, but the ID numbers differ."),
    "person.same_telephone": _("The telephone number is that of row %(first)s."),
}

TO_DO: dict[str, object] = {
    "file.empty": _("Open it in your spreadsheet program, check that it has rows, save and upload it again."),
    "file.wrong_kind": _(
        "Save the list as XLSX, ODS or CSV and upload that file. Renaming the file does not change its kind."
    ),
    "file.password": _("Open it with the password, remove the protection, save and upload it again."),
    "file.broken": _("Open it in your spreadsheet program, save it again as XLSX and upload that."),
    "file.too_big": _("Remove pictures and sheets that are not needed, or divide the list."),
    "file.too_big_inside": _("Copy only the list into a new workbook and upload that."),
    "file.too_many_sheets": _("Keep only the sheets that hold the list."),
    "file.too_many_columns": _("Delete the columns to the right of the list, also empty-looking ones."),
    "file.too_many_rows": _("Delete the rows below the list, also empty-looking ones, or divide the list."),
    "file.external_links": _("Check that the values are the current ones."),
    "file.no_header": _("Write the headers as in the template into one row above the list."),
    "file.no_rows": _("Fill in the list and upload the file again."),
    "text.broken_utf8": _('Save the list again as "CSV UTF-8" or as XLSX.'),
    "text.unknown_encoding": _('Save the list as "CSV UTF-8" or as XLSX.'),
    "text.not_a_table": _("Save the list as XLSX and upload that."),
    "text.too_long": _("Shorten the text in this cell."),
    "sheet.hidden_sheet_skipped": _("Unhide it and upload again if it belongs to the list."),
    "sheet.without_header": _("Give it the headers of the template if it belongs to the list."),
    "header.unknown": _("Rename its header as in the template if it should be read."),
    "header.duplicate": _("Delete or rename one of them."),
    "header.missing": _("Add the column; the template shows how."),
    "column.hidden": _("Check that its contents are meant."),
    "row.hidden": _("Check that it belongs to the list; delete it otherwise."),
    "cell.empty": _("Fill in the cell."),
    "cell.formula": _("Check the value."),
    "cell.formula_without_value": _("Replace the formula by its value (copy, then paste values)."),
    "cell.formula_error": _("Replace the formula by the right value."),
    "id.float_damaged": _('Set the column to "Text" and type the thirteen digits again.'),
    "id.odd_characters": _("Type the thirteen digits of the ID card."),
    "id.not_13_digits": _("Compare it with the ID card and correct it."),
    "id.checksum": _("Compare it with the ID card and correct it."),
    "phone.unreadable": _("Write ten digits (mobile) or nine digits (landline), or leave the cell empty."),
    "phone.first_taken": _("Check that it is the right one."),
    "email.unreadable": _("Correct the address or leave the cell empty."),
    "date.unreadable": _("Write it like 31/1/2564 or 31 ม.ค. 2564."),
    "date.short_year_unclear": _("Write the year with four digits."),
    "date.year_out_of_range": _("Write the Buddhist year with four digits, for instance 2540."),
    "date.no_such_month": _("Write the day first, then the month, then the year."),
    "date.not_in_calendar": _("Correct the date."),
    "date.was_serial": _("Check the date."),
    "date.short_year": _("Check the year."),
    "birth.unlikely": _("Check the year: Buddhist or Christian?"),
    "choice.unknown": _("Write one of these: %(choices)s"),
    "number.unreadable": _("Write a number with digits only."),
    "number.out_of_range": _("Correct the number."),
    "name.empty": _("Fill in the name or delete the row."),
    "name.no_surname": _("Write given name and surname with a space between them."),
    "name.no_given": _("Fill in the given name."),
    "name.odd_characters": _("Correct the name."),
    "name.two_titles": _("Keep the right one."),
    "name.unknown_title": _("Write a title such as นาย, นาง, นางสาว or ดร."),
    "place.empty": _("Write its code or its name with district and province."),
    "place.unknown_code": _("Write the six-digit code of the Department of Provincial Administration."),
    "place.code_and_name_differ": _("Correct the code or the name."),
    "place.unknown_name": _("Check the spelling or write the six-digit code."),
    "place.ambiguous": _("Add district and province, or the code."),
    "place.not_in_district": _("Correct tambon or district."),
    "place.not_in_province": _("Correct tambon or province."),
    "place.unknown_province": _("Check the spelling."),
    "place.unknown_district": _("Check the spelling and the province."),
    "place.not_in_round": _("Choose a tambon of the round, or add this one to the round first."),
    "place.taken_from_round": _("Check it, or add district and province."),
    "person.twice": _("Delete one of the two rows."),
    "person.two_categories": _("A person can be hired in one category only: delete one of the rows."),
    "person.twice_by_name": _("Delete one of the rows, or fill in the ID numbers of both."),
    "person.same_name": _("Check that these are two persons."),
    "person.same_telephone": _("Check that it is right."),
}

KIND_WORDS = {
    "problem": _("To be corrected"),
    "repair": _("Repaired"),
    "notice": _("Worth a look"),
}


class Worded(NamedTuple):
    """A finding or a group of findings in words."""

    place: str
    field: str
    value: str
    what: str
    to_do: str


def worded(finding: Finding, words: Mapping[str, object], to_do: Mapping[str, object], label: str) -> Worded:
    """The finding in the active language; ``label`` is the header of its column."""
    about = plain(finding.about)
    return Worded(
        place_of(finding),
        label,
        finding.value,
        str(words[finding.code]) % about,
        str(to_do[finding.code]) % about if finding.code in to_do else "",
    )


def as_line(said: Worded) -> str:
    """Where, what, the value, what to do, in one line."""
    where = " ".join(part for part in (said.place, said.field) if part)
    value = f" [{said.value}]" if said.value else ""
    to_do = f" {said.to_do}" if said.to_do else ""
    return f"{where}: {said.what}{value}{to_do}" if where else f"{said.what}{value}{to_do}"


def plain(about: Mapping[str, object]) -> dict[str, object]:
    """What a sentence mentions, with lists written out."""
    return {
        key: " · ".join(map(str, value)) if isinstance(value, (list, tuple)) else value
        for key, value in about.items()
    }


def place_of(finding: Finding) -> str:
    """``"คน!D5"``: sheet, column and row as a spreadsheet writes them; empty where it concerns the whole file."""
    cell = f"{finding.column}{finding.row or ''}"
    if finding.row and not finding.column:
        cell = str(_("row %(row)s") % {"row": finding.row})
    return "!".join(part for part in (finding.sheet, cell) if part)
