"""Invented agencies of a round: local authorities, district and province offices, data agencies."""

from __future__ import annotations

from itertools import cycle
from typing import TYPE_CHECKING

import geothai

from u2t.home.demo.rows import Spot, Table

if TYPE_CHECKING:
    from u2t.home.demo.invent import Inventor


class AgencyInventor:
    """Makes the agencies around an inventor's tambons; their heads come from the same stream of people."""

    def __init__(self, inventor: Inventor) -> None:
        self.inventor = inventor
        self.plan, self.spots = inventor.plan, inventor.spots

    def rows(self) -> Table:
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
        title, given, surname = self.inventor.person()
        self.inventor.people += 1
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
            self.inventor.telephone(),
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
        """Data agencies: two kinds everywhere, land and social security in the first province."""
        rooms = cycle([3, 2, 3])
        rows = []
        for turn, code in enumerate(self.plan.tambons):
            districts = [
                Spot("", "", d.code, d.name_th, code, province_name(code)) for d in geothai.districts(code)
            ]
            whole, at = districts[0], f"จังหวัด{province_name(code)}"
            posts = [
                (f"{kind}{place}", kind, spot, f"{head}{place}", spot is not whole or place != at)
                for kind, head in (("ศูนย์ดำรงธรรม", "หัวหน้าศูนย์ดำรงธรรม"), ("สำนักงานพัฒนาชุมชน", "พัฒนาการ"))
                for spot, place in [(whole, at), *((spot, f"อำเภอ{spot.district}") for spot in districts)]
            ]
            if turn == 0:
                land, branches = "สำนักงานที่ดิน", districts[3:5]
                posts += [
                    (f"{land}{at}", land, whole, f"เจ้าพนักงานที่ดิน{at}", False),
                    *(
                        (f"{land}{at} สาขา{s.district}", land, s, f"เจ้าพนักงานที่ดิน{at} สาขา{s.district}", True)
                        for s in branches
                    ),
                    (f"สำนักงานประกันสังคม{at}", "สำนักงานประกันสังคม", whole, f"ประกันสังคม{at}", False),
                ]
            for name, kind, spot, head, in_district in posts:
                rows.append(
                    self._row(name, kind, spot, head, district=in_district, host=False, room=next(rooms))
                )
        return rows


def province_name(code: str) -> str:
    """The Thai name of a province."""
    province = geothai.province(code)
    assert province is not None
    return province.name_th
