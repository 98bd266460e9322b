"""Where sealed bytes lie on the disk; nothing but :mod:`u2t.vault.actions` writes there."""

from __future__ import annotations

import os
from pathlib import Path
from uuid import UUID

from django.conf import settings


def masters() -> tuple[bytes, ...]:
    """The key that seals, then those that still open what they sealed."""
    return (settings.VAULT_KEY, *settings.VAULT_OLD_KEYS)


def root() -> Path:
    return Path(settings.MEDIA_ROOT) / "vault"


def of_file(pk: UUID) -> Path:
    return root() / pk.hex[:2] / str(pk)


def of_parts(upload: UUID) -> Path:
    """The waiting room's folder of one upload."""
    return root() / "waiting" / str(upload)


def of_part(upload: UUID, offset: int) -> Path:
    return of_parts(upload) / f"{offset:012d}"


def put(path: Path, sealed: bytes) -> None:
    """Write so that the file is there whole or not at all, also after the power fails."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    made = path.with_name(f".{path.name}.{os.getpid()}.{os.urandom(4).hex()}")
    try:
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())
        made.replace(path)
    except BaseException:
        made.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
