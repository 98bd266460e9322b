"""The office opens accounts, one by one or for a whole group, and looks after its staff."""

from __future__ import annotations

import csv
import io

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from tests import cast, given
from tests.cast import NOW, World, account_of, client_of
from tests.factories import citizen_id, person
from u2t.audit.models import Event
from u2t.objections import Refused
from u2t.people.actions import accounts, staff
from u2t.people.models import Account, Worker
from u2t.programme.models import Duty, Round


def test_all_missing_accounts_open_at_once_and_the_list_is_a_file(world: World) -> None:
    workers = given.workers(world.round)
    answer = client_of(world.office).post(
        reverse("people:open_missing", args=[world.round.code]), {"group": "workers", "as": "csv"}
    )
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))[1:]
    assert len(rows) == len(workers)
    assert answer.headers["Cache-Control"] == "no-store"
    name, _, username, password = rows[0]
    account = Account.objects.get(username=username)
    assert account.person is not None
    assert account.person.full_name == name
    assert account.check_password(password)
    assert account.must_change_password
    assert Event.objects.filter(verb="people.open_account").count() >= len(workers)
    assert not any(citizen_id(10_000 * world.round.pk + w.number)[-5:] in username for w in workers)


def test_one_account_is_opened_reset_closed_and_reopened_from_the_list(world: World) -> None:
    worker = given.workers(world.round, 2)[0]
    client, do = client_of(world.office), reverse("people:do", args=[world.round.code])
    page = client.get(reverse("people:accounts", args=[world.round.code]), {"q": str(worker.number)})
    assert [line.person.pk for line in page.context["page"]] == [worker.person_id]
    assert not client.get(reverse("people:accounts", args=[world.round.code]), {"q": "²"}).context["page"]

    slip = client.post(do, {"person": worker.person_id, "do": "open"})
    account, first, _ = slip.context["rows"][0]
    assert first in slip.content.decode()
    again = client.post(do, {"person": worker.person_id, "do": "reset"})
    second = again.context["rows"][0][1]
    account.refresh_from_db()
    assert account.check_password(second)
    assert not account.check_password(first)

    client.post(do, {"person": worker.person_id, "do": "close"})
    entering = Client()
    entering.post(reverse("people:log_in"), {"username": account.username, "password": second})
    assert "_auth_user_id" not in entering.session
    client.post(do, {"person": worker.person_id, "do": "reopen"})
    entering.post(reverse("people:log_in"), {"username": account.username, "password": second})
    assert "_auth_user_id" in entering.session


def test_opening_all_twice_says_that_everybody_has_one(world: World) -> None:
    answer = client_of(world.office).post(
        reverse("people:open_missing", args=[world.round.code]),
        {"group": "workers"},
        headers={"accept-language": "en"},
    )
    assert "Everybody here already has an account." in answer.content.decode()


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (
            lambda w: accounts.open_account(person=w.hired.person, prefix="w", by=w.office, at=NOW),
            "has_account",
        ),
        (lambda w: accounts.reopen_account(account=w.worker, by=w.office, at=NOW), "account_open"),
        (lambda w: accounts.close_account(account=w.office, by=w.office, at=NOW), "own_account"),
    ],
)
def test_what_can_not_be_done_to_an_account_is_said(world: World, act: object, reason: str) -> None:
    with pytest.raises(Refused) as refused:
        act(world)  # type: ignore[operator]
    assert [o.code for o in refused.value.objections] == [f"people.{reason}"]


def test_a_closed_account_gets_no_new_password(world: World) -> None:
    accounts.close_account(account=world.worker, by=world.office, at=NOW)
    for act in (accounts.reset_password, accounts.close_account):
        with pytest.raises(Refused) as refused:
            act(account=world.worker, by=world.office, at=NOW)
        assert [o.code for o in refused.value.objections] == ["people.account_closed"]


def test_the_office_adds_an_executive_who_can_log_in_and_ends_the_duty(world: World) -> None:
    client, url = client_of(world.office), reverse("people:staff", args=[world.institution.code])
    missing = client.post(url, {"given_name": " ", "surname": "x"}, headers={"accept-language": "en"})
    assert missing.context["form"].errors.keys() >= {"kind", "given_name"}

    slip = client.post(url, {"kind": "executive", "title": "ดร.", "given_name": "มานะ", "surname": "ทดสอบ"})
    account = slip.context["rows"][0][0]
    duty = Duty.objects.get(account=account, kind="executive", ended_at=None)
    Account.objects.filter(pk=account.pk).update(must_change_password=False)
    seen = client_of(account)
    assert seen.get(world.round.get_absolute_url()).status_code == 200

    client.post(reverse("people:end_duty", args=[world.institution.code]), {"duty": duty.pk})
    assert seen.get(world.round.get_absolute_url()).status_code == 403


