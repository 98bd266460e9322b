"""What a device sends: JSON turned into scans, or one plain objection."""

from __future__ import annotations

import json
import uuid
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from u2t.objections import Objection, Refused
from u2t.orientation.actions.checking_in import Teller, Told

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)
# The year 3807: a moment put right by the difference of two such clocks is still a date.
_MOST_MS = 58_000_000_000_000
AT_MOST = 1_000


@dataclass(frozen=True, slots=True)
class Sending:
    """One sending of a device."""

    device: Teller
    device_now: datetime
    scans: tuple[Told, ...]


def read(body: bytes) -> Sending:
    """The sending in a request; raises :class:`Refused` for anything that our page does not send."""
    try:
        told = json.loads(body)
        scans = tuple(_scan(one) for one in told["scans"])
        if len(scans) > AT_MOST:
            raise ValueError("too many at once")
        return Sending(_device(told["device"]), _moment(told["now"]), scans)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Refused([Objection("orientation.unreadable_scans")]) from error


def _device(told: dict[str, Any]) -> Teller:
    label = " ".join(_text(told.get("label")).split())[:100]
    waiting = min(max(_whole(told.get("waiting", 0)), 0), 1_000_000)
    return Teller(uuid.UUID(told["id"]), label, waiting, told.get("done") is True)


def _scan(told: dict[str, Any]) -> Told:
    direction, how = told["direction"], told["how"]
    if direction not in {"in", "out"} or how not in {"camera", "search", "typed"}:
        raise ValueError("no such direction or way")
    number = told.get("number")
    return Told(
        key=uuid.UUID(told["id"]),
        session=_bounded(told["session"]),
        direction=direction,
        how=how,
        device_at=_moment(told["at"]),
        order=_whole(told["order"]),
        text=_text(told.get("text"))[:300],
        number=None if number is None else _bounded(number),
    )


def _text(value: object) -> str:
    """A text that a database can hold: without null characters and halves of characters, which JSON allows."""
    return str(value or "").replace("\x00", "").encode("utf-8", "replace").decode("utf-8")


def _whole(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int):
        raise TypeError("not a whole number")
    return value


def _bounded(value: object) -> int:
    whole = _whole(value)
    if not 0 <= whole < 2**31:
        raise ValueError("beyond every key")
    return whole


def _moment(value: object) -> datetime:
    """Milliseconds since 1970, as a browser's clock counts them."""
    counted = value if isinstance(value, float) else _whole(value)
    if not 0 <= counted <= _MOST_MS:
        raise ValueError("beyond every calendar")
    return _BEGINNING + timedelta(milliseconds=round(counted))
