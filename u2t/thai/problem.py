"""What a reader answers when it does not understand a text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Problem:
    """A text that cannot be understood, and why.

    ``code`` names the reason (for instance ``"date.not_in_calendar"``); ``about`` holds the values that a
    sentence about it mentions. The words live with the stage that shows them.
    """

    code: str
    about: Mapping[str, object] = field(default_factory=dict)


class Clean(NamedTuple):
    """A text that was understood; ``repairs`` are the codes of what had to be mended on the way."""

    value: str
    repairs: tuple[str, ...] = ()
