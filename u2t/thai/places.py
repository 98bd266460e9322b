"""Names of places as people write them, matched to codes of the Department of Provincial Administration.

A tambon is known by its six-digit code; its name alone is often not enough (หนองหลวง lies in two provinces).
The tables come from the caller.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from u2t.thai.digits import to_arabic
from u2t.thai.fold import normal
from u2t.thai.problem import Problem


@dataclass(frozen=True, slots=True)
class Place:
    """A tambon (แขวง in Bangkok) with its district and province; the codes are DOPA's 6, 4 and 2 digits."""

    code: str
    tambon: str
    district: str
    province: str

    def __str__(self) -> str:
        return f"ต.{self.tambon} อ.{self.district} จ.{self.province} ({self.code})"


_PARTS = (
    ("province", re.compile(r"(?:จังหวัด|จว\.|จ\s*\.)\s*([^\s,]+)")),
    ("district", re.compile(r"(?:กิ่งอำเภอ|อำเภอ|(?<!\S)เขต|กิ่ง\s*อ\s*\.|อ\s*\.)\s*([^\s,]+)")),
    ("tambon", re.compile(r"(?:ตำบล|(?<!\S)แขวง|ต\s*\.)\s*([^\s,]+)")),
)
_PREFIX = re.compile(r"^(?:(?:ตำบล|แขวง|กิ่งอำเภอ|อำเภอ|เขต|จังหวัด|จว\.|[ตอจ]\s*\.)\s*)+")
_TAMBON_PREFIX = re.compile(r"^(?:ตำบล|แขวง|ต\s*\.)\s*")
_PROVINCE_NICKNAMES = {"กทม": "กรุงเทพมหานคร", "กรุงเทพ": "กรุงเทพมหานคร", "กรุงเทพฯ": "กรุงเทพมหานคร",
                       "อยุธยา": "พระนครศรีอยุธยา", "โคราช": "นครราชสีมา"}  # fmt: skip
_NOISE = re.compile(r"[\s.()\-ฯ]+")


@lru_cache(maxsize=20_000)
def bare(name: str) -> str:
    """``name`` without ตำบล/ต./แขวง, อำเภอ/อ./เขต or จังหวัด/จ. in front, and without spaces."""
    cleaned = normal(name)
    rest = _PREFIX.sub("", cleaned)
    return _NOISE.sub("", rest or cleaned)


@dataclass(frozen=True, slots=True)
class Written:
    """The parts that one cell names: ``"ต.หนองหลวง อ.เมือง จ.ตาก"``, ``"630101"`` or only ``"หนองหลวง"``."""

    code: str = ""
    tambon: str = ""
    district: str = ""
    province: str = ""


@lru_cache(maxsize=20_000)
def split(text: str) -> Written:
    """The code and names found in one cell; a lone name counts as the tambon's."""
    cleaned = normal(to_arabic(text))
    parts = {"code": "", "tambon": "", "district": "", "province": ""}
    code = re.search(r"(?<!\d)\d{6}(?!\d)", cleaned)
    if code:
        parts["code"] = code[0]
        cleaned = (cleaned[: code.start()] + " " + cleaned[code.end() :]).strip(" ()-:,")
    for key, pattern in _PARTS:
        found = pattern.search(cleaned)
        if found:
            parts[key] = found[1]
            cleaned = cleaned[: found.start()] + " " + cleaned[found.end() :]
    rest = cleaned.strip(" ()-:,")
    if rest and not parts["tambon"]:
        parts["tambon"] = rest
    return Written(**parts)


