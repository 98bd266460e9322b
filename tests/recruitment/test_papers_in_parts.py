"""A file that comes in parts, because the signal does not last for all of it."""

from __future__ import annotations

import io
import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.urls import reverse
from PIL import Image

from tests import cast, recruiting
from tests.recruiting import NOW
from tests.vault import files
from u2t.recruitment.actions import papers as actions
from u2t.recruitment.models import Application, Call, Upload
from u2t.recruitment.queries import papers as queries
from u2t.vault import actions as vault

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_disk(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def call(world: cast.World) -> Call:
    return recruiting.call(world.round)


@pytest.fixture
def draft(call: Call) -> Application:
    return recruiting.application(call, 1, submitted=False)


def url(application: Application, name: str, *more: object) -> str:
    call = application.call
    return reverse(f"recruitment:{name}", args=[call.round.code, call.number, application.pk, *more])


def begin(application: Application, size: int, **asked: Any) -> Any:
    asked = {"kind": "id_card", "name": "a.jpg", "size": size, **asked}
    with time_machine.travel(NOW, tick=False):
        return cast.client_of(application.account).post(
            url(application, "begin_upload"), asked, content_type="application/json"
        )


def put(application: Application, upload: str, offset: int, data: bytes) -> Any:
    address = f"{url(application, 'upload', upload)}?offset={offset}"
    with time_machine.travel(NOW, tick=False):
        return cast.client_of(application.account).post(
            address, data, content_type="application/octet-stream"
        )


def finish(application: Application, upload: str) -> Any:
    with time_machine.travel(NOW, tick=False):
        return cast.client_of(application.account).post(url(application, "finish_upload", upload))


def a_large_picture() -> bytes:
    """More than two parts: noise does not shrink."""
    noise = Image.frombytes("RGB", (500, 400), random.Random(1).randbytes(500 * 400 * 3))
    output = io.BytesIO()
    noise.save(output, "JPEG", quality=98)
    assert len(output.getvalue()) > 2 * actions.PART
    return output.getvalue()


def test_a_file_arrives_in_parts_after_losing_its_way_in_between(draft: Application) -> None:
    data = a_large_picture()
    upload = begin(draft, len(data)).json()["id"]
    part = actions.PART
    assert put(draft, upload, 0, data[:part]).json()["received"] == part
    # The answer was lost, so the phone sends the part again; then it jumps ahead; then it asks where it is.
    assert put(draft, upload, 0, data[:part]).json()["received"] == part
    assert put(draft, upload, 2 * part, data[2 * part : 3 * part]).json()["received"] == part
    address = url(draft, "upload", upload)
    received = cast.client_of(draft.account).get(address).json()["received"]
    while received < len(data):
        received = put(draft, upload, received, data[received : received + part]).json()["received"]
    assert finish(draft, upload).status_code == 200
    (document,) = queries.documents_of(draft)
    assert files.opened(vault.read(document.file)).size == (500, 400)
    assert not Upload.objects.exists()


def test_an_upload_that_is_not_whole_cannot_be_finished_and_stays(draft: Application) -> None:
    upload = begin(draft, 10).json()["id"]
    assert finish(draft, upload).json()["refused"]
    assert Upload.objects.filter(pk=upload).exists()


def test_parts_of_an_odd_size_or_place_are_refused(draft: Application) -> None:
    upload = begin(draft, 300_000).json()["id"]
    for offset, data in ((0, b"x"), (0, b"x" * (actions.PART + 1)), (300_000, b"x"), (0, b"")):
        assert put(draft, upload, offset, data).status_code == 422
    assert Upload.objects.get(pk=upload).received == 0


def test_a_file_of_200_megabytes_is_refused_before_any_of_it_is_sent(draft: Application) -> None:
    response = begin(draft, 200 * 1024 * 1024)
    assert "200" in response.json()["refused"][0]
    assert not Upload.objects.exists()


def test_a_bad_file_in_parts_is_refused_in_the_same_words_and_must_be_chosen_anew(draft: Application) -> None:
    upload = begin(draft, 10).json()["id"]
    put(draft, upload, 0, b"MZ program")
    assert "a.jpg" in finish(draft, upload).json()["refused"][0]
    assert not Upload.objects.exists()


def test_an_upload_belongs_to_its_application(call: Call, draft: Application) -> None:
    upload = begin(draft, 10).json()["id"]
    other = recruiting.application(call, 2, submitted=False)
    assert put(other, upload, 0, b"x" * 10).status_code == 404
    assert finish(other, upload).status_code == 404


def test_uploads_that_nobody_goes_on_with_are_given_up_after_a_day(draft: Application) -> None:
    begin(draft, 10)
    assert actions.give_up_uploads(at=NOW + timedelta(hours=23)) == 0
    assert actions.give_up_uploads(at=NOW + timedelta(hours=25)) == 1


@pytest.mark.parametrize(
    "body",
    ['{"kind": "id_card", "name": "a.jpg", "size": Infinity}', "[" * 5000,
     '{"kind": "\\u0000", "name": "\\ud800", "size": 20000000000000000000000}'],
)  # fmt: skip
def test_what_our_page_never_asks_for_is_refused_with_a_reason(draft: Application, body: str) -> None:
    with time_machine.travel(NOW, tick=False):
        answer = cast.client_of(draft.account).post(
            url(draft, "begin_upload"), body, content_type="application/json"
        )
    assert answer.json()["refused"]
    assert not Upload.objects.exists()
