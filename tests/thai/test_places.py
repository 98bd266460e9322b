"""Names of places matched to codes, over the whole country."""

from functools import cache

import geothai
import pytest

from u2t.thai.places import Gazetteer, Place
from u2t.thai.problem import Problem


@cache
def nation() -> Gazetteer:
    return Gazetteer(all_places())


@cache
def all_places() -> list[Place]:
    return [
        Place(t.code, t.name_th, d.name_th, p.name_th)
        for p in geothai.provinces()
        for d in geothai.districts(p.code)
        for t in geothai.subdistricts(d.code)
    ]


def test_every_tambon_of_the_country_is_found_by_its_names_written_together_or_apart() -> None:
    odd = {place for place in all_places() if "(" in place.tambon or "." in place.tambon}
    assert len(odd) == 2, "names with brackets or stops can be found in columns of their own only"
    for place in all_places():
        assert nation().find(place.tambon, place.district, place.province) == place
        assert nation().find(code=place.code) == place
        if place not in odd:
            assert nation().find(f"ต.{place.tambon} อ.{place.district} จ.{place.province}") == place
            assert (
                nation().find("ตำบล" + place.tambon, "อำเภอ" + place.district, "จังหวัด" + place.province)
                == place
            )


def test_the_same_name_in_two_provinces_is_ambiguous_and_lists_where() -> None:
    answer = nation().find("หนองหลวง")
    assert isinstance(answer, Problem)
    assert answer.code == "place.ambiguous"
    listed = " ".join(answer.about["candidates"])  # type: ignore[call-overload]
    assert "620703" in listed
    assert "630102" in listed
    assert nation().find("ต.หนองหลวง", "ลานกระบือ") == nation().find(code="620703")


def test_the_capital_district_may_be_called_mueang() -> None:
    assert nation().find("ในเมือง", "อำเภอเมือง", "จ.กำแพงเพชร") == nation().find(code="620101")
    assert nation().find_district("เมือง", "ตาก") == "6301"
    assert isinstance(nation().find_district("เมือง"), Problem)


@pytest.mark.parametrize(
    ("texts", "code"),
    [
        (("ในเมือง", "", "", "999999"), "place.unknown_code"),
        (("ไตรตรึงษ์", "", "", "620101"), "place.code_and_name_differ"),
        (("", "", "ตาก", "620101"), "place.code_and_name_differ"),
        (("ไม่มีตำบลนี้", "", "", ""), "place.unknown_name"),
        (("ไตรตรึงษ์", "", "ตาก", ""), "place.not_in_province"),
        (("ไตรตรึงษ์", "แม่สอด", "", ""), "place.not_in_district"),
        (("", "", "", ""), "place.empty"),
    ],
)
def test_a_place_that_cannot_be_found_says_why(texts: tuple[str, str, str, str], code: str) -> None:
    answer = nation().find(*texts)
    assert isinstance(answer, Problem)
    assert answer.code == code


def test_thai_digits_in_a_code_are_read() -> None:
    assert nation().find(code="๖๒๐๑๐๑") == nation().find("620101 ในเมือง")
