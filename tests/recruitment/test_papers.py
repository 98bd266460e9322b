"""Papers: given whole or in parts, refused with words, read by those who may, frozen with the application."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import cast, recruiting
from tests.recruiting import NOW
from tests.vault import files
from u2t.audit.models import Event
from u2t.objections import Refused
from u2t.recruitment.actions import papers as actions
from u2t.recruitment.models import Application, Call, Document, DocumentCheck, Screening
from u2t.recruitment.queries import papers as queries
from u2t.vault import actions as vault
from u2t.vault.models import File

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


def url(application: Application, name: str = "papers", *more: object) -> str:
    call = application.call
    return reverse(f"recruitment:{name}", args=[call.round.code, call.number, application.pk, *more])


def give(
    application: Application,
    kind: str = "id_card",
    data: bytes | None = None,
    name: str = "a.jpg",
    adds: bool = False,
) -> Document:
    return actions.attach(
        application=application, kind=kind, data=data or files.picture(), name=name,
        by=application.account, at=NOW, adds=adds,
    )  # fmt: skip


def post(
    application: Application,
    data: bytes,
    *,
    name: str = "a.jpg",
    kind: str = "id_card",
    client: Client | None = None,
) -> Any:
    client = client or cast.client_of(application.account)
    file = SimpleUploadedFile(name, data, content_type="image/jpeg")
    with time_machine.travel(NOW, tick=False):
        return client.post(url(application), {"kind": kind, "file": file})


def refusals(**arguments: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        give(**arguments)
    return [objection.code for objection in refused.value.objections]


def test_each_paper_of_ones_category_is_asked_for_and_named_as_missing(draft: Application) -> None:
    assert [(line.kind, line.is_required) for line in queries.papers_of(draft)] == [
        ("id_card", True),
        ("degree", True),
    ]
    assert [str(one.about["paper"]) for one in queries.missing(draft)] == [
        line.label for line in queries.papers_of(draft)
    ]
    give(draft)
    assert [line.kind for line in queries.papers_of(draft) if line.is_lacking] == ["degree"]


def test_a_paper_of_another_category_is_not_asked_for_but_stays_removable_when_the_category_changes(
    draft: Application,
) -> None:
    give(draft, "degree")
    draft.category = draft.call.round.categories.get(code="student")
    lines = {line.kind: line for line in queries.papers_of(draft)}
    assert not lines["degree"].is_asked
    assert not lines["degree"].is_lacking


def test_a_photograph_sent_with_an_ordinary_form_is_kept_and_shown(draft: Application) -> None:
    response = post(draft, files.picture(3_000, 2_000), name="../../IMG 1.jpg")
    assert response.url == f"{url(draft)}#paper-id_card"
    document = Document.objects.get()
    assert (document.name, document.file.content_type) == ("IMG 1.jpg", "image/jpeg")
    assert files.opened(vault.read(document.file)).size == (2_400, 1_600)
    with time_machine.travel(NOW, tick=False):
        page = cast.client_of(draft.account).get(url(draft)).content.decode()
    assert url(draft, "paper", document.pk) in page


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "ว่างเปล่า"),
        (b"MZ program", "โปรแกรม"),
        (b"\0\0\0\x18ftypheic", "HEIC"),
        (files.pdf_with_script_behind_a_button(), "สคริปต์"),
    ],
)
def test_a_bad_file_is_refused_on_its_card_and_the_other_papers_stay(
    draft: Application, data: bytes, said: str
) -> None:
    give(draft, "degree")
    response = post(draft, data, name="บัตร.jpg")
    page = response.content.decode()
    assert response.status_code == 422
    error = page.partition('id="file-id_card-error"')[2].partition("</div>")[0]
    assert "บัตร.jpg" in error
    assert said in error
    assert [document.kind for document in queries.documents_of(draft)] == ["degree"]


def test_a_file_beyond_the_limit_is_let_go_by_unstored_and_the_page_says_how_large_it_may_be(
    draft: Application, settings: Any
) -> None:
    settings.PAPER_MAX_BYTES = 200_000
    response = post(draft, b"x" * 3_000_000)
    assert response.status_code == 422
    assert "ไม่เกิน 0.2" in response.content.decode()
    assert not File.objects.exists()


def test_a_form_without_its_token_is_refused_although_files_are_read_in_an_own_way(
    draft: Application,
) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(draft.account)  # type: ignore[arg-type]
    assert post(draft, files.picture(), client=strict).status_code == 403
    assert not Document.objects.exists()


def test_replacing_a_paper_of_a_draft_erases_the_former_one(draft: Application) -> None:
    former = give(draft)
    newer = give(draft, data=files.pdf(2), name="b.pdf")
    former.refresh_from_db()
    assert former.removed_at == NOW
    assert former.file.erased_at == NOW
    assert [document.pk for document in queries.documents_of(draft)] == [newer.pk]


def test_a_refused_replacement_leaves_the_former_paper(draft: Application) -> None:
    former = give(draft)
    assert refusals(application=draft, data=b"MZ", name="b.jpg") == ["vault.program"]
    assert queries.documents_of(draft) == [former]


def test_a_further_page_is_bound_behind_what_is_there(draft: Application) -> None:
    give(draft, data=files.picture(800, 600, colour="blue"))
    give(draft, data=files.pdf(2), adds=True)
    made = give(draft, data=files.picture(600, 800, colour="green"), adds=True)
    assert (made.file.content_type, made.file.pages) == ("application/pdf", 4)
    pages = pypdfium2.PdfDocument(vault.read(made.file))
    first, last = (pages[n].render(scale=0.3).to_pil().convert("RGB") for n in (0, 3))
    assert first.size[0] > first.size[1]
    assert first.getpixel((first.width - 5, 5)) == pytest.approx((0, 0, 255), abs=12)
    assert last.size[0] < last.size[1]
    assert last.getpixel((5, last.height - 5)) == pytest.approx((0, 128, 0), abs=12)
    assert len(queries.documents_of(draft)) == 1


def test_more_pages_than_a_paper_may_have_leave_it_as_it_was(draft: Application) -> None:
    former = give(draft, data=files.pdf(40))
    assert refusals(application=draft, data=files.picture(), adds=True) == ["vault.pdf_pages"]
    assert queries.documents_of(draft) == [former]


def test_a_page_added_without_script_reaches_the_paper_of_its_card(draft: Application) -> None:
    give(draft)
    with time_machine.travel(NOW, tick=False):
        file = SimpleUploadedFile("back.jpg", files.picture())
        cast.client_of(draft.account).post(url(draft), {"kind": "id_card", "adds": "1", "file": file})
    assert Document.objects.get(removed_at=None).file.pages == 2


def test_removing_a_paper_erases_it_and_removing_it_again_does_nothing(draft: Application) -> None:
    document = give(draft)
    client = cast.client_of(draft.account)
    with time_machine.travel(NOW, tick=False):
        for _ in range(2):
            client.post(url(draft, "remove_paper", document.pk))
    document.refresh_from_db()
    assert document.file.erased_at == NOW
    assert Event.objects.filter(verb="recruitment.remove_paper").count() == 1


def test_whoever_is_just_submitting_notices_that_a_paper_has_changed(draft: Application) -> None:
    before = draft.version
    give(draft)
    draft.refresh_from_db()
    assert draft.version == before + 1


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"submitted_at": NOW, "number": 7}, "papers_frozen"),
        ({"withdrawn_at": NOW}, "papers_of_withdrawn"),
        ({"consented_at": None}, "papers_before_consent"),
    ],
)
def test_papers_change_only_while_the_application_may(
    draft: Application, changed: dict[str, Any], reason: str
) -> None:
    Application.objects.filter(pk=draft.pk).update(**changed)
    draft.refresh_from_db()
    assert refusals(application=draft) == [f"recruitment.{reason}"]


def test_papers_are_taken_in_the_grace_from_whoever_had_begun_and_not_after_it(
    world: cast.World,
) -> None:
    call = recruiting.call(world.round, closes_at=NOW - timedelta(minutes=5), grace_minutes=10)
    late = recruiting.application(call, 1, submitted=False, at=NOW - timedelta(days=1))
    assert give(late)
    with pytest.raises(Refused) as refused:
        actions.attach(
            application=late,
            kind="degree",
            data=files.picture(),
            name="a",
            by=None,
            at=NOW + timedelta(minutes=6),
        )
    assert refused.value.objections[0].code == "recruitment.papers_closed"


def test_a_paper_that_the_office_refused_may_be_replaced_until_somebody_decides(call: Call) -> None:
    draft = recruiting.application(call, 1, submitted=False)
    former = give(draft)
    Application.objects.filter(pk=draft.pk).update(submitted_at=NOW, number=1)
    submitted = Application.objects.get(pk=draft.pk)
    assert refusals(application=submitted) == ["recruitment.papers_frozen"]
    DocumentCheck.objects.create(document=former, is_accepted=False, reason="มองไม่เห็นเลข", checked_at=NOW)
    assert give(submitted)
    former.refresh_from_db()
    # What somebody has judged stays until the whole application goes.
    assert former.file.erased_at is None
    Screening.objects.create(application=submitted, is_passed=True, decided_at=NOW)
    assert refusals(application=submitted) == ["recruitment.papers_frozen"]


# ---- who may read


def test_the_owner_reads_a_paper_without_a_note_and_the_office_with_one(
    world: cast.World, draft: Application
) -> None:
    document = give(draft)
    address = url(draft, "paper", document.pk)
    own = cast.client_of(draft.account).get(address)
    assert files.opened(own.content).size == (800, 600)
    assert not Event.objects.filter(verb="recruitment.read_paper").exists()
    cast.client_of(world.office).get(address)
    event = Event.objects.get(verb="recruitment.read_paper")
    assert (event.by, event.note["kind"]) == (world.office, "id_card")


def test_a_paper_is_served_so_that_nothing_in_it_can_act_and_no_copy_stays(draft: Application) -> None:
    document = give(draft)
    response = cast.client_of(draft.account).get(url(draft, "paper", document.pk))
    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"].startswith("inline")


def test_nobody_else_reads_a_paper_and_the_address_alone_opens_nothing(
    world: cast.World, draft: Application
) -> None:
    document = give(draft)
    address = url(draft, "paper", document.pk)
    elsewhere = cast.world(code="OTH-2564")
    strangers = [
        recruiting.account(77), world.stranger, world.executive, world.worker, world.pm, elsewhere.office,
    ]  # fmt: skip
    assert {cast.client_of(one).get(address).status_code for one in strangers} == {403}
    assert cast.client_of(None).get(address).status_code == 302
    assert not Event.objects.filter(verb="recruitment.read_paper").exists()


def test_a_paper_cannot_be_read_through_another_application(call: Call, draft: Application) -> None:
    document = give(draft)
    other = recruiting.application(call, 2, submitted=False)
    client = cast.client_of(other.account)
    assert client.get(url(other, "paper", document.pk)).status_code == 404
    assert client.post(url(other, "remove_paper", document.pk)).status_code == 404
    assert queries.documents_of(draft) == [document]


def test_only_the_applicant_gives_papers(world: cast.World, draft: Application) -> None:
    for stranger in (recruiting.account(77), world.office, cast.world(code="OTH-2564").office):
        client = cast.client_of(stranger)
        assert client.get(url(draft)).status_code == 403
        assert post(draft, files.picture(), client=client).status_code == 403
        begun = client.post(url(draft, "begin_upload"), {}, content_type="application/json")
        assert begun.status_code == 403
    assert not Document.objects.exists()


def test_more_papers_take_no_more_queries(draft: Application, django_assert_max_num_queries: Any) -> None:
    for kind in ("id_card", "degree", "photo", "house"):
        give(draft, kind)
    with django_assert_max_num_queries(3):
        assert len(queries.papers_of(draft)) == 4
