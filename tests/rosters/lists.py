"""Rosters as offices type them, for the small world of ``tests/cast.py``."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from tests.factories import citizen_id
from tests.sheets import files

WORKER_HEADER = (
    "คำนำหน้า", "ชื่อ", "นามสกุล", "เลขประจำตัวประชาชน", "วันเกิด", "ประเภท", "ตำบล", "อำเภอ", "จังหวัด", "โทรศัพท์", "ทักษะ",
    "ตำบลที่ต้องการ 1", "ตำบลที่ต้องการ 2",
)  # fmt: skip
# Numbers that no person of the small world has.
FREE = 77_000_000


def worker(number: int, changes: Mapping[str, str] = MappingProxyType({})) -> tuple[str, ...]:
    """A clean row; ``changes`` by header."""
    row = {
        "คำนำหน้า": "นางสาว",
        "ชื่อ": "ทดสอบ" + "กขคงจชซดต"[number % 9] + "กขคงจชซดต"[number // 9 % 9],
        "นามสกุล": "ตัวอย่าง" + "กขคงจชซดต"[number // 81 % 9],
        "เลขประจำตัวประชาชน": citizen_id(FREE + number),
        "วันเกิด": f"{number % 28 + 1}/{number % 12 + 1}/2540",
        "ประเภท": "ประชาชนทั่วไป",
        "ตำบล": "ในเมือง",
        "อำเภอ": "เมืองกำแพงเพชร",
        "จังหวัด": "กำแพงเพชร",
        "โทรศัพท์": f"081{number:07d}",
        "ทักษะ": "การเกษตร, ดิจิทัลและสารสนเทศ",
        "ตำบลที่ต้องการ 1": "ต.ในเมือง อ.เมือง จ.กำแพงเพชร",
        "ตำบลที่ต้องการ 2": "620703",
    }
    assert set(changes) <= set(row)
    return tuple((row | dict(changes)).values())


def workers(count: int, changes: Mapping[str, str] = MappingProxyType({})) -> bytes:
    return files.xlsx([WORKER_HEADER, *(worker(number, changes) for number in range(count))])


AGENCY_HEADER = (
    "ชื่อหน่วยงาน", "ประเภทหน่วยงาน", "จังหวัด", "อำเภอ", "เป็นหน่วยงานภาคี", "รับนักจัดการข้อมูล", "จำนวนที่รับ", "ตำบลที่ดูแล",
    "ชื่อผู้บริหาร (AM)", "ตำแหน่งผู้บริหาร",
)  # fmt: skip
LECTURER_HEADER = ("คำนำหน้า", "ชื่อ", "นามสกุล", "คณะ", "อำเภอที่ประจำ", "จังหวัดที่ประจำ", "ความเชี่ยวชาญ", "อีเมล")
TAMBON_HEADER = ("รหัสตำบล", "ตำบล", "อำเภอ", "จังหวัด")
