"""Sentences with fields."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from u2t.letters import wording
from u2t.objections import Refused


def test_fields_are_filled_and_values_are_not_read_again() -> None:
    filled = wording.fill("ส่งตัว {count} คน ณ {place} {{เดิม}}", {"count": "๒", "place": "{count}"})
    assert filled == "ส่งตัว ๒ คน ณ {count} {เดิม}"


def test_every_unknown_field_and_lonely_brace_is_objected_to_at_once() -> None:
    with pytest.raises(Refused) as refused:
        wording.fill("{count} {nobody} {count.__class__} {0[1]} เปิด { ปิด", {"count": "1"})
    assert [(o.code, o.about.get("name")) for o in refused.value.objections] == [
        ("letters.unknown_field", "nobody"),
        ("letters.unknown_field", "count.__class__"),
        ("letters.unknown_field", "0[1]"),
        ("letters.unbalanced_brace", None),
    ]


@given(st.text())
def test_a_template_is_either_refused_or_filled_and_nothing_else(template: str) -> None:
    if not wording.objections(template, ()):
        assert wording.fill(template, {}) == template.replace("{{", "{").replace("}}", "}")