def test_a_person_needs_a_whole_name(world: World) -> None:
    with pytest.raises(Refused) as refused:
        staff.add_person(title="", given_name=" ", surname="", by=world.office, at=NOW)
    assert [o.code for o in refused.value.objections] == [
        "people.given_name_missing",
        "people.surname_missing",
    ]


def test_each_reading_of_a_whole_citizen_id_is_recorded(world: World) -> None:
    url = reverse("people:citizen_id", args=[world.round.code, world.hired.number])
    number = citizen_id(10_000 * world.round.pk + 1)
    page = client_of(world.office).get(url)
    assert number in page.content.decode().replace("-", "")
    assert page.headers["Cache-Control"] == "no-store"
    event = Event.objects.get(verb="people.read_citizen_id")
    assert (event.by_id, event.subject) == (world.office.pk, f"people.Person:{world.hired.person_id}")
    assert number not in str(event.note)
    assert number[:10] not in world.hired.person.citizen_id_masked.replace("-", "")
    assert world.hired.person.citizen_id_masked.endswith(f"{number[-3:-1]}-{number[-1]}")
    for account in (world.executive, world.worker, world.pm):
        assert client_of(account).get(url).status_code == 403
    assert Event.objects.filter(verb="people.read_citizen_id").count() == 1


SHOWN = ("people:accounts", "people:staff")
CHANGED = ("people:do", "people:open_missing", "people:staff", "people:end_duty", "people:staff_do")


def address(name: str, world: World) -> str:
    of_institution = name in ("people:staff", "people:end_duty", "people:staff_do")
    return reverse(name, args=[world.institution.code if of_institution else world.round.code])


@pytest.mark.parametrize("name", SHOWN)
def test_a_stranger_sees_no_accounts(world: World, name: str) -> None:
    url = address(name, world)
    assert client_of(world.office).get(url).status_code == 200
    for account in (world.stranger, world.executive, world.worker):
        assert client_of(account).get(url).status_code == 403
    assert client_of(None).get(url).headers["Location"].startswith(reverse("people:log_in"))


@pytest.mark.parametrize("name", CHANGED)
def test_a_stranger_changes_no_account(world: World, name: str) -> None:
    given.workers(world.round, 3)
    before = Account.objects.count()
    given_data = {
        "group": "workers", "person": world.hired.person_id, "do": "reset", "kind": "office", "given_name": "ก",
        "surname": "ข", "account": world.office.pk, "duty": Duty.objects.get(account=world.office).pk,
    }  # fmt: skip
    for account in (world.stranger, world.executive, world.worker):
        assert client_of(account).post(address(name, world), given_data).status_code == 403
    assert Account.objects.count() == before
    assert Duty.objects.get(account=world.office).ended_at is None
    assert Account.objects.get(pk=world.worker.pk).password == world.worker.password


def test_the_office_touches_no_account_outside_its_round(world: World) -> None:
    outsider = account_of(person(88), "w")
    do = reverse("people:do", args=[world.round.code])
    assert client_of(world.office).post(do, {"person": outsider.person_id, "do": "reset"}).status_code == 403
    assert client_of(world.office).post(do, {"person": "nonsense", "do": "reset"}).status_code == 404
    assert client_of(world.office).post(do, {"person": world.hired.person_id, "do": "eat"}).status_code == 403


def test_more_people_need_no_more_queries(world: World) -> None:
    client, url = client_of(world.office), reverse("people:accounts", args=[world.round.code])
    given.workers(world.round, 3)
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    given.workers(world.round, 15)
    with CaptureQueriesContext(connection) as many:
        client.get(url)
    assert len(many) == len(few)


def test_an_office_can_t_take_over_the_account_of_somebody_whom_it_took_into_its_round(world: World) -> None:
    other = cast.world(code="OTH-2564")
    Worker.objects.create(
        round=other.round,
        person=world.hired.person,
        number=999,
        category=other.round.categories.get(code="graduate"),
    )
    do = reverse("people:do", args=[other.round.code])
    given_away = {"person": world.hired.person_id, "do": "reset"}
    Round.objects.filter(pk=world.round.pk).update(starts_on=timezone.localdate())
    assert client_of(other.office).post(do, given_away).status_code == 403
    Round.objects.filter(pk=world.round.pk).update(starts_on=NOW.date())
    slip = client_of(other.office).post(do, given_away)
    assert [account for account, _, _ in slip.context["rows"]] == [world.worker]
