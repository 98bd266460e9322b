"""Where a line of Thai may break.

Thai writes no spaces between words, so a line may break only where a dictionary says that a word ends, and
not everywhere there. :func:`pieces` turns a text into the boxes that the press sets: within a box nothing
breaks, between two boxes a line may, and a blank stays a blank. Joined, the boxes are the text.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

import geothai
from pythainlp.corpus import thai_words
from pythainlp.tokenize.newmm import segment
from pythainlp.util import Trie

from u2t.letters.fonts import Face

NBSP = "\u00a0"

# Words of the programme that the dictionary does not hold, or holds in parts.
# fmt: off
_OWN_WORDS = (
    "กลุ่มงาน", "การปกครองส่วนท้องถิ่น", "คณะกรรมการ", "งานวิจัย", "จ้างงาน", "ทต.", "ทน.", "ทม.",
    "ที่ปรึกษา", "นวัตกรรม", "นักจัดการข้อมูล", "นักจัดการข้อมูลดิจิทัลภาครัฐ", "บันทึกข้อความ",
    "บัญชีรายชื่อ", "ประชาชนทั่วไป", "บัณฑิตจบใหม่", "ผู้จัดการโครงการ", "ผู้จัดการพื้นที่",
    "ผู้ตรวจรับพัสดุ", "ผู้ถูกจ้างงาน", "ผู้ปฏิบัติงาน", "ผู้รับจ้าง", "พัฒนาชุมชน",
    "ภาคีเครือข่าย", "มหาวิทยาลัย", "มหาวิทยาลัยราชภัฏ", "ราชภัฏ", "รพ.สต.",
    "โรงพยาบาลส่งเสริมสุขภาพตำบล", "ศูนย์ดำรงธรรม", "ส่งตัว", "ส่งมอบ", "สิ่งที่ส่งมาด้วย",
    "หนังสือส่งตัว", "หน่วยงาน", "หน่วยงานภาคี", "องค์การบริหารส่วนตำบล",
    "องค์การบริหารส่วนจังหวัด", "องค์กรปกครองส่วนท้องถิ่น", "อบจ.", "อบต.", "อว.", "อัตรา", "โทร.",
    "ครั้งที่", "รุ่นที่",
)
# fmt: on

_MONTHS = (
    "มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม|สิงหาคม|กันยายน|ตุลาคม"
    r"|พฤศจิกายน|ธันวาคม|ม\.ค\.|ก\.พ\.|มี\.ค\.|เม\.ย\.|พ\.ค\.|มิ\.ย\.|ก\.ค\.|ส\.ค\.|ก\.ย\."
    r"|ต\.ค\.|พ\.ย\.|ธ\.ค\."
)
_UNITS = (
    "คน|ราย|ท่าน|คู่|ทีม|กลุ่ม|ตำบล|อำเภอ|จังหวัด|แห่ง|หน่วยงาน|หมู่บ้าน|ครัวเรือน|ฉบับ|ชุด|แผ่น"
    "|หน้า|เล่ม|รายการ|บาท|สตางค์|ล้าน|พัน|หมื่น|แสน|วัน|สัปดาห์|เดือน|ปี|ชั่วโมง|นาที|น\\.|ครั้ง|คัน"
    r"|เครื่อง|อัตรา|ตำแหน่ง|กิโลเมตร|กม\.|เมตร|ไร่|งาน|ตารางวา|ตัน|กิโลกรัม|กก\.|ลิตร|เปอร์เซ็นต์"
    "|ข้อ|งวด|คะแนน"
)
_TITLES = (
    r"นาย|นาง|นางสาว|น\.ส\.|เด็กชาย|เด็กหญิง|ดร\.|ผศ\.|รศ\.|ศ\.|ว่าที่|ร\.ต\.|ร้อยตรี|ร้อยโท|ร้อยเอก"
    "|พันตรี|พันโท|พันเอก|อาจารย์|ผู้ช่วยศาสตราจารย์|รองศาสตราจารย์|ศาสตราจารย์"
)
_BEFORE_NUMBER = r"หมู่|หมู่ที่|ม\.|เลขที่|ที่|ข้อ|โทร\.?|โทรศัพท์|โทรสาร|ต่อ|พ\.ศ\.|ค\.ศ\.|ปี|เบอร์|รุ่นที่|ครั้งที่|เวลา|ว"
_DIGIT = "[0-9๐-๙]"
_KINDS_OF_PLACE = ("จังหวัด", "อำเภอ", "ตำบล", "เทศบาลเมือง", "เทศบาลนคร", "เทศบาลตำบล", "กิ่งอำเภอ")

# Spaces that hold: what stands on both sides belongs together.
_HELD_SPACES = re.compile(
    rf"(?<={_DIGIT}) (?={_UNITS}|{_MONTHS})"
    rf"|(?<={_DIGIT}) (?={_DIGIT})"
    r"| (?=[ๆ)\]}”’»]|ฯลฯ)"
    r"|(?<=[(\[{“‘«]) "
)
_HELD_AFTER = re.compile(
    rf"(?:(?<=^)|(?<=[ \u00a0(]))(?P<word>{_TITLES}) (?=\S)"
    rf"|(?P<month>{_MONTHS}) (?={_DIGIT}|พ\.ศ\.)"
    rf"|(?:(?<=^)|(?<=[ \u00a0(]))(?P<mark>{_BEFORE_NUMBER}) (?={_DIGIT})"
)
# Nearly every text is clean already: printable ASCII and Thai, one blank between words, every ำ whole.
_CLEAN = re.compile("(?:(?:[!-~ก-าิ-฿เ-์๎-๛]|ำ(?![่-๋]))+(?: (?! |$)|$))*")
_ASCII_RUN = re.compile(r"[!-~]*[0-9][!-~]*")
_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_CLUSTER = re.compile(r"[เแโใไ]*.[ะาำๅๆฯ\u0e31\u0e34-\u0e3a\u0e47-\u0e4e]*", re.DOTALL)
_OPENING = frozenset("([{“‘«")
_CLOSING = frozenset(")]}”’»")


@lru_cache(maxsize=65536)
def printable(text: str, thai_digits: bool) -> str:
    """``text`` cleaned and, if asked for, in Thai numerals."""
    return in_thai_digits(clean(text)) if thai_digits else clean(text)


def clean(text: str) -> str:
    """``text`` as it can be printed: composed, ``ำ`` whole, one blank for any white space, nothing invisible.

    Removed are control and format characters (direction marks, zero-width blanks, soft hyphens, byte order
    marks) and the selectors that turn a sign into a coloured picture. Characters that the typeface lacks
    stay in, so that they can be named in an objection.
    """
    if _CLEAN.fullmatch(text):
        return text
    text = unicodedata.normalize("NFC", text)
    text = re.sub(r"\u0e4d([\u0e48-\u0e4b]?)\u0e32", r"\1ำ", text)
    text = re.sub(r"[ำ]([\u0e48-\u0e4b])", r"\1ำ", text)
    kept = (" " if c.isspace() else c for c in text if c.isspace() or not _is_invisible(c))
    return " ".join("".join(kept).split())


def in_thai_digits(text: str) -> str:
    """``text`` with Thai numerals, except where digits belong to Latin letters (``U2T``, e-mail, web
    addresses).
    """

    def turned(match: re.Match[str]) -> str:
        run = match.group()
        return run if re.search("[A-Za-z]", run) else run.translate(_TO_THAI)

    return _ASCII_RUN.sub(turned, text)


@lru_cache(maxsize=16384)
def pieces(text: str, unbroken: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The boxes of a clean ``text``, with ``" "`` where a blank stands at which a line may break.

    ``unbroken`` phrases, likewise clean, stay whole. Blanks inside a box are no-break spaces; apart from them
    ``"".join(pieces(text))`` is ``text``. Letters repeat their sentences, so the answers are kept.
    """
    phrases = sorted({phrase for phrase in unbroken if phrase}, key=lambda phrase: (-len(phrase), phrase))
    held = tuple(phrase.replace(" ", NBSP) for phrase in phrases)
    for phrase, whole in zip(phrases, held, strict=True):
        text = text.replace(phrase, whole)
    text = _hold(text)
    found: list[str] = []
    for number, chunk in enumerate(text.split(" ")):
        if number:
            found.append(" ")
        found.extend(_cut_around(chunk, held))
    return tuple(piece for piece in found if piece)


