"""Why something may not be done: values, so that a page, a command and a test say the same thing.

An objection names the fact that stands in the way and carries the values needed to put it into words; the
words themselves (Thai and English) live in the part's ``words.py`` under the same code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Objection:
    """One reason against an action.

    ``code`` is ``"part.reason"`` (for instance ``"placement.quota_full"``); ``about`` holds the values that the
    sentence mentions, as plain strings and numbers; ``field`` names the form field it belongs to, if any.
    """

    code: str
    about: Mapping[str, object] = field(default_factory=dict)
    field: str = ""

    def __hash__(self) -> int:
        return hash((self.code, self.field, tuple(sorted((k, str(v)) for k, v in self.about.items()))))


class Refused(Exception):
    """An action was refused; ``objections`` holds every reason, never only the first."""

    def __init__(self, objections: Iterable[Objection]) -> None:
        self.objections: tuple[Objection, ...] = tuple(objections)
        super().__init__(", ".join(objection.code for objection in self.objections))


def refuse_if(objections: Iterable[Objection]) -> None:
    """Raise :class:`Refused` with all ``objections`` unless there are none."""
    found = tuple(objections)
    if found:
        raise Refused(found)
