"""National ID numbers at rest: sealed with AES-GCM, looked up by a keyed digest, shown masked."""

from __future__ import annotations

import hashlib
import hmac
import os
from functools import cache

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings


@cache
def _cipher(key: bytes) -> AESGCM:
    return AESGCM(hashlib.sha256(b"seal" + key).digest())


def seal(number: str) -> bytes:
    """Encrypt 13 digits; the nonce stands before the ciphertext."""
    nonce = os.urandom(12)
    return nonce + _cipher(settings.IDENTITY_KEY).encrypt(nonce, number.encode("ascii"), None)


def unseal(sealed: bytes) -> str:
    """Decrypt what :func:`seal` made; raises ``cryptography.exceptions.InvalidTag`` with another key."""
    sealed = bytes(sealed)
    return _cipher(settings.IDENTITY_KEY).decrypt(sealed[:12], sealed[12:], None).decode("ascii")


@cache
def _finder(key: bytes) -> bytes:
    return hashlib.sha256(b"find" + key).digest()


def digest(number: str) -> str:
    """The keyed digest by which the same number is found again (64 hex digits)."""
    return hmac.digest(_finder(settings.IDENTITY_KEY), number.encode("ascii"), "sha256").hex()
