"""The programme's usual kinds of agency, loaded once; an office may add more by roster."""

from __future__ import annotations

from typing import NamedTuple


class KindRow(NamedTuple):
    """A kind of agency; ``is_local_authority`` marks local administrative organizations."""

    code: str
    name_th: str
    name_en: str
    is_local_authority: bool = False


# Hosts of tambon workers first, then the offices that take data managers.
KINDS = (
    KindRow("local", "องค์กรปกครองส่วนท้องถิ่น", "Local administrative organization", True),
    KindRow("province", "ที่ทำการปกครองจังหวัด", "Provincial administration office"),
    KindRow("district", "ที่ว่าการอำเภอ", "District office"),
    KindRow("local-promotion", "สำนักงานส่งเสริมการปกครองท้องถิ่น", "Local administration promotion office"),
    KindRow("agriculture", "สำนักงานเกษตรอำเภอ", "District agriculture office"),
    KindRow("health", "สำนักงานสาธารณสุขอำเภอ", "District public health office"),
    KindRow("hospital", "โรงพยาบาลส่งเสริมสุขภาพตำบล", "Tambon health-promoting hospital"),
    KindRow("bpp-school", "โรงเรียนตำรวจตระเวนชายแดน", "Border patrol police school"),
    KindRow("damrongtham", "ศูนย์ดำรงธรรม", "Damrongtham centre"),
    KindRow("community", "สำนักงานพัฒนาชุมชน", "Community Development office"),
    KindRow("land", "สำนักงานที่ดิน", "Land office"),
    KindRow("social-security", "สำนักงานประกันสังคม", "Social Security office"),
)
