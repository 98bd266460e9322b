"""Rows and bytes go together, whatever dies in between."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import transaction

from tests.factories import NOW
from tests.vault import files
from u2t.objections import Refused
from u2t.vault import actions, places
from u2t.vault.models import File

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_disk(settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path  # type: ignore[attr-defined]


def kept(data: bytes | None = None) -> File:
    return actions.keep(data=data or files.picture(), name="paper.jpg", at=NOW)


def old(path: Path) -> None:
    """Let the file have lain there for two days before the sweep of NOW."""
    long_ago = (NOW - timedelta(days=2)).timestamp()
    os.utime(path, (long_ago, long_ago))


def reason(file: File) -> str:
    with pytest.raises(Refused) as refused:
        actions.read(file)
    return refused.value.objections[0].code


def lying() -> list[Path]:
    return [path for path in places.root().rglob("*") if path.is_file()]


def test_what_was_kept_can_be_read_and_the_disk_alone_shows_nothing() -> None:
    data = files.pdf(2)
    file = kept(data)
    assert actions.read(file) == data
    (path,) = lying()
    assert b"PDF" not in path.read_bytes()
    assert path.stat().st_mode & 0o077 == 0


def test_what_is_refused_leaves_neither_row_nor_file() -> None:
    with pytest.raises(Refused):
        kept(b"MZ program")
    assert not File.objects.exists()
    assert not lying()


def test_a_rollback_leaves_a_file_that_the_sweep_removes_a_day_later() -> None:
    with transaction.atomic():
        kept()
        transaction.set_rollback(True)
    (orphan,) = lying()
    os.utime(orphan, (NOW.timestamp(), NOW.timestamp()))
    assert actions.sweep(at=NOW) == 0
    old(orphan)
    assert actions.sweep(at=NOW) == 1
    assert not lying()


def test_the_sweep_leaves_alone_what_has_a_row() -> None:
    file = kept()
    old(places.of_file(file.pk))
    assert actions.sweep(at=NOW) == 0
    assert actions.read(file)


def test_a_half_written_file_of_a_killed_process_is_swept() -> None:
    half = places.of_file(uuid4()).with_name(".half.1.ab")
    half.parent.mkdir(parents=True)
    half.write_bytes(b"U2T")
    old(half)
    assert actions.sweep(at=NOW) == 1


def test_erasing_takes_the_bytes_and_the_digest_and_can_be_done_twice(
    django_capture_on_commit_callbacks: object,
) -> None:
    file = kept()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        actions.erase(file=file, at=NOW)
        actions.erase(file=file, at=NOW + timedelta(days=1))
    assert not lying()
    assert (file.erased_at, file.sha256) == (NOW, "")
    assert reason(file) == "vault.erased"


def test_erasing_that_died_after_its_commit_is_finished_by_the_sweep() -> None:
    file = kept()
    actions.erase(file=file, at=NOW)
    old(places.of_file(file.pk))
    assert actions.sweep(at=NOW) == 1
    assert not lying()


def test_a_file_that_was_altered_lost_or_exchanged_says_which() -> None:
    one, two = kept(), kept()
    path = places.of_file(one.pk)
    path.write_bytes(places.of_file(two.pk).read_bytes())
    assert reason(one) == "vault.damaged"
    path.unlink()
    assert reason(one) == "vault.missing"


def test_a_new_key_opens_with_the_old_one_beside_it_until_all_is_sealed_anew(settings: object) -> None:
    file = kept()
    data, former = actions.read(file), settings.VAULT_KEY  # type: ignore[attr-defined]
    settings.VAULT_KEY = b"n" * 32  # type: ignore[attr-defined]
    assert reason(file) == "vault.unknown_key"
    settings.VAULT_OLD_KEYS = [former]  # type: ignore[attr-defined]
    assert actions.read(file) == data
    call_command("reseal_vault")
    settings.VAULT_OLD_KEYS = []  # type: ignore[attr-defined]
    assert actions.read(file) == data
    assert actions.reseal() == 0


def test_parts_are_joined_in_order_and_sealed_while_they_wait() -> None:
    upload, data = uuid4(), files.picture()
    middle = len(data) // 2
    actions.put_part(upload=upload, offset=middle, data=data[middle:])
    actions.put_part(upload=upload, offset=0, data=data[:middle])
    actions.put_part(upload=upload, offset=0, data=data[:middle])
    assert all(b"JFIF" not in path.read_bytes() for path in lying())
    assert actions.join_parts(upload=upload, size=len(data)) == data


def test_a_missing_part_is_missed() -> None:
    upload = uuid4()
    actions.put_part(upload=upload, offset=0, data=b"x" * 10)
    with pytest.raises(Refused) as refused:
        actions.join_parts(upload=upload, size=20)
    assert refused.value.objections[0].code == "vault.parts_missing"


def test_parts_that_nobody_fetches_are_gone_after_a_day() -> None:
    upload = uuid4()
    actions.put_part(upload=upload, offset=0, data=b"x")
    folder = places.of_parts(upload)
    os.utime(folder, (NOW.timestamp(), NOW.timestamp()))
    assert actions.sweep(at=NOW) == 0
    assert actions.sweep(at=later(hours=25)) == 1
    assert not folder.exists()


def later(*, hours: int) -> datetime:
    return NOW + timedelta(hours=hours)
