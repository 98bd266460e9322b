"""The roster of agencies that take part in a round: hosts of tambon workers, offices that take data managers."""

from __future__ import annotations

from u2t.agencies.newcomers import NewAgency
from u2t.people.newcomers import NewPerson
from u2t.rosters.rules import persons
from u2t.rosters.rules.known import Known, name_of, wordings
from u2t.rosters.rules.persons import text_column
from u2t.sheets import cells
from u2t.sheets.columns import INVALID, Column, Compound, Parser
from u2t.sheets.report import NOTICE, PROBLEM, REPAIR, Report
from u2t.sheets.tables import Table
from u2t.sheets.workbook import Cell
from u2t.thai import names
from u2t.thai.fold import fold
from u2t.thai.places import Place
from u2t.thai.problem import Problem

SHOWN = ("agency", "kind", "province", "district", "part", "data_capacity", "covers", "manager")
_LARGEST_ROOM = 500
# Wordings of the usual kinds that their names do not hold; used where a round has a kind of that code.
_ALSO = dict.fromkeys(
    ("เทศบาล", "องค์การบริหารส่วนตำบล", "องค์การบริหารส่วนจังหวัด", "อบต.", "อบจ.", "อปท.", "ทต.", "ทม.", "ทน."),
    "local",
) | {
    "รพ.สต.": "hospital",
    "โรงเรียน ตชด.": "bpp-school",
    "สสอ.": "health",
    "กษอ.": "agriculture",
    "พช.": "community",
}
_PARTS = {
    "หน่วยงานภาคี": "host", "host": "host", "ข้อมูล": "data", "หน่วยงานข้อมูล": "data", "data agency": "data",
    "ทั้งสองอย่าง": "both", "ทั้งสอง": "both", "both": "both",
}  # fmt: skip


def columns(known: Known) -> tuple[Column, ...]:
    """All columns that a roster of agencies may have."""
    kinds = tuple(topic.name_th for topic in known.kinds)
    codes = {topic.code for topic in known.kinds}
    words = wordings(known.kinds) | {word: code for word, code in _ALSO.items() if code in codes}
    return (
        Column(
            "name", "ชื่อหน่วยงาน", "Agency", cells.text_within(250), ("หน่วยงาน", "ชื่อหน่วยงานภาคี", "agency name", "name"),
            is_required=True, is_needed=True, is_repeating=False, example="องค์การบริหารส่วนตำบลตัวอย่าง", width=36,
        ),
        Column(
            "kind", "ประเภทหน่วยงาน", "Kind", cells.choice(words, kinds),
            ("ประเภท", "ชนิดหน่วยงาน", "kind of agency", "agency kind", "type", "agency type"),
            is_required=True, is_needed=True, choices=kinds, example=kinds[0] if kinds else "", width=30,
        ),
        Column(
            "province_name", "จังหวัด", "Province", cells.text, ("province",), is_needed=True, is_required=True,
            example="กำแพงเพชร",
        ),
        text_column("district_name", "อำเภอ", "District", "amphoe"),
        text_column("tambon_name", "ตำบล", "Tambon", "ตำบลที่ตั้ง", "subdistrict"),
        text_column("tambon_code", "รหัสตำบล", "Tambon code", "รหัสตำบลที่ตั้ง"),
        Column("is_host", "เป็นหน่วยงานภาคี", "Hosts workers", cells.yes_no,
               ("หน่วยงานภาคี", "รับผู้ปฏิบัติงาน", "is host", "host"), choices=("ใช่", "ไม่ใช่"), example="ใช่"),
        Column("is_data_agency", "รับนักจัดการข้อมูล", "Takes data managers", cells.yes_no,
               ("รับนักจัดการข้อมูลดิจิทัลภาครัฐ", "หน่วยงานข้อมูล", "is data agency", "data agency"),
               choices=("ใช่", "ไม่ใช่"), example="ไม่ใช่"),
        Column("part", "บทบาท", "Part", cells.choice(_PARTS, ("หน่วยงานภาคี", "หน่วยงานข้อมูล", "ทั้งสองอย่าง")), ("role",)),
        Column("data_capacity", "จำนวนที่รับ", "Room for data managers", cells.whole_number(0, _LARGEST_ROOM),
               ("จำนวนรับ", "จำนวนนักจัดการข้อมูล", "จำนวนที่รับได้", "capacity")),
        Column("covers", "ตำบลที่ดูแล", "Covers tambons", _covers(known),
               ("ตำบลในพื้นที่", "พื้นที่รับผิดชอบ", "ตำบลที่รับผิดชอบ", "coverage", "covers"), width=28),
        Column("receives_team", "รับมอบทีม", "Receives the team", cells.yes_no, ("เป็นผู้รับมอบ", "หน่วยรับมอบหลัก"),
               choices=("ใช่", "ไม่ใช่")),
        text_column("letter_to", "เรียน", "Letters to", "เรียน (ตำแหน่ง)", "ผู้รับหนังสือ", "หนังสือเรียน", width=28, longest=250),
        Column("manager", "ชื่อผู้บริหาร (AM)", "Executive (AM)", _manager,
               ("ผู้บริหาร", "ผู้จัดการพื้นที่", "ชื่อผู้จัดการพื้นที่", "area manager"), is_repeating=False, width=26),
        text_column("manager_post", "ตำแหน่งผู้บริหาร", "Executive's post", "ตำแหน่ง", "ตำแหน่งผู้จัดการพื้นที่", "post", longest=200),
        text_column("address", "ที่อยู่", "Address", "ที่ตั้ง", width=36),
        text_column("telephone", "โทรศัพท์", "Telephone", "เบอร์โทร", "เบอร์โทรศัพท์", "โทร", "phone"),
        persons.EMAIL,
    )  # fmt: skip


