"""Lists, search and each role's home."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from tests import given
from tests.cast import NONG_LUANG_KPP, NONG_LUANG_TAK, World
from tests.factories import NOW
from u2t.placement.actions import leaving, plans
from u2t.programme.actions import targets


@pytest.fixture
def office(placed: World) -> Client:
    client = Client()
    client.force_login(placed.office)
    return client


@pytest.mark.parametrize("typed", ["หนองหลวง", "หนองหล วง", "หนอง  หลวง", "630802", "๖๓๐๘๐๒"])
def test_search_finds_a_tambon_however_it_is_typed(placed: World, client, typed: str) -> None:
    page = client.get("/search", {"q": typed}).content.decode()
    assert f"/tambons/{NONG_LUANG_TAK}" in page
    assert ("/tambons/" + NONG_LUANG_KPP in page) is not typed.strip().isdigit()


def test_search_finds_persons_for_the_office_and_not_for_the_public(placed: World, office, client) -> None:
    person = placed.hired.person
    bare = "".join(c for c in person.given_name if c not in "่้๊๋์")
    assert person.full_name in strip_tags(office.get("/search", {"q": bare}).content.decode())
    assert person.full_name not in strip_tags(client.get("/search", {"q": bare}).content.decode())


def test_a_search_that_finds_nothing_says_what_to_try(placed: World, client) -> None:
    assert "ไม่พบ" in client.get("/search", {"q": "ฮฮฮฮ"}).content.decode()


def test_the_list_of_tambons_is_filtered_by_province_and_state(placed: World, client) -> None:
    page = client.get("/rounds/TST-2564/tambons", {"province": "63"}).content.decode()
    assert NONG_LUANG_TAK in page
    assert NONG_LUANG_KPP not in page
    assert NONG_LUANG_TAK not in client.get("/rounds/TST-2564/tambons", {"state": "empty"}).content.decode()


@pytest.mark.parametrize(
    "address",
    [
        "/",
        "/mine",
        "/rounds/TST-2564/tambons",
        "/rounds/TST-2564/workers",
        "/rounds/TST-2564/lecturers",
        "/rounds/TST-2564/agencies",
        "/search?q=หนอง",
        "/rounds/TST-2564/tambons/620101",
    ],
)
def test_more_rows_take_the_same_queries(placed: World, office, address: str) -> None:
    office.get(address)
    with CaptureQueriesContext(
        connection,
    ) as few:
        office.get(address)
    for code in ("620102", "620103", "630803"):
        targets.add_tambon(round=placed.round, code=code, by=placed.office, at=NOW)
    given.workers(placed.round)
    given.lecturers(placed.round, 12)
    run = plans.compute(
        run=plans.begin_run(round=placed.round, by=placed.office, at=NOW), by=placed.office, at=NOW
    )
    plans.adopt(run=run, by=placed.office, at=run.computed_at)
    with CaptureQueriesContext(connection) as many:
        office.get(address)
    assert len(many) <= len(few), [q["sql"] for q in many.captured_queries]


def test_the_home_of_each_role_shows_its_own(placed: World) -> None:
    def home(account) -> str:
        client = Client()
        client.force_login(account)
        return client.get("/mine").content.decode()

    assert "/rosters/TST-2564" in home(placed.office)
    assert "/rosters/TST-2564" not in home(placed.executive)
    assert "ตำบลที่ฉันดูแล" in home(placed.pm)
    assert placed.hosts["620101"].agency.name_th in home(placed.am)
    assert placed.data_agencies[0].agency.name_th in home(placed.agency_officer)
    assert reverse("placement:why", args=["TST-2564", placed.hired.number]) in home(placed.worker)
    assert "สำนักงานโครงการ" in home(placed.stranger)


def test_the_dashboard_says_what_to_do_next(world: World) -> None:
    client = Client()
    client.force_login(world.office)
    page = client.get("/mine").content.decode()
    assert "นำเข้า" in page
    assert "0/" in page


def test_who_has_left_is_listed_as_such_and_no_longer_lacks_a_place(placed: World, office) -> None:
    leaving.leave(
        worker=placed.hired, kind="resigned", on=NOW.date(), reason="ได้งานประจำ", by=placed.office, at=NOW
    )
    address = reverse("home:workers", args=[placed.round.code])
    name = placed.hired.person.surname
    left = office.get(address, {"placed": "left"}).content.decode()
    assert name in left
    assert "พ้นจากงาน" in left
    assert name not in office.get(address, {"placed": "no"}).content.decode()
    assert name in office.get(address).content.decode()
