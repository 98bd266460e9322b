"""What stands against the rows of each kind of roster, and where it says so."""

from __future__ import annotations

import pytest

from tests import cast
from tests.factories import NOW, citizen_id
from tests.rosters import lists
from tests.sheets import files
from u2t.agencies.models import Agency, Contact, Coverage, Participation
from u2t.people.models import Lecturer, Worker
from u2t.programme.models import RoundTambon
from u2t.rosters import actions, words
from u2t.rosters.rules import checking
from u2t.sheets.report import NOTICE, PROBLEM

SAME = citizen_id(lists.FREE)


def check(world: cast.World, kind: str, rows: files.Rows) -> checking.Checked:
    return actions.check_roster(
        round=world.round, kind=kind, file_name="ก.xlsx", data=files.xlsx(rows), at=NOW
    )


def store(world: cast.World, kind: str, rows: files.Rows) -> checking.Checked:
    return actions.import_roster(
        round=world.round, kind=kind, file_name="ก.xlsx", data=files.xlsx(rows), by=world.office, at=NOW
    )


def found(checked: checking.Checked, kind: str = PROBLEM) -> list[tuple[str, str]]:
    return [(f.code, f"{f.column}{f.row or ''}") for f in checked.report if f.kind == kind]


@pytest.mark.parametrize(
    ("changes", "code", "place"),
    [
        ({"เลขประจำตัวประชาชน": "1234567890123"}, "id.checksum", "D2"),
        ({"เลขประจำตัวประชาชน": "1.62E+12"}, "id.float_damaged", "D2"),
        ({"วันเกิด": "29 ก.พ. 2541"}, "date.not_in_calendar", "E2"),
        ({"วันเกิด": "1/1/2563"}, "birth.unlikely", "E2"),
        ({"ประเภท": "ข้าราชการ"}, "choice.unknown", "F2"),
        ({"ประเภท": ""}, "cell.empty", "F2"),
        ({"ตำบล": "ไม่มีจริง"}, "place.unknown_name", "G2"),
        ({"ตำบล": "ในเมือง", "อำเภอ": "", "จังหวัด": "ตาก"}, "place.not_in_province", "G2"),
        ({"โทรศัพท์": "12"}, "phone.unreadable", "J2"),
        ({"ตำบลที่ต้องการ 1": "หนองหลวง"}, "place.ambiguous", "L2"),
        ({"ตำบลที่ต้องการ 1": "630801"}, "place.not_in_round", "L2"),
        ({"ตำบลที่ต้องการ 1": "ต.ท่าสายลวด อ.แม่สอด จ.ตาก"}, "place.not_in_round", "L2"),
        ({"นามสกุล": ""}, "name.no_surname", "A2"),
        ({"คำนำหน้า": "นาย", "ชื่อ": "น.ส.สมหญิง"}, "name.two_titles", "A2"),
    ],
)
def test_a_faulty_cell_of_a_worker_is_reported_where_it_stands(
    world: cast.World, changes: dict[str, str], code: str, place: str
) -> None:
    checked = check(world, "workers", [lists.WORKER_HEADER, lists.worker(0, changes)])
    assert found(checked) == [(code, place)]
    assert not checked.newcomers
    line = words.line(next(iter(checked.report)), "workers")
    assert f"คน!{place}" in line
    assert "%(" not in line


def test_the_same_person_twice_is_a_problem_and_in_two_categories_another(world: cast.World) -> None:
    twice = check(world, "workers", [lists.WORKER_HEADER, lists.worker(0), lists.worker(0)])
    assert found(twice) == [("person.twice", "D3")]
    student = lists.worker(0, {"ประเภท": "นักศึกษา"})
    assert found(check(world, "workers", [lists.WORKER_HEADER, lists.worker(0), student])) == [
        ("person.two_categories", "D3")
    ]


def test_people_without_id_numbers_are_told_apart_by_name_and_birth(world: cast.World) -> None:
    nameless = {"เลขประจำตัวประชาชน": ""}
    rows = [
        lists.WORKER_HEADER,
        lists.worker(0, nameless),
        lists.worker(1, nameless),
        lists.worker(0, nameless),
    ]
    assert ("person.twice_by_name", "B4") in found(check(world, "workers", rows))
    other = lists.worker(0, {"เลขประจำตัวประชาชน": citizen_id(lists.FREE + 9)})
    checked = check(world, "workers", [lists.WORKER_HEADER, lists.worker(0), other])
    assert found(checked) == []
    assert ("person.same_name", "B3") in found(checked, NOTICE)


def test_somebody_who_is_in_the_round_stays_as_stored_or_is_refused_in_another_category(
    world: cast.World,
) -> None:
    store(world, "workers", [lists.WORKER_HEADER, lists.worker(0)])
    again = store(
        world, "workers", [lists.WORKER_HEADER, lists.worker(0, {"โทรศัพท์": "0899999999"}), lists.worker(1)]
    )
    assert (again.unchanged, len(again.newcomers)) == (1, 1)
    assert (
        Worker.objects.get(person__citizen_id_tail=SAME[-3:], person__given_name="ทดสอบกก").person.telephone
        == "0810000000"
    )
    other = check(world, "workers", [lists.WORKER_HEADER, lists.worker(0, {"ประเภท": "นักศึกษา"})])
    assert found(other) == [("person.here_in_other_category", "D2")]


