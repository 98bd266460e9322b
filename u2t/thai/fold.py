"""One key for searching Thai text, whether or not marks and spaces match."""

from __future__ import annotations

import re
import unicodedata

from u2t.thai.digits import to_arabic

# Tone marks and the other marks above and below (U+0E31, 0E34-0E3A, 0E47-0E4E), ๆ, ฯ, spaces, signs.
_DROPPED = re.compile(r"[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0e46\u0e2f\u0e4f\u0e5a\u0e5b\W_]+", re.UNICODE)
_OUT_OF_ORDER = re.compile(r"([่-๋])ํ")


# Thai letters and marks in their usual form, one space between words: nothing to mend.
_USUAL = re.compile("[ก-ฮะ-ฺเ-์]+(?: [ก-ฮะ-ฺเ-์]+)*")
_USUAL_DROPPED = str.maketrans(
    dict.fromkeys([0x20, 0x31 + 0xE00, *range(0xE34, 0xE3B), *range(0xE46, 0xE4D)]) | {0xE33: "า"}
)


def normal(text: str) -> str:
    """``text`` as Thai is meant to be stored: one code point for ำ and แ, marks in order, single spaces.

    Two texts that look the same on paper become equal; nothing that a reader can see is lost.
    """
    if text.isascii():
        return " ".join(text.split())
    if _USUAL.fullmatch(text) and "เเ" not in text and unicodedata.is_normalized("NFC", text):
        return text
    text = unicodedata.normalize("NFC", text.replace("\u200b", "").replace("\ufeff", "").replace("\xad", ""))
    text = text.replace("เเ", "แ")
    if "ํ" in text:
        text = _OUT_OF_ORDER.sub(r"ํ\1", text)
        text = re.sub(r"ํ([่-๋]?)า", r"\1ำ", text)
    return " ".join(text.split())


def fold(text: str) -> str:
    """The search key of ``text``: without spaces, tone marks, other marks above or below, ๆ, ฯ and signs.

    Latin letters are lower case without accents, digits are Arabic, ำ counts as า. Store it beside a name and
    look for ``fold(query)`` inside: ``fold("ก ำแพงเพชร") == fold("กําเเพงเพ็ชร")``.
    """
    if _USUAL.fullmatch(text) and "เเ" not in text:
        return text.translate(_USUAL_DROPPED)
    text = normal(to_arabic(text)).replace("ำ", "า")
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text)
    return _DROPPED.sub("", text).casefold()
