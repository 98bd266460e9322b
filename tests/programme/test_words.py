"""Every reason that the first three parts can give has words, and no words are left over."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import u2t
from u2t.agencies import words as agencies
from u2t.people import words as people
from u2t.programme import words as programme

PACKAGE = Path(u2t.__file__).parent
# Built from a part of the code: f"programme.no_{what}" and f"programme.{what}_twice".
BUILT = {"programme": {"no_category", "no_workstream", "category_twice", "workstream_twice"}}


@pytest.mark.parametrize("part", [agencies, people, programme], ids=["agencies", "people", "programme"])
def test_every_reason_has_words(part: object) -> None:
    name = part.__name__.split(".")[1]  # type: ignore[attr-defined]
    raised = set(BUILT.get(name, ()))
    for path in PACKAGE.rglob("*.py"):
        # The first code of a conditional expression and its alternative both count.
        for call in re.findall(r"Objection\(\s*([^)]*)", path.read_text()):
            raised |= set(re.findall(rf'(?<!f)"{name}\.([a-z_]+)"', call))
    assert raised == set(part.WORDS)  # type: ignore[attr-defined]
