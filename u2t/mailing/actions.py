"""Ask for mails and send them. The sending is a regular job; nobody waits for a mail server."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.db.models import F, Q

from u2t.mailing.models import Mail

logger = logging.getLogger(__name__)

WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
"""How long after each failure a mail is tried again; after the last one it is given up."""

TOO_OLD_AFTER = timedelta(days=3)
"""What could not go out for so long tells nothing new any more."""

_AT_ONCE = 200
_ASKED_AT_ONCE = 400


class News(NamedTuple):
    """What :func:`write_many` writes: to whom, what, and what it is about."""

    to: str
    subject: str
    text: str
    about: str


def write(*, to: str, subject: str, text: str, about: str, at: datetime) -> Mail | None:
    """Put a mail into the outbox, in the caller's transaction: if that fails, nothing was told.

    ``about`` names the thing told ("offer:17 made"). ``None`` where there is no address or this address was told
    already; an empty ``about`` is never taken for told.
    """
    written = write_many(news=[News(to, subject, text, about)], at=at)
    return written[0] if written else None


def write_many(*, news: Iterable[News], at: datetime) -> list[Mail]:
    """The same for thousands, in a few statements; answers those that are new."""
    wanted = {
        (one.to.strip(), one.about or str(number)): one for number, one in enumerate(news) if one.to.strip()
    }
    mails = [
        Mail(to=to, subject=" ".join(one.subject.split())[:200], text=one.text, about=one.about, asked_at=at)
        for (to, _about), one in wanted.items()
    ]
    with transaction.atomic():
        told: set[tuple[str, str]] = set()
        abouts = sorted({mail.about for mail in mails if mail.about})
        for start in range(0, len(abouts), _ASKED_AT_ONCE):
            part = abouts[start : start + _ASKED_AT_ONCE]
            told.update(Mail.objects.filter(about__in=part).values_list("to", "about"))
        fresh = [mail for mail in mails if (mail.to, mail.about) not in told]
        # Somebody else may tell the same at this moment: the constraint lets one of both through.
        Mail.objects.bulk_create(fresh, ignore_conflicts=True)
    return fresh


def send_waiting(*, at: datetime) -> int:
    """Send what waits and is due, oldest first; answers how many went out. Without a mail server nothing does.

    Each mail is claimed and stored before it is handed over, and one whose sender died meanwhile is given up: to be
    told nothing is mended by the page, which says the same; to be told twice is not.
    """
    _give_up_stale(at)
    if not settings.SENDS_MAIL:
        return 0
    due = Mail.objects.filter(sent_at=None, given_up_at=None).filter(_due(at))
    sent = 0
    connection = get_connection()
    for key in list(due.values_list("pk", flat=True)[:_AT_ONCE]):
        sent += _send(key, connection, at)
    connection.close()
    return sent


def _due(at: datetime) -> Q:
    due = Q(attempts=0)
    for number, wait in enumerate(WAITS, start=1):
        due |= Q(attempts=number, tried_at__lte=at - wait) & ~Q(error="")
    return due


def _send(key: int, connection: BaseEmailBackend, at: datetime) -> bool:
    mail = Mail.objects.get(pk=key)
    claimed = Mail.objects.filter(pk=key, attempts=mail.attempts, sent_at=None, given_up_at=None).update(
        attempts=F("attempts") + 1, tried_at=at, error=""
    )
    if not claimed:
        return False
    # The same name at every attempt: a server that got it in spite of an error recognizes it.
    headers = {"Message-ID": f"<mail-{mail.pk}-{mail.asked_at:%Y%m%d%H%M%S}@{_host()}>"}
    message = EmailMessage(mail.subject, mail.text, None, [mail.to], headers=headers, connection=connection)
    try:
        message.send()
    except Exception as error:
        # What the server says names the address; that stands in the row, which is erased in time, a log is not.
        logger.warning("mail %s was not sent: %s", key, type(error).__name__)
        is_last = mail.attempts + 1 > len(WAITS)
        said = (str(error) or type(error).__name__)[:300]
        Mail.objects.filter(pk=key).update(error=said, given_up_at=at if is_last else None)
        return False
    Mail.objects.filter(pk=key).update(sent_at=at)
    return True


def _host() -> str:
    return str(settings.DEFAULT_FROM_EMAIL).rpartition("@")[2].strip(" >") or "localhost"


def _give_up_stale(at: datetime) -> None:
    waiting = Mail.objects.filter(sent_at=None, given_up_at=None)
    waiting.filter(asked_at__lt=at - TOO_OLD_AFTER).update(given_up_at=at)
    waiting.filter(attempts__gt=0, error="", tried_at__lt=at - timedelta(hours=1)).update(
        given_up_at=at, error="interrupted"
    )
