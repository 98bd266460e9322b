"""Letters with invented people, and the text that each of them must carry."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import replace
from datetime import date
from typing import Any

import pypdfium2

from u2t.letters import words
from u2t.letters.letter import Annex, Column, Enclosure, Letter, Signer

GIVEN = (
    "สมชาย", "กิตติศักดิ์", "พรทิพย์", "ณัฐวุฒิ", "เกียรติคุณ", "ฐิติรัตน์", "ญาณิศา", "น้ำผึ้ง", "ปิ่นแก้ว", "ฟ้าใส", "อัญชุลี", "ฤทัย",
)  # fmt: skip
FAMILY = (
    "ใจดี", "แก้วคำ", "ทองสุกปลั่ง", "บุญญฤทธิ์", "วงศ์ใหญ่", "ศรีสุวรรณ", "จำปาทอง", "เพ็ชรน้ำหนึ่ง", "กตัญญู", "ปัญญาฏุม", "ป่าไม้งาม",
)  # fmt: skip
TITLES = ("นาย", "นาง", "นางสาว", "ว่าที่ ร.ต. ")
KINDS = ("ประชาชนทั่วไป", "บัณฑิตจบใหม่", "นักศึกษา")
WORK = ("วิเคราะห์ข้อมูล", "เฝ้าระวังโรคติดต่ออุบัติใหม่", "จัดทำข้อมูลราชการในพื้นที่เป็นข้อมูลดิจิทัล", "พัฒนาสัมมาชีพ")
COLUMNS = (
    Column("ที่", "number"),
    Column("ชื่อ - สกุล", "name"),
    Column("ประเภท"),
    Column("กลุ่มงาน"),
    Column("โทรศัพท์", "number"),
)
UNIVERSITY = "มหาวิทยาลัยราชภัฏตัวอย่าง"
PROJECT = "โครงการยกระดับเศรษฐกิจและสังคมรายตำบลแบบบูรณาการ (มหาวิทยาลัยสู่ตำบล สร้างรากแก้วให้ประเทศ)"


def person(dice: random.Random) -> str:
    """A full name with a title, of invented parts."""
    return f"{dice.choice(TITLES)}{dice.choice(GIVEN)} {dice.choice(FAMILY)}"


def rows(count: int, seed: int = 0) -> tuple[tuple[str, ...], ...]:
    """Rows of a list of workers."""
    dice = random.Random(seed)
    return tuple(
        (
            str(number),
            person(dice),
            dice.choice(KINDS),
            dice.choice(WORK),
            f"09{dice.randrange(10)}-{dice.randrange(1000):03}-{dice.randrange(10000):04}",
        )
        for number in range(1, count + 1)
    )


def annex(count: int, seed: int = 0) -> Annex:
    """A list of ``count`` workers."""
    return Annex(
        title=("บัญชีรายชื่อผู้ปฏิบัติงานโครงการมหาวิทยาลัยสู่ตำบล", "ตำบลตัวอย่าง อำเภอสมมุติ จังหวัดกำแพงเพชร"),
        columns=COLUMNS,
        rows=rows(count, seed),
        label="สิ่งที่ส่งมาด้วย",
        notes=(f"รวม {count} คน",),
    )


def letter(count: int = 3, seed: int = 0, **changes: Any) -> Letter:
    """A letter that hands ``count`` workers over, with a list of them."""
    dice = random.Random(seed)
    manager, leader = person(dice), person(dice)
    told = Letter(
        number=f"อว 0699.9/{seed + 1}",
        sender=(UNIVERSITY, "99 หมู่ 9 ตำบลตัวอย่าง", "อำเภอสมมุติ กพ 62000"),
        date_text="1 กุมภาพันธ์ 2564",
        dated_on=date(2021, 2, 1),
        subject=f"ส่งตัวผู้ปฏิบัติงาน{PROJECT}",
        to=f"นายกองค์การบริหารส่วนตำบลตัวอย่างที่ {seed + 1}",
        references=(f"หนังสือ{UNIVERSITY} ที่ อว 0699.9/ว 12 ลงวันที่ 15 มกราคม 2564",),
        enclosures=(Enclosure("บัญชีรายชื่อผู้ปฏิบัติงาน", "จำนวน 1 ฉบับ"),),
        paragraphs=(
            f"ตามที่ {UNIVERSITY} ได้ดำเนิน{PROJECT} ในพื้นที่จังหวัดกำแพงเพชรและจังหวัดตาก และได้ขอความอนุเคราะห์"
            "หน่วยงานของท่านเป็นหน่วยงานภาคีรับผู้ปฏิบัติงานเข้าปฏิบัติงานในพื้นที่ นั้น",
            f"ในการนี้ {UNIVERSITY} ขอส่งตัวผู้ปฏิบัติงาน จำนวน {count} คน ตามบัญชีรายชื่อที่ส่งมาพร้อมนี้ เพื่อปฏิบัติงานตั้งแต่วันที่ "
            f"1 กุมภาพันธ์ 2564 ถึงวันที่ 31 ธันวาคม 2564 โดยมี {manager} เป็นผู้จัดการโครงการ และ {leader} เป็นผู้จัดการพื้นที่",
            "จึงเรียนมาเพื่อโปรดทราบ และโปรดอนุเคราะห์ให้ผู้ปฏิบัติงานเข้าปฏิบัติงานต่อไปด้วย จะขอบคุณยิ่ง",
        ),
        signer=Signer("รองศาสตราจารย์ ดร.สมมุติ ตัวอย่างดี", (f"อธิการบดี{UNIVERSITY}",)),
        office=("สำนักงานโครงการมหาวิทยาลัยสู่ตำบล", "โทร. 0 5500 0000 ต่อ 1234", "u2t@example.ac.th"),
        annexes=(annex(count, seed),),
        unbroken=(manager, leader),
    )
    return replace(told, **changes)


def expected(told: Letter) -> str:
    """The text of a letter whose annexes fill one page each, in reading order and without blanks."""
    parts = ["ที่", told.number, *told.sender, told.date_text, "เรื่อง", told.subject, "เรียน", told.to]
    parts += ["อ้างถึง"] if told.references else []
    parts += numbered(told.references)
    parts += ["สิ่งที่ส่งมาด้วย"] if told.enclosures else []
    for text, item in zip(numbered(tuple(e.text for e in told.enclosures)), told.enclosures, strict=True):
        parts += [text, item.amount]
    parts += [*told.paragraphs, told.closing, f"({told.signer.name})", *told.signer.posts, *told.office]
    for one in told.annexes:
        parts += [one.label, "แนบหนังสือ ที่", told.number, "ลงวันที่", told.date_text, *one.title]
        parts += [column.head for column in one.columns]
        parts += [cell for row in one.rows for cell in row]
        parts += one.notes
    cleaned = map(words.clean, parts)
    return bare("".join(map(words.in_thai_digits, cleaned) if told.thai_digits else cleaned))


def numbered(lines: tuple[str, ...]) -> list[str]:
    """Lines with their numbers where there are several."""
    return list(lines) if len(lines) < 2 else [f"{n}. {line}" for n, line in enumerate(lines, 1)]


def bare(text: str) -> str:
    """``text`` without any blank."""
    return "".join(text.split()).replace("\u00a0", "")


def pages(pdf: bytes) -> list[str]:
    """The text layer of each page as a reader copies it."""
    with pypdfium2.PdfDocument(pdf) as file:
        return [page.get_textpage().get_text_range() for page in file]


def text(pdf: bytes) -> str:
    """The text layer of all pages, without blanks."""
    return bare("".join(pages(pdf)))


def wrong_letters(wanted: str, got: str) -> int:
    """How many letters are missing from ``got`` or are there too often."""
    missing, extra = Counter(wanted) - Counter(got), Counter(got) - Counter(wanted)
    return max(missing.total(), extra.total())
