"""What letters of handover say unless the office writes its own, and how heads of agencies are addressed. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from u2t.letters.letter import RESPECTFULLY


@dataclass(frozen=True)
class Text:
    """The wording of one kind of letter; each paragraph may mention the :data:`FIELDS` of its kind."""

    subject: str
    paragraphs: tuple[str, ...]
    closing: str = RESPECTFULLY


_OF_EVERY_LETTER = (
    "institution",
    "office",
    "project",
    "receiver",
    "province",
    "count",
    "categories",
    "starts_on",
    "ends_on",
    "months",
    "handed_on",
)
FIELDS = {"team": (*_OF_EVERY_LETTER, "tambon", "place", "managers"), "data": _OF_EVERY_LETTER}
"""Names of the fields that a text of each kind may mention."""

USUAL = {
    "team": Text(
        subject="ขอส่งตัวผู้ปฏิบัติงานประจำ{tambon}",
        paragraphs=(
            "ด้วย{institution}ได้ดำเนิน{project} โดยจ้างงานผู้ปฏิบัติงานในตำบลเป้าหมาย เพื่อร่วมกับหน่วยงานในพื้นที่"
            "พัฒนาเศรษฐกิจ สังคม และคุณภาพชีวิตของประชาชนตามศักยภาพของชุมชน มีกำหนดระยะเวลาปฏิบัติงาน {months} เดือน "
            "ตั้งแต่วันที่ {starts_on} ถึงวันที่ {ends_on}",
            "ในการนี้ {institution} ขอส่งตัวผู้ปฏิบัติงาน จำนวน {count} คน ประกอบด้วย {categories} ไปปฏิบัติงาน ณ {receiver} "
            "ในพื้นที่{place} ตั้งแต่วันที่ {starts_on} เป็นเวลา {months} เดือน โดยมี {managers} เป็นผู้จัดการโครงการ "
            "ทำหน้าที่กำกับดูแลและให้คำปรึกษาการปฏิบัติงาน ทั้งนี้ กำหนดนำผู้ปฏิบัติงานเข้ารายงานตัวและส่งมอบในวันที่ {handed_on} "
            "รายละเอียดปรากฏตามสิ่งที่ส่งมาด้วย",
            "จึงเรียนมาเพื่อโปรดพิจารณารับตัวผู้ปฏิบัติงานดังกล่าว และมอบหมายผู้เกี่ยวข้องประสานการปฏิบัติงานร่วมกับผู้จัดการโครงการ"
            "ต่อไปด้วย จะขอบคุณยิ่ง",
        ),
    ),
    "data": Text(
        subject="ขอส่งตัวนักจัดการข้อมูลดิจิทัลภาครัฐ",
        paragraphs=(
            "ด้วย{institution}ได้ดำเนิน{project} ซึ่งมีกิจกรรมการจัดทำข้อมูลภาครัฐให้อยู่ในรูปแบบดิจิทัล "
            "(Digitalizing Government Data) โดยจ้างงานผู้ปฏิบัติงานทำหน้าที่นักจัดการข้อมูลดิจิทัลภาครัฐ ประจำหน่วยงานของรัฐ"
            "ในพื้นที่ มีกำหนดระยะเวลาปฏิบัติงาน {months} เดือน ตั้งแต่วันที่ {starts_on} ถึงวันที่ {ends_on}",
            "ในการนี้ {institution} ขอส่งตัวนักจัดการข้อมูลดิจิทัลภาครัฐ จำนวน {count} คน ประกอบด้วย {categories} "
            "ไปปฏิบัติงาน ณ {receiver} ตั้งแต่วันที่ {starts_on} เป็นเวลา {months} เดือน โดยมีผู้จัดการโครงการของแต่ละตำบล"
            "ทำหน้าที่กำกับดูแลและให้คำปรึกษาการปฏิบัติงาน ทั้งนี้ กำหนดนำผู้ปฏิบัติงานเข้ารายงานตัวและส่งมอบในวันที่ {handed_on} "
            "รายละเอียดปรากฏตามสิ่งที่ส่งมาด้วย",
            "จึงเรียนมาเพื่อโปรดพิจารณารับตัวผู้ปฏิบัติงานดังกล่าว และมอบหมายผู้เกี่ยวข้องดูแลการเข้าถึงเอกสารและข้อมูลของหน่วยงาน"
            "ตามความเหมาะสมต่อไปด้วย จะขอบคุณยิ่ง",
        ),
    ),
}

ENCLOSURE = "บัญชีรายชื่อผู้ปฏิบัติงาน"
ENCLOSURE_AMOUNT = "จำนวน 1 ฉบับ"
ANNEX_LABEL = "สิ่งที่ส่งมาด้วย"
ANNEX_HEADS = {
    "team": (("ลำดับ", "number"), ("ชื่อ – สกุล", "name"), ("ประเภท", "text"), ("กลุ่มงาน", "text")),
    "data": (
        ("ลำดับ", "number"),
        ("ชื่อ – สกุล", "name"),
        ("ประเภท", "text"),
        ("ตำบลในโครงการ", "text"),
        ("ผู้จัดการโครงการ", "text"),
    ),
}
MANAGERS_NOTE = "ผู้จัดการโครงการ: {managers}"

# What stands in front of an agency's name, and what its head is called with the rest of the name.
_HEADS = (
    ("องค์การบริหารส่วน", "นายกองค์การบริหารส่วน"),
    ("เทศบาล", "นายกเทศมนตรี"),
    ("ที่ว่าการอำเภอ", "นายอำเภอ"),
    ("ที่ทำการปกครองอำเภอ", "นายอำเภอ"),
    ("สำนักงานพัฒนาชุมชนจังหวัด", "พัฒนาการจังหวัด"),
    ("สำนักงานพัฒนาชุมชนอำเภอ", "พัฒนาการอำเภอ"),
    ("สำนักงานเกษตรอำเภอ", "เกษตรอำเภอ"),
    ("สำนักงานสาธารณสุขอำเภอ", "สาธารณสุขอำเภอ"),
    ("สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด", "ท้องถิ่นจังหวัด"),
    ("สำนักงานส่งเสริมการปกครองท้องถิ่นอำเภอ", "ท้องถิ่นอำเภอ"),
    ("สำนักงานที่ดินจังหวัด", "เจ้าพนักงานที่ดินจังหวัด"),
    ("สำนักงานประกันสังคมจังหวัด", "ประกันสังคมจังหวัด"),
    ("โรงพยาบาล", "ผู้อำนวยการโรงพยาบาล"),
    ("โรงเรียน", "ผู้อำนวยการโรงเรียน"),
)


def addressee(agency: str) -> str:
    """To whom a letter to ``agency`` goes where its own register does not say.

    The head's usual title, where the agency's name tells it; otherwise หัวหน้า and the name.
    """
    for front, title in _HEADS:
        if agency.startswith(front):
            return title + agency.removeprefix(front)
    return f"หัวหน้า{agency}"
