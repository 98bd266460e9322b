"""A new installation gets its places, kinds and first account by command."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from tests.cast import World
from u2t.agencies.models import Kind
from u2t.people.models import Account
from u2t.programme.models import Tambon


def said(*command: str) -> str:
    out = StringIO()
    call_command(*command, stdout=out)
    return out.getvalue()


def test_places_and_kinds_are_loaded_by_command(db: None) -> None:
    assert said("load_places", "--provinces", "62") == "1 provinces, 11 districts, 78 tambons\n"
    assert Tambon.objects.count() == 78
    assert said("load_kinds") == f"{Kind.objects.count()} kinds of agency\n"


def test_the_first_account_of_an_office_is_opened_by_command(world: World) -> None:
    command = ("add_staff", "--institution", world.institution.code, "--given-name", "ใหม่", "--surname", "มา")
    username, password = said(*command).split()
    client = Client()
    client.post(reverse("people:log_in"), {"username": username, "password": password})
    assert client.session["_auth_user_id"] == str(Account.objects.get(username=username).pk)


def test_a_wrong_command_says_why_and_opens_nothing(world: World) -> None:
    before = Account.objects.count()
    for institution, name in (("nowhere", "ใหม่"), (world.institution.code, " ")):
        with pytest.raises(CommandError):
            said("add_staff", "--institution", institution, "--given-name", name, "--surname", "มา")
    assert Account.objects.count() == before
