"""The office enters agencies, what they serve and who acts for them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests import cast, factories
from tests.cast import CITY, NONG_LUANG_KPP, NONG_LUANG_TAK, NOW, World, client_of
from u2t.agencies import permissions, queries, usual
from u2t.agencies.actions import contacts, register
from u2t.agencies.models import Agency, Contact, Kind, Participation
from u2t.objections import Refused
from u2t.pages import words
from u2t.people.models import Account


def typed(**changes: str) -> dict[str, str]:
    """The form of a new agency, filled in."""
    kind = Kind.objects.get(code="health")
    return {
        "name_th": "สำนักงานสาธารณสุขอำเภอลานกระบือ",
        "kind": str(kind.pk),
        "province": "62",
        "district": "อ.ลานกระบือ",
        "tambon": "",
        "letter_to_th": "สาธารณสุขอำเภอลานกระบือ",
        **changes,
    }


def test_loading_the_usual_kinds_twice_keeps_names_that_were_changed(db: None) -> None:
    register.load_kinds(at=NOW)
    Kind.objects.filter(code="local").update(name_th="อปท.")
    register.load_kinds(at=NOW)
    assert Kind.objects.count() == len(usual.KINDS) == 12
    assert Kind.objects.get(code="local").name_th == "อปท."


def test_an_agency_is_registered_and_given_its_part_in_the_round(world: World) -> None:
    client = client_of(world.office)
    answer = client.post(reverse("agencies:add", args=[world.round.code]), typed())
    agency = Agency.objects.get(name_th="สำนักงานสาธารณสุขอำเภอลานกระบือ")
    assert (agency.province_id, agency.district_id, agency.tambon_id) == ("62", "6207", None)
    part_url = reverse("agencies:part", args=[world.round.code, agency.pk])
    assert answer.headers["Location"] == part_url

    client.post(part_url, {"is_host": "on", "covers": [NONG_LUANG_KPP, CITY], "receives": [NONG_LUANG_KPP]})
    part = Participation.objects.get(round=world.round, agency=agency)
    assert part.data_capacity is None
    assert queries.main_host(world.tambons[NONG_LUANG_KPP]) == part
    assert queries.main_host(world.tambons[CITY]) == world.hosts[CITY]
    assert {row.participation.agency_id for row in queries.hosts_of(world.tambons[CITY])} == {
        agency.pk,
        world.hosts[CITY].agency_id,
    }

    client.post(part_url, {"is_host": "on", "covers": [CITY], "receives": []})
    assert queries.main_host(world.tambons[NONG_LUANG_KPP]) is None
    assert set(queries.main_hosts(world.round)) == {world.tambons[CITY].pk, world.tambons[NONG_LUANG_TAK].pk}
    assert agency in Agency.objects.matching("สาธารณสุขอำเภอ ลานกระบือ")


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"district": "อุ้มผาง"}, "was not found there"),
        ({"district": "", "tambon": "หนองหลวง"}, "Enter the district in which the tambon lies."),
        ({"tambon": "ท่าไม้"}, "was not found there"),
        ({"name_th": "องค์การบริหารส่วนตำบลในเมือง"}, "is already registered in this province"),
        ({"email": "not-an-address"}, "E-mail"),
    ],
)
def test_a_wrong_place_or_a_name_twice_is_said_and_what_was_typed_stays(
    world: World, changes: dict[str, str], said: str
) -> None:
    before = Agency.objects.count()
    url = reverse("agencies:add", args=[world.round.code])
    page = (
        client_of(world.office)
        .post(url, typed(**changes), headers={"accept-language": "en"})
        .content.decode()
    )
    assert said in page
    assert next(iter(changes.values())) in page
    assert Agency.objects.count() == before


def test_a_district_and_a_tambon_are_found_by_name_or_code(world: World) -> None:
    client, url = client_of(world.office), reverse("agencies:add", args=[world.round.code])
    for number, (district, tambon) in enumerate(
        [("เมือง", "ในเมือง"), ("๖๒๐๑", "620101"), ("อำเภอเมืองกำแพงเพชร", "")]
    ):
        client.post(url, typed(name_th=f"หน่วยงาน {number}", district=district, tambon=tambon))
        agency = Agency.objects.get(name_th=f"หน่วยงาน {number}")
        assert (agency.district_id, agency.tambon_id) == ("6201", "620101" if tambon else None)


def test_an_agency_is_changed(world: World) -> None:
    agency = world.hosts[CITY].agency
    url = reverse("agencies:change", args=[agency.pk])
    client = client_of(world.office)
    form = client.get(url).context["form"]
    filled = {bound.html_name: str(getattr(bound.value(), "pk", bound.value()) or "") for bound in form}
    client.post(url, filled | {"telephone": "055 000 000"})
    agency.refresh_from_db()
    assert (agency.telephone, agency.tambon_id) == ("055 000 000", CITY)


@pytest.mark.parametrize(
    ("part", "codes"),
    [
        ({"is_host": False}, {"takes_no_part", "still_covers"}),
        ({"is_host": True, "data_capacity": 3}, {"room_without_data"}),
        ({"is_host": True, "is_data_agency": True, "data_capacity": 1000}, {"room_out_of_range"}),
    ],
)
def test_a_part_that_contradicts_itself_is_refused_with_every_reason(
    world: World, part: dict[str, object], codes: set[str]
) -> None:
    given = {"is_data_agency": False, **part}
    with pytest.raises(Refused) as refused:
        register.take_part(
            round=world.round,
            agency=world.hosts[CITY].agency,
            **given,
            by=world.office,
            at=NOW,  # type: ignore[arg-type]
        )
    assert {o.code for o in refused.value.objections} == {f"agencies.{code}" for code in codes}


def test_coverage_stays_within_the_round_and_with_hosts(world: World) -> None:
    host, data = world.hosts[CITY], world.data_agencies[0]
    for call, codes in (
        (
            lambda: register.set_coverage(participation=host, tambons=["630102"], by=None, at=NOW),
            ["tambon_not_in_round"],
        ),
        (lambda: register.set_coverage(participation=data, tambons=[CITY], by=None, at=NOW), ["not_host"]),
        (
            lambda: register.set_main_host(
                tambon=world.tambons[NONG_LUANG_TAK], participation=host, by=None, at=NOW
            ),
            ["does_not_cover"],
        ),
        (
            lambda: register.change_part(
                round=world.round,
                agency=host.agency,
                is_host=True,
                is_data_agency=False,
                data_capacity=None,
                covers=[CITY],
                receives=[NONG_LUANG_TAK],
                by=None,
                at=NOW,
            ),
            ["receives_uncovered"],
        ),
    ):
        with pytest.raises(Refused) as refused:
            call()
        assert [o.code for o in refused.value.objections] == [f"agencies.{code}" for code in codes]
        assert all(words.say(o) for o in refused.value.objections)
    assert queries.main_host(world.tambons[CITY]) == host


def test_a_contact_is_added_as_area_manager_and_leaves_again(world: World) -> None:
    client, agency = client_of(world.office), world.hosts[NONG_LUANG_KPP].agency
    given = {"given_name": "สุดา", "surname": "มั่นคง", "post_th": "ปลัด", "is_area_manager": "on"}
    client.post(reverse("agencies:add_contact", args=[agency.pk]), given)
    (contact,) = queries.area_managers(world.tambons[NONG_LUANG_KPP])
    assert (contact.person.full_name, contact.post_th) == ("สุดา มั่นคง", "ปลัด")

    with pytest.raises(Refused):
        contacts.add_contact(agency=agency, person=contact.person, by=world.office, at=NOW)
    end = reverse("agencies:end_contact", args=[agency.pk])
    client.post(end, {"contact": contact.pk})
    assert queries.area_managers(world.tambons[NONG_LUANG_KPP]) == []
    again = client.post(end, {"contact": contact.pk}, headers={"accept-language": "en"})
    assert "no longer acts for this agency" in again.content.decode()
    contacts.add_contact(agency=agency, person=contact.person, by=world.office, at=NOW)
    assert Contact.objects.filter(agency=agency, person=contact.person).count() == 2


def test_the_area_manager_of_a_tambon_acts_for_its_main_host_only(world: World) -> None:
    city, tak = world.tambons[CITY], world.tambons[NONG_LUANG_TAK]
    assert permissions.is_area_manager_of(world.am, city)
    assert not permissions.is_area_manager_of(world.am, tak)
    assert not permissions.is_area_manager_of(world.agency_officer, city)
    other = register.take_part(
        round=world.round,
        agency=world.data_agencies[1].agency,
        is_host=True,
        is_data_agency=True,
        by=None,
        at=NOW,
    )
    register.set_coverage(participation=other, tambons=[CITY], by=None, at=NOW)
    register.set_main_host(tambon=city, participation=other, by=None, at=NOW)
    assert not permissions.is_area_manager_of(world.am, city)


def test_who_sees_the_people_of_an_agency(world: World) -> None:
    agency = world.hosts[CITY].agency
    seen = {
        name
        for name in ("office", "executive", "am", "agency_officer", "pm", "worker", "stranger")
        if permissions.may_see_agency_people(getattr(world, name), agency)
    }
    assert seen == {"office", "executive", "am"}
    contacts.end_contact(contact=permissions.contact_of(world.am, agency), by=world.office, at=NOW)  # type: ignore[arg-type]
    assert not permissions.may_see_agency_people(world.am, agency)
    assert permissions.agencies_of(world.am) == []


def test_accounts_of_all_contacts_open_at_once(world: World) -> None:
    agency = world.hosts[NONG_LUANG_TAK].agency
    person = factories.person(93)
    contacts.add_contact(agency=agency, person=person, post_th="นายก", by=world.office, at=NOW)
    client, url = client_of(world.office), reverse("agencies:open_missing", args=[world.round.code])
    rows = client.post(url).context["rows"]
    assert [account.person for account, _, _ in rows] == [person]
    assert "already has an account" in client.post(url, headers={"accept-language": "en"}).content.decode()

    do = reverse("agencies:do", args=[world.round.code])
    client.post(do, {"person": person.pk, "do": "close"})
    assert not Account.objects.get(person=person).is_active
    assert client.post(do, {"person": world.hired.person_id, "do": "reset"}).status_code == 404


ADDRESSES = (
    ("agencies:add", "round"),
    ("agencies:accounts", "round"),
    ("agencies:change", "agency"),
    ("agencies:part", "both"),
)
POSTS = (
    *ADDRESSES,
    ("agencies:open_missing", "round"),
    ("agencies:do", "round"),
    ("agencies:add_contact", "agency"),
    ("agencies:end_contact", "agency"),
)


def address(world: World, name: str, of: str) -> str:
    agency = world.hosts[CITY].agency
    return reverse(
        name,
        args={"round": [world.round.code], "agency": [agency.pk], "both": [world.round.code, agency.pk]}[of],
    )


@pytest.mark.parametrize(("name", "of"), ADDRESSES)
def test_a_stranger_sees_nothing_of_the_register(world: World, name: str, of: str) -> None:
    url = address(world, name, of)
    assert client_of(world.office).get(url).status_code == 200
    for account in (world.stranger, world.executive, world.am, world.worker):
        assert client_of(account).get(url).status_code == 403
    assert client_of(None).get(url).headers["Location"].startswith(reverse("people:log_in"))


@pytest.mark.parametrize(("name", "of"), [post for post in POSTS if post[0] != "agencies:accounts"])
def test_a_stranger_changes_nothing_in_the_register(world: World, name: str, of: str) -> None:
    given = {
        **typed(),
        "given_name": "ก",
        "surname": "ข",
        "contact": Contact.objects.first().pk,
        "do": "close",
    }
    before = (Agency.objects.count(), Contact.objects.filter(ended_at=None).count())
    for account in (world.stranger, world.executive, world.am, world.worker):
        assert client_of(account).post(address(world, name, of), given).status_code == 403
    assert (Agency.objects.count(), Contact.objects.filter(ended_at=None).count()) == before


def test_the_office_of_another_institution_changes_nothing(world: World) -> None:
    other = cast.world(code="OTH-2564")
    agency = world.hosts[CITY].agency
    client = client_of(other.office)
    assert client.get(reverse("agencies:change", args=[agency.pk])).status_code == 403
    assert client.get(reverse("agencies:part", args=[other.round.code, agency.pk])).status_code == 403
    with pytest.raises(Refused) as refused:
        register.take_part(
            round=other.round, agency=agency, is_host=True, is_data_agency=False, by=other.office, at=NOW
        )
    assert [o.code for o in refused.value.objections] == ["agencies.other_institution"]


def test_more_contacts_need_no_more_queries(world: World) -> None:
    client, url = client_of(world.office), reverse("agencies:accounts", args=[world.round.code])
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    for number in range(10):
        agency = world.hosts[(CITY, NONG_LUANG_KPP)[number % 2]].agency
        contacts.add_contact(agency=agency, person=factories.person(800 + number), by=world.office, at=NOW)
    with CaptureQueriesContext(connection) as many:
        page = client.get(url)
    assert page.context["page"].total == 12
    assert len(many) == len(few)
