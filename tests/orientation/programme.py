"""Sessions, passes and scans for tests, as the office and the devices make them."""

from __future__ import annotations

import uuid
from datetime import datetime, timedelta
from typing import Any

from tests.factories import NOW
from u2t.orientation.actions import checking_in, passes
from u2t.orientation.actions import sessions as sessions_of
from u2t.orientation.models import Pass, Session
from u2t.programme.models import Round

MORNING = NOW.replace(hour=9, minute=0)


def session(
    round: Round, name: str = "ปฐมนิเทศ", *, begins: datetime = MORNING, hours: float = 3, **changed: Any
) -> Session:
    """A session of three hours in the big hall, for everybody."""
    values = {
        "name_th": name,
        "place_th": "หอประชุมใหญ่",
        "begins_at": begins,
        "ends_at": begins + timedelta(hours=hours),
        **changed,
    }
    return sessions_of.add_session(round=round, by=None, at=NOW, **values)


def tokens(round: Round) -> dict[int, str]:
    """Passes for everybody, by the worker's number."""
    passes.issue_passes(round=round, by=None, at=NOW)
    return dict(Pass.objects.filter(worker__round=round).values_list("worker__number", "token"))


def teller(label: str = "ประตู 1") -> checking_in.Teller:
    return checking_in.Teller(uuid.uuid4(), label)


def told(
    session: Session, text: str = "", *, at: datetime, way: str = "in", order: int = 1, **more: Any
) -> checking_in.Told:
    """A scan as a device tells it, by its own clock."""
    values = {"key": uuid.uuid4(), "how": "camera", **more}
    return checking_in.Told(session=session.pk, direction=way, device_at=at, order=order, text=text, **values)