def test_more_people_than_slots_is_worth_a_notice_and_no_problem(world: cast.World) -> None:
    checked = check(world, "workers", [lists.WORKER_HEADER, *(lists.worker(number) for number in range(4))])
    assert not checked.report.has_problems
    about = next(f.about for f in checked.report if f.code == "category.more_than_seats")
    assert (about["count"], about["seats"]) == (4, 3)


def test_a_home_that_several_tambons_could_be_is_taken_for_the_one_of_the_round(world: cast.World) -> None:
    row = lists.worker(0, {"ตำบล": "หนองหลวง", "อำเภอ": "", "จังหวัด": "ตาก"})
    checked = check(world, "workers", [lists.WORKER_HEADER, row])
    assert checked.newcomers[0].home_tambon == cast.NONG_LUANG_TAK
    assert ("place.taken_from_round", "G2") in found(checked, "repair")


def test_an_unknown_skill_is_left_out_and_listed(world: cast.World) -> None:
    checked = check(world, "workers", [lists.WORKER_HEADER, lists.worker(0, {"ทักษะ": "การเกษตร, ร้องเพลง"})])
    assert checked.newcomers[0].skills == ("agriculture",)
    assert ("skill.left_out", "K2") in found(checked, NOTICE)


def test_workers_may_be_hired_for_a_tambon(world: cast.World) -> None:
    header = ("ชื่อ-นามสกุล", "ประเภท", "ตำบลที่ปฏิบัติงาน", "อำเภอที่ปฏิบัติงาน", "จังหวัดที่ปฏิบัติงาน")
    rows = [
        header,
        ("นายสมชาย ใจดี", "นักศึกษา", "หนองหลวง", "", "กำแพงเพชร"),
        ("ดรุณี งาม", "public", "630802", "", ""),
    ]
    store(world, "workers", rows)
    fixed = Worker.objects.filter(person__given_name__in=("สมชาย", "ดรุณี")).exclude(fixed_tambon=None)
    assert {w.fixed_tambon.tambon_id for w in fixed} >= {cast.NONG_LUANG_KPP, cast.NONG_LUANG_TAK}


def test_tambons_come_by_code_or_by_names_and_once(world: cast.World) -> None:
    rows = [
        lists.TAMBON_HEADER, ("๖๒๐๑๐๒", "", "", ""), ("", "ไตรตรึงษ์", "เมือง", "กำแพงเพชร"), ("620101", "ในเมือง", "", ""),
        ("", "ต.แม่กาษา", "อ.แม่สอด", ""),
    ]  # fmt: skip
    checked = store(world, "tambons", rows)
    assert (len(checked.newcomers), checked.unchanged) == (2, 1)
    assert found(checked, "repair") == [("tambon.repeated", "A3")]
    assert RoundTambon.objects.filter(round=world.round).count() == 5
    faulty = [
        lists.TAMBON_HEADER,
        ("", "หนองหลวง", "", ""),
        ("620101", "ไตรตรึงษ์", "", ""),
        ("999999", "", "", ""),
        ("", "", "เมือง", "ตาก"),
    ]
    assert found(check(world, "tambons", faulty)) == [
        ("place.ambiguous", "B2"), ("place.code_and_name_differ", "A3"), ("place.empty", "C5"), ("place.unknown_code", "A4"),
    ]  # fmt: skip


def test_lecturers_come_with_dimensions_of_the_round(world: cast.World) -> None:
    rows = [
        lists.LECTURER_HEADER,
        (
            "ผู้ช่วยศาสตราจารย์ ดร.",
            "สมชาย",
            "เก่งกล้า",
            "คณะครุศาสตร์",
            "เมือง",
            "กำแพงเพชร",
            "เศรษฐกิจ, ด้านสุขภาพ",
            "a@example.com",
        ),
    ]
    store(world, "lecturers", rows)
    lecturer = Lecturer.objects.get(person__surname="เก่งกล้า")
    assert (lecturer.person.title, lecturer.base_district_id, lecturer.max_tambons) == ("ผศ.ดร.", "6201", 1)
    assert set(lecturer.expertise.values_list("code", flat=True)) == {"economy", "health"}
    again = check(world, "lecturers", rows)
    assert again.unchanged == 1
    faulty = [lists.LECTURER_HEADER, ("นาย", "ก้อง", "ดี", "", "", "", "การบิน", "ไม่ใช่อีเมล")]
    assert sorted(found(check(world, "lecturers", faulty))) == [
        ("dimension.unknown", "G2"),
        ("email.unreadable", "H2"),
    ]


