"""Six thousand invented applicants in a spreadsheet, and what a fair selection among them must come to."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass

from tests import factories
from u2t.programme.models import Tambon
from u2t.sheets import write

HEADER = (
    "คำนำหน้า", "ชื่อ", "นามสกุล", "เลขประจำตัวประชาชน", "วันเกิด", "โทรศัพท์", "ประเภท", "รหัสตำบล", "ตำบลที่เลือกลำดับที่ 1",
    "ตำบลที่เลือกลำดับที่ 2", "ตำบลที่เลือกลำดับที่ 3", "ระดับการศึกษา", "วันสำเร็จการศึกษา", "คะแนน", "ผลการตรวจคุณสมบัติ",
)  # fmt: skip
CATEGORIES = {"public": "ประชาชนทั่วไป", "graduate": "บัณฑิตจบใหม่ไม่เกิน 3 ปี", "student": "นักศึกษา"}


@dataclass(frozen=True)
class Applicant:
    """``line`` is the row's place in the file from 1, ``score`` in hundredths of a point."""

    line: int
    category: str
    home: str
    choices: tuple[str, ...]
    score: int
    is_passed: bool


def invent(tambons: Sequence[str], count: int = 6_000) -> list[Applicant]:
    """A quarter public, half graduates, a quarter students; most want to work near home; one in thirty fails."""
    chance = random.Random(2564)
    homes = list(Tambon.objects.filter(district__province__in={"62", "63"}).values_list("code", flat=True))
    made = []
    for line in range(1, count + 1):
        home = chance.choice(homes)
        near = sorted(
            tambons, key=lambda code, home=home: (code[:4] != home[:4], code[:2] != home[:2], chance.random())
        )
        made.append(
            Applicant(
                line=line,
                category=("public", "graduate", "graduate", "student")[line % 4],
                home=home,
                choices=tuple(near[: chance.randint(1, 3)]),
                score=chance.randint(4_000, 9_900) // 50 * 50,
                is_passed=line % 30 != 0,
            )
        )
    return made


def workbook(applicants: Sequence[Applicant]) -> bytes:
    """The file as an office would send it, one row an applicant."""
    rows = []
    for one in applicants:
        row = [
            ("นาย", "นางสาว")[one.line % 2],
            factories.GIVEN_NAMES[one.line % 10],
            f"{factories.SURNAMES[one.line // 10 % 9]}{factories._suffix(one.line)}",
            factories.citizen_id(80_000_000 + one.line),
            f"{1 + one.line % 28}/{1 + one.line % 12}/2540",
            f"08{one.line:08d}",
            CATEGORIES[one.category],
            one.home,
            *(*one.choices, "", "")[:3],
            "ปริญญาตรี",
            "31/3/2563",
            f"{one.score / 100:.2f}",
            "ผ่าน" if one.is_passed else "ไม่ผ่าน",
        ]
        rows.append(row)
    return write.xlsx_bytes(HEADER, rows, sheet="ใบสมัคร")


def fair_result(
    applicants: Sequence[Applicant], numbers: dict[int, str], slots: dict[str, int], seed: str
) -> dict[str, str]:
    """Who gets which tambon by the book: everybody proposes in turn, each place keeps the best so far.

    ``numbers`` gives the application number of each line. Written apart from ``u2t.admission``, plainly and slowly.
    """

    def priority(one: Applicant, tambon: str) -> tuple[int, int, int]:
        steps = (one.home == tambon, one.home[:4] == tambon[:4], one.home[:2] == tambon[:2], True)
        drawn = hashlib.sha256(f"{seed}:{numbers[one.line]}".encode()).hexdigest()
        return (-one.score, steps.index(True), int(drawn[:12], 16))

    held: dict[tuple[str, str], list[Applicant]] = {}
    tried = dict.fromkeys((one.line for one in applicants), 0)
    waiting = [one for one in applicants if one.is_passed]
    while waiting:
        one = waiting.pop()
        if tried[one.line] == len(one.choices):
            continue
        tambon = one.choices[tried[one.line]]
        tried[one.line] += 1
        seat = held.setdefault((tambon, one.category), [])
        seat.append(one)
        seat.sort(key=lambda other, tambon=tambon: priority(other, tambon))
        if len(seat) > slots[one.category]:
            waiting.append(seat.pop())
    return {numbers[one.line]: tambon for (tambon, _category), seat in held.items() for one in seat}
