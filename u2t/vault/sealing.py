"""Bytes at rest: sealed in pieces with AES-256-GCM, each file under a key of its own.

``head || piece || piece …``: the head is a magic word, the fingerprint of the master key and 32 random bytes, from
which HKDF-SHA256 derives the file's key together with the file's name. Pieces of 64 KiB are numbered in their nonce
and the last one is marked in it (the STREAM construction), so that a piece that was altered, moved, left out, cut
off or put in from another file does not open. A file of any size needs the memory of one piece.
"""

from __future__ import annotations

import io
import os
from collections.abc import Iterator, Mapping, Sequence
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PIECE = 64 * 1024
_MAGIC = b"U2TV1\n"
_SALT = 32
_MARK = 8
_TAG = 16
_HEAD = len(_MAGIC) + _MARK + _SALT


class Damaged(Exception):
    """What lies there is not what was sealed: altered, cut off, of another file, or not sealed at all."""


class UnknownKey(Exception):
    """It was sealed with a master key that is not among those given."""


def fingerprint(master: bytes) -> bytes:
    """Eight bytes that name a master key and say nothing about it."""
    return HKDF(SHA256(), _MARK, salt=None, info=b"u2t vault key name").derive(master)


def _cipher(master: bytes, salt: bytes, name: str) -> AESGCM:
    return AESGCM(HKDF(SHA256(), 32, salt=salt, info=b"u2t vault file " + name.encode()).derive(master))


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if is_last else b"\x00")


def seal_to(output: BinaryIO, source: BinaryIO, *, master: bytes, name: str) -> None:
    """Seal all of ``source`` into ``output``; ``name`` is needed again to open it."""
    head = _MAGIC + fingerprint(master) + os.urandom(_SALT)
    cipher = _cipher(master, head[-_SALT:], name)
    output.write(head)
    number, piece = 0, source.read(PIECE)
    while True:
        following = source.read(PIECE)
        output.write(cipher.encrypt(_nonce(number, not following), piece, head))
        if not following:
            return
        number, piece = number + 1, following


def unsealed(source: BinaryIO, *, masters: Sequence[bytes], name: str) -> Iterator[bytes]:
    """The pieces in order, each proved before it is given out; whoever stops early has not seen the end proved.

    Raises :class:`UnknownKey` and :class:`Damaged`.
    """
    head = source.read(_HEAD)
    if len(head) != _HEAD or not head.startswith(_MAGIC):
        raise Damaged(name)
    known: Mapping[bytes, bytes] = {fingerprint(master): master for master in masters}
    master = known.get(head[len(_MAGIC) : len(_MAGIC) + _MARK])
    if master is None:
        raise UnknownKey(name)
    cipher = _cipher(master, head[-_SALT:], name)
    number, piece = 0, source.read(PIECE + _TAG)
    while True:
        following = source.read(PIECE + _TAG)
        try:
            yield cipher.decrypt(_nonce(number, not following), piece, head)
        except (InvalidTag, ValueError) as error:
            raise Damaged(name) from error
        if not following:
            return
        number, piece = number + 1, following


def seal(data: bytes, *, master: bytes, name: str) -> bytes:
    """``data`` sealed in one go."""
    output = io.BytesIO()
    seal_to(output, io.BytesIO(data), master=master, name=name)
    return output.getvalue()


def unseal(sealed: bytes, *, masters: Sequence[bytes], name: str) -> bytes:
    """What :func:`seal` was given."""
    return b"".join(unsealed(io.BytesIO(sealed), masters=masters, name=name))


def is_of(sealed: bytes, master: bytes) -> bool:
    """Whether this beginning of a sealed file names that master key."""
    return sealed.startswith(_MAGIC + fingerprint(master))
