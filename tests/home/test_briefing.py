"""The figures of the announcement."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.management import CommandError, call_command

from tests.cast import World
from tests.factories import NOW
from u2t.home.queries import briefing
from u2t.placement.models import Engagement
from u2t.programme.actions import rounds


def test_every_figure_follows_from_the_rows(placed: World) -> None:
    figures = briefing.briefing(placed.round).as_json()
    assert figures == {
        "round": "TST-2564",
        "tambons": 3,
        "tambons_by_province": {"62": 2, "63": 1},
        "workers": 15,
        "workers_by_category": {"public": 3, "graduate": 9, "student": 3},
        "team_workers": 12,
        "data_managers": 3,
        "project_managers": 6,
        "host_agencies": 3,
        "data_agencies": 2,
        "months": 11,
        "starts_on": "2021-02-01",
        "orientation": {"from": "2021-01-31", "until": "2021-02-02"},
    }


def test_a_leaver_disappears_from_the_figures_at_once(placed: World) -> None:
    leaver = Engagement.objects.current().filter(workstream__to_office=False).first()
    Engagement.objects.filter(pk=leaver.pk).update(ended_at=leaver.begun_at)
    assert briefing.briefing(placed.round).team_workers == 11


def test_orientation_that_nobody_entered_is_unknown(placed: World) -> None:
    rounds.set_orientation(round=placed.round, first=None, last=None, by=placed.office, at=NOW)
    placed.round.refresh_from_db()
    assert briefing.briefing(placed.round).as_json()["orientation"] is None


def test_the_command_prints_the_same_as_json(placed: World, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("briefing", "--round", "TST-2564", "--json")
    assert json.loads(capsys.readouterr().out) == briefing.briefing(placed.round).as_json()


def test_the_command_names_the_rounds_that_there_are(placed: World) -> None:
    with pytest.raises(CommandError, match="TST-2564"):
        call_command("briefing", "--round", "NOPE")


def test_the_front_page_states_the_announcement_in_words(placed: World, client) -> None:
    page = client.get("/").content.decode()
    for words in ("3", "กำแพงเพชร", "ตาก", "31 มกราคม", "2 กุมภาพันธ์ 2564", "11", "มหาวิทยาลัยทดสอบ"):
        assert words in page
    assert date(2021, 2, 1).isoformat() not in page


def test_every_figure_leads_to_the_list_behind_it(placed: World, client) -> None:
    page = client.get("/").content.decode()
    for address in (
        "/rounds/TST-2564/tambons?province=62",
        "/rounds/TST-2564/workers?category=graduate",
        "/rounds/TST-2564/workers?workstream=data",
        "/rounds/TST-2564/lecturers?leading=yes",
        "/rounds/TST-2564/agencies?role=host",
        "/rounds/TST-2564/agencies?role=data",
    ):
        assert f'href="{address}"' in page
        assert "<h1" in client.get(address).content.decode()


def test_the_links_know_the_round_s_own_codes(placed: World, client) -> None:
    placed.round.workstreams.filter(to_office=False).update(code="field")
    placed.round.workstreams.filter(to_office=True).update(code="desk")
    page = client.get("/").content.decode()
    assert 'href="/rounds/TST-2564/workers?workstream=field"' in page
    assert 'href="/rounds/TST-2564/workers?workstream=desk"' in page


def test_the_public_list_of_workers_counts_what_its_link_says(placed: World, client) -> None:
    shown = client.get("/rounds/TST-2564/workers?category=graduate&workstream=data").context
    assert [column.code for column in shown["columns"]] == ["graduate"]
    assert (
        shown["together"]
        == briefing.briefing(placed.round).data_managers
        == sum(r.total for r in shown["page"])
    )