class Gazetteer:
    """Finds one of ``places`` by code or by name; immutable once built, so that answers may be cached."""

    def __init__(self, places: Iterable[Place]) -> None:
        self._by_code = {place.code: place for place in places}
        self._by_name: dict[str, list[Place]] = {}
        for place in self._by_code.values():
            self._by_name.setdefault(_NOISE.sub("", normal(place.tambon)), []).append(place)
        self._answers: dict[tuple[str, str, str, str], Place | Problem] = {}
        self._districts: dict[str, dict[str, Place]] = {}
        self._provinces: dict[str, str] = {}
        self._names: dict[str, str] = {}
        for place in self._by_code.values():
            self._districts.setdefault(bare(place.district), {}).setdefault(place.code[:4], place)
            self._provinces.setdefault(bare(place.province), place.code[:2])
            self._names[place.code[:4]] = place.district
            self._names[place.code[:2]] = place.province

    def __contains__(self, code: str) -> bool:
        return code in self._by_code

    def district_name(self, code: str) -> str:
        """The name of a district by its four-digit code, empty where it is unknown."""
        return self._names.get(code, "")

    def province_name(self, code: str) -> str:
        """The name of a province by its two-digit code, empty where it is unknown."""
        return self._names.get(code, "")

    def find_province(self, province: str) -> str | Problem:
        """The two-digit code of a province; ``place.unknown_province`` where there is none of that name."""
        said = bare(province)
        code = self._provinces.get(bare(_PROVINCE_NICKNAMES.get(said, said)))
        return code or Problem("place.unknown_province", {"text": province})

    def find_district(self, district: str, province: str = "") -> str | Problem:
        """The four-digit code of a district; อำเภอเมือง needs its province.

        Problems: ``place.unknown_district``, ``place.ambiguous``.
        """
        text = f"{district} {province}".strip()
        said, where = bare(district), bare(province)
        if said == "เมือง" and where:
            said = "เมือง" + bare(_PROVINCE_NICKNAMES.get(where, where))
        found = [p for p in self._districts.get(said, {}).values() if _in_province(p, where)]
        if not found:
            return Problem("place.unknown_district", {"text": text})
        if len(found) > 1:
            names = tuple(f"อ.{place.district} จ.{place.province}" for place in found)
            return Problem("place.ambiguous", {"text": text, "candidates": names})
        return found[0].code[:4]

    def find(
        self, tambon: str = "", district: str = "", province: str = "", code: str = ""
    ) -> Place | Problem:
        """The place that these texts name together; each may be empty and may carry its prefix.

        Problems: ``place.empty``, ``place.unknown_code``, ``place.code_and_name_differ``,
        ``place.unknown_name``, ``place.ambiguous`` (``candidates`` lists them), ``place.not_in_district`` and
        ``place.not_in_province`` (the name exists, but elsewhere).
        """
        key = (tambon, district, province, code)
        answer = self._answers.get(key)
        if answer is None:
            answer = self._answers[key] = self._find(*key)
        return answer

    def _find(self, tambon: str, district: str, province: str, code: str) -> Place | Problem:
        cell = self._whole(tambon) or split(tambon)
        said = Written(
            code=re.sub(r"\D", "", to_arabic(code)) or cell.code,
            tambon=cell.tambon,
            district=bare(district or cell.district),
            province=bare(province or cell.province),
        )
        text = " ".join(part for part in (code, tambon, district, province) if part)
        if not text.strip() or not (said.code or said.tambon):
            return Problem("place.empty", {})
        if said.code:
            return self._by_code_and_name(said, text)
        return self._by_names(said, text)

    def _whole(self, text: str) -> Written | None:
        """The cell as one name of a tambon, which may hold brackets or stops itself, as จ.ป.ร. does."""
        name = _NOISE.sub("", _TAMBON_PREFIX.sub("", normal(text)))
        return Written(tambon=name) if name in self._by_name else None

    def _by_code_and_name(self, said: Written, text: str) -> Place | Problem:
        place = self._by_code.get(said.code)
        if place is None:
            return Problem("place.unknown_code", {"text": text, "code": said.code})
        names = {bare(place.tambon), _NOISE.sub("", normal(place.tambon))}
        if said.tambon and bare(said.tambon) not in names and _NOISE.sub("", said.tambon) not in names:
            return Problem("place.code_and_name_differ", {"text": text, "place": str(place)})
        if not (_in_province(place, said.province) and _in_district(place, said.district)):
            return Problem("place.code_and_name_differ", {"text": text, "place": str(place)})
        return place

    def _by_names(self, said: Written, text: str) -> Place | Problem:
        named = self._by_name.get(_NOISE.sub("", said.tambon)) or self._by_name.get(bare(said.tambon), [])
        if not named:
            return Problem("place.unknown_name", {"text": text})
        there = [place for place in named if _in_province(place, said.province)]
        if not there:
            return Problem("place.not_in_province", {"text": text, "candidates": _listed(named)})
        here = [place for place in there if _in_district(place, said.district)]
        if not here:
            return Problem("place.not_in_district", {"text": text, "candidates": _listed(there)})
        if len(here) > 1:
            return Problem("place.ambiguous", {"text": text, "candidates": _listed(here)})
        return here[0]


def _in_province(place: Place, said: str) -> bool:
    return said in ("", bare(place.province)) or _PROVINCE_NICKNAMES.get(said) == place.province


def _in_district(place: Place, said: str) -> bool:
    """อำเภอเมือง is the capital district of its province, whose full name is เมืองกำแพงเพชร."""
    full = bare(place.district)
    return said in ("", full) or (said == "เมือง" and full.startswith("เมือง"))


def _listed(places: list[Place]) -> tuple[str, ...]:
    return tuple(str(place) for place in places[:10])
