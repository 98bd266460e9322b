"""A seal says what was put in, fits into a code, and breaks when anything of it changes."""

from __future__ import annotations

import random
import string
from datetime import date

import pytest
import segno
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from u2t.seals import rules

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
CODE = rules.code_of(rules.public_of(KEY))
KEYS = {CODE: rules.public_of(KEY)}
ALPHABET = string.ascii_letters + string.digits + "-_"
SAID = {
    "kind": "certificate",
    "issuer": "kpru",
    "number": "1234/2564",
    "dated_on": date(2021, 2, 3),
    "name": "นางสาวกาญจนาภิเษก วงศ์สว่างพงษ์ไพรรุ่งเรือง",
    "digest": rules.digest_of({"text": "ผ่านการปฐมนิเทศ"}),
}


def sealed(**changed: object) -> str:
    return rules.sign(KEY, **{**SAID, **changed})  # type: ignore[arg-type]


def test_a_seal_says_what_its_paper_says() -> None:
    said = rules.read(sealed(), KEYS)
    assert said.fault == ""
    assert said.statement == rules.Statement(**SAID, key=CODE)  # type: ignore[arg-type]


def test_ten_thousand_changed_characters_are_all_noticed() -> None:
    seal, chance = sealed(), random.Random(2564)
    for _ in range(10_000):
        at = chance.randrange(len(seal))
        other = chance.choice(ALPHABET.replace(seal[at], ""))
        assert rules.read(seal[:at] + other + seal[at + 1 :], KEYS).fault


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_nothing_that_is_typed_breaks_the_reader(text: str) -> None:
    assert rules.read(rules.seal_in(text), KEYS).fault == rules.UNREADABLE


@given(
    st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), max_size=250),
    st.dates(date(1900, 1, 1), date(2400, 12, 31)),
)
@settings(max_examples=100, deadline=None)
def test_any_name_comes_back_as_far_as_it_fits(name: str, day: date) -> None:
    said = rules.read(sealed(name=name, dated_on=day), KEYS).statement
    assert said is not None
    assert said.dated_on == day
    whole = len(name) <= rules.NAME_AT_MOST
    assert said.name == (name if whole else name[: rules.NAME_AT_MOST - 1] + "…")


def test_a_seal_with_a_long_name_fits_into_a_code_that_a_cheap_phone_reads() -> None:
    seal = sealed(name="ศ" * 200, issuer="university-of-somewh", number="12345/2564")
    code = segno.make_qr(f"https://u2t.kpru.ac.th/verify/?s={seal}", error="m")
    assert int(code.version) <= 12


def test_a_seal_of_another_institution_is_not_called_forged() -> None:
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    reading = rules.read(rules.sign(other, **SAID), KEYS)  # type: ignore[arg-type]
    assert (reading.fault, reading.statement) == (rules.UNKNOWN_KEY, None)


def test_a_signature_of_another_key_under_our_name_is_forged() -> None:
    other = Ed25519PrivateKey.from_private_bytes(bytes(32))
    theirs = rules.decode(rules.sign(other, **SAID))  # type: ignore[arg-type]
    ours = rules.decode(sealed())
    assert rules.read(rules.encode(ours[:-64] + theirs[-64:]), KEYS).fault == rules.FORGED


def test_a_paper_dated_after_its_key_was_retired_is_not_believed() -> None:
    seal = sealed(dated_on=date(2021, 2, 3))
    assert rules.read(seal, KEYS, {CODE: date(2021, 2, 2)}).fault == rules.AFTER_RETIRED
    assert not rules.read(seal, KEYS, {CODE: date(2021, 2, 3)}).fault


def test_a_second_spelling_of_the_same_bytes_is_refused() -> None:
    seal = next(s for n in range(3) if len(s := sealed(number="1" * (n + 1))) % 4)
    spellings = [seal[:-1] + other for other in ALPHABET if other != seal[-1]]
    assert {rules.read(spelled, KEYS).fault for spelled in spellings} <= {rules.UNREADABLE, rules.FORGED}
    assert rules.read(seal + "=" * (-len(seal) % 4), KEYS).fault == rules.UNREADABLE


def test_the_digest_changes_with_what_the_paper_says_and_not_with_its_order() -> None:
    assert rules.digest_of({"a": 1, "b": "ข"}) == rules.digest_of({"b": "ข", "a": 1})
    assert rules.digest_of({"a": 1, "b": "ข"}) != rules.digest_of({"a": 1, "b": "ค"})


@pytest.mark.parametrize("around", ["{}", " {}\n", "https://u.example/verify/?s={}", "x?kind=1&s={}&y=2"])
def test_the_seal_is_found_in_whatever_was_scanned(around: str) -> None:
    seal = sealed()
    assert rules.seal_in(around.format(seal)) == seal
