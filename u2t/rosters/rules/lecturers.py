"""The roster of lecturers who may lead tambons."""

from __future__ import annotations

from u2t.people.newcomers import NewLecturer
from u2t.rosters.rules import persons
from u2t.rosters.rules.known import Known, chooser_of, name_of
from u2t.rosters.rules.persons import text_column
from u2t.sheets import cells
from u2t.sheets.columns import Column, Compound, Mended, Parser
from u2t.sheets.report import NOTICE, Report
from u2t.sheets.tables import Table
from u2t.sheets.workbook import Cell
from u2t.thai.problem import Problem

SHOWN = ("name", "faculty", "base", "expertise", "max_tambons", "telephone", "email")
_MOST_TAMBONS = 20


def columns(known: Known) -> tuple[Column, ...]:
    """All columns that a roster of lecturers may have."""
    dimensions = tuple(topic.name_th for topic in known.dimensions)
    return (
        persons.TITLE,
        persons.GIVEN,
        persons.SURNAME,
        persons.FULL_NAME,
        text_column("faculty", "คณะ", "Faculty", "สังกัด", "คณะ/สำนัก", "หน่วยงาน", "หน่วยงานต้นสังกัด", longest=200,
                    example="คณะวิทยาการจัดการ"),
        text_column("base_district", "อำเภอที่ประจำ", "Base district", "อำเภอ", "อำเภอที่ตั้ง", "district"),
        text_column("base_province", "จังหวัดที่ประจำ", "Base province", "จังหวัด", "จังหวัดที่ตั้ง", "province"),
        Column(
            "expertise", "ความเชี่ยวชาญ", "Expertise", _expertise(known),
            ("ด้านที่เชี่ยวชาญ", "มิติที่เชี่ยวชาญ", "มิติการพัฒนา", "ด้าน", "ความถนัด", "dimensions"),
            example=", ".join(dimensions[:2]), width=28,
        ),
        Column(
            "max_tambons", "จำนวนตำบลสูงสุด", "Tambons at most", cells.whole_number(1, _MOST_TAMBONS),
            ("จำนวนตำบลที่รับได้", "จำนวนตำบล", "max tambons"), example="1",
        ),
        persons.CITIZEN_ID,
        persons.TELEPHONE,
        persons.EMAIL,
    )  # fmt: skip


def offered(known: Known) -> tuple[Column, ...]:
    """The columns of the template."""
    return tuple(column for column in columns(known) if column.field not in ("full_name", "citizen_id"))


def compounds(known: Known) -> tuple[Compound, ...]:
    """Values made of several columns."""

    def base(district: object, province: object) -> object:
        return None if district is None else known.nation.find_district(str(district), str(province or ""))

    return persons.NAME, Compound("base", ("base_district", "base_province"), base)


def newcomers(table: Table, known: Known, report: Report) -> tuple[list[NewLecturer], int]:
    """The lecturers whom the file adds, and how many of its rows are in the round already."""
    persons.find_twice(table, report, [None] * len(table))
    digests = persons.digests(table, known)
    found: list[NewLecturer] = []
    unchanged = 0
    for index in range(len(table)):
        if persons.already_here(table, index, digests[index], known):
            unchanged += 1
            field = persons.table_field(table, index)
            name = table.values["name"][index]
            text = f"{name.given} {name.surname}" if name else ""  # type: ignore[attr-defined]
            report.add(table.finding(NOTICE, "lecturer.already_here", index, field, text))
        elif index not in table.broken:
            found.append(_newcomer(table, index, digests[index]))
    return found, unchanged


def shown(new: NewLecturer, known: Known) -> tuple[str, ...]:
    """The row as it was understood, in the order of :data:`SHOWN`."""
    person = new.person
    return (
        f"{person.title} {person.given_name} {person.surname}".strip(),
        new.faculty,
        known.nation.district_name(new.base_district),
        ", ".join(name_of(known.dimensions, code) for code in new.expertise),
        str(new.max_tambons),
        person.telephone,
        person.email,
    )


def _newcomer(table: Table, index: int, digest: str) -> NewLecturer:
    def of(field: str) -> object:
        return table.value(field, index)

    person = persons.as_person(of("name"), of("citizen_id"), None, of("telephone"), of("email"), digest)
    return NewLecturer(
        person,
        str(of("faculty") or ""),
        str(of("base") or ""),
        of("max_tambons") or 1,  # type: ignore[arg-type]
        of("expertise") or (),  # type: ignore[arg-type]
    )


def _expertise(known: Known) -> Parser:
    choose = chooser_of(known.dimensions)
    offered_names = tuple(topic.name_th for topic in known.dimensions)

    def parse(cell: Cell) -> object:
        said = cells.listing(cell)
        if not isinstance(said, tuple):
            return said
        unknown = [word for word in said if choose(word.removeprefix("ด้าน")) is None]
        if unknown:
            return Problem("dimension.unknown", {"text": ", ".join(unknown), "choices": offered_names})
        codes = tuple(dict.fromkeys(choose(word.removeprefix("ด้าน")) for word in said))
        return codes if len(codes) == len(said) else Mended(codes, ("dimension.repeated",))

    return parse
