"""The private half of the signing key: from the environment, else from the data folder. Nothing here writes rows."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings


def private() -> Ed25519PrivateKey:
    """The key that signs now. A file is read anew each time: another process may have renewed it."""
    if settings.SEAL_KEY_IS_GIVEN:
        return Ed25519PrivateKey.from_private_bytes(settings.SEAL_KEY)
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(_file().read_text("ascii").strip()))


def replace_file() -> Ed25519PrivateKey:
    """A new private key in place of the one in the data folder, whole or not at all; the old one is gone."""
    key = Ed25519PrivateKey.generate()
    made = _file().with_name(f"{_file().name}.{os.getpid()}")
    with os.fdopen(
        os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii"
    ) as file:
        file.write(key.private_bytes_raw().hex())
    made.replace(_file())
    return key


def _file() -> Path:
    return Path(settings.DATA_DIR, "seal.key")
