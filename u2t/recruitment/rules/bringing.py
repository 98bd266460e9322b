"""Applications in a spreadsheet: its columns, what is wrong with a row, and what the rows come to. Pure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from re import fullmatch
from typing import NamedTuple

from u2t.recruitment.rules import eligibility
from u2t.sheets import cells, persons, reading, tables
from u2t.sheets.columns import Column, Compound
from u2t.sheets.persons import text_column
from u2t.sheets.report import NOTICE, PROBLEM, Report
from u2t.sheets.tables import Table
from u2t.sheets.topics import Topic, find_within, name_of, wordings
from u2t.sheets.workbook import LIMITS, Cell, Limits, cell_text
from u2t.thai import names
from u2t.thai.digits import to_arabic
from u2t.thai.fold import normal
from u2t.thai.places import Gazetteer, Place
from u2t.thai.problem import Problem

CHOICES = 10
SAMPLE_ROWS = 5
SHOWN = ("name", "citizen_id", "birth_on", "category", "home", "choices", "score", "is_passed")
EXAMPLE_SHEETS = frozenset({"ตัวอย่าง", "คำอธิบาย"})
LEVELS = {
    "ประถมศึกษา": "primary", "มัธยมศึกษาตอนต้น": "lower_secondary", "มัธยมศึกษาตอนปลาย": "upper_secondary",
    "ปวช.": "upper_secondary", "อนุปริญญา": "diploma", "ปวส.": "diploma", "ปริญญาตรี": "bachelor",
    "ปริญญาโท": "master", "ปริญญาเอก": "doctorate",
}  # fmt: skip
_ALSO = {
    "ม.ต้น": "lower_secondary", "ม.3": "lower_secondary", "ม.ปลาย": "upper_secondary", "ม.6": "upper_secondary",
    "ปวท.": "diploma", "ป.ตรี": "bachelor", "ป.โท": "master", "ป.เอก": "doctorate", "bachelor": "bachelor",
}  # fmt: skip
_HOME = ("home_code", "home_tambon", "home_district", "home_province")
_PRESENT = ("present_code", "present_tambon", "present_district", "present_province")
_PASSED = {"ผ่าน": True, "ไม่ผ่าน": False, "ใช่": True, "ไม่ใช่": False, "passed": True, "failed": False}


@dataclass(frozen=True)
class Known:
    """The call as far as a file can contradict it.

    ``day`` is that of closing, for which ``rules`` are asked. ``offered`` are the tambons with slots by category
    code. ``applied`` maps the keyed digests of ID numbers that have applied already to their numbers.
    """

    today: date
    day: date
    nation: Gazetteer
    tambons: Gazetteer
    categories: Sequence[Topic] = ()
    offered: Mapping[str, frozenset[str]] = field(default_factory=dict)
    rules: Sequence[eligibility.Rule] = ()
    most_choices: int = CHOICES
    digest: Callable[[str], str] = str
    applied: Mapping[str, int] = field(default_factory=dict)


class NewApplication(NamedTuple):
    """One row that can be stored; ``score`` in thousandths of a point, ``grade`` in hundredths, None is unknown."""

    title: str
    given_name: str
    surname: str
    citizen_id: str
    digest: str
    category: str
    choices: tuple[str, ...]
    birth_on: date | None = None
    telephone: str = ""
    email: str = ""
    military: str = ""
    registered_house: str = ""
    registered_tambon: str = ""
    registered_postcode: str = ""
    present_house: str = ""
    present_tambon: str = ""
    present_postcode: str = ""
    level: str = ""
    degree: str = ""
    major: str = ""
    institute: str = ""
    graduated_on: date | None = None
    grade: int | None = None
    student_year: int | None = None
    is_own_student: bool | None = None
    is_employed: bool | None = None
    has_state_hire: bool | None = None
    talents: str = ""
    score: int | None = None
    is_passed: bool | None = None


@dataclass(frozen=True)
class Checked:
    """What a file comes to: ``rows`` read, the applications to store, the report, and the first rows as understood."""

    rows: int
    applications: Sequence[NewApplication]
    report: Report
    sample: tuple[tuple[str, ...], ...]


def check(data: bytes, file_name: str, known: Known, limits: Limits = LIMITS) -> Checked:
    """Read and check a file; raises :class:`u2t.sheets.workbook.Unreadable` for what is no table at all."""
    report = Report()
    table = tables.read_table(
        reading.read(data, file_name, limits),
        columns(known),
        compounds(known),
        report=report,
        skipped_sheets=EXAMPLE_SHEETS,
    )
    found = _applications(table, known, report) if len(table) else []
    return Checked(len(table), found, report, tuple(shown(one, known) for one in found[:SAMPLE_ROWS]))


def columns(known: Known) -> tuple[Column, ...]:
    """All columns that a file of applications may have."""
    categories = tuple(topic.name_th for topic in known.categories)
    yes_no = ("ใช่", "ไม่ใช่")
    return (
        Column("line", "ลำดับที่", "Line", lambda cell: None, ("ลำดับ", "ที่", "no")),
        persons.TITLE, persons.GIVEN, persons.SURNAME, persons.FULL_NAME,
        replace(persons.CITIZEN_ID, is_required=True, is_needed=True),
        replace(persons.birth_column(known.today), is_required=True, is_needed=True),
        persons.TELEPHONE, persons.EMAIL,
        Column(
            "category", "ประเภท", "Category", cells.choice(wordings(known.categories), categories),
            ("ประเภทผู้สมัคร", "ประเภทการจ้าง", "กลุ่ม", "กลุ่มเป้าหมาย", "ประเภทที่สมัคร", "type"),
            is_required=True, is_needed=True, choices=categories, example=categories[0] if categories else "", width=24,
        ),
        *(_choice_column(rank, known) for rank in range(1, CHOICES + 1)),
        text_column("registered_house", "ที่อยู่ตามทะเบียนบ้าน", "Registered house", "บ้านเลขที่", "ที่อยู่", "เลขที่",
                    example="๑ หมู่ ๑", width=24, longest=300),
        text_column("home_code", "รหัสตำบล", "Home tambon code", "รหัสตำบลตามทะเบียนบ้าน"),
        text_column("home_tambon", "ตำบล", "Home tambon", "ตำบลตามทะเบียนบ้าน", "ตำบล/แขวง", "ภูมิลำเนา", "tambon",
                    example="ในเมือง"),
        text_column("home_district", "อำเภอ", "Home district", "อำเภอตามทะเบียนบ้าน", "อำเภอ/เขต", "district",
                    example="เมืองกำแพงเพชร"),
        text_column("home_province", "จังหวัด", "Home province", "จังหวัดตามทะเบียนบ้าน", "province", example="กำแพงเพชร"),
        _postcode("registered_postcode", "รหัสไปรษณีย์", "Postcode", "รหัสไปรษณีย์ตามทะเบียนบ้าน"),
        text_column("present_house", "ที่อยู่ปัจจุบัน", "Present house", width=24, longest=300),
        text_column("present_code", "รหัสตำบลปัจจุบัน", "Present tambon code"),
        text_column("present_tambon", "ตำบลปัจจุบัน", "Present tambon", "ตำบลที่อยู่ปัจจุบัน"),
        text_column("present_district", "อำเภอปัจจุบัน", "Present district", "อำเภอที่อยู่ปัจจุบัน"),
        text_column("present_province", "จังหวัดปัจจุบัน", "Present province", "จังหวัดที่อยู่ปัจจุบัน"),
        _postcode("present_postcode", "รหัสไปรษณีย์ปัจจุบัน", "Present postcode"),
        Column("level", "ระดับการศึกษา", "Education", cells.choice(LEVELS | _ALSO, tuple(LEVELS)),
               ("ระดับการศึกษาสูงสุด", "วุฒิการศึกษา", "การศึกษา", "level"), choices=tuple(LEVELS), example="ปริญญาตรี"),
        text_column("degree", "ชื่อวุฒิ", "Degree", "คุณวุฒิ", "หลักสูตร", "ปริญญา", longest=200, width=24),
        text_column("major", "สาขาวิชา", "Field of study", "สาขา", "วิชาเอก", "major", longest=200),
        text_column("institute", "สถานศึกษา", "Institute", "สถาบัน", "มหาวิทยาลัย", "สถาบันการศึกษา", longest=200, width=24),
        Column("graduated_on", "วันสำเร็จการศึกษา", "Graduated on", cells.day(known.today),
               ("วันที่สำเร็จการศึกษา", "สำเร็จการศึกษาเมื่อ", "วันที่จบ", "จบเมื่อ"), example="31/3/2563"),
        Column("grade", "เกรดเฉลี่ย", "Grade point average", _grade, ("เกรด", "GPA", "GPAX", "คะแนนเฉลี่ยสะสม")),
        Column("student_year", "ชั้นปี", "Year of study", cells.whole_number(1, 9), ("ปีที่", "นักศึกษาชั้นปี")),
        Column("is_own_student", "เป็นนักศึกษาของมหาวิทยาลัย", "Student of this university", cells.yes_no,
               ("นักศึกษาของมหาวิทยาลัย",), choices=yes_no),
        Column("is_employed", "มีงานทำ", "Employed", cells.yes_no, ("ทำงานอยู่", "มีงานประจำ"), choices=yes_no, example="ไม่ใช่"),
        Column("has_state_hire", "รับจ้างโครงการรัฐอื่น", "Hired by another state project", cells.yes_no,
               ("ได้รับการจ้างจากโครงการอื่นของรัฐ", "รับจ้างโครงการอื่น"), choices=yes_no, example="ไม่ใช่"),
        text_column("military", "สถานภาพทางทหาร", "Military service", "การเกณฑ์ทหาร", longest=200),
        text_column("talents", "ความสามารถพิเศษ", "Talents", "ความสามารถ", width=24),
        Column("score", "คะแนน", "Score", _score, ("คะแนนรวม", "คะแนนสัมภาษณ์", "points", "คะแนนรวมร้อยละ"), example="78.5"),
        Column("is_passed", "ผลการตรวจคุณสมบัติ", "Screening", _passed, ("ผ่านคุณสมบัติ", "ตรวจคุณสมบัติ", "passed"),
               choices=("ผ่าน", "ไม่ผ่าน")),
    )  # fmt: skip


def offered(known: Known) -> tuple[Column, ...]:
    """The columns of the template: as many ranked tambons as the call allows."""
    spare = {f"choice_{rank}" for rank in range(known.most_choices + 1, CHOICES + 1)}
    left_out = {"line", "full_name", "home_code", "present_code", *spare}
    return tuple(column for column in columns(known) if column.field not in left_out)


def compounds(known: Known) -> tuple[Compound, ...]:
    """Names and places made of several columns."""

    def place(code: object, tambon: object, district: object, province: object) -> object:
        if code is None and tambon is None:
            return None
        texts = [str(part or "") for part in (tambon, district, province, code)]
        found = known.nation.find(*texts)
        if isinstance(found, Problem) and found.code == "place.ambiguous":
            found = known.tambons.find(*texts)
        return found.code if isinstance(found, Place) else found

    return (
        persons.NAME,
        Compound("home", _HOME, place, is_required=True),
        Compound("present", _PRESENT, place),
    )


def shown(one: NewApplication, known: Known) -> tuple[str, ...]:
    """The row as it was understood, in the order of :data:`SHOWN`."""
    passed = {True: "ผ่าน", False: "ไม่ผ่าน", None: ""}[one.is_passed]
    return (
        f"{one.title} {one.given_name} {one.surname}".strip(),
        f"…{one.citizen_id[-3:]}",
        one.birth_on.isoformat() if one.birth_on else "",
        name_of(known.categories, one.category),
        _place_name(known, one.registered_tambon),
        " · ".join(_place_name(known, code) for code in one.choices),
        "" if one.score is None else f"{one.score / 1000:g}",
        passed,
    )


def _place_name(known: Known, code: str) -> str:
    place = known.nation.find(code=code) if code else None
    return f"ต.{place.tambon} อ.{place.district}" if isinstance(place, Place) else ""


def _choice_column(rank: int, known: Known) -> Column:
    def parse(cell: Cell) -> object:
        said = cells.text(cell)
        if not isinstance(said, str):
            return said
        found = find_within(known.tambons, known.nation, (said, "", "", ""))
        return found.code if isinstance(found, Place) else found

    heads = ("ตำบลที่เลือกลำดับที่", "ตำบลที่เลือก", "ตำบลลำดับที่", "ตำบลอันดับที่", "ตำบลอันดับ", "อันดับที่", "ลำดับที่เลือก",
             "ตำบลที่ต้องการ", "ตัวเลือกที่", "choice", "wish")  # fmt: skip
    thai, *others = (f"{head} {rank}" for head in heads)
    return Column(
        f"choice_{rank}", thai, f"Tambon choice {rank}", parse, tuple(others), is_needed=rank == 1, width=30,
        example="ต.ในเมือง อ.เมืองกำแพงเพชร จ.กำแพงเพชร" if rank == 1 else "",
    )  # fmt: skip


def _postcode(field: str, thai: str, english: str, *aliases: str) -> Column:
    def parse(cell: Cell) -> object:
        text = to_arabic(cell_text(cell)).strip().removesuffix(".0")
        return text if fullmatch(r"[1-9]\d{4}", text) else Problem("postcode.unreadable", {"text": text})

    return Column(field, thai, english, parse, aliases, width=10)


def _grade(cell: Cell) -> object:
    return _decimal(cell, Decimal(4), 100)


def _score(cell: Cell) -> object:
    return _decimal(cell, Decimal(100), 1000)


def _decimal(cell: Cell, most: Decimal, parts: int) -> object:
    """A decimal number from 0 to ``most`` as a whole number of its ``parts``, which must be exact."""
    said = f"{round(cell, 6):f}" if isinstance(cell, float) else normal(cell_text(cell))
    text = to_arabic(said)
    if text in ("", "-", "–"):
        return None
    if not fullmatch(r"\d{1,3}(\.\d+)?", text):
        return Problem("decimal.unreadable", {"text": text})
    number = Decimal(text) * parts
    if number > most * parts or number != int(number):
        return Problem(
            "decimal.out_of_range", {"text": text, "most": str(most), "places": len(str(parts)) - 1}
        )
    return int(number)


def _passed(cell: Cell) -> object:
    text = normal(cell_text(cell)).casefold()
    if text in _PASSED:
        return _PASSED[text]
    return cells.yes_no(cell)


_TEXTS = (
    "telephone", "email", "military", "registered_house", "registered_postcode", "present_house", "present_postcode",
    "level", "degree", "major", "institute", "talents",
)  # fmt: skip
_VALUES = (
    "birth_on", "graduated_on", "grade", "student_year", "is_own_student", "is_employed", "has_state_hire", "score",
    "is_passed",
)  # fmt: skip


def _applications(table: Table, known: Known, report: Report) -> list[NewApplication]:
    persons.find_twice(table, report, table.column("category"))
    ranked = [f"choice_{rank}" for rank in range(1, CHOICES + 1) if f"choice_{rank}" in table.values]
    found = []
    for index in range(len(table)):
        citizen_id = table.value("citizen_id", index)
        digest = known.digest(citizen_id) if isinstance(citizen_id, str) else ""
        if digest in known.applied:
            about = {"number": known.applied[digest]}
            report.add(table.finding(PROBLEM, "applicant.already_here", index, "citizen_id", "", about))
        choices = _choices(table, index, ranked, known, report)
        if index in table.broken or digest in known.applied:
            continue
        one = _application(table, index, digest, choices)
        found.append(one)
        _against_rules(table, index, one, known, report)
    return found


def _application(table: Table, index: int, digest: str, choices: tuple[str, ...]) -> NewApplication:
    name, home = table.value("name", index), str(table.value("home", index) or "")
    assert isinstance(name, names.PersonName)
    texts = {field: str(table.value(field, index) or "") for field in _TEXTS}
    present = str(table.value("present", index) or "")
    if not present and not texts["present_house"]:
        # Whoever names one address lives there.
        present, texts["present_house"] = home, texts["registered_house"]
        texts["present_postcode"] = texts["present_postcode"] or texts["registered_postcode"]
    return NewApplication(
        title=name.title,
        given_name=name.given,
        surname=name.surname,
        citizen_id=str(table.value("citizen_id", index)),
        digest=digest,
        category=str(table.value("category", index)),
        choices=choices,
        registered_tambon=home,
        present_tambon=present,
        **texts,  # type: ignore[arg-type]
        **{field: table.value(field, index) for field in _VALUES},  # type: ignore[arg-type]
    )


def _choices(
    table: Table, index: int, ranked: Sequence[str], known: Known, report: Report
) -> tuple[str, ...]:
    """The ranked tambons of a row; gaps close up, and whatever the call does not allow is a problem."""
    row = [(column, table.value(column, index)) for column in ranked]
    codes = [(column, code) for column, code in row if isinstance(code, str)]
    category = table.value("category", index)
    seen: dict[str, str] = {}
    for column, code in codes:
        place = _place_name(known, code)
        if code in seen:
            report.add(table.finding(PROBLEM, "choice.twice", index, column, place))
        elif isinstance(category, str) and code not in known.offered.get(category, frozenset()):
            missed = {"place": place, "category": name_of(known.categories, category)}
            report.add(table.finding(PROBLEM, "choice.without_slots", index, column, place, missed))
        seen.setdefault(code, column)
    if not codes and index not in table.broken:
        report.add(table.finding(PROBLEM, "choice.none", index, "choice_1"))
    if len(seen) > known.most_choices:
        about = {"count": len(seen), "most": known.most_choices}
        report.add(table.finding(PROBLEM, "choice.too_many", index, codes[known.most_choices][0], "", about))
    return tuple(seen)


_FIELD_OF = {
    "min_age": "birth_on", "max_age": "birth_on", "not_employed": "is_employed", "no_state_hire": "has_state_hire",
    "degree_at_least": "level", "degree_at_most": "level", "degree_within": "graduated_on",
    "student_year": "student_year", "own_student": "is_own_student", "lives_in": "home_tambon",
}  # fmt: skip


def _against_rules(table: Table, index: int, one: NewApplication, known: Known, report: Report) -> None:
    """A rule that is not met does not stand in the way of the row: the office decides, but it should know."""
    facts = eligibility.Facts(
        day=known.day,
        category=one.category,
        birth_on=one.birth_on,
        level=one.level,
        graduated_on=one.graduated_on,
        student_year=one.student_year,
        is_own_student=one.is_own_student,
        is_employed=one.is_employed,
        has_state_hire=one.has_state_hire,
        home=one.registered_tambon,
        choices=one.choices,
    )
    for finding in eligibility.findings(known.rules, facts):
        if finding.is_met is False:
            field = _FIELD_OF[finding.rule.kind]
            said = next((str(value) for value in finding.evidence.values()), "")
            code = f"rule.{finding.rule.kind}"
            report.add(table.finding(NOTICE, code, index, field, said))
