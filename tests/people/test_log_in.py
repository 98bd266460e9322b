"""Log in, rest after too many failures, change the first password."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import factories
from tests.cast import NOW, World, client_of
from u2t.objections import Refused
from u2t.people import rules
from u2t.people.actions import accounts
from u2t.people.models import Account, FailedLogin

LOG_IN = "/people/log-in"


def opened(number: int = 501) -> accounts.Opened:
    return accounts.open_account(person=factories.person(number), prefix="w", by=None, at=NOW)


def enter(client: Client, username: str, password: str, **more: str) -> object:
    return client.post(
        LOG_IN, {"username": username, "password": password, **more}, headers={"accept-language": "en"}
    )


def test_a_first_password_opens_only_the_page_that_changes_it(world: World) -> None:
    account, password = opened()
    client = Client()
    enter(client, f" {account.username.upper()} ", password)
    assert client.get(reverse("people:account")).headers["Location"] == reverse("people:password")
    assert client.get(reverse("home:front")).headers["Location"] == reverse("people:password")

    wrong = client.post(
        reverse("people:password"),
        {"old": "nonsense", "new": "12345678", "repeated": "1234567"},
        headers={"accept-language": "en"},
    ).content.decode()
    for sentence in ("The present password is wrong.", "The two new passwords differ.", "entirely numeric"):
        assert sentence in wrong

    client.post(
        reverse("people:password"), {"old": password, "new": "maprao-49-nam", "repeated": "maprao-49-nam"}
    )
    page = client.get(reverse("people:account"))
    assert account.username in page.content.decode()
    account.refresh_from_db()
    assert account.check_password("maprao-49-nam")
    with pytest.raises(Refused) as refused:
        accounts.change_password(
            account=account, old="maprao-49-nam", new="maprao-49-nam", repeated="maprao-49-nam", at=NOW
        )
    assert [o.code for o in refused.value.objections] == ["people.password_same"]


def test_the_log_in_leads_on_to_the_page_asked_for_but_never_off_the_site(world: World) -> None:
    account = Account.objects.create(username="x001")
    account.set_password("maprao-49-nam")
    account.save()
    for given_next, leads_to in (
        (reverse("people:account"), reverse("people:account")),
        ("https://evil.example/", reverse("home:mine")),
        ("//evil.example/", reverse("home:mine")),
        ("nonsense", reverse("home:mine")),
        ("", reverse("home:mine")),
    ):
        answer = enter(Client(), account.username, "maprao-49-nam", next=given_next)
        assert answer.headers["Location"] == leads_to  # type: ignore[attr-defined]


def test_a_wrong_password_and_a_wrong_name_are_told_alike(world: World) -> None:
    account, _ = opened()
    Account.objects.filter(pk=account.pk).update(is_active=False)
    said = "The user name or the password is wrong"
    for username in (account.username, "nobody", world.worker.username):
        page = enter(Client(), username, "guess").content.decode()  # type: ignore[attr-defined]
        assert said in page
        assert username in page


def test_after_too_many_failures_a_name_rests_and_the_page_says_how_long(
    world: World, settings: object
) -> None:
    settings.LOGIN_FAILURES_ALLOWED = 3  # type: ignore[attr-defined]
    account, password = opened()
    client = Client()
    with time_machine.travel(NOW, tick=False) as clock:
        for _ in range(3):
            enter(client, account.username, "guess")
            clock.shift(60)
        page = enter(client, account.username, password).content.decode()  # type: ignore[attr-defined]
        assert "Try again in 12 minutes" in page
        assert "_auth_user_id" not in client.session

        clock.shift(12 * 60)
        enter(client, account.username, password)
        assert client.session["_auth_user_id"] == str(account.pk)
        assert not FailedLogin.objects.filter(username=account.username).exists()


def test_failures_of_one_name_do_not_rest_another(world: World, settings: object) -> None:
    settings.LOGIN_FAILURES_ALLOWED = 1  # type: ignore[attr-defined]
    account, password = opened()
    client = Client()
    enter(client, "somebody-else", "guess")
    enter(client, account.username, password)
    assert client.session["_auth_user_id"] == str(account.pk)


def test_logging_out_forgets_the_browser(world: World) -> None:
    client = Client()
    client.force_login(world.worker)
    client.post(reverse("people:log_out"))
    assert client.get(reverse("people:account")).headers["Location"].startswith(LOG_IN)


@given(st.lists(st.integers(0, 3600), max_size=12), st.integers(1, 5), st.integers(60, 1800))
@settings(max_examples=150)
def test_a_name_may_try_again_exactly_when_its_rest_is_over(
    seconds_ago: list[int], allowed: int, window_seconds: int
) -> None:
    now, window = NOW, timedelta(seconds=window_seconds)
    failures: list[datetime] = [now - timedelta(seconds=s) for s in seconds_ago]
    until = rules.rests_until(failures, allowed, window, now)
    recent = [at for at in failures if now - window < at]
    assert (until is None) == (len(recent) < allowed)
    if until is not None:
        assert now < until <= now + window
        assert rules.rests_until(failures, allowed, window, until) is None
        assert rules.rests_until(failures, allowed, window, until - timedelta(seconds=1)) is not None or (
            until - timedelta(seconds=1) < now
        )


def test_one_time_passwords_can_be_read_aloud_and_never_repeat() -> None:
    made = {rules.one_time_password() for _ in range(500)}
    assert len(made) == 500
    assert not any(set("0o1li") & set(password) for password in made)


def test_no_page_of_somebody_logged_in_is_kept_for_whoever_presses_back(world: World) -> None:
    client = client_of(world.office)
    for address in ("/people/account", f"/recruitment/{world.round.code}/", "/no-such-page"):
        assert "no-store" in client.get(address)["Cache-Control"]
    assert "Cache-Control" not in Client().get("/").headers
