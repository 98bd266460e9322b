"""Mails are kept with what they tell, sent afterwards, tried again, and never told twice."""

from __future__ import annotations

from datetime import timedelta
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.core import mail as outbox
from django.core.mail.backends.locmem import EmailBackend
from django.db import transaction

from tests.factories import NOW
from u2t.mailing import actions
from u2t.mailing.models import Mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def post(settings: Any) -> list[Any]:
    """A mail server that takes everything; what arrived there."""
    settings.SENDS_MAIL = True
    outbox.outbox = []
    return outbox.outbox


class Unreachable(EmailBackend):
    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError("no server there")


class Refusing(EmailBackend):
    def send_messages(self, messages: Any) -> int:
        raise SMTPRecipientsRefused({messages[0].to[0]: (550, b"no such user")})


def write(to: str = "a@example.org", about: str = "offer:1") -> Mail | None:
    return actions.write(to=to, subject="ผลการคัดเลือก", text="ท่านได้รับคัดเลือก", about=about, at=NOW)


def test_a_mail_is_sent_once_however_often_the_outbox_is_emptied(post: list[Any]) -> None:
    write()
    assert [actions.send_waiting(at=NOW), actions.send_waiting(at=NOW + timedelta(days=1))] == [1, 0]
    assert [(sent.to, sent.subject) for sent in post] == [(["a@example.org"], "ผลการคัดเลือก")]


def test_the_same_is_not_told_twice_and_nobody_without_an_address_is_told(post: list[Any]) -> None:
    assert write() is not None
    assert write() is None
    assert write(to="") is None
    assert write(about="offer:2") is not None
    assert write(to="b@example.org") is not None
    assert actions.send_waiting(at=NOW) == 3


def test_what_was_rolled_back_is_never_told(post: list[Any]) -> None:
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    assert actions.send_waiting(at=NOW) == 0


def test_a_server_that_is_down_is_tried_again_later_and_given_up_in_the_end(settings: Any) -> None:
    settings.SENDS_MAIL, settings.EMAIL_BACKEND = True, f"{__name__}.{Unreachable.__name__}"
    write()
    moment = NOW
    tried = []
    for wait in (timedelta(0), *actions.WAITS):
        moment += wait
        actions.send_waiting(at=moment)
        actions.send_waiting(at=moment + timedelta(seconds=1))  # too early: nothing happens
        tried.append(Mail.objects.get().attempts)
    mail = Mail.objects.get()
    assert tried == [1, 2, 3, 4, 5, 6]
    assert mail.given_up_at is not None
    assert mail.error == "no server there"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert actions.send_waiting(at=moment + timedelta(hours=2)) == 0


def test_a_mail_whose_sender_died_is_not_sent_again(post: list[Any]) -> None:
    write()
    Mail.objects.update(attempts=1, tried_at=NOW)
    assert actions.send_waiting(at=NOW + timedelta(hours=2)) == 0
    assert Mail.objects.get().error == "interrupted"


def test_without_a_mail_server_mails_are_kept_and_grow_too_old_to_be_sent_later(settings: Any) -> None:
    write()
    assert actions.send_waiting(at=NOW) == 0
    assert Mail.objects.get().given_up_at is None
    settings.SENDS_MAIL = True
    assert actions.send_waiting(at=NOW + actions.TOO_OLD_AFTER + timedelta(minutes=1)) == 0
    assert Mail.objects.get().given_up_at is not None


def test_a_subject_with_line_breaks_cannot_add_headers(post: list[Any]) -> None:
    actions.write(to="a@example.org", subject="ผล\r\nBcc: x@example.org", text="", about="", at=NOW)
    actions.send_waiting(at=NOW)
    assert post[0].subject == "ผล Bcc: x@example.org"
    assert post[0].bcc == []


def test_the_log_says_that_a_mail_failed_but_not_to_whom(
    settings: Any, caplog: pytest.LogCaptureFixture
) -> None:
    settings.SENDS_MAIL, settings.EMAIL_BACKEND = True, f"{__name__}.{Refusing.__name__}"
    write(to="malee@example.org")
    actions.send_waiting(at=NOW)
    assert "was not sent: SMTPRecipientsRefused" in caplog.text
    assert "malee" not in caplog.text
    assert "malee@example.org" in Mail.objects.get().error
