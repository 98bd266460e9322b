"""Invented contents of the gallery, so that every part of the design can be seen and checked on one page."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from django import forms
from django.http import HttpRequest

from u2t.pages import charts, paging

DISTRICTS = {
    "กำแพงเพชร": {
        "เมืองกำแพงเพชร": ["ในเมือง", "ไตรตรึงษ์", "อ่างทอง", "นาบ่อคำ", "นครชุม", "ทรงธรรม"],
        "ไทรงาม": ["ไทรงาม", "หนองคล้า", "หนองทอง"],
        "คลองลาน": ["คลองน้ำไหล", "โป่งน้ำร้อน"],
        "ขาณุวรลักษบุรี": ["ยางสูง", "ป่าพุทรา", "แสนตอ", "สลกบาตร", "บ่อถ้ำ"],
        "โกสัมพีนคร": ["โกสัมพี"],
        "บึงสามัคคี": ["บึงสามัคคี", "วังชะโอน"],
    },
    "ตาก": {
        "เมืองตาก": ["ระแหง", "หนองบัวเหนือ", "ไม้งาม", "โป่งแดง"],
        "แม่สอด": ["แม่ปะ", "แม่กาษา", "ท่าสายลวด", "พระธาตุผาแดง", "มหาวัน"],
        "อุ้มผาง": ["อุ้มผาง", "หนองหลวง"],
        "วังเจ้า": ["เชียงทอง"],
    },
}
STATES = [
    ("ok", "ส่งมอบแล้ว"),
    ("ok", "ส่งมอบแล้ว"),
    ("wait", "รอลงนาม"),
    ("ok", "ส่งมอบแล้ว"),
    ("warn", "ขาดคน"),
    ("none", "ยังไม่เริ่ม"),
]


class ExampleForm(forms.Form):
    """A form with one field of each kind."""

    name = forms.CharField(label="ชื่อรอบโครงการ", help_text="ชื่อที่ปรากฏในหนังสือราชการ", max_length=40)
    starts_on = forms.CharField(label="วันเริ่มปฏิบัติงาน", help_text="เช่น 1 ก.พ. 2564 หรือ ๑/๒/๒๕๖๔")
    kind = forms.ChoiceField(
        label="ประเภทหน่วยงาน", choices=[("", "เลือก…"), ("a", "องค์การบริหารส่วนตำบล"), ("b", "เทศบาลตำบล")]
    )
    months = forms.IntegerField(label="ระยะเวลา (เดือน)", min_value=1, max_value=36, required=False)
    category = forms.ChoiceField(
        label="ประเภทผู้ปฏิบัติงาน",
        choices=[("public", "ประชาชนทั่วไป"), ("graduate", "บัณฑิตจบใหม่ไม่เกิน 3 ปี"), ("student", "นักศึกษา")],
        widget=forms.RadioSelect,
    )
    skills = forms.MultipleChoiceField(
        label="ทักษะ",
        choices=[("it", "คอมพิวเตอร์"), ("farm", "เกษตร"), ("sell", "การตลาด")],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    roster = forms.FileField(label="แฟ้มรายชื่อ", help_text="XLSX, ODS หรือ CSV ไม่เกิน 25 MB", required=False)
    note = forms.CharField(label="หมายเหตุ", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    is_sure = forms.BooleanField(label="ตรวจสอบแล้วว่าข้อมูลถูกต้อง")


def provinces() -> list[charts.Province]:
    made, at = [], 0
    for province, districts in DISTRICTS.items():
        inside = []
        for district, names in districts.items():
            tiles = []
            for name in names:
                state, text = STATES[at % len(STATES)]
                filled = {"ok": 20, "wait": 20, "warn": 17, "none": 0}[state]
                tiles.append(charts.Tile(name, "#", state, text, filled, 20))
                at += 1
            inside.append(charts.District(f"อำเภอ{district}", tiles))
        made.append(charts.Province(f"จังหวัด{province}", inside))
    return made


def gallery(request: HttpRequest) -> dict[str, Any]:
    """The context of the gallery; ``?bad`` shows the form with errors."""
    people = [
        ("นางสาวกัญญารัตน์ ศรีสุวรรณ", "บัณฑิตจบใหม่", "ต.ไตรตรึงษ์ อ.เมืองกำแพงเพชร", 1_500_000, "ok", "ส่งมอบแล้ว"),
        ("นายรัตนาภรณ์ คำภูษา", "นักศึกษา", "ต.แม่กาษา อ.แม่สอด", 500_000, "wait", "รอลงนาม"),
        ("ว่าที่ร้อยตรีหญิงปิ่นแก้ว น้ำใจงาม", "ประชาชนทั่วไป", "ต.หนองหลวง อ.อุ้มผาง", 900_000, "warn", "ขาดหนังสือ"),
        ("นายวีระพล กิ่งก้านกล้วย", "บัณฑิตจบใหม่", "ต.โกสัมพี อ.โกสัมพีนคร", None, "none", "ยังไม่จัด"),
        ("นางจำปา ซ่อนกลิ่น", "ประชาชนทั่วไป", "ต.ระแหง อ.เมืองตาก", 900_000, "bad", "ลาออก"),
    ] * 30
    bad = {"name": "", "months": "99", "kind": "", "note": "เก็บสิ่งที่พิมพ์ไว้"} if "bad" in request.GET else None
    months = ["ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
    categories = [("บัณฑิตจบใหม่ไม่เกิน 3 ปี", 600), ("ประชาชนทั่วไป", 300), ("นักศึกษา", 300)]
    kinds = [
        ("องค์การบริหารส่วนตำบล", 62),
        ("เทศบาลตำบล", 21),
        ("โรงพยาบาลส่งเสริมสุขภาพตำบล", 9),
        ("โรงเรียนตำรวจตระเวนชายแดน", 4),
    ]
    return {
        "form": ExampleForm(bad),
        "page": paging.page_of(request, people, size=25),
        "provinces": provinces(),
        "categories": [charts.Bar(label, value, "#") for label, value in categories],
        "kinds": [charts.Bar(label, value, "#") for label, value in kinds]
        + [charts.Bar("ยังไม่ทราบประเภท", None)],
        "months": months,
        "series": [
            charts.Series("ส่งรายงาน", [1080, 1120, 1175, 1190, 1182, 1196, 1199, 1187, 1191, 1178, 1200]),
            charts.Series("ตีกลับให้แก้ไข", [240, 190, 160, None, 90, 85, 80, 74, 66, 70, 41]),
        ],
        "spark": [4, 6, 5, 9, 12, 11, 15],
        "on": date(2021, 2, 1),
        "until": date(2021, 12, 31),
        "at": datetime(2026, 11, 21, 2, 40, tzinfo=UTC),
        "doing": {"label": "จัดทำหนังสือส่งตัว", "done": 41, "total": 108, "line": "ต.นาบ่อคำ อ.เมืองกำแพงเพชร"},
        "nav": [
            {"url": "/gallery", "label": "ภาพรวม", "icon": "home", "current": True},
            {"url": "#", "label": "ผู้ปฏิบัติงาน", "icon": "people"},
            {"url": "#", "label": "หน่วยงาน", "icon": "agency"},
            {"url": "#", "label": "การจัดคน", "icon": "placement", "count": 12},
            {"url": "#", "label": "ส่งมอบ", "icon": "handover"},
            {"url": "#", "label": "นำเข้ารายชื่อ", "icon": "upload"},
            {"url": "#", "label": "รอบโครงการ", "icon": "round"},
        ],
        "nav_round": "มหาวิทยาลัยตัวอย่าง · รอบ 2564",
    }
