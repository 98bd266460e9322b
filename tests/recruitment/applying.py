"""What an applicant does on the pages, for the tests of applying."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client
from django.urls import reverse

from tests import cast, factories, recruiting
from u2t.people.models import Account
from u2t.recruitment.models import Application, Call

PERSON = {
    "title": "นางสาว",
    "given_name": "มาลี",
    "surname": "ใจดี",
    "citizen_id": factories.citizen_id(60_000_001),
    "birth_on": "9/5/2540",
    "telephone": "081-234-5678",
    "email": "malee@example.org",
}
ADDRESSES = {"present_house": "๑๒ หมู่ ๓", "present_tambon": "620101", "registered_same": "on"}
EDUCATION = {"level": "bachelor", "degree": "ศิลปศาสตรบัณฑิต", "graduated_on": "1/6/2562", "grade": "3.25"}
WORK = {
    "is_employed": "no",
    "has_state_hire": "no",
    "talents": "ทำบัญชี",
    "row-TOTAL_FORMS": "0",
    "row-INITIAL_FORMS": "0",
}
CHOICE = {"category": "graduate", "choice": ["620101", "620703"]}
ALL: dict[str, dict[str, Any]] = {
    "person": PERSON,
    "addresses": ADDRESSES,
    "education": EDUCATION,
    "work": WORK,
    "choice": CHOICE,
}


class Applicant:
    """Somebody with a browser and an application; pages are read in English."""

    def __init__(self, call: Call, number: int = 1, account: Account | None = None) -> None:
        self.call = call
        self.account = account or recruiting.account(number)
        self.client = cast.client_of(self.account)
        self.client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"

    def url(self, name: str, *more: object) -> str:
        return reverse(f"recruitment:{name}", args=[self.call.round.code, self.call.number, *more])

    def own(self, name: str, *more: object) -> str:
        return self.url(name, self.application.pk, *more)

    @property
    def application(self) -> Application:
        return Application.objects.filter(call=self.call, account=self.account).latest("pk")

    def begin(self) -> Applicant:
        self.client.post(self.url("apply"), {"agrees": "on"})
        return self

    def shown(self, step: str) -> dict[str, str]:
        """The hidden fields of a step as its page shows them now."""
        page = self.client.get(self.own("step", step)).content.decode()
        return dict(re.findall(r'<input type="hidden" name="(version|seen)" value="([^"]*)"', page))

    def type(self, step: str, hidden: dict[str, str] | None = None, **changed: Any) -> Any:
        """Send a step with its usual values, some of them changed."""
        form = {**ALL[step], **(self.shown(step) if hidden is None else hidden), **changed}
        return self.client.post(self.own("step", step), form)

    def fill(self) -> Applicant:
        self.begin()
        for step in ALL:
            answer = self.type(step)
            assert answer.status_code == 302, answer.content.decode()
        return self

    def submit(self) -> Any:
        return self.client.post(self.own("submit"), follow=True)


def page(answer: Any) -> str:
    """What a page says, without markup."""
    main = answer.content.decode().partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", main).split())


def visitor() -> Client:
    return Client(headers={"accept-language": "en"})
