"""Keep, read, erase; and what clears up after a killed process."""

from __future__ import annotations

import io
import logging
import shutil
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.db import transaction

from u2t.objections import Objection, Refused
from u2t.vault import looking, places, sealing
from u2t.vault.models import File

logger = logging.getLogger(__name__)
# A file without a row is younger than this only while its row is being written.
ORPHAN_AFTER = timedelta(days=1)


def keep(*, data: bytes, name: str, at: datetime) -> File:
    """Look at a file and keep it sealed; ``name`` is what refusals call it.

    Pictures are made anew as JPEG. Looking takes time: where a lock is held, call :func:`look_at` before taking it
    and :func:`store` inside. Raises :class:`Refused` with every reason (``vault.…``).
    """
    return store(looked=look_at(data=data, name=name), at=at)


def look_at(*, data: bytes, name: str) -> looking.Looked:
    """What :func:`keep` does before anything is written."""
    return looking.look_at(data, name=name, most=settings.PAPER_MAX_BYTES)


def bind(*, file: File, looked: looking.Looked, name: str) -> looking.Looked:
    """What was looked at, as further pages behind a file of the vault; nothing is written."""
    former = looking.Looked(read(file), file.content_type, file.pages)
    return looking.bound(former, looked, name=name, most=settings.PAPER_MAX_BYTES)


def store(*, looked: looking.Looked, at: datetime) -> File:
    """Seal and write the file, then its row in the caller's transaction.

    A crash or a rollback leaves a file without a row, which :func:`sweep` removes; never a row without its file.
    """
    file = File(
        id=uuid.uuid4(),
        content_type=looked.content_type,
        size=len(looked.data),
        sha256=looked.sha256,
        pages=looked.pages,
        kept_at=at,
    )
    sealed = sealing.seal(looked.data, master=settings.VAULT_KEY, name=str(file.pk))
    places.put(places.of_file(file.pk), sealed)
    file.save(force_insert=True)
    return file


def read(file: File) -> bytes:
    """What was kept. Raises :class:`Refused` if it was erased, is missing, damaged or of an unknown key."""
    if file.erased_at is not None:
        raise Refused([Objection("vault.erased")])
    try:
        with places.of_file(file.pk).open("rb") as source:
            pieces = sealing.unsealed(source, masters=places.masters(), name=str(file.pk))
            return b"".join(pieces)
    except FileNotFoundError:
        reason = "missing"
    except sealing.UnknownKey:
        reason = "unknown_key"
    except sealing.Damaged:
        reason = "damaged"
    logger.error("file %s of the vault is %s", file.pk, reason)
    raise Refused([Objection(f"vault.{reason}")])


def erase(*, file: File, at: datetime) -> None:
    """Erase for good: the row says when and keeps nothing that names the content; the bytes go with the commit.

    Erasing twice is erasing once. Should the process die right after the commit, :func:`sweep` removes the bytes.
    """
    with transaction.atomic():
        File.objects.filter(pk=file.pk, erased_at=None).update(erased_at=at, sha256="")
        transaction.on_commit(lambda: places.of_file(file.pk).unlink(missing_ok=True))
    file.refresh_from_db(fields=("erased_at", "sha256"))


def put_part(*, upload: uuid.UUID, offset: int, data: bytes) -> None:
    """Keep a part of a file on its way, sealed; the same part again is the same part."""
    path = places.of_part(upload, offset)
    places.put(path, sealing.seal(data, master=settings.VAULT_KEY, name=f"{upload}/{offset}"))


def join_parts(*, upload: uuid.UUID, size: int) -> bytes:
    """All parts in order; raises :class:`Refused` unless they make exactly ``size`` bytes."""
    joined = io.BytesIO()
    try:
        while joined.tell() < size:
            offset = joined.tell()
            sealed = places.of_part(upload, offset).read_bytes()
            joined.write(sealing.unseal(sealed, masters=places.masters(), name=f"{upload}/{offset}"))
    except (FileNotFoundError, sealing.Damaged, sealing.UnknownKey):
        raise Refused([Objection("vault.parts_missing")]) from None
    if joined.tell() != size:
        raise Refused([Objection("vault.parts_missing")])
    return joined.getvalue()


def drop_parts(*, upload: uuid.UUID) -> None:
    """Forget what has arrived of an upload, once the caller's transaction is committed."""
    transaction.on_commit(lambda: shutil.rmtree(places.of_parts(upload), ignore_errors=True))


def sweep(*, at: datetime) -> int:
    """Remove what no row stands for any more and is older than a day; returns how many files and folders."""
    before = (at.astimezone(UTC) - ORPHAN_AFTER).timestamp()
    old = [path for path in _lying() if path.exists() and path.stat().st_mtime < before]
    files = {path: _pk_of(path) for path in old if path.is_file()}
    kept = _still_kept([pk for pk in files.values() if pk])
    gone = [path for path in old if files.get(path) not in kept]
    for path in gone:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return len(gone)


def _lying() -> Iterator[Path]:
    """Every file of the vault, half-written ones too, and every folder of the waiting room."""
    root = places.root()
    yield from root.glob("[0-9a-f][0-9a-f]/*")
    yield from (root / "waiting").glob("*")


def _pk_of(path: Path) -> uuid.UUID | None:
    try:
        return uuid.UUID(path.name)
    except ValueError:
        return None


def _still_kept(keys: list[uuid.UUID]) -> set[uuid.UUID]:
    found: set[uuid.UUID] = set()
    for start in range(0, len(keys), 500):
        some = keys[start : start + 500]
        found |= set(File.objects.filter(pk__in=some, erased_at=None).values_list("pk", flat=True))
    return found


def reseal() -> int:
    """Seal anew under the present key what an older key sealed; returns how many. May be killed and begun again."""
    count = 0
    for pk in File.objects.filter(erased_at=None).values_list("pk", flat=True).iterator():
        path = places.of_file(pk)
        if not path.exists() or sealing.is_of(path.read_bytes()[:64], settings.VAULT_KEY):
            continue
        data = sealing.unseal(path.read_bytes(), masters=places.masters(), name=str(pk))
        places.put(path, sealing.seal(data, master=settings.VAULT_KEY, name=str(pk)))
        count += 1
    return count