def offered(known: Known) -> tuple[Column, ...]:
    """The columns of the template."""
    return tuple(column for column in columns(known) if column.field not in ("part", "tambon_code"))


def compounds(known: Known) -> tuple[Compound, ...]:
    """Where the agency lies: the codes of province, district and tambon as far as they are named."""

    def place(code: object, tambon: object, district: object, province: object) -> object:
        where = known.nation.find_province(str(province))
        if isinstance(where, Problem):
            return where
        if code or tambon:
            texts = (str(part or "") for part in (tambon, district, province, code))
            found = known.nation.find(*texts)
            return (where, found.code[:4], found.code) if isinstance(found, Place) else found
        if district:
            found_district = known.nation.find_district(str(district), str(province))
            return found_district if isinstance(found_district, Problem) else (where, found_district, "")
        return where, "", ""

    sources = ("tambon_code", "tambon_name", "district_name", "province_name")
    return (Compound("place", sources, place),)


def newcomers(table: Table, known: Known, report: Report) -> tuple[list[NewAgency], int]:
    """The agencies that the file adds, and how many of its rows are in the round already."""
    seen: dict[tuple[str, str], int] = {}
    found: list[NewAgency] = []
    unchanged = 0
    for index in range(len(table)):
        part = _part(table, index, report)
        name, place = table.value("name", index), table.value("place", index)
        if not isinstance(name, str) or not isinstance(place, tuple):
            continue
        key = (place[0], fold(name))
        if key in seen:
            about = {"first": table.row_numbers[seen[key]]}
            report.add(table.finding(PROBLEM, "agency.twice", index, "name", name, about))
        elif known.agencies.get(key):
            unchanged += 1
            report.add(table.finding(NOTICE, "agency.already_here", index, "name", name))
        elif index not in table.broken:
            if key in known.agencies:
                report.add(table.finding(NOTICE, "agency.in_register", index, "name", name))
            found.append(_newcomer(table, index, part))
        seen.setdefault(key, index)
    return found, unchanged


def shown(new: NewAgency, known: Known) -> tuple[str, ...]:
    """The row as it was understood, in the order of :data:`SHOWN`."""
    places = (known.nation.find(code=code) for code in new.covers)
    parts = [
        word for word, is_so in (("หน่วยงานภาคี", new.is_host), ("รับนักจัดการข้อมูล", new.is_data_agency)) if is_so
    ]
    manager = new.manager
    return (
        new.name_th,
        name_of(known.kinds, new.kind),
        known.nation.province_name(new.province),
        known.nation.district_name(new.district),
        " · ".join(parts),
        "" if new.data_capacity is None else str(new.data_capacity),
        ", ".join(place.tambon for place in places if isinstance(place, Place)),
        f"{manager.title}{manager.given_name} {manager.surname}" if manager else "",
    )


def _part(table: Table, index: int, report: Report) -> tuple[bool, bool]:
    """Whether the agency hosts workers and whether it takes data managers; neither is a problem.

    Where a flag is empty but the row says what only such an agency has, the flag follows and is listed.
    """
    host, data = table.value("is_host", index), table.value("is_data_agency", index)
    part = table.value("part", index)
    if INVALID in (host, data, part):
        return False, False
    if isinstance(part, str):
        host, data = part in ("host", "both"), part in ("data", "both")
    if data is None and table.value("data_capacity", index):
        data = True
        report.add(table.finding(REPAIR, "agency.data_from_capacity", index, "data_capacity"))
    if host is None and table.value("covers", index):
        host = True
        report.add(table.finding(REPAIR, "agency.host_from_covers", index, "covers"))
    if not host and not data:
        name = str(table.value("name", index) or "")
        report.add(table.finding(PROBLEM, "agency.no_part", index, "is_host", name))
    return bool(host), bool(data)


def _newcomer(table: Table, index: int, part: tuple[bool, bool]) -> NewAgency:
    def of(field: str) -> object:
        return table.value(field, index)

    def text(field: str) -> str:
        return str(of(field) or "")

    place, manager = of("place"), of("manager")
    assert isinstance(place, tuple)
    person = None
    if isinstance(manager, names.PersonName):
        person = NewPerson(manager.title, manager.given, manager.surname)
    return NewAgency(
        name_th=text("name"),
        kind=text("kind"),
        province=place[0],
        district=place[1],
        tambon=place[2],
        is_host=part[0],
        is_data_agency=part[1],
        data_capacity=of("data_capacity") if part[1] else None,  # type: ignore[arg-type]
        covers=of("covers") or (),  # type: ignore[arg-type]
        receives_team=of("receives_team"),  # type: ignore[arg-type]
        letter_to_th=text("letter_to"),
        address_th=text("address"),
        telephone=text("telephone")[:60],
        email=text("email"),
        manager=person,
        manager_post=text("manager_post"),
    )


def _covers(known: Known) -> Parser:
    def parse(cell: Cell) -> object:
        said = cells.listing(cell)
        if not isinstance(said, tuple):
            return said
        found = [known.find_in_round(word) for word in said]
        problems = [place for place in found if isinstance(place, Problem)]
        if problems:
            return problems[0]
        return tuple(dict.fromkeys(place.code for place in found if isinstance(place, Place)))

    return parse


def _manager(cell: Cell) -> object:
    said = cells.text(cell)
    return persons.lone_name(said) if isinstance(said, str) else said
