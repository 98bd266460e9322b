"""The roster of tambons that take part in a round."""

from __future__ import annotations

from u2t.rosters.rules.known import Known
from u2t.rosters.rules.persons import text_column
from u2t.sheets.columns import Column, Compound
from u2t.sheets.report import NOTICE, REPAIR, Report
from u2t.sheets.tables import Table
from u2t.thai.places import Place

SHOWN = ("code", "tambon", "district", "province")


def columns(known: Known) -> tuple[Column, ...]:
    """All columns: a code alone is enough, names alone are where they are unique together."""
    return (
        text_column("code", "รหัสตำบล", "Tambon code", "รหัส", "รหัสตำบล 6 หลัก", "dopa code", example="620101"),
        Column(
            "tambon", "ตำบล", "Tambon", text_column("", "", "").parse, ("ชื่อตำบล", "ตำบล/แขวง", "ตำบลเป้าหมาย", "subdistrict"),
            is_needed=True, instead=("code",), example="ในเมือง",
        ),
        text_column("district", "อำเภอ", "District", "ชื่ออำเภอ", "อำเภอ/เขต", "amphoe", example="เมืองกำแพงเพชร"),
        text_column("province", "จังหวัด", "Province", "ชื่อจังหวัด", "changwat", example="กำแพงเพชร"),
    )  # fmt: skip


offered = columns


def compounds(known: Known) -> tuple[Compound, ...]:
    """The place that the four columns name together."""

    def place(code: object, tambon: object, district: object, province: object) -> object:
        return known.nation.find(*(str(part or "") for part in (tambon, district, province, code)))

    return (Compound("place", ("code", "tambon", "district", "province"), place, is_required=True),)


def newcomers(table: Table, known: Known, report: Report) -> tuple[list[str], int]:
    """Codes of the tambons that the file adds, and how many of its rows are in the round already."""
    found: dict[str, int] = {}
    unchanged = 0
    field = "code" if any(name == "code" for _, name in table.letters) else "tambon"
    for index, place in enumerate(table.column("place")):
        if not isinstance(place, Place):
            continue
        if place.code in known.round_places:
            unchanged += 1
            report.add(table.finding(NOTICE, "tambon.already_here", index, field, str(place)))
        elif place.code in found:
            about = {"first": table.row_numbers[found[place.code]]}
            report.add(table.finding(REPAIR, "tambon.repeated", index, field, str(place), about))
        else:
            found[place.code] = index
    return list(found), unchanged


def shown(code: str, known: Known) -> tuple[str, ...]:
    """The row as it was understood, in the order of :data:`SHOWN`."""
    place = known.nation.find(code=code)
    assert isinstance(place, Place)
    return place.code, place.tambon, place.district, place.province
