"""The certificate of a placement: published by the office, read and checked by anybody, withdrawn with a reason."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests import cast, factories
from tests.factories import NOW
from u2t.audit.models import Event
from u2t.matching import verify_placement
from u2t.objections import Refused
from u2t.people.models import Lecturer, Person, Worker
from u2t.placement import actions
from u2t.placement.actions import proofs as acting
from u2t.placement.models import Engagement, Publication, Run
from u2t.placement.queries import changes as changing
from u2t.placement.queries import proofs
from u2t.programme.actions import rounds
from u2t.seals import queries as seals


@pytest.fixture
def run(placed: cast.World) -> Run:
    """The run that was adopted; its certificate is not public."""
    return Run.objects.get(round=placed.round)


@pytest.fixture
def public(placed: cast.World, run: Run) -> Publication:
    return acting.publish(run=run, by=placed.office, at=NOW)


def at(world: cast.World, name: str, *more: object) -> str:
    return reverse(f"placement:{name}", args=[world.round.code, *more])


def codes(refused: Any) -> list[str]:
    return [objection.code for objection in refused.value.objections]


def test_nothing_is_public_before_the_office_publishes(placed: cast.World, run: Run) -> None:
    visitor = Client()
    assert visitor.get(at(placed, "certificate")).status_code == 403, "the round itself is not announced"
    rounds.announce_round(round=placed.round, by=placed.office, at=NOW)
    assert "ยังไม่ได้เผยแพร่ใบรับรอง" in visitor.get(at(placed, "certificate")).content.decode()
    for name in ("certificate", "certificate_file", "bundle"):
        assert visitor.get(at(placed, name, 1)).status_code == 404
    assert proofs.own_row(placed.hired) is None


def test_the_office_sees_who_could_be_recognised_and_publishes(placed: cast.World, run: Run) -> None:
    office, address = cast.client_of(placed.office), at(placed, "publish", 1)
    page = office.get(address)
    assert page.context["exposure"].rows == 15
    assert page.context["sample"] in page.content.decode().replace("&quot;", '"')
    refused = office.post(address)
    assert "อ่านหน้านี้แล้วทำเครื่องหมายก่อนเผยแพร่" in refused.content.decode()
    assert not proofs.of_round(placed.round)
    office.post(address, {"looked": "on"})
    assert Client().get(at(placed, "certificate_file", 1)).status_code == 200
    event = Event.objects.get(verb="placement.publish")
    assert (event.by, event.note["sha256"]) == (placed.office, proofs.of_round(placed.round)[0].digest)


def test_nobody_but_the_office_publishes_or_withdraws(placed: cast.World, public: Publication) -> None:
    for account in (placed.executive, placed.pm, placed.worker, placed.stranger):
        for name in ("publish", "withdraw"):
            answer = cast.client_of(account).post(at(placed, name, 1), {"looked": "on", "reason": "ลอง"})
            assert answer.status_code == 403
    assert proofs.newest(proofs.of_round(placed.round)) == public
    assert proofs.of_round(placed.round)[0].is_public


def test_the_public_file_is_proved_by_the_public_verifier(placed: cast.World, public: Publication) -> None:
    visitor = Client()
    content = visitor.get(at(placed, "certificate_file", 1)).content.decode()
    said = verify_placement.verify(content)
    assert said[0] == "tst · TST-2564 · แผนที่ / plan 1"
    assert [line.partition(":")[0].strip() for line in said[2:]] == [
        "graduate", "public", "student", "ผู้ปฏิบัติงานทั้งหมด / all people", "หน่วยงาน / offices",
        "ผู้จัดการโครงการ / lecturers",
    ]  # fmt: skip
    packed = zipfile.ZipFile(io.BytesIO(visitor.get(at(placed, "bundle", 1)).content))
    assert {name: packed.read(name) for name in packed.namelist()} == {
        "certificate.json": content.encode(),
        "verify_placement.py": visitor.get(at(placed, "verifier")).content,
        "verify_posts.py": visitor.get(at(placed, "verifier_posts")).content,
    }


def test_no_key_number_or_name_of_a_person_is_in_the_file(placed: cast.World, public: Publication) -> None:
    file = json.loads(public.content)
    labels = {row["label"] for row in file["inputs"]["people"]}
    assert len(labels) == 15
    allowed = {"label", "category", "home", "wishes", "skills"}
    assert {key for row in file["inputs"]["people"] for key in row} <= allowed
    names = {name for one in Person.objects.all() for name in (one.given_name, one.surname) if name}
    assert [name for name in names if name in public.content] == []
    keys = {str(one.pk) for model in (Worker, Lecturer) for one in model.objects.all()}
    assert not keys & (labels | {row["label"] for row in file["inputs"]["lecturers"]})
    assert public.salt not in public.content


def test_labels_of_two_certificates_have_nothing_in_common(placed: cast.World, public: Publication) -> None:
    again = actions.begin_run(round=placed.round, by=None, at=NOW)
    actions.adopt(run=actions.compute(run=again, by=None, at=NOW), by=None, at=NOW)
    other = acting.publish(run=again, by=None, at=NOW)
    one, two = (
        {row["label"] for row in json.loads(publication.content)["inputs"]["people"]}
        for publication in (public, other)
    )
    assert not one & two


def test_the_worker_finds_the_own_row_and_nobody_elses(placed: cast.World, public: Publication) -> None:
    own = proofs.own_row(placed.hired)
    assert own is not None
    mine = at(placed, "why", placed.hired.number)
    assert own.label in cast.client_of(placed.worker).get(mine).content.decode()
    row = Client().get(own.get_absolute_url()).context["row"]
    engagement = Engagement.objects.current().get(worker=placed.hired)
    assert (row.tambon, row.category) == (engagement.tambon.tambon.full_name, engagement.category.name)
    assert row.wishes == [placed.tambons[code].tambon.full_name for code in (cast.CITY, cast.NONG_LUANG_KPP)]
    assert row.cost == sum(engagement.why["parts"][p] for p in PARTS)
    late = factories.worker(placed.round, "student")
    assert proofs.own_row(late) is None, "who came after the plan is in no row"


PARTS = ("km", "tier_penalty", "wish_penalty", "need_penalty")


def test_a_label_that_is_in_no_row_is_told(placed: cast.World, public: Publication) -> None:
    page = Client().get(at(placed, "certificate"), {"row": "<b>0000</b>"}).content.decode()
    assert "ไม่มีแถวที่มีรหัส &lt;b&gt;0000&lt;/b&gt;" in page


def test_the_seal_says_whether_the_certificate_stands(placed: cast.World, public: Publication) -> None:
    assert seals.verdict(public.seal).state == "ok"
    acting.withdraw(run=public.run, reason="พบข้อมูลผิด", by=placed.office, at=NOW)
    assert seals.verdict(public.seal).state == "revoked"
    Publication.objects.update(digest="0" * 64)
    assert seals.verdict(public.seal).state == "differs"
    for number in ("TST-2564/2", "TST-2564/x", "1"):
        assert proofs.look_up(placed.institution.code, number) is None


def test_what_was_withdrawn_is_not_given_out_and_its_reason_is_read(
    placed: cast.World, public: Publication
) -> None:
    office, visitor, address = cast.client_of(placed.office), Client(), at(placed, "withdraw", 1)
    assert "ระบุ" in office.post(address, {"reason": " "}).content.decode()
    office.post(address, {"reason": "มีผู้ขอให้ทบทวน"})
    assert visitor.get(at(placed, "certificate_file", 1)).status_code == 404
    assert visitor.get(at(placed, "bundle", 1)).status_code == 404
    page = visitor.get(at(placed, "certificate", 1), {"row": "0"}).content.decode()
    assert "มีผู้ขอให้ทบทวน" in page
    assert public.digest[:8] not in page
    assert proofs.own_row(placed.hired) is None


def test_what_was_withdrawn_can_be_published_again_as_the_same_file(
    placed: cast.World, public: Publication
) -> None:
    acting.withdraw(run=public.run, reason="ตรวจอีกครั้ง", by=placed.office, at=NOW)
    with pytest.raises(Refused) as twice:
        acting.withdraw(run=public.run, reason=" ", by=placed.office, at=NOW)
    assert codes(twice) == ["placement.withdrawal_without_reason", "placement.not_published"]
    again = acting.publish(run=public.run, by=placed.office, at=NOW + timedelta(days=1))
    assert (again.digest, again.is_public, again.withdrawn_reason) == (public.digest, True, "")
    with pytest.raises(Refused) as published:
        acting.publish(run=public.run, by=placed.office, at=NOW)
    assert codes(published) == ["placement.published_already"]


def test_a_plan_that_was_not_adopted_has_no_certificate(planned: Run, full: cast.World) -> None:
    with pytest.raises(Refused) as refused:
        acting.publish(run=planned, by=full.office, at=NOW)
    assert codes(refused) == ["placement.not_adopted"]
    assert cast.client_of(full.office).get(at(full, "publish", 1)).status_code == 404


def test_a_certificate_that_the_verifier_does_not_believe_is_not_published(
    placed: cast.World, run: Run
) -> None:
    content = Publication.objects.get(run=run).content.replace('"gap":0', '"gap":1', 1)
    Publication.objects.update(content=content)
    answer = cast.client_of(placed.office).post(at(placed, "publish", 1), {"looked": "on"})
    assert "จึงไม่ได้เผยแพร่" in answer.content.decode()
    assert not proofs.of_round(placed.round)


def test_a_plan_adopted_before_certificates_were_kept_has_one_while_nothing_has_changed(
    placed: cast.World, run: Run
) -> None:
    Publication.objects.all().delete()
    office = cast.client_of(placed.office)
    assert "แผนนี้เริ่มใช้ก่อนที่ระบบจะเก็บใบรับรอง" in office.get(at(placed, "publish", 1)).content.decode()
    acting.publish(run=run, by=placed.office, at=NOW)
    Publication.objects.all().delete()
    factories.worker(placed.round, "student")
    with pytest.raises(Refused) as refused:
        acting.publish(run=run, by=placed.office, at=NOW)
    assert codes(refused) == ["placement.too_late_for_a_certificate"]


def test_the_page_tells_what_changed_since_the_plan_was_decided(
    placed: cast.World, public: Publication
) -> None:
    assert not proofs.later_of(public.run).any
    later = NOW + timedelta(days=3)
    engagement = Engagement.objects.current().filter(worker=placed.hired).get()
    seen = changing.consequence_of(placed.round, [placed.hired], {placed.hired.pk: None}).seen
    actions.unplace(worker=placed.hired, reason="ขอพัก", seen=seen, by=placed.office, at=later)
    found = proofs.later_of(public.run)
    assert (found.begun, found.ended, found.replaced_by) == (0, 1, None)
    row = Client().get(own_address(placed)).context["row"]
    assert row.tambon == engagement.tambon.tambon.full_name, "the certificate speaks of the plan as it was"
    run = actions.begin_run(round=placed.round, by=None, at=later)
    actions.adopt(run=actions.compute(run=run, by=None, at=later), by=None, at=later)
    page = Client().get(at(placed, "certificate")).content.decode()
    assert "แผนที่ 2 ใช้แทนเมื่อ" in page


def own_address(world: cast.World) -> str:
    own = proofs.own_row(world.hired)
    assert own is not None
    return own.get_absolute_url()


def test_the_page_shows_as_many_queries_for_many_rows_as_for_few(
    placed: cast.World, public: Publication, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(26):
        Client().get(own_address(placed))