def test_agencies_come_with_their_part_their_tambons_and_their_manager(world: cast.World) -> None:
    rows = [
        lists.AGENCY_HEADER,
        (
            "เทศบาลเมืองทดสอบ",
            "เทศบาลเมือง",
            "กำแพงเพชร",
            "เมือง",
            "ใช่",
            "",
            "",
            "620101, ต.หนองหลวง จ.ตาก",
            "นายสมชาย ใจดี",
            "นายกเทศมนตรี",
        ),
        ("สำนักงานที่ดินทดสอบ", "สำนักงานที่ดินจังหวัด", "ตาก", "", "", "", "3", "", "", ""),
    ]
    checked = store(world, "agencies", rows)
    assert found(checked) == []
    host = Participation.objects.get(agency__name_th="เทศบาลเมืองทดสอบ")
    assert host.agency in Agency.objects.matching("เมืองกำแพงเพชร")
    assert (host.is_host, host.is_data_agency, host.agency.kind.code, host.agency.district_id) == (
        True,
        False,
        "local",
        "6201",
    )
    assert set(Coverage.objects.filter(participation=host).values_list("tambon__tambon_id", "is_main")) == {
        ("620101", False), ("630802", False),
    }, "each tambon keeps the host that already receives its team"  # fmt: skip
    assert Contact.objects.get(agency=host.agency).is_area_manager
    land = Participation.objects.get(agency__name_th="สำนักงานที่ดินทดสอบ")
    assert (land.is_host, land.is_data_agency, land.data_capacity) == (False, True, 3)
    assert ("agency.data_from_capacity", "G3") in found(checked, "repair")


def test_agencies_of_an_unknown_kind_without_a_part_or_twice_are_problems(world: cast.World) -> None:
    rows = [
        lists.AGENCY_HEADER,
        ("ร้านกาแฟ", "ร้านค้า", "ตาก", "", "ใช่", "", "", "", "", ""),
        ("ที่ว่าการอำเภอแม่สอด", "ที่ว่าการอำเภอ", "ตาก", "แม่สอด", "", "", "", "", "", ""),
        ("ที่ว่าการ อำเภอแม่สอด", "ที่ว่าการอำเภอ", "ตาก", "แม่สอด", "ใช่", "", "", "", "", ""),
        ("โรงเรียนทดสอบ", "โรงเรียนตำรวจตระเวนชายแดน", "นครสวรรค์ใหม่", "", "ใช่", "", "", "630801", "", ""),
    ]
    before = Agency.objects.count()
    assert sorted(found(store(world, "agencies", rows))) == [
        ("agency.no_part", "E3"), ("agency.twice", "A4"), ("choice.unknown", "B2"), ("place.not_in_round", "H5"),
        ("place.unknown_province", "C5"),
    ]  # fmt: skip
    assert Agency.objects.count() == before


LONG = "กขคงจฉชซ" * 38
LONGEST_ROWS = {
    "workers": ({"ชื่อ": "ก" * 120, "นามสกุล": "ข" * 120, "คำนำหน้า": "", "วุฒิการศึกษา": "ค" * 200}, {"วุฒิการศึกษา": LONG}),
    "lecturers": ({"ชื่อ": "ก" * 120, "นามสกุล": "ข" * 120, "คณะ": "ค" * 200}, {"คณะ": LONG}),
    "agencies": (
        {"ชื่อหน่วยงาน": "ก" * 250, "ตำแหน่งผู้บริหาร": "ข" * 200, "เรียน": "ค" * 250},
        {"ชื่อหน่วยงาน": LONG, "ตำแหน่งผู้บริหาร": LONG, "เรียน": LONG},
    ),
}  # fmt: skip
USUAL_ROWS = {
    "workers": {**dict(zip(lists.WORKER_HEADER, lists.worker(0), strict=True)), "วุฒิการศึกษา": "ปวส."},
    "lecturers": {"คำนำหน้า": "ดร.", "ชื่อ": "ทดสอบ", "นามสกุล": "ตัวอย่าง", "คณะ": "คณะครุศาสตร์"},
    "agencies": {
        "ชื่อหน่วยงาน": "อบต.ทดสอบ", "ประเภทหน่วยงาน": "องค์กรปกครองส่วนท้องถิ่น", "จังหวัด": "ตาก", "เป็นหน่วยงานภาคี": "ใช่",
        "ชื่อผู้บริหาร (AM)": "นายทดสอบ ตัวอย่าง", "ตำแหน่งผู้บริหาร": "นายก", "เรียน": "นายก",
    },
}  # fmt: skip


@pytest.mark.parametrize("kind", ["workers", "lecturers", "agencies"])
def test_a_text_is_as_long_as_its_place_in_the_database_and_no_longer(world: cast.World, kind: str) -> None:
    usual = USUAL_ROWS[kind]
    longest, longer = ({**usual, **changes} for changes in LONGEST_ROWS[kind])
    assert found(store(world, kind, [tuple(longest), tuple(longest.values())])) == []
    refused = found(check(world, kind, [tuple(longer), tuple(longer.values())]))
    assert [code for code, _ in refused] == ["text.too_long"] * len(LONGEST_ROWS[kind][1])
    if kind != "agencies":
        for part in ("คำนำหน้า", "ชื่อ", "นามสกุล"):
            row = {**usual, part: LONG[:130]}
            assert found(check(world, kind, [tuple(row), tuple(row.values())])), part
