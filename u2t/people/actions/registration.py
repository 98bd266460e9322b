"""Open an account for oneself, and a new password by e-mail where it was forgotten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode
from django.utils.translation import gettext as _

from u2t.audit import actions as audit
from u2t.mailing import actions as mailing
from u2t.objections import Objection, Refused, refuse_if
from u2t.people import rules
from u2t.people.actions import accounts
from u2t.people.models import Account, FailedLogin, Registration

_WINDOW = timedelta(hours=1)


def register(
    *, name: str, password: str, repeated: str, address: str, trap: str = "", at: datetime
) -> Account:
    """The new account of whoever wrote an e-mail address or a telephone number as user name.

    ``address`` is the network address, of which only a digest is kept for an hour, to bound how many accounts are
    opened from it. Whoever has that account already and writes its password gets it, as by logging in; everybody
    else is told the same, whether or not the name is taken. ``trap`` is a field that nobody sees and only machines
    fill in.
    """
    found = rules.registration_name(name)
    if isinstance(found, Objection):
        raise Refused([found, *_against_password(Account(username="x"), password, repeated)])
    _count(address, at)
    account = Account(username=found, email=found if "@" in found else "", opened_at=at)
    objections = _against_password(account, password, repeated)
    if trap:
        objections.append(Objection("people.trap_filled"))
    # Before the name is looked up: a password that nobody could have tells nothing of whose name is taken.
    refuse_if(objections)
    held = Account.objects.filter(username=found).first()
    if held is not None:
        return _known(held, password, at)
    account.set_password(password)
    try:
        with transaction.atomic():
            account.save()
            audit.record(verb="people.register", subject=account, by=account, at=at)
    except IntegrityError:
        # The other half of a double click registered the name.
        return _known(Account.objects.get(username=found), password, at)
    return account


def _known(account: Account, password: str, at: datetime) -> Account:
    try:
        return accounts.log_in(request=None, username=account.username, password=password, at=at)
    except Refused as refused:
        rests = [one for one in refused.objections if one.code == "people.name_rests"]
        raise Refused(rests or [Objection("people.name_not_free", {}, "name")]) from refused


def _against_password(account: Account, password: str, repeated: str) -> list[Objection]:
    differ = [Objection("people.passwords_differ", {}, "repeated")] if password != repeated else []
    weak = [Objection(one.code, one.about, "password") for one in accounts.weaknesses(password, account)]
    return weak + differ


def _count(address: str, at: datetime) -> None:
    """Note one attempt from this address; refused where there were too many within the hour."""
    key = salted_hmac("u2t.people.registration", address).hexdigest()
    Registration.objects.filter(at__lte=at - _WINDOW).delete()
    if Registration.objects.filter(address_digest=key).count() >= settings.REGISTRATIONS_PER_HOUR:
        raise Refused([Objection("people.too_many_registrations")])
    Registration.objects.create(address_digest=key, at=at)


def ask_new_password(*, name: str, link: Callable[[str, str], str], at: datetime) -> None:
    """Send a link to the account's e-mail address; nothing tells whether there is such an account or address.

    ``link`` makes the address of the page from the account's key and the token. At most one mail every ten minutes.
    """
    account = Account.objects.filter(username=rules.account_name(name), is_active=True).first()
    if account is None or not account.email:
        return
    key = urlsafe_base64_encode(force_bytes(account.pk))
    address = link(key, default_token_generator.make_token(account))
    text = _(
        "Somebody, probably you, asked for a new password for the account %(name)s.\n\nTo choose one, open this page "
        "within two hours:\n%(link)s\n\nIf it was not you, do nothing: your password stays as it is."
    )
    mailing.write(
        to=account.email,
        subject=_("A new password"),
        text=text % {"name": account.username, "link": address},
        about=f"password:{account.pk}:{int(at.timestamp()) // 600}",
        at=at,
    )


def account_of_link(key: str, token: str) -> Account | None:
    """The account for which this link was made, as long as it holds: two hours, once, until the next log-in."""
    try:
        pk = int(urlsafe_base64_decode(key).decode("ascii"))
    except (ValueError, OverflowError):
        return None
    account = Account.objects.filter(pk=pk, is_active=True).first() if 0 < pk < 2**63 else None
    return account if default_token_generator.check_token(account, token) else None


def choose_password(*, key: str, token: str, password: str, repeated: str, at: datetime) -> Account:
    """Set the password of the account whose link this is; whoever was logged in with the old one is logged out."""
    account = account_of_link(key, token)
    if account is None:
        raise Refused([Objection("people.link_over")])
    refuse_if(_against_password(account, password, repeated))
    with transaction.atomic():
        account.set_password(password)
        account.must_change_password = False
        account.save(update_fields=["password", "must_change_password"])
        FailedLogin.objects.filter(username=account.username).delete()
        audit.record(verb="people.choose_password", subject=account, by=account, at=at)
    return account
