"""Somebody opens an account, comes back to it, and forgets the password."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import cast, factories
from tests.factories import NOW
from u2t.mailing.models import Mail
from u2t.objections import Objection
from u2t.people import rules
from u2t.people.models import Account, Registration

pytestmark = pytest.mark.django_db
PASSWORD = "ตำบลของเรา-2564"
REGISTER = reverse("people:register")


@pytest.fixture(autouse=True)
def _english(settings: object) -> None:
    settings.LANGUAGE_CODE = "en"  # type: ignore[attr-defined]


def register(client: Client, name: str, password: str = PASSWORD, **more: str) -> str:
    """What the page says, or where it leads to."""
    form = {"name": name, "password": password, "repeated": password, **more}
    answer = client.post(REGISTER, form, headers={"accept-language": "en"})
    return answer.headers.get("Location") or answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  Malee.T@Example.ORG ", "malee.t@example.org"),
        ("081-234 5678", "0812345678"),
        ("๐๘๑๒๓๔๕๖๗๘", "0812345678"),
        ("+66 81 234 5678", "0812345678"),
    ],
)
def test_whoever_registers_is_logged_in_and_led_on_under_a_name_written_in_one_way(
    typed: str, kept: str
) -> None:
    client = Client()
    assert register(client, typed, next="/recruitment/mine") == "/recruitment/mine"
    account = Account.objects.get(username=kept)
    assert client.session["_auth_user_id"] == str(account.pk)
    assert account.email == (kept if "@" in kept else "")

    other = Client()
    other.post(reverse("people:log_in"), {"username": typed, "password": PASSWORD})
    assert other.session["_auth_user_id"] == str(account.pk)


def test_an_id_number_is_never_a_user_name() -> None:
    number = factories.citizen_id(4711)
    for typed in (number, f"{number[0]}-{number[1:5]}-{number[5:10]}-{number[10:12]}-{number[12]}"):
        assert "use your ID number as user name" in register(Client(), typed)
    assert not Account.objects.exists()


@pytest.mark.parametrize("typed", ["malee", "malee@", "12345", "a b@example.org", "x" * 61 + "@example.org"])
def test_a_name_that_reaches_nobody_is_refused_and_kept_in_its_box(typed: str) -> None:
    page = register(Client(), typed)
    assert 'id="id_name_error"' in page
    assert f'value="{typed}"' in page
    assert not Account.objects.exists()


def test_every_weakness_of_a_password_is_said_at_once() -> None:
    page = register(Client(), "malee@example.org", "1234567", repeated="1234568")
    for said in ("too short", "too common", "entirely numeric", "The two new passwords differ"):
        assert said in page
    assert not Account.objects.exists()


def test_a_taken_name_is_refused_without_saying_that_it_is_taken_and_opens_with_its_own_password() -> None:
    register(Client(), "malee@example.org")
    stranger, owner = Client(), Client()
    page = register(stranger, "MALEE@example.org", "another-password-49")
    assert "No account can be opened with this user name and password" in page
    assert "_auth_user_id" not in stranger.session
    assert register(owner, "malee@example.org") == reverse("home:mine")
    assert Account.objects.count() == 1
    assert "_auth_user_id" in owner.session


def test_a_password_that_nobody_may_have_tells_nothing_of_whose_name_is_taken() -> None:
    register(Client(), "malee@example.org")
    taken, free = (register(Client(), name, "12345678") for name in ("malee@example.org", "mali@example.org"))
    said = re.compile(r'id="id_\w+_error".*?</', re.S)
    assert said.findall(taken) == said.findall(free) != []


def test_guessing_a_taken_name_through_registration_makes_it_rest(settings: object) -> None:
    settings.LOGIN_FAILURES_ALLOWED = 2  # type: ignore[attr-defined]
    register(Client(), "malee@example.org")
    for _ in range(2):
        register(Client(), "malee@example.org", "another-password-49")
    assert "Too many log-ins with this user name" in register(Client(), "malee@example.org")


def test_one_address_opens_only_so_many_accounts_an_hour_and_another_is_not_held_up(settings: object) -> None:
    settings.REGISTRATIONS_PER_HOUR = 2  # type: ignore[attr-defined]
    one, other = Client(REMOTE_ADDR="192.0.2.1"), Client(REMOTE_ADDR="192.0.2.2")
    with time_machine.travel(NOW, tick=False) as clock:
        for number in range(2):
            register(Client(REMOTE_ADDR="192.0.2.1"), f"a{number}@example.org")
        assert "Very many accounts were opened" in register(one, "a3@example.org")
        assert register(other, "b@example.org") == reverse("home:mine")
        clock.shift(timedelta(hours=1, seconds=1))
        assert register(one, "a3@example.org") == reverse("home:mine")
    assert not Registration.objects.filter(address_digest__contains="192.0.2").exists()


def test_what_fills_in_the_field_that_nobody_sees_gets_no_account() -> None:
    assert "Leave the field that asks for nothing empty" in register(Client(), "a@example.org", trap="x")
    assert not Account.objects.exists()


def ask(name: str) -> str:
    answer = Client().post(reverse("people:forgotten"), {"name": name}, follow=True)
    page = answer.content.decode()
    return page[page.index('<main id="main"') : page.index("</main>")]


def link() -> str:
    found = re.search(r"http://testserver(\S+)", Mail.objects.latest("pk").text)
    assert found
    return found[1]


def test_a_forgotten_password_is_chosen_anew_by_a_link_that_works_once() -> None:
    register(Client(), "malee@example.org")
    ask("Malee@example.org")
    address, client = link(), Client()
    weak = client.post(address, {"password": "12345678", "repeated": "12345678"})
    assert "entirely numeric" in weak.content.decode()
    client.post(address, {"password": "a-new-one-49", "repeated": "a-new-one-49"})
    client.post(reverse("people:log_in"), {"username": "malee@example.org", "password": "a-new-one-49"})
    assert "_auth_user_id" in client.session
    assert "used up or too old" in Client().get(address).content.decode()
    answer = Client().post(address, {"password": "evil-one-4949", "repeated": "evil-one-4949"})
    assert "used up or too old" in answer.content.decode()
    assert Account.objects.get().check_password("a-new-one-49")


def test_the_link_leads_to_the_known_address_whatever_the_request_claims(settings: object) -> None:
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = "https://u2t.example.ac.th", ["*"]  # type: ignore[attr-defined]
    register(Client(), "malee@example.org")
    Client(headers={"host": "evil.example"}).post(reverse("people:forgotten"), {"name": "malee@example.org"})
    text = Mail.objects.get().text
    assert "https://u2t.example.ac.th/people/new-password/" in text
    assert "evil" not in text


def test_a_link_is_over_after_two_hours() -> None:
    with time_machine.travel(NOW, tick=False) as clock:
        register(Client(), "malee@example.org")
        ask("malee@example.org")
        clock.shift(timedelta(hours=2, seconds=1))
        assert "used up or too old" in Client().get(link()).content.decode()


def test_asking_for_a_link_tells_nobody_which_accounts_there_are(world: cast.World) -> None:
    register(Client(), "malee@example.org")
    assert ask("malee@example.org") == ask("nobody@example.org") == ask(world.worker.username)
    assert Mail.objects.count() == 1


def test_asking_often_sends_one_mail() -> None:
    with time_machine.travel(NOW, tick=False):
        register(Client(), "malee@example.org")
        ask("malee@example.org")
        ask("malee@example.org")
    assert Mail.objects.count() == 1


def test_nonsense_links_lead_to_the_page_that_explains() -> None:
    for key, token in (("x", "y"), ("OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", "a-b"), ("4LiB", "a-b")):
        page = Client().get(reverse("people:new_password", args=[key, token])).content.decode()
        assert "used up or too old" in page


@given(st.text(max_size=80))
@settings(max_examples=120)
def test_a_registered_name_is_found_again_however_it_is_typed(text: str) -> None:
    name = rules.registration_name(text)
    if not isinstance(name, Objection):
        assert rules.account_name(text) == rules.account_name(name) == name
