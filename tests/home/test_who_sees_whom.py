"""Names go only as far as a duty reaches."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.utils.html import strip_tags

from tests import cast
from tests.cast import NOW, World, client_of
from u2t.agencies.actions import register
from u2t.people.models import Person, Worker
from u2t.placement.models import Engagement, Leadership
from u2t.programme.models import Round


def reads(account, address: str) -> str:
    client = Client()
    if account is not None:
        client.force_login(account)
    return strip_tags(client.get(address).content.decode())


def somebody_in(world: World, tambon_code: str) -> Worker:
    return Engagement.objects.current().filter(tambon__tambon_id=tambon_code).first().worker


def led_by(world: World) -> str:
    return Leadership.objects.current().get(lecturer=world.lecturer).tambon.tambon_id


def test_the_public_reads_no_persons_name_anywhere(placed: World) -> None:
    names = [w.person.surname for w in Worker.objects.select_related("person")]
    lecturer = placed.lecturer.person.full_name
    for address in (
        "/",
        "/rounds/TST-2564/tambons",
        "/rounds/TST-2564/workers",
        "/rounds/TST-2564/lecturers",
        "/rounds/TST-2564/agencies",
        *(f"/rounds/TST-2564/tambons/{code}" for code in placed.tambons),
        *(f"/agency/{p.agency_id}" for p in placed.data_agencies),
    ):
        page = reads(None, address)
        assert "มหาวิทยาลัยสู่ตำบล" in page
        assert not [name for name in names if name in page], address
        assert lecturer not in page, address


def test_the_office_reads_every_name_in_the_list_of_workers(placed: World) -> None:
    page = reads(placed.office, "/rounds/TST-2564/workers")
    for worker in Worker.objects.select_related("person"):
        assert worker.person.full_name in page


def test_a_manager_reads_the_names_of_the_own_tambon_only(placed: World) -> None:
    own = led_by(placed)
    other = next(code for code in placed.tambons if code != own)
    assert somebody_in(placed, own).person.full_name in reads(placed.pm, f"/rounds/TST-2564/tambons/{own}")
    assert somebody_in(placed, other).person.full_name not in reads(
        placed.pm, f"/rounds/TST-2564/tambons/{other}"
    )


def test_an_area_manager_reads_the_team_that_the_agency_receives(placed: World) -> None:
    page = reads(placed.am, "/rounds/TST-2564/tambons/620101")
    assert somebody_in(placed, "620101").person.full_name in page


def test_an_agency_reads_its_data_managers_and_nobody_elses(placed: World) -> None:
    own, other = placed.data_agencies
    seated = Engagement.objects.current().filter(office=own).first()
    assert seated.worker.person.full_name in reads(placed.agency_officer, f"/agency/{own.agency_id}")
    elsewhere = Engagement.objects.current().filter(office=other).first()
    assert elsewhere.worker.person.full_name not in reads(placed.agency_officer, f"/agency/{other.agency_id}")


def test_a_worker_reads_the_own_record_and_no_other(placed: World) -> None:
    own = f"/rounds/TST-2564/workers/{placed.hired.number}"
    assert placed.hired.person.full_name in reads(placed.worker, own)
    other = Worker.objects.exclude(pk=placed.hired.pk).first()
    client = Client()
    client.force_login(placed.worker)
    refused = client.get(f"/rounds/TST-2564/workers/{other.number}")
    assert refused.status_code == 403
    assert other.person.full_name not in refused.content.decode()


@pytest.mark.parametrize("address", ["/rounds/TST-2564/workers/1", "/mine"])
def test_whoever_is_not_logged_in_is_sent_to_the_log_in(placed: World, client, address: str) -> None:
    assert "/people/" in client.get(address)["Location"]


def test_a_stranger_is_refused_a_persons_page_with_words(placed: World) -> None:
    client = Client()
    client.force_login(placed.stranger)
    for address in (
        f"/rounds/TST-2564/workers/{placed.hired.number}",
        f"/rounds/TST-2564/lecturers/{placed.lecturer.pk}",
    ):
        answer = client.get(address)
        assert answer.status_code == 403
        assert "<h1" in answer.content.decode()
        assert placed.hired.person.surname not in answer.content.decode()


def test_a_round_that_is_not_announced_is_shown_to_its_own_only(world: World) -> None:
    for account, sees in (
        (None, False),
        (world.stranger, False),
        (world.office, True),
        (world.executive, True),
    ):
        assert ("รอบทดสอบ" in reads(account, "/rounds/TST-2564")) is sees


def test_the_full_id_number_stands_on_no_page(placed: World) -> None:
    from u2t.people import identity

    number = identity.unseal(placed.hired.person.citizen_id_sealed)
    for account in (placed.office, placed.worker, placed.executive):
        page = reads(account, f"/rounds/TST-2564/workers/{placed.hired.number}")
        assert number not in page
        assert placed.hired.person.citizen_id_masked in page


def test_a_round_in_preparation_hides_no_agency_of_the_announced_one(placed: World) -> None:
    part = placed.data_agencies[0]
    coming = cast.a_round(placed.institution, code="TST-2565", by=placed.office)
    Round.objects.filter(pk=coming.pk).update(starts_on=date(2022, 2, 1))
    register.take_part(
        round=coming, agency=part.agency, is_host=False, is_data_agency=True, by=placed.office, at=NOW
    )
    url = part.agency.get_absolute_url()
    assert Client().get(url).context["round"] == placed.round
    assert client_of(placed.office).get(url).context["round"] == coming


def test_those_who_work_with_a_team_read_no_part_of_an_id_number_nor_a_birthday(placed: World) -> None:
    worker = somebody_in(placed, led_by(placed))
    Person.objects.filter(pk=worker.person_id).update(birth_on=date(1997, 1, 31), citizen_id_tail="987")
    page = f"/rounds/TST-2564/workers/{worker.number}"
    for account, reads_it in ((placed.office, True), (placed.executive, True), (placed.pm, False)):
        words = reads(account, page)
        assert worker.person.full_name in words
        assert ("31 มกราคม 2540" in words, "98-7" in words) == (reads_it, reads_it)


def test_a_lecturer_who_helps_at_the_door_finds_the_way_to_the_desk(placed: World) -> None:
    client = Client()
    client.force_login(placed.pm)
    sessions = f"/orientation/{placed.round.code}/"
    assert f'href="{sessions}"' in client.get("/mine").content.decode()
    assert f'href="{sessions}desk"' in client.get(sessions).content.decode()
