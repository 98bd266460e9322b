"""What a seal says and whether it holds: pure, short enough for a QR code, one way of writing each.

A seal is base64url, without padding, of::

    1 byte    how the text is written: 1 = windows-874 (a byte a Thai letter), 2 = UTF-8
    16 bytes  the first half of SHA-256 over what the paper says (:func:`digest_of`)
    n bytes   key, kind, issuer, number, date (YYYYMMDD) and name, with a unit separator between them
    64 bytes  the Ed25519 signature over b"U2T seal 1\\0" and everything before it

No other text stands for the same seal: base64url that a decoder would accept in several spellings is refused, so
that any changed character fails.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

NAME_AT_MOST = 44
DIGEST_BYTES = 16
_DOMAIN = b"U2T seal 1\0"
_BETWEEN = "\x1f"
_SIGNATURE = 64
_CODINGS = {1: "cp874", 2: "utf-8"}
_ALPHABET = re.compile(r"[A-Za-z0-9_-]+")
_IN_ADDRESS = re.compile(r"[?&]s=([A-Za-z0-9_-]*)")

UNREADABLE = "unreadable"
UNKNOWN_KEY = "unknown_key"
FORGED = "forged"
AFTER_RETIRED = "after_retired"


@dataclass(frozen=True)
class Statement:
    """What a seal says of its paper; ``name`` ends in … where it was too long, ``digest`` covers all of it."""

    kind: str
    issuer: str
    number: str
    dated_on: date
    name: str
    digest: bytes
    key: str


@dataclass(frozen=True)
class Reading:
    """What came out of a seal: ``fault`` is empty where the signature holds, and ``statement`` is there then only.

    ``key`` is what the seal names as its key, also where that one is not known.
    """

    fault: str
    statement: Statement | None = None
    key: str = ""


def digest_of(content: Mapping[str, Any]) -> bytes:
    """Sixteen bytes that change with every value of ``content``, whatever the order of its keys."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8")).digest()[:DIGEST_BYTES]


def code_of(public_key: bytes) -> str:
    """Eight characters by which a key is called, the same everywhere for the same key."""
    return base64.b32encode(hashlib.sha256(public_key).digest())[:8].decode("ascii").lower()


def public_of(private: Ed25519PrivateKey) -> bytes:
    """The 32 bytes by which others verify."""
    return private.public_key().public_bytes_raw()


def encode(raw: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(raw).decode("ascii").rstrip("=")


def decode(text: str) -> bytes:
    """The bytes of base64url in its one spelling; raises ``ValueError`` for any other text."""
    if not _ALPHABET.fullmatch(text):
        raise ValueError("not base64url")
    try:
        raw = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except binascii.Error as error:
        raise ValueError("not base64url") from error
    if encode(raw) != text:
        raise ValueError("not the one spelling")
    return raw


def sign(
    private: Ed25519PrivateKey,
    *,
    kind: str,
    issuer: str,
    number: str,
    dated_on: date,
    name: str,
    digest: bytes,
) -> str:
    """The seal of a paper. A name beyond :data:`NAME_AT_MOST` characters is cut; the digest still covers it whole.

    Raises ``ValueError`` for a digest of another length.
    """
    if len(digest) != DIGEST_BYTES:
        raise ValueError(f"a digest has {DIGEST_BYTES} bytes")
    fields = [code_of(public_of(private)), kind, issuer, number, f"{dated_on:%Y%m%d}", _shortened(name)]
    body = _text(_BETWEEN.join(_plain(field) for field in fields), digest)
    return encode(body + private.sign(_DOMAIN + body))


def seal_in(text: str) -> str:
    """The seal in whatever was scanned or pasted: an address with ``?s=…``, or the seal itself."""
    found = _IN_ADDRESS.search(text)
    return found.group(1) if found else "".join(text.split())


def key_named(seal: str) -> str:
    """The code of the key that a seal names, believed or not; empty where it can't be read."""
    try:
        return _statement(decode(seal)[:-_SIGNATURE]).key
    except ValueError:
        return ""


def read(seal: str, keys: Mapping[str, bytes], retired_on: Mapping[str, date] | None = None) -> Reading:
    """What ``seal`` says, if one of ``keys`` (code → 32 bytes) signed it; never raises.

    A paper dated after the day on which its key was retired (``retired_on``, by code) is not believed.
    """
    try:
        raw = decode(seal)
        body, signature = raw[:-_SIGNATURE], raw[-_SIGNATURE:]
        statement = _statement(body)
    except ValueError:
        return Reading(UNREADABLE)
    if statement.key not in keys:
        return Reading(UNKNOWN_KEY, key=statement.key)
    try:
        Ed25519PublicKey.from_public_bytes(keys[statement.key]).verify(signature, _DOMAIN + body)
    except InvalidSignature:
        return Reading(FORGED, key=statement.key)
    retired = (retired_on or {}).get(statement.key)
    if retired is not None and statement.dated_on > retired:
        return Reading(AFTER_RETIRED, key=statement.key)
    return Reading("", statement, statement.key)


def _shortened(name: str) -> str:
    return name if len(name) <= NAME_AT_MOST else name[: NAME_AT_MOST - 1] + "…"


def _plain(field: str) -> str:
    return "".join(" " if ord(c) < 32 or ord(c) == 127 else c for c in field)


def _text(text: str, digest: bytes) -> bytes:
    for number, coding in _CODINGS.items():
        try:
            return bytes([number]) + digest + text.encode(coding)
        except UnicodeEncodeError:
            continue
    raise ValueError("a text that no coding holds")


def _statement(body: bytes) -> Statement:
    """Raises ``ValueError`` for anything but the six fields."""
    coding = _CODINGS.get(body[0]) if body else None
    if coding is None or len(body) <= 1 + DIGEST_BYTES:
        raise ValueError("no known form")
    fields = body[1 + DIGEST_BYTES :].decode(coding).split(_BETWEEN)
    if len(fields) != 6 or not re.fullmatch("[0-9]{8}", fields[4]):
        raise ValueError("not six fields")
    key, kind, issuer, number, day, name = fields
    dated_on = date(int(day[:4]), int(day[4:6]), int(day[6:]))
    return Statement(kind, issuer, number, dated_on, name, body[1 : 1 + DIGEST_BYTES], key)
