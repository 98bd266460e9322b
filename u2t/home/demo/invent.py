"""Invented rosters of a round of the demo's size: the same seed gives the same rows.

Rows are lists of texts in the column order given with them, as an office would type them.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle

import geothai

from u2t.home.demo import names

Table = list[list[str]]
CATEGORY_NAMES = {"public": "ประชาชนทั่วไป", "graduate": "บัณฑิตจบใหม่", "student": "นักศึกษา"}


@dataclass(frozen=True)
class Plan:
    """How large the invented round is."""

    tambons: dict[str, int]
    categories: dict[str, int]
    lecturers: int
    dimensions: Sequence[str]
    skills: Sequence[str]
    office_skill: str
    seed: int = 2564


@dataclass
class Rosters:
    """Four tables, each with its header row first, and guessed positions by tambon code."""

    tambons: Table = field(default_factory=list)
    lecturers: Table = field(default_factory=list)
    agencies: Table = field(default_factory=list)
    workers: Table = field(default_factory=list)


@dataclass(frozen=True)
class Spot:
    """A tambon with the names that identify it."""

    code: str
    tambon: str
    district_code: str
    district: str
    province_code: str
    province: str


def spots_of(province_code: str) -> list[Spot]:
    """Every tambon of a province, by code."""
    province = geothai.province(province_code)
    assert province is not None
    return [
        Spot(t.code, t.name_th, d.code, d.name_th, province_code, province.name_th)
        for d in geothai.districts(province_code)
        for t in geothai.subdistricts(d.code)
    ]


def positions(province_codes: Sequence[str], seed: int = 2564) -> dict[str, tuple[str, str]]:
    """A guessed position for every tambon (latitude, longitude as decimal texts): a ring around the district centre."""
    found: dict[str, tuple[str, str]] = {}
    for province_code in province_codes:
        for spot in spots_of(province_code):
            latitude, longitude = names.DISTRICT_CENTRES[spot.district_code]
            chance = random.Random(f"{seed}-{spot.code}")  # noqa: S311  (invention, not secrecy)
            angle, reach = chance.uniform(0, 2 * math.pi), chance.uniform(0.02, 0.11)
            found[spot.code] = (
                f"{latitude + reach * math.sin(angle):.5f}",
                f"{longitude + reach * math.cos(angle):.5f}",
            )
    return found


class Inventor:
    """Makes the rows; one stream of chance, so that the order of calls matters and is fixed."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.chance = random.Random(plan.seed)  # noqa: S311  (invention, not secrecy)
        self.people = 0
        self.taken: set[tuple[str, str]] = set()
        everywhere = {code: spots_of(code) for code in plan.tambons}
        self.spots: list[Spot] = []
        self.elsewhere: list[Spot] = []
        for code, count in plan.tambons.items():
            chosen = _spread(everywhere[code], count)
            self.spots += chosen
            self.elsewhere += [spot for spot in everywhere[code] if spot not in chosen]

    def rosters(self) -> Rosters:
        return Rosters(self.tambons(), self.lecturers(), self.agencies(), self.workers())

    def person(self) -> tuple[str, str, str]:
        """Title, given name, surname; no full name twice."""
        while True:
            woman = self.chance.random() < 0.6
            given = self.chance.choice(names.GIVEN_F if woman else names.GIVEN_M)
            surname = self.chance.choice(names.SURNAME_HEADS) + self.chance.choice(names.SURNAME_TAILS)
            if (given, surname) not in self.taken:
                self.taken.add((given, surname))
                break
        title = ("นางสาว" if self.chance.random() < 0.75 else "นาง") if woman else "นาย"
        return title, given, surname

    def citizen_id(self) -> str:
        """A number with a right checksum whose registrar's office (99 00) does not exist."""
        self.people += 1
        digits = f"19900{self.people:07d}"
        check = (11 - sum(int(d) * (13 - i) for i, d in enumerate(digits)) % 11) % 10
        return f"{digits}{check}"

    def telephone(self) -> str:
        return f"080-000-{self.people % 10_000:04d}"

    def tambons(self) -> Table:
        rows = [["รหัสตำบล", "ตำบล", "อำเภอ", "จังหวัด"]]
        return rows + [[s.code, s.tambon, s.district, s.province] for s in self.spots]

    def lecturers(self) -> Table:
        rows = [
            ["คำนำหน้า", "ชื่อ", "นามสกุล", "คณะ", "อำเภอที่ประจำ", "จังหวัดที่ประจำ", "ความเชี่ยวชาญ", "โทรศัพท์", "อีเมล"]
        ]
        bases = ["6201"] * 8 + ["6306"] * 2
        for number in range(1, self.plan.lecturers + 1):
            _, given, surname = self.person()
            self.people += 1
            title = self.chance.choice(
                ["อาจารย์", "อาจารย์ ดร.", "ผู้ช่วยศาสตราจารย์", "ผู้ช่วยศาสตราจารย์ ดร.", "รองศาสตราจารย์ ดร."]
            )
            base = geothai.district(self.chance.choice(bases))
            assert base is not None
            province = geothai.province(base.province_code)
            assert province is not None
            expert = self.chance.sample(list(self.plan.dimensions), self.chance.choice([1, 1, 2, 2, 3]))
            rows.append(
                [
                    title,
                    given,
                    surname,
                    self.chance.choice(names.FACULTIES),
                    base.name_th,
                    province.name_th,
                    ", ".join(expert),
                    self.telephone(),
                    f"lecturer{number}@example.ac.th",
                ]
            )
        return rows

    def workers(self) -> Table:
        header = [
            "ลำดับที่",
            "คำนำหน้า",
            "ชื่อ",
            "นามสกุล",
            "เลขประจำตัวประชาชน",
            "วันเกิด",
            "ประเภท",
            "วุฒิการศึกษา",
            "ตำบล",
            "อำเภอ",
            "จังหวัด",
            "โทรศัพท์",
            "ทักษะ",
            "ตำบลที่ต้องการ 1",
            "ตำบลที่ต้องการ 2",
            "ตำบลที่ต้องการ 3",
        ]
        kinds = [code for code, count in self.plan.categories.items() for _ in range(count * len(self.spots))]
        self.chance.shuffle(kinds)
        return [header] + [self._worker(number, kind) for number, kind in enumerate(kinds, start=1)]

    def _worker(self, number: int, kind: str) -> list[str]:
        title, given, surname = self.person()
        citizen_id = self.citizen_id()
        home = self.chance.choice(self.spots if self.chance.random() < 0.82 else self.elsewhere)
        ages = {"public": (25, 50), "graduate": (22, 26), "student": (20, 22)}[kind]
        year = 2021 - self.chance.randint(*ages)
        born = f"{self.chance.randint(1, 28)}/{self.chance.randint(1, 12)}/{year + 543}"
        skills = self.chance.sample(list(self.plan.skills), self.chance.choice([1, 2, 2, 3]))
        if self.chance.random() < 0.35 and self.plan.office_skill not in skills:
            skills.append(self.plan.office_skill)
        wishes = self._wishes(home)
        education = "กำลังศึกษาปริญญาตรี ชั้นปีที่ 4" if kind == "student" else self.chance.choice(names.DEGREES)
        if kind == "public" and self.chance.random() < 0.6:
            education = "มัธยมศึกษาตอนปลาย"
        return [
            str(number),
            title,
            given,
            surname,
            citizen_id,
            born,
            CATEGORY_NAMES[kind],
            education,
            home.tambon,
            home.district,
            home.province,
            self.telephone(),
            ", ".join(skills),
            *wishes,
        ]

    def _wishes(self, home: Spot) -> list[str]:
        """Up to three tambons, the nearest first, as people wish; each with its district and province."""
        near = sorted(
            self.spots,
            key=lambda s: (
                s.code != home.code,
                s.district_code != home.district_code,
                s.province_code != home.province_code,
                self.chance.random(),
            ),
        )
        many = self.chance.choice([0, 1, 2, 3, 3, 3])
        wishes = [f"ต.{s.tambon} อ.{s.district} จ.{s.province}" for s in near[:many]]
        return wishes + [""] * (3 - many)

    def agencies(self) -> Table:
        header = [
            "ชื่อหน่วยงาน",
            "ประเภทหน่วยงาน",
            "จังหวัด",
            "อำเภอ",
            "ตำบล",
            "เป็นหน่วยงานภาคี",
            "รับนักจัดการข้อมูล",
            "จำนวนที่รับ",
            "ตำบลที่ดูแล",
            "เรียน",
            "ชื่อผู้บริหาร (AM)",
            "ตำแหน่งผู้บริหาร",
            "ที่อยู่",
            "โทรศัพท์",
        ]
        return [
            header,
            *self._local_authorities(),
            *self._district_hosts(),
            *self._province_hosts(),
            *self._data(),
        ]

    def _districts(self) -> list[Spot]:
        seen: dict[str, Spot] = {}
        for spot in self.spots:
            seen.setdefault(spot.district_code, spot)
        return list(seen.values())

    def _row(
        self,
        name: str,
        kind: str,
        at: Spot,
        head: str,
        *,
        district: bool = True,
        tambon: bool = False,
        host: bool = True,
        room: int = 0,
        covers: str = "",
    ) -> list[str]:
        title, given, surname = self.person()
        self.people += 1
        place = [at.province, at.district if district else "", at.tambon if tambon else ""]
        address = " ".join(
            f"{mark}{value}" for mark, value in zip(("จังหวัด", "อำเภอ", "ตำบล"), place, strict=True) if value
        )
        return [
            name,
            kind,
            *place,
            "ใช่" if host else "ไม่ใช่",
            "ใช่" if room else "ไม่ใช่",
            str(room) if room else "",
            covers,
            head,
            f"{title}{given} {surname}",
            head,
            " ".join(reversed(address.split(" "))),
            self.telephone(),
        ]

    def _local_authorities(self) -> Table:
        rows = []
        for turn, spot in enumerate(self.spots):
            town = turn % 4 == 0
            name = ("เทศบาลตำบล" if town else "องค์การบริหารส่วนตำบล") + spot.tambon
            double = any(o.tambon == spot.tambon and o.code != spot.code for o in self.spots)
            if double:
                name += f" (อำเภอ{spot.district})"
            head = ("นายกเทศมนตรีตำบล" if town else "นายกองค์การบริหารส่วนตำบล") + spot.tambon
            rows.append(self._row(name, "องค์กรปกครองส่วนท้องถิ่น", spot, head, tambon=True, covers=spot.code))
        return rows

    def _district_hosts(self) -> Table:
        rows = []
        for spot in self._districts():
            for kind, name, head in (
                ("ที่ว่าการอำเภอ", f"ที่ว่าการอำเภอ{spot.district}", f"นายอำเภอ{spot.district}"),
                (
                    "สำนักงานส่งเสริมการปกครองท้องถิ่น",
                    f"สำนักงานส่งเสริมการปกครองท้องถิ่นอำเภอ{spot.district}",
                    f"ท้องถิ่นอำเภอ{spot.district}",
                ),
                ("สำนักงานเกษตรอำเภอ", f"สำนักงานเกษตรอำเภอ{spot.district}", f"เกษตรอำเภอ{spot.district}"),
                (
                    "สำนักงานสาธารณสุขอำเภอ",
                    f"สำนักงานสาธารณสุขอำเภอ{spot.district}",
                    f"สาธารณสุขอำเภอ{spot.district}",
                ),
            ):
                rows.append(self._row(name, kind, spot, head))
            health = f"โรงพยาบาลส่งเสริมสุขภาพตำบล{spot.tambon}"
            head = f"ผู้อำนวยการ{health}"
            rows.append(
                self._row(health, "โรงพยาบาลส่งเสริมสุขภาพตำบล", spot, head, tambon=True, covers=spot.code)
            )
        return rows

    def _province_hosts(self) -> Table:
        rows = []
        for code in self.plan.tambons:
            first = next(s for s in self.spots if s.province_code == code)
            province = first.province
            rows.append(
                self._row(
                    f"ที่ทำการปกครองจังหวัด{province}",
                    "ที่ทำการปกครองจังหวัด",
                    first,
                    f"ปลัดจังหวัด{province}",
                    district=False,
                )
            )
            office = f"สำนักงานส่งเสริมการปกครองท้องถิ่นจังหวัด{province}"
            rows.append(
                self._row(
                    office, "สำนักงานส่งเสริมการปกครองท้องถิ่น", first, f"ท้องถิ่นจังหวัด{province}", district=False
                )
            )
        frontier = [s for s in self._districts() if s.province_code == "63"][-3:] or self._districts()[-1:]
        for number, spot in enumerate(frontier, start=1):
            school = f"โรงเรียนตำรวจตระเวนชายแดนบ้าน{spot.tambon} {number}"
            rows.append(self._row(school, "โรงเรียนตำรวจตระเวนชายแดน", spot, f"ครูใหญ่{school}", tambon=True))
        return rows

    def _data(self) -> Table:
        """Data agencies: centres and community development everywhere, land and social security in the first province."""
        rows = []
        rooms = cycle([3, 2, 3])
        for turn, code in enumerate(self.plan.tambons):
            province = geothai.province(code)
            assert province is not None
            districts = [
                Spot("", "", d.code, d.name_th, code, province.name_th) for d in geothai.districts(code)
            ]
            whole = districts[0]
            for kind in ("ศูนย์ดำรงธรรม", "สำนักงานพัฒนาชุมชน"):
                head = "หัวหน้า" if kind == "ศูนย์ดำรงธรรม" else "พัฒนาการ"
                at = f"จังหวัด{whole.province}"
                rows.append(
                    self._row(
                        f"{kind}{at}",
                        kind,
                        whole,
                        f"{head}{kind if head == 'หัวหน้า' else ''}{at}",
                        district=False,
                        host=False,
                        room=next(rooms),
                    )
                )
                for spot in districts:
                    at = f"อำเภอ{spot.district}"
                    rows.append(
                        self._row(
                            f"{kind}{at}",
                            kind,
                            spot,
                            f"{head}{kind if head == 'หัวหน้า' else ''}{at}",
                            host=False,
                            room=next(rooms),
                        )
                    )
            if turn == 0:
                at = f"จังหวัด{whole.province}"
                rows.append(
                    self._row(
                        f"สำนักงานที่ดิน{at}",
                        "สำนักงานที่ดิน",
                        whole,
                        f"เจ้าพนักงานที่ดิน{at}",
                        district=False,
                        host=False,
                        room=next(rooms),
                    )
                )
                for spot in districts[3:5]:
                    name = f"สำนักงานที่ดิน{at} สาขา{spot.district}"
                    rows.append(
                        self._row(
                            name,
                            "สำนักงานที่ดิน",
                            spot,
                            f"เจ้าพนักงานที่ดิน{at} สาขา{spot.district}",
                            host=False,
                            room=next(rooms),
                        )
                    )
                rows.append(
                    self._row(
                        f"สำนักงานประกันสังคม{at}",
                        "สำนักงานประกันสังคม",
                        whole,
                        f"ประกันสังคม{at}",
                        district=False,
                        host=False,
                        room=next(rooms),
                    )
                )
        return rows


def _spread(spots: list[Spot], count: int) -> list[Spot]:
    """``count`` of the spots, spread evenly over the list, so that every district has its share."""
    if count > len(spots):
        raise ValueError(f"only {len(spots)} tambons there, {count} asked for")
    return [spots[i * len(spots) // count] for i in range(count)]