def name_pieces(text: str) -> tuple[str, ...]:
    """The boxes of a name: it breaks at its blanks only, and not behind a title that stands apart."""
    return tuple(part for part in re.split("( )", _hold(text)) if part)


def wrapped(boxes: Iterable[str], width: float, face: Face, *, first: float | None = None) -> tuple[str, ...]:
    """The boxes as lines of at most ``width`` em each, the first at most ``first`` em, filled from the top.

    A box that is wider than a whole line, such as a name of two hundred letters, is cut between clusters. A line is
    set whole, so its blanks are ordinary again: a reader who searches for a name types those.
    """
    boxes = tuple(boxes)
    lines: list[str] = []
    line, taken, room = "", 0.0, width if first is None else first
    if face.width("".join(boxes)) <= min(room, width):
        return ("".join(boxes).replace(NBSP, " "),) if boxes else ()
    blank = ""
    for box in boxes:
        if box == " ":
            blank = " " if line else ""
            continue
        for part in (box,) if face.width(box) <= width else tuple(_cut_to(box, width, face)):
            needed = face.width(part)
            if line and taken + face.width(blank) + needed > room:
                lines.append(line)
                line, taken, room, blank = "", 0.0, width, ""
            elif not line and needed > room:
                # Only a first line can be too short for a part that fits the others.
                lines.append("")
                room = width
            line += blank + part
            taken += face.width(blank) + needed
            blank = ""
    return tuple(line.replace(NBSP, " ") for line in (*lines, line)) if line or lines else ()


