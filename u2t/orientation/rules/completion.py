"""Who has completed orientation: a share of the hours, and the test where there is one. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from u2t.letters import wording
from u2t.objections import Objection
from u2t.orientation.rules.attendance import Sitting

COMPLETED, UNDER_WAY, LACKING = "completed", "under_way", "lacking"
STATES = (COMPLETED, UNDER_WAY, LACKING)

FIELDS = ("project", "hours", "dates", "institution")
"""What the text of a certificate may mention in braces."""

TITLE = "วุฒิบัตร"
TEXT = "ได้ผ่านการปฐมนิเทศผู้ปฏิบัติงาน {project} ระหว่าง{dates} รวม {hours} ชั่วโมง"


@dataclass(frozen=True)
class Demand:
    """What a round asks: at least ``percent`` of the required minutes, and ``test_percent`` of the points if any."""

    percent: int
    test_percent: int | None = None


@dataclass(frozen=True)
class Completion:
    """Where one person stands. Minutes are whole; ``best_percent`` is ``None`` where no test was taken.

    ``owed`` counts the required sessions of the person's own group; ``ahead`` those minutes of them that lie in the
    future, so that somebody who lacks hours on the first day is under way and not lacking.
    """

    owed: int
    attended: int
    ahead: int
    demand: Demand
    best_percent: int | None = None
    has_certificate: bool = False
    lacks: tuple[Objection, ...] = field(default=())

    @property
    def needed(self) -> int:
        """Minutes that have to be attended, rounded up."""
        return -(-self.owed * self.demand.percent // 100)

    @property
    def percent(self) -> int:
        """The attended share of what is owed, rounded down."""
        return 100 * self.attended // self.owed if self.owed else 0

    @property
    def is_complete(self) -> bool:
        return self.has_certificate or not self.lacks

    @property
    def state(self) -> str:
        """One of :data:`STATES`."""
        if self.is_complete:
            return COMPLETED
        return UNDER_WAY if self.ahead else LACKING


def expected(sittings: Iterable[Sitting], group: int | None) -> list[Sitting]:
    """The sessions that somebody of this group has to attend; cancelled ones are nobody's."""
    return [s for s in sittings if not s.is_cancelled and (not s.groups or group in s.groups)]


def completion(
    required: Sequence[Sitting],
    group: int | None,
    minutes: Mapping[int, int],
    demand: Demand,
    results: Iterable[tuple[int, int]],
    *,
    now: datetime,
    has_certificate: bool = False,
) -> Completion | None:
    """Where a person stands at ``now``; ``None`` where nothing is asked of them, which is not the same as done.

    ``required`` are the round's sessions that count, ``minutes`` what the person attended by session, ``results``
    points and most points of each test. Hours in a session of another group count like the own ones, but nobody
    gets more than is owed.
    """
    own = expected(required, group)
    owed = sum(s.minutes for s in own)
    if not owed and demand.test_percent is None and not has_certificate:
        return None
    attended = min(owed, sum(minutes.get(s.key, 0) for s in required if not s.is_cancelled))
    ahead = sum(s.minutes for s in own if s.ends_at > now)
    best = max((100 * points // most for points, most in results), default=None)
    lacks = []
    needed = -(-owed * demand.percent // 100)
    if attended < needed:
        lacks.append(
            Objection("orientation.hours_lacking", {"attended": hours(attended), "needed": hours(needed)})
        )
    if demand.test_percent is not None and best is None:
        lacks.append(Objection("orientation.test_not_taken"))
    elif demand.test_percent is not None and best is not None and best < demand.test_percent:
        about = {"percent": best, "needed": demand.test_percent}
        lacks.append(Objection("orientation.test_not_passed", about))
    return Completion(owed, attended, ahead, demand, best, has_certificate, tuple(lacks))


def hours(minutes: int) -> str:
    """Minutes as people write hours: ``18``, ``4.5``; down to a tenth."""
    tenths = minutes * 10 // 60
    return f"{tenths // 10}.{tenths % 10}" if tenths % 10 else str(tenths // 10)


@dataclass(frozen=True)
class Paper:
    """What the certificates of a round share, and who signs them."""

    title: str
    text: str
    signer_name: str
    signer_post: str
    first_day: date | None
    last_day: date | None


def objections_to_issue(paper: Paper, dated_on: date, today: date) -> tuple[Objection, ...]:
    """Everything against issuing certificates of a round under this date."""
    found = list(wording_objections(paper.text))
    if not paper.signer_name.strip():
        found.append(Objection("orientation.no_signer"))
    if dated_on > today:
        found.append(Objection("orientation.certificate_ahead", {}, "dated_on"))
    if paper.first_day is not None and dated_on < paper.first_day:
        found.append(Objection("orientation.certificate_too_early", {}, "dated_on"))
    return tuple(found)


def wording_objections(text: str) -> tuple[Objection, ...]:
    """Unknown fields and lonely braces of the text, under this part's codes."""
    return tuple(
        Objection(
            "orientation.field_unknown"
            if found.code == "letters.unknown_field"
            else "orientation.brace_alone",
            found.about,
            "certificate_text_th",
        )
        for found in wording.objections(text, FIELDS)
    )
