"""Invented rosters of a round of the demo's size: the same seed gives the same rows.

Rows are lists of texts in the column order given with them, as an office would type them.
"""

from __future__ import annotations

import math
import random
from collections.abc import Sequence

import geothai

from u2t.home.demo import names
from u2t.home.demo.offices import AgencyInventor
from u2t.home.demo.rows import CATEGORY_NAMES, Plan, Rosters, Spot, Table


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
        agencies = AgencyInventor(self).rows()
        return Rosters(self.tambons(), self.lecturers(), agencies, self.workers())

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


def _spread(spots: list[Spot], count: int) -> list[Spot]:
    """``count`` of the spots, spread evenly over the list, so that every district has its share."""
    if count > len(spots):
        raise ValueError(f"only {len(spots)} tambons there, {count} asked for")
    return [spots[i * len(spots) // count] for i in range(count)]
