"""What is kept of whom, as the applicant and the office see it."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from tests import cast, factories, recruiting
from tests.recruiting import NOW
from tests.recruitment.known import SECRET, full
from u2t.people.models import Account
from u2t.recruitment.actions import erasing
from u2t.recruitment.models import Application, Call, Document, Hold, Selection

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_disk(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def call(world: cast.World) -> Call:
    return recruiting.call(world.round, retention_days=180)


def page(account: Account | None, name: str, *args: object) -> Any:
    return cast.client_of(account).get(reverse(f"recruitment:{name}", args=args))


def of(application: Application) -> tuple[object, ...]:
    return application.call.round.code, application.call.number, application.pk


def test_an_applicant_reads_until_when_and_who_opened_the_papers(world: cast.World, call: Call) -> None:
    application = full(call)
    document = Document.objects.get(application=application)
    page(world.office, "paper", *of(application), document.pk)
    text = page(application.account, "kept", *of(application)).content.decode()
    assert application.citizen_id_masked in text
    assert "12 สิงหาคม 2564" in text
    assert "เปิดเอกสารของท่าน" in text


def test_an_applicant_takes_all_of_it_along(call: Call) -> None:
    application = full(call)
    response = page(application.account, "kept_file", *of(application))
    told = json.loads(response.content)
    assert told["application"]["given_name"] == SECRET
    assert told["citizen_id"] == factories.citizen_id(50_000_001)
    assert told["papers"][0]["name"] == f"{SECRET}.jpg"
    assert told["appeals"][0]["text"] == SECRET
    assert response["Cache-Control"] == "private, no-store"


def test_points_are_not_taken_along_before_the_results_are_announced(call: Call) -> None:
    application = full(call)

    def told() -> Any:
        return json.loads(page(application.account, "kept_file", *of(application)).content)["application"]

    assert "score" not in told()
    Selection.objects.create(
        call=call, number=1, ballot={}, ballot_digest="x", asked_at=NOW, computed_at=NOW, adopted_at=NOW,
        announced_at=NOW,
    )  # fmt: skip
    assert told()["score"] == 81_000


def test_what_is_kept_about_somebody_is_shown_to_nobody_else(world: cast.World, call: Call) -> None:
    application = full(call)
    for stranger in (world.office, recruiting.account(77), cast.world(code="OTH-2564").office):
        assert page(stranger, "kept", *of(application)).status_code == 403
        assert page(stranger, "kept_file", *of(application)).status_code == 403
    assert page(None, "kept", *of(application)).status_code == 302


def test_the_office_sees_what_is_due_and_puts_a_hold_on_it(world: cast.World, call: Call) -> None:
    recruiting.application(call, 1)
    client = cast.client_of(world.office)
    text = client.get(reverse("recruitment:retention", args=[world.round.code])).content.decode()
    assert "12 สิงหาคม 2564" in text
    address = reverse("recruitment:hold", args=[world.round.code, call.number])
    wrong = client.post(address, {"c1-number": "9", "c1-reason": "คดี"})
    assert wrong.status_code == 422
    assert "ไม่มีใบสมัครหมายเลข 9" in wrong.content.decode()
    client.post(address, {"c1-number": "๑", "c1-reason": "คดี"})
    (hold,) = Hold.objects.all()
    client.post(reverse("recruitment:end_hold", args=[world.round.code, hold.pk]))
    hold.refresh_from_db()
    assert hold.ended_by == world.office


def test_only_the_office_of_the_round_holds_and_ends_holds(world: cast.World, call: Call) -> None:
    hold = erasing.hold(call=call, number=None, reason="x", by=world.office, at=NOW)
    for stranger in (world.executive, recruiting.account(77), cast.world(code="OTH-2564").office):
        client = cast.client_of(stranger)
        assert client.get(reverse("recruitment:retention", args=[world.round.code])).status_code == 403
        for name, number in (("hold", call.number), ("end_hold", hold.pk)):
            address = reverse(f"recruitment:{name}", args=[world.round.code, number])
            assert client.post(address, {"c1-reason": "x"}).status_code == 403
    assert Hold.objects.get().ended_at is None


def test_an_erased_application_says_so_to_the_office_that_still_opens_it(
    world: cast.World, call: Call
) -> None:
    application = full(call)
    document = Document.objects.get(application=application)
    erasing.erase_due(at=NOW + timedelta(days=191))
    assert page(world.office, "paper", *of(application), document.pk).status_code == 404
