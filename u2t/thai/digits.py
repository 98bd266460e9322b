"""Thai and Arabic digits."""

from __future__ import annotations

_ARABIC = "0123456789"
_THAI = "๐๑๒๓๔๕๖๗๘๙"
_TO_ARABIC = str.maketrans(_THAI, _ARABIC)
_TO_THAI = str.maketrans(_ARABIC, _THAI)


def to_arabic(text: str) -> str:
    """``text`` with every Thai digit written as an Arabic one: ``"๒๕๖๔"`` becomes ``"2564"``."""
    return text if text.isascii() else text.translate(_TO_ARABIC)


def to_thai(text: object) -> str:
    """``text`` (or a number) with every Arabic digit written as a Thai one: ``2564`` becomes ``"๒๕๖๔"``."""
    return str(text).translate(_TO_THAI)
