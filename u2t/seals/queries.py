"""What can be said of a seal or of a number that somebody shows."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from u2t.seals import kinds, rules
from u2t.seals.kinds import Standing
from u2t.seals.models import Key


@dataclass(frozen=True)
class Verdict:
    """What a seal says, whether it holds, and what the register says today.

    ``fits`` is whether the register's paper is the one that was sealed; ``None`` where it knows no such number.
    """

    reading: rules.Reading
    key: Key | None = None
    kind: str = ""
    issuer: str = ""
    standing: Standing | None = None
    fits: bool | None = None

    @property
    def state(self) -> str:
        """``ok``, ``revoked``, ``unlisted``, ``differs``, or the fault of the reading."""
        if self.reading.fault:
            return self.reading.fault
        if self.standing is None:
            return "unlisted"
        if not self.fits:
            return "differs"
        return "revoked" if self.standing.revoked_at else "ok"


def public_keys() -> dict[str, bytes]:
    """Every key that ever sealed, by code."""
    return {key.code: rules.decode(key.public_key) for key in Key.objects.all()}


def demo_keys() -> frozenset[str]:
    """Codes of the keys that nobody answers for."""
    return frozenset(Key.objects.filter(is_demo=True).values_list("code", flat=True))


def verdict(text: str) -> Verdict:
    """What can be said of a scanned or pasted seal."""
    keys = {key.code: key for key in Key.objects.all()}
    retired = {
        key.code: timezone.localdate(key.retired_at) for key in keys.values() if key.retired_at is not None
    }
    public = {code: rules.decode(key.public_key) for code, key in keys.items()}
    reading = rules.read(rules.seal_in(text), public, retired)
    said = reading.statement
    if said is None:
        return Verdict(reading, keys.get(reading.key))
    standing = kinds.look_up(said.kind, said.issuer, said.number)
    return Verdict(
        reading,
        keys[said.key],
        kinds.labels().get(said.kind, said.kind),
        kinds.issuers().get(said.issuer, said.issuer),
        standing,
        None if standing is None else standing.digest == said.digest,
    )


@dataclass(frozen=True)
class PublishedKey:
    """A key as it is published: bytes as base64url, days as ISO."""

    code: str
    public_key: str
    is_demo: bool
    made_on: str
    retired_on: str | None


def published() -> list[PublishedKey]:
    """All keys, the oldest first."""
    return [
        PublishedKey(
            key.code,
            key.public_key,
            key.is_demo,
            timezone.localdate(key.made_at).isoformat(),
            timezone.localdate(key.retired_at).isoformat() if key.retired_at else None,
        )
        for key in Key.objects.order_by("made_at", "pk")
    ]
