"""Columns of persons: a name, an ID number, how to reach somebody; and who stands in a file twice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from u2t.sheets import cells
from u2t.sheets.columns import INVALID, Column, Compound, Mended, Parser
from u2t.sheets.report import NOTICE, PROBLEM, Report
from u2t.sheets.tables import Table
from u2t.sheets.workbook import Cell
from u2t.thai import ids, names
from u2t.thai.problem import Problem

NameKey = tuple[str, str, date | None]

_YOUNGEST, _OLDEST = 15, 90
# As many characters as a person's row takes; PostgreSQL refuses more, SQLite would not.
_LONGEST_TITLE, _LONGEST_NAME = 40, 120

TITLE = Column(
    "title", "คำนำหน้า", "Title", cells.text, ("คำนำหน้าชื่อ", "คำนำหน้านาม", "prefix"),
    example="นางสาว", width=12,
)  # fmt: skip
GIVEN = Column(
    "given_name", "ชื่อ", "Given name", cells.text, ("ชื่อจริง", "ชื่อตัว", "first name", "name"),
    is_needed=True, instead=("full_name",), is_repeating=False, example="ตัวอย่าง",
)  # fmt: skip
SURNAME = Column(
    "surname", "นามสกุล", "Surname", cells.text, ("สกุล", "last name", "family name"),
    is_needed=True, instead=("full_name",), is_repeating=False, example="ทดสอบ",
)  # fmt: skip
FULL_NAME = Column(
    "full_name", "ชื่อ-นามสกุล", "Full name", cells.text,
    ("ชื่อ-สกุล", "ชื่อ นามสกุล", "ชื่อและนามสกุล", "ชื่อ - สกุล", "ชื่อ–สกุล", "ชื่อสกุล", "รายชื่อ"),
    is_repeating=False,
)  # fmt: skip
CITIZEN_ID = Column(
    "citizen_id", "เลขประจำตัวประชาชน", "National ID", cells.national_id,
    ("เลขบัตรประชาชน", "เลขที่บัตรประชาชน", "เลขประจำตัวประชาชน 13 หลัก", "เลขบัตรประจำตัวประชาชน", "หมายเลขบัตรประชาชน",
     "รหัสบัตรประชาชน", "บัตรประชาชน", "id card", "citizen id", "national id number", "pid"),
    is_repeating=False, example="1-9900-00000-01-9", width=20, conceal=lambda text: f"…{text[-3:]}",
)  # fmt: skip
TELEPHONE = Column(
    "telephone", "โทรศัพท์", "Telephone", cells.phone,
    ("เบอร์โทร", "เบอร์โทรศัพท์", "หมายเลขโทรศัพท์", "โทร", "มือถือ", "โทรศัพท์มือถือ", "phone", "mobile", "tel"),
    is_repeating=False, example="080-000-0000",
)  # fmt: skip
EMAIL = Column(
    "email", "อีเมล", "E-mail", cells.email, ("อีเมล์", "e-mail", "ไปรษณีย์อิเล็กทรอนิกส์", "mail"),
    is_repeating=False, example="example@example.com", width=24,
)  # fmt: skip


def birth_column(today: date) -> Column:
    """The date of birth; somebody of an unlikely age is a problem, since the year is then likely mistyped."""
    read = cells.day(today)

    def parse(cell: Cell) -> object:
        answer = read(cell)
        day = answer.value if isinstance(answer, Mended) else answer
        if isinstance(day, date) and not _YOUNGEST <= (today - day).days / 365.25 <= _OLDEST:
            return Problem("birth.unlikely", {"date": day.isoformat()})
        return answer

    return Column(
        "birth_on", "วันเกิด", "Date of birth", parse,
        ("วันเดือนปีเกิด", "วัน/เดือน/ปีเกิด", "ว/ด/ป เกิด", "วันเดือนปี เกิด", "birth date", "birthday", "dob"),
        example="1/2/2540",
    )  # fmt: skip


def _name(title: object, full: object, given: object, surname: object) -> object:
    if full is not None and given is None:
        found = names.parse(str(full), str(title or ""))
        if isinstance(found, names.PersonName):
            # A whole name is rightly written with its title in front: nothing was repaired.
            found = found._replace(repairs=tuple(r for r in found.repairs if r != "name.title_split"))
    else:
        found = names.join(title or "", given or "", surname or "")  # type: ignore[arg-type]
    if isinstance(found, names.PersonName) and max(len(found.given), len(found.surname)) > _LONGEST_NAME:
        return Problem("text.too_long", {"limit": _LONGEST_NAME})
    if isinstance(found, names.PersonName) and len(found.title) > _LONGEST_TITLE:
        return Problem("text.too_long", {"limit": _LONGEST_TITLE})
    if isinstance(found, names.PersonName) and found.repairs:
        return Mended(found._replace(repairs=()), found.repairs)
    return found


NAME = Compound(
    "name", ("title", "full_name", "given_name", "surname"), _name, is_required=True, is_repeating=False
)


def lone_name(text: object) -> object:
    """A whole name in one cell, for instance of an executive."""
    return None if text is None else _name(None, text, None, None)


def find_twice(table: Table, report: Report, categories: Sequence[object]) -> set[int]:
    """Report persons who stand in the file twice; answers the rows of the later ones.

    The same ID number is a problem, in two categories a graver one. The same name and date of birth is a
    problem unless two ID numbers tell the persons apart; a shared telephone is only worth a look.
    """
    later: set[int] = set()
    seen_ids: dict[object, int] = {}
    for index, citizen_id in enumerate(table.column("citizen_id")):
        if not citizen_id:
            continue
        first = seen_ids.setdefault(citizen_id, index)
        if first != index:
            later.add(index)
            is_same = categories[first] == categories[index]
            code = "person.twice" if is_same else "person.two_categories"
            _add(table, report, PROBLEM, code, index, "citizen_id", first, ids.mask(str(citizen_id)))
    _same_names(table, report, later)
    seen_phones: dict[object, int] = {}
    for index, phone in enumerate(table.column("telephone")):
        if phone and (first := seen_phones.setdefault(phone, index)) != index and index not in later:
            _add(table, report, NOTICE, "person.same_telephone", index, "telephone", first, str(phone))
    return later


def _same_names(table: Table, report: Report, later: set[int]) -> None:
    ids_of = table.column("citizen_id")
    seen: dict[NameKey, int] = {}
    for index, (name, birth) in enumerate(zip(table.column("name"), table.column("birth_on"), strict=True)):
        if name is INVALID or birth is INVALID or name is None or index in later:
            continue
        key = name_key(name, birth)
        first = seen.setdefault(key, index)
        if first == index:
            continue
        if ids_of[index] and ids_of[first]:
            kind, code = NOTICE, "person.same_name"
        else:
            kind, code = PROBLEM, "person.twice_by_name"
            later.add(index)
        if birth is not None or kind is PROBLEM:
            _add(table, report, kind, code, index, table_field(table, index), first, f"{key[0]} {key[1]}")


def name_key(name: object, birth: object) -> NameKey:
    """By what somebody without an ID number is known."""
    assert isinstance(name, names.PersonName)
    return name.given, name.surname, birth if isinstance(birth, date) else None


def table_field(table: Table, index: int) -> str:
    """The column where a name stands in this file."""
    letters = table.letters
    return "given_name" if (table.sheet_names[index], "given_name") in letters else "full_name"


def _add(
    table: Table, report: Report, kind: str, code: str, index: int, field: str, first: int, value: str
) -> None:
    about = {"first": table.row_numbers[first], "first_sheet": table.sheet_names[first]}
    report.add(table.finding(kind, code, index, field, value, about))


def text_column(
    field: str, thai: str, english: str, *aliases: str, example: str = "", width: int = 16, longest: int = 0
) -> Column:
    """A column of plain text, of at most ``longest`` characters where it is stored as it stands."""
    parse: Parser = cells.text_within(longest) if longest else cells.text
    return Column(field, thai, english, parse, aliases, example=example, width=width)
