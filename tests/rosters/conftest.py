from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from tests import cast

Send = Callable[..., HttpResponse]


@pytest.fixture
def office(world: cast.World) -> Client:
    return cast.client_of(world.office)


@pytest.fixture
def send(world: cast.World, office: Client) -> Send:
    """Upload a file as the office does, on to the page that follows."""

    def upload(kind: str, data: bytes, name: str = "รายชื่อ.xlsx") -> HttpResponse:
        url = reverse("rosters:send", args=[world.round.code, kind])
        return office.post(url, {"file": SimpleUploadedFile(name, data)}, follow=True)

    return upload
