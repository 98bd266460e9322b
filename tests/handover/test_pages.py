from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import cast, given
from tests.cast import client_of
from tests.factories import NOW
from u2t.handover.actions import issuing, planning
from u2t.handover.models import Bundle, Handover, Letter, LetterText
from u2t.handover.queries import standing
from u2t.placement.models import Engagement
from u2t.programme.actions import targets


@pytest.fixture
def handed(placed: cast.World) -> cast.World:
    """All four handovers planned with their date, none with a letter."""
    planning.plan_handovers(round=placed.round, by=placed.office, at=NOW)
    return placed


def at(world: cast.World, name: str, *arguments: object, **query: object) -> str:
    address = reverse(f"handover:{name}", args=[world.round.code, *arguments])
    return f"{address}?{'&'.join(f'{key}={value}' for key, value in query.items())}" if query else address


def page(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200, f"{address} answered {response.status_code}"
    return response.content.decode()


def of(world: cast.World, tambon: str) -> Handover:
    return Handover.objects.get(tambon=world.tambons[tambon])


def letter_for(world: cast.World, tambon: str = cast.CITY) -> Letter:
    return issuing.issue_letter(
        handover=of(world, tambon), dated_on=date(2021, 1, 29), by=world.office, at=NOW
    )


def shown(html: str) -> list[str]:
    """The codes of the tambons whose handovers the list shows."""
    return [t for t in cast.TAMBONS if f'href="{of_address(t)}"' in html]


def of_address(tambon: str) -> str:
    return Handover.objects.get(tambon__tambon_id=tambon).get_absolute_url()


def test_before_anything_is_planned_the_page_offers_to_plan_it(placed: cast.World) -> None:
    client = client_of(placed.office)
    assert at(placed, "plan") in page(client, at(placed, "handovers"))
    answer = client.post(at(placed, "plan"), follow=True).content.decode()
    assert shown(answer) == list(cast.TAMBONS)
    assert at(placed, "plan") not in answer


def test_a_tambon_without_main_host_is_named_on_the_page(placed: cast.World) -> None:
    placed.tambons[cast.CITY].coverage.all().delete()
    html = page(client_of(placed.office), at(placed, "handovers"))
    assert "ต.ในเมือง อ.เมืองกำแพงเพชร" in html


def test_tabs_places_and_words_narrow_the_list(handed: cast.World) -> None:
    client = client_of(handed.office)
    letter_for(handed)
    planning.set_date(handovers=[of(handed, cast.NONG_LUANG_TAK)], handed_on=None, by=None, at=NOW)
    planning.mark_done(handovers=[of(handed, cast.CITY)], by=None, at=NOW)
    seen = {
        query: shown(page(client, at(handed, "handovers") + query))
        for query in ("?show=done", "?show=no_date", "?show=no_letter", "?show=nonsense", "?district=63",
                      "?district=6207", "?q=หนองหลวง", "?q=หนอง หลวง&district=62", "?q=0600/1", "?q=ไม่มี")
    }  # fmt: skip
    city, kpp, tak = cast.TAMBONS
    assert seen == {
        "?show=done": [city], "?show=no_date": [tak], "?show=no_letter": [kpp, tak],
        "?show=nonsense": [city, kpp, tak], "?district=63": [tak], "?district=6207": [kpp],
        "?q=หนองหลวง": [kpp, tak], "?q=หนอง หลวง&district=62": [kpp], "?q=0600/1": [city], "?q=ไม่มี": [],
    }  # fmt: skip


def test_everybody_sees_their_own_handovers_and_nobody_elses(handed: cast.World) -> None:
    for account in (handed.office, handed.executive):
        assert shown(page(client_of(account), at(handed, "handovers"))) == list(cast.TAMBONS)
    for account in (handed.pm, handed.am):
        assert shown(page(client_of(account), at(handed, "handovers"))) == [cast.CITY]
    data = Handover.objects.get(tambon=None)
    assert data.get_absolute_url() in page(client_of(handed.agency_officer), at(handed, "handovers"))
    assert shown(page(client_of(handed.agency_officer), at(handed, "handovers"))) == []


def test_those_who_only_read_are_offered_nothing_to_change(handed: cast.World) -> None:
    letter_for(handed)
    changes = ("set_date", "issue", "done", "undo", "receiver")
    pk = of(handed, cast.CITY).pk
    for account in (handed.executive, handed.pm, handed.am):
        html = page(client_of(account), at(handed, "handover", pk))
        assert not [name for name in changes if at(handed, name, pk) in html]
        assert 'type="checkbox"' not in page(client_of(account), at(handed, "handovers"))


def test_a_pm_and_the_receiver_open_their_letter_but_not_another(handed: cast.World) -> None:
    own, other = letter_for(handed), letter_for(handed, cast.NONG_LUANG_KPP)
    for account in (handed.pm, handed.am):
        client = client_of(account)
        assert client.get(own.get_absolute_url()).content.startswith(b"%PDF")
        assert client.get(other.get_absolute_url()).status_code == 403
        assert client.get(of(handed, cast.NONG_LUANG_KPP).get_absolute_url()).status_code == 403
    issuing.cancel_letter(letter=own, reason="ผิด", by=handed.office, at=NOW)
    assert client_of(handed.am).get(own.get_absolute_url()).status_code == 403
    assert client_of(handed.office).get(own.get_absolute_url()).content.startswith(b"%PDF")


def test_strangers_and_visitors_are_refused_on_every_page(handed: cast.World) -> None:
    letter = letter_for(handed)
    bundle = Bundle.objects.create(round=handed.round, asked_at=NOW, made_at=NOW)
    pk = of(handed, cast.CITY).pk
    reads = [
        at(handed, "handovers"), at(handed, "bulk", "issue", scope="all"), at(handed, "handover", pk),
        at(handed, "receiver", pk), at(handed, "draft", pk), at(handed, "letter", letter.pk),
        at(handed, "cancel", letter.pk), at(handed, "register"), at(handed, "register_file"),
        at(handed, "texts"), at(handed, "text", "team"), at(handed, "bundles"), at(handed, "bundle", bundle.pk),
        at(handed, "bundle_pdf", bundle.pk), at(handed, "bundle_zip", bundle.pk),
    ]  # fmt: skip
    changes = [
        at(handed, "plan"), at(handed, "bulk", "done", scope="all"), at(handed, "set_date", pk),
        at(handed, "issue", pk), at(handed, "done", pk), at(handed, "undo", pk), at(handed, "receiver", pk),
        at(handed, "remove", pk), at(handed, "cancel", letter.pk), at(handed, "text", "team"), at(handed, "make_bundle"),
    ]  # fmt: skip
    typed = {"handed_on": "3/2/2564", "dated_on": "3/2/2564", "reason": "x", "scope": "all", "handover": pk,
             "receiver": handed.hosts[cast.CITY].pk, "subject": "x", "paragraphs": "x", "closing": "x"}  # fmt: skip
    for account in (handed.stranger, handed.worker):
        client = client_of(account)
        assert {address: client.get(address).status_code for address in reads} == dict.fromkeys(reads, 403)
        assert {a: client.post(a, typed).status_code for a in changes} == dict.fromkeys(changes, 403)
    visitor = client_of(None)
    for address in reads:
        assert visitor.get(address).headers.get("Location", "").startswith(reverse("people:log_in"))
    executive = client_of(handed.executive)
    assert {a: executive.post(a, typed).status_code for a in changes} == dict.fromkeys(changes, 403)
    assert Letter.objects.filter(cancelled_at=None).count() == 1
    assert not LetterText.objects.exists()


def test_the_office_sets_a_date_as_thai_people_write_it(handed: cast.World) -> None:
    client, handover = client_of(handed.office), of(handed, cast.CITY)
    client.post(at(handed, "set_date", handover.pk), {"handed_on": "๑๐ ก.พ. ๖๔"})
    handover.refresh_from_db()
    assert handover.handed_on == date(2021, 2, 10)
    wrong = client.post(at(handed, "set_date", handover.pk), {"handed_on": "31/2/2564"}).content.decode()
    assert "31/2/2564" in wrong
    far = client.post(at(handed, "set_date", handover.pk), {"handed_on": "10/2/2654"}).content.decode()
    assert "2654" in far
    handover.refresh_from_db()
    assert handover.handed_on == date(2021, 2, 10)


def test_a_letter_asked_for_without_a_date_is_refused_in_words(handed: cast.World) -> None:
    client, handover = client_of(handed.office), of(handed, cast.CITY)
    client.post(at(handed, "set_date", handover.pk), {"handed_on": ""})
    answer = client.post(at(handed, "issue", handover.pk), {"dated_on": "29/1/2564"})
    assert "ยังไม่มีวันส่งมอบ" in answer.content.decode()
    assert not Letter.objects.exists()


def test_from_date_to_handed_over_on_one_page(handed: cast.World) -> None:
    client, handover = client_of(handed.office), of(handed, cast.CITY)
    assert client.get(at(handed, "draft", handover.pk)).content.startswith(b"%PDF")
    html = client.post(
        at(handed, "issue", handover.pk), {"dated_on": "29/1/2564"}, follow=True
    ).content.decode()
    letter = Letter.objects.get()
    assert letter.get_absolute_url() in html
    assert "29 มกราคม 2564" in html
    client.post(at(handed, "done", handover.pk))
    handover.refresh_from_db()
    assert handover.done_by == handed.office
    client.post(at(handed, "undo", handover.pk))
    client.post(at(handed, "cancel", letter.pk), {"reason": "ชื่อผู้รับผิด"})
    html = page(client, handover.get_absolute_url())
    assert "ชื่อผู้รับผิด" in html
    assert at(handed, "issue", handover.pk) in html


def test_the_receiver_is_changed_by_hand(handed: cast.World) -> None:
    client, handover = client_of(handed.office), of(handed, cast.CITY)
    other = handed.hosts[cast.NONG_LUANG_KPP]
    assert other.agency.name_th in page(client, at(handed, "receiver", handover.pk))
    client.post(at(handed, "receiver", handover.pk), {"receiver": other.pk})
    handover.refresh_from_db()
    assert handover.receiver == other
    wrong = client.post(at(handed, "receiver", handover.pk), {"receiver": handed.data_agencies[0].pk})
    assert wrong.status_code == 200
    handover.refresh_from_db()
    assert handover.receiver == other


def test_many_at_once_says_before_and_after_what_becomes_of_each(handed: cast.World) -> None:
    client = client_of(handed.office)
    Engagement.objects.filter(tambon=handed.tambons[cast.CITY]).delete()
    before = page(client, at(handed, "bulk", "issue", scope="all"))
    assert "ยังไม่มีผู้ปฏิบัติงานสำหรับ ต.ในเมือง" in before
    keys = list(Handover.objects.values_list("pk", flat=True))
    after = client.post(
        at(handed, "bulk", "issue"), {"handover": keys, "dated_on": "29/1/2564"}
    ).content.decode()
    assert "ยังไม่มีผู้ปฏิบัติงานสำหรับ ต.ในเมือง" in after
    assert [letter.number for letter in Letter.objects.all()] == [1, 2, 3]
    assert all(letter.get_absolute_url() in after for letter in Letter.objects.all())


def test_a_date_for_a_whole_district_leaves_the_others_alone(handed: cast.World) -> None:
    client = client_of(handed.office)
    address = at(handed, "bulk", "date")
    client.post(address, {"scope": "all", "district": "63", "handed_on": "20/2/2564"})
    dates = {h.tambon.tambon_id: h.handed_on for h in Handover.objects.exclude(tambon=None)}
    assert dates == {
        cast.CITY: date(2021, 2, 3),
        cast.NONG_LUANG_KPP: date(2021, 2, 3),
        cast.NONG_LUANG_TAK: date(2021, 2, 20),
    }
    nothing = client.get(at(handed, "bulk", "date")).content.decode()
    assert "ยังไม่ได้เลือกรายการ" in nothing
    empty = client.post(address, {"scope": "all", "handed_on": ""}).content.decode()
    assert address.split("?")[0] in empty or "handed_on" in empty
    assert of(handed, cast.CITY).handed_on == date(2021, 2, 3)


def test_the_list_costs_the_same_queries_for_more_rows(handed: cast.World) -> None:
    client = client_of(handed.office)
    address = at(handed, "handovers")
    page(client, address)
    with CaptureQueriesContext(connection) as few:
        page(client, address)
    for code in ("620102", "620103", "620104", "630801"):
        tambon = targets.add_tambon(round=handed.round, code=code, by=handed.office, at=NOW)
        Handover.objects.create(
            round=handed.round, receiver=handed.hosts[cast.CITY], tambon=tambon, planned_at=NOW
        )
        for worker in given.workers(handed.round):
            Engagement.objects.create(
                worker=worker, tambon=tambon, category=worker.category, begun_at=NOW,
                workstream=handed.round.workstreams.get(code="team"),
            )  # fmt: skip
    with CaptureQueriesContext(connection) as many:
        page(client, address)
    assert standing.handovers(handed.round).count() == 8
    assert len(many) == len(few)


def test_a_handover_and_the_register_cost_the_same_queries_for_more_rows(handed: cast.World) -> None:
    client = client_of(handed.office)
    letter_for(handed)
    addresses = (of(handed, cast.CITY).get_absolute_url(), at(handed, "register"))
    for address in addresses:
        page(client, address)
    few = []
    for address in addresses:
        with CaptureQueriesContext(connection) as queries:
            page(client, address)
        few.append(len(queries))
    for tambon in (cast.NONG_LUANG_KPP, cast.NONG_LUANG_TAK):
        letter_for(handed, tambon)
    Engagement.objects.filter(tambon=handed.tambons[cast.NONG_LUANG_KPP]).update(
        tambon=handed.tambons[cast.CITY]
    )
    for address, before in zip(addresses, few, strict=True):
        with CaptureQueriesContext(connection) as queries:
            page(client, address)
        assert len(queries) == before


def test_a_handover_without_people_can_leave_the_list(handed: cast.World) -> None:
    client, data = client_of(handed.office), Handover.objects.get(tambon=None)
    refused = client.post(at(handed, "remove", data.pk)).content.decode()
    assert "มีผู้ปฏิบัติงานที่ต้องส่งมอบ" in refused
    Engagement.objects.exclude(office=None).delete()
    assert at(handed, "remove", data.pk) in page(client, data.get_absolute_url())
    assert client.get(at(handed, "draft", data.pk)).content.startswith(b"%PDF")
    client.post(at(handed, "remove", data.pk))
    assert not Handover.objects.filter(tambon=None).exists()


def test_an_emblem_that_was_lost_is_said_before_a_number_is_used(handed: cast.World) -> None:
    handed.institution.emblem.name = "emblems/lost.png"
    handed.institution.save()
    answer = client_of(handed.office).post(
        at(handed, "issue", of(handed, cast.CITY).pk), {"dated_on": "29/1/2564"}
    )
    assert "emblems/lost.png" in answer.content.decode()
    assert not Letter.objects.exists()