def _cut_to(box: str, width: float, face: Face) -> Iterable[str]:
    line = ""
    for cluster in _CLUSTER.findall(box):
        if line and face.width(line + cluster) > width:
            yield line
            line = ""
        line += cluster
    yield line


def _is_invisible(c: str) -> bool:
    return unicodedata.category(c) in ("Cc", "Cf") or "\ufe00" <= c <= "\ufe0f"


def _hold(text: str) -> str:
    if " " not in text:
        return text
    text = _HELD_SPACES.sub(NBSP, text)
    return _HELD_AFTER.sub(lambda match: match.group()[:-1] + NBSP, text)


def _cut_around(chunk: str, phrases: tuple[str, ...]) -> list[str]:
    """The boxes of ``chunk``, in which each of ``phrases`` is one token."""
    phrase = next((phrase for phrase in phrases if phrase in chunk), None)
    if phrase is None:
        return list(_cut(chunk))
    before, _, after = chunk.partition(phrase)
    boxes: list[str] = []
    for tokens in (_cut_around(before, phrases), [phrase], _cut_around(after, phrases)):
        if boxes and tokens and not _may_break(boxes[-1], tokens[0]):
            boxes[-1] += tokens.pop(0)
        boxes.extend(tokens)
    return boxes


@lru_cache(maxsize=65536)
def _cut(chunk: str) -> tuple[str, ...]:
    """The boxes of one run without breakable blanks. Letters repeat their sentences, so the answers are
    kept.
    """
    if not chunk:
        return ()
    tokens = segment(chunk, custom_dict=_dictionary(), safe_mode=True)
    if "".join(tokens) != chunk:
        return (chunk,)
    boxes = [tokens[0]]
    for token in tokens[1:]:
        if _may_break(boxes[-1], token):
            boxes.append(token)
        else:
            boxes[-1] += token
    return tuple(boxes)


def _may_break(left: str, right: str) -> bool:
    if left.endswith(_KINDS_OF_PLACE) and right in _places():
        return False
    before, after = left[-1], right[0]
    starts_thai = "ก" <= after <= "ฮ" or "เ" <= after <= "ไ"
    ends_thai = "ก" <= before <= "๎" and not "เ" <= before <= "ไ"
    if before in _CLOSING:
        return starts_thai or after in _OPENING
    if ends_thai:
        # A number belongs to the ordinal before it: ครั้งที่|๒ would read as two things.
        numbered = after.isdigit() and left.endswith("ที่")
        is_other = after.isdigit() or (after.isascii() and after.isalpha())
        return starts_thai or after in _OPENING or (is_other and not numbered)
    is_latin = before.isalpha() and before.isascii()
    return is_latin and (starts_thai or after in _OPENING)


@lru_cache(maxsize=1)
def _places() -> frozenset[str]:
    """The names of all provinces, districts and tambons."""
    places = set()
    for province in geothai.provinces():
        places.add(province.name_th)
        for district in geothai.districts(province.code):
            places.add(district.name_th)
            places.update(tambon.name_th for tambon in geothai.subdistricts(district.code))
    return frozenset(places)


@lru_cache(maxsize=1)
def _dictionary() -> Trie:
    # Names shorter than this are syllables that occur inside other words.
    return Trie({*thai_words(), *_OWN_WORDS, *(place for place in _places() if len(place) > 3)})
