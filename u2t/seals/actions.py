"""Sealing, and the keys that seal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import transaction

from u2t.audit.actions import record
from u2t.objections import Objection, refuse_if
from u2t.seals import keys, rules
from u2t.seals.models import Key


def seal(
    *,
    kind: str,
    issuer: str,
    number: str,
    dated_on: date,
    name: str,
    content: Mapping[str, Any],
    at: datetime,
) -> str:
    """Seal one paper: ``content`` is all that it says, of which the seal keeps a digest.

    Who may issue papers of this kind is for the stage to ask; a seal is made inside its transaction.
    """
    return sealer(at=at).sign(
        kind=kind,
        issuer=issuer,
        number=number,
        dated_on=dated_on,
        name=name,
        digest=rules.digest_of(content),
    )


class Sealer:
    """Seals many papers with the key of one moment, without asking for it again."""

    def __init__(self, private: Ed25519PrivateKey) -> None:
        self._private = private

    def sign(self, **said: Any) -> str:
        """As :func:`u2t.seals.rules.sign` without the key."""
        return rules.sign(self._private, **said)


def sealer(*, at: datetime) -> Sealer:
    """What seals now; its public half is published before the first seal of it exists."""
    private = keys.private()
    _published(private, is_demo=not settings.SEAL_KEY_IS_GIVEN, at=at)
    return Sealer(private)


def rotate(*, at: datetime) -> Key:
    """Retire the key of the data folder and make another, which somebody now answers for; old seals stay good.

    Raises :class:`u2t.objections.Refused` where the environment gives the key: then a new one is given there.
    """
    refuse_if([Objection("seals.key_is_given")] if settings.SEAL_KEY_IS_GIVEN else [])
    with transaction.atomic():
        return _published(keys.replace_file(), is_demo=False, at=at)


def _published(private: Ed25519PrivateKey, *, is_demo: bool, at: datetime) -> Key:
    public = rules.public_of(private)
    code = rules.code_of(public)
    known = Key.objects.filter(code=code, retired_at=None).first()
    if known is not None:
        return known
    with transaction.atomic():
        values = {"public_key": rules.encode(public), "is_demo": is_demo, "made_at": at}
        key, is_new = Key.objects.get_or_create(code=code, defaults=values)
        # A key that comes back from the environment is no longer retired.
        Key.objects.filter(pk=key.pk).update(retired_at=None)
        Key.objects.exclude(pk=key.pk).filter(retired_at=None).update(retired_at=at)
        if is_new:
            record(verb="seals.key_published", subject=key, by=None, at=at, note={"code": code})
    key.retired_at = None
    return key
