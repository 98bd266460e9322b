"""Who sees which page of placement, and what stands on it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags

from tests import cast, factories, given
from tests.factories import NOW
from u2t.people.models import Person
from u2t.placement import actions, permissions
from u2t.placement.models import Engagement, Leadership
from u2t.placement.queries import figures, listed, teams

SHOWN = {
    "board": "/placement/TST-2564",
    "people": "/placement/TST-2564/people",
    "workbook": "/placement/TST-2564/placement.xlsx",
    "csv": "/placement/TST-2564/placement.csv",
    "run": "/placement/TST-2564/runs/1",
    "people of a run": "/placement/TST-2564/runs/1/people",
    "why": "/placement/TST-2564/people/2/why",
}
OF_THE_OFFICE = {
    "adoption": "/placement/TST-2564/runs/1/adoption",
    "change": "/placement/TST-2564/people/2/change",
    "leaders": "/placement/TST-2564/tambons/620101/leaders",
}
CHANGES = {
    "ask": "/placement/TST-2564/plans",
    "adopt": "/placement/TST-2564/runs/1/adopt",
    "change": "/placement/TST-2564/people/2/change?what=unplace",
    "leaders": "/placement/TST-2564/tambons/620101/leaders",
}


def opens(account: object, url: str) -> bool:
    """Whether the account gets the page; a refusal is a 403 and nothing else."""
    answer = cast.client_of(account).get(url)  # type: ignore[arg-type]
    assert answer.status_code in {200, 403}, (url, answer.status_code)
    return answer.status_code == 200


def read(client: Client, url: str) -> str:
    """The words of a page without its tags."""
    return strip_tags(client.get(url).content.decode())


def test_strangers_and_those_without_the_office_are_refused_on_every_page(placed: cast.World) -> None:
    for role in ("stranger", "am", "agency_officer", "pm", "worker"):
        account = getattr(placed, role)
        allowed = [name for name, url in (SHOWN | OF_THE_OFFICE).items() if opens(account, url)]
        assert allowed == [], role
        for name, url in CHANGES.items():
            answer = cast.client_of(account).post(url, {"reason": "ลองดู"})
            assert answer.status_code == 403, (role, name)
    assert Engagement.objects.count() == 15


def test_visitors_are_sent_to_the_log_in(placed: cast.World) -> None:
    for url in (SHOWN | OF_THE_OFFICE).values():
        assert Client().get(url).url.startswith(reverse("people:log_in"))
    for url in CHANGES.values():
        assert Client().post(url).url.startswith(reverse("people:log_in"))


def test_executives_look_at_everything_and_change_nothing(placed: cast.World) -> None:
    assert all(opens(placed.executive, url) for url in SHOWN.values())
    assert not any(opens(placed.executive, url) for url in OF_THE_OFFICE.values())
    for url in CHANGES.values():
        assert cast.client_of(placed.executive).post(url, {"reason": "ลอง"}).status_code == 403
    board = cast.client_of(placed.executive).get(SHOWN["board"]).content.decode()
    assert "คำนวณแผนใหม่" not in board, "no button that would be refused"
    assert "คำนวณแผนใหม่" in cast.client_of(placed.office).get(SHOWN["board"]).content.decode()


def test_workers_read_why_they_are_where_they_are_and_nobody_elses_name(placed: cast.World) -> None:
    mine = reverse("placement:why", args=[placed.round.code, placed.hired.number])
    text = read(cast.client_of(placed.worker), mine)
    engagement = teams.engagement_of(placed.hired)
    assert engagement is not None
    assert "ทำไมฉันได้ที่นี่" in text
    assert engagement.tambon.tambon.full_name in text
    assert "ความประสงค์อันดับ 1" in text
    assert "ความประสงค์อันดับ 2" in text
    others = Person.objects.exclude(pk=placed.hired.person_id)
    assert [person for person in others if f"{person.given_name} {person.surname}" in text] == []


def test_a_wish_that_was_not_granted_is_answered_with_its_price(full: cast.World) -> None:
    for _ in range(3):
        factories.worker(full.round, "student", wishes=(cast.CITY,))
    run = actions.begin_run(round=full.round, by=full.office, at=NOW)
    actions.adopt(run=actions.compute(run=run, by=None, at=NOW), by=full.office, at=NOW)
    answers = [
        (answer["reason"], answer["alternative"], engagement.worker)
        for engagement in Engagement.objects.current().select_related("worker__round")
        for answer in engagement.why["wishes"]
    ]
    refused = [(alternative, worker) for reason, alternative, worker in answers if reason == "full"]
    assert refused, "somebody did not get what they would have liked better"
    alternative, worker = refused[0]
    text = read(cast.client_of(full.office), reverse("placement:why", args=[full.round.code, worker.number]))
    assert f"ความไม่สะดวกรวมของทุกคนจะเพิ่มขึ้น {alternative['more']:,}" in text


def test_the_list_is_searched_and_filtered(placed: cast.World) -> None:
    office = cast.client_of(placed.office)
    held = teams.engagements().filter(category__code="student").first()
    assert held is not None
    found = office.get(SHOWN["people"], {"tambon": held.tambon.tambon_id, "category": "student"})
    assert [row.worker for row in found.context["page"]] == [held.worker]
    by_name = office.get(SHOWN["people"], {"q": held.worker.person.surname})
    assert held.worker in [row.worker for row in by_name.context["page"]]
    by_number = office.get(SHOWN["people"], {"q": str(held.worker.number)})
    assert held.worker in [row.worker for row in by_number.context["page"]]
    assert "ไม่พบ" in office.get(SHOWN["people"], {"q": "ไม่มีใครชื่อนี้"}).content.decode()
    by_wish = {
        wish: [row.worker for row in office.get(SHOWN["people"], {"wish": wish}).context["page"]]
        for wish in listed.WISHES
    }
    assert sorted(map(len, by_wish.values())) != [15, *[0] * 6]
    assert sum(map(len, by_wish.values())) == 15, "everybody is under exactly one wish"
    rank = teams.engagements().filter(worker__in=by_wish["2"]).first().why["parts"]["wish_rank"]
    assert rank == 1, "wishes count from 1 on the page and from 0 in the engine"


def test_the_exported_table_has_everybody_and_no_formula(placed: cast.World) -> None:
    Person.objects.filter(pk=placed.hired.person_id).update(given_name="=cmd|'/c calc'!A0")
    answer = cast.client_of(placed.office).get(SHOWN["csv"])
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert len(rows) == 16
    mine = next(row for row in rows if row[0] == str(placed.hired.number))
    assert mine[2] == "'=cmd|'/c calc'!A0"
    assert "attachment" in answer["Content-Disposition"]


def test_the_pages_speak_english_too(placed: cast.World) -> None:
    office = cast.client_of(placed.office)
    office.post(reverse("pages:language"), {"language": "en", "next": "/"})
    text = office.get(SHOWN["run"]).content.decode()
    assert "No plan is better" in text
    assert "Filled slots" in text


def test_more_people_cost_no_more_queries(placed: cast.World) -> None:
    office = cast.client_of(placed.office)
    one = placed.hired.number
    addresses = [
        *SHOWN.values(),
        f"/placement/TST-2564/people/{one}/change?what=unplace",
        f"/placement/TST-2564/people/{one}/change?what=move",
        "/placement/TST-2564/tambons/620101/leaders",
    ]

    def counted() -> list[int]:
        counts = []
        for url in addresses:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                office.get(url)
            counts.append(len(queries))
        return counts

    counted()
    before = counted()
    given.workers(placed.round, 40)
    given.lecturers(placed.round, 12)
    for round_number in (2, 3):
        run = actions.begin_run(round=placed.round, by=None, at=NOW)
        assert run.number == round_number
    after = counted()
    assert after == before


def test_reads_for_other_stages_cost_a_constant_number_of_queries(
    placed: cast.World, django_assert_num_queries: Callable[[int], object]
) -> None:
    tambon = placed.tambons[cast.CITY]
    with django_assert_num_queries(1):
        team = list(teams.team_of(tambon))
        names = [(e.worker.person.full_name, e.category.name, e.tambon.tambon.full_name) for e in team]
    assert len(names) == 4
    with django_assert_num_queries(1):
        assert len(list(teams.data_managers_from(tambon))) == 1
    with django_assert_num_queries(1):
        sitting = [list(people) for people in teams.data_managers_of_round(placed.round).values()]
    assert sum(map(len, sitting)) == 3
    with django_assert_num_queries(1):
        assert {len(people) for people in teams.leaders_of_round(placed.round).values()} == {2}
    with django_assert_num_queries(7):
        assert figures.placement_numbers(placed.round).full_tambons == 3


def test_only_who_leads_a_tambon_now_leads_it(placed: cast.World) -> None:
    led = Leadership.objects.get(lecturer=placed.lecturer)
    assert permissions.leads(placed.pm, led.tambon)
    assert permissions.may_see_team(placed.pm, led.tambon)
    other = next(t for t in placed.tambons.values() if t != led.tambon)
    assert not permissions.leads(placed.pm, other)
    actions.change_leader(
        tambon=led.tambon, leaves=placed.lecturer, comes=None, reason="ครบวาระ", by=placed.office, at=NOW
    )
    del placed.pm._led_tambons
    assert not permissions.leads(placed.pm, led.tambon)


@pytest.mark.parametrize(
    "wrong", ["/runs/99", "/runs/99/adoption", "/people/99999/why", "/tambons/999999/leaders"]
)
def test_an_address_that_names_nothing_is_not_found(placed: cast.World, wrong: str) -> None:
    answer = cast.client_of(placed.office).get(f"/placement/TST-2564{wrong}")
    assert answer.status_code == 404
    assert "ไม่พบ" in answer.content.decode()
