"""Whoever has the disk has nothing; whoever changes the disk is found out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from u2t.vault import sealing

KEY, OTHER = b"k" * 32, b"o" * 32
PIECE = sealing.PIECE
# Around the borders of pieces, where mistakes live.
SIZES = st.sampled_from([0, 1, 15, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 2 * PIECE + 7])


@given(size=SIZES, seed=st.binary(min_size=1, max_size=8))
@settings(max_examples=25, deadline=None)
def test_what_was_sealed_is_what_is_opened(size: int, seed: bytes) -> None:
    data = (seed * (size // len(seed) + 1))[:size]
    sealed = sealing.seal(data, master=KEY, name="a")
    assert sealing.unseal(sealed, masters=[OTHER, KEY], name="a") == data


def test_nothing_of_the_content_lies_on_the_disk_and_no_two_sealings_are_alike() -> None:
    data = b"1234567890123" * 100
    first, second = (sealing.seal(data, master=KEY, name="a") for _ in range(2))
    assert data[:13] not in first
    assert first[60:] != second[60:]


@given(size=SIZES, place=st.floats(0, 1, exclude_max=True), bit=st.integers(0, 7))
@settings(max_examples=40, deadline=None)
def test_a_single_turned_bit_is_noticed(size: int, place: float, bit: int) -> None:
    sealed = bytearray(sealing.seal(b"x" * size, master=KEY, name="a"))
    sealed[int(place * len(sealed))] ^= 1 << bit
    with pytest.raises((sealing.Damaged, sealing.UnknownKey)):
        sealing.unseal(bytes(sealed), masters=[KEY], name="a")


def test_pieces_cannot_be_cut_off_exchanged_or_repeated() -> None:
    sealed = sealing.seal(b"a" * PIECE + b"b" * PIECE + b"c", master=KEY, name="a")
    step, head = PIECE + 16, len(sealed) - 2 * (PIECE + 16) - 17
    one, two = sealed[head : head + step], sealed[head + step : head + 2 * step]
    start, end = sealed[:head], sealed[head + 2 * step :]
    for forged in (
        start + one + two,
        start + two + one + end,
        start + one + one + two + end,
        start + one + end,
    ):
        with pytest.raises(sealing.Damaged):
            sealing.unseal(forged, masters=[KEY], name="a")


def test_one_file_cannot_be_passed_off_as_another() -> None:
    with pytest.raises(sealing.Damaged):
        sealing.unseal(sealing.seal(b"x", master=KEY, name="a"), masters=[KEY], name="b")


def test_another_key_is_named_as_such_and_not_called_damage() -> None:
    with pytest.raises(sealing.UnknownKey):
        sealing.unseal(sealing.seal(b"x", master=KEY, name="a"), masters=[OTHER], name="a")
