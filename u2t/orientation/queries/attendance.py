"""Who attended what: scans turned into attendance, for one session, one worker or a whole round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from u2t.orientation.models import Device, Group, Plan, Scan, Session
from u2t.orientation.rules import attendance as rules
from u2t.people.models import Worker
from u2t.programme.models import Round, Tambon
from u2t.sheets import write
from u2t.thai import digits, fold

FLAG_WORDS = {
    rules.DOUBLE: gettext_lazy("scanned twice within two minutes"),
    rules.OUT_WITHOUT_IN: gettext_lazy("out without in"),
    rules.NOT_OUT: gettext_lazy("not checked out"),
    rules.AFTER_END: gettext_lazy("in after the end"),
    rules.BEFORE_DOORS: gettext_lazy("in before the doors opened"),
    rules.OTHER_GROUP: gettext_lazy("session of another group"),
    rules.CANCELLED: gettext_lazy("session was cancelled"),
    rules.DOUBTED: gettext_lazy("the device's clock is in doubt"),
}


def plan_of(round: Round) -> Plan:
    """The round's plan; where none was written yet, one with the usual values that is not stored."""
    return Plan.objects.filter(round=round).first() or Plan(round=round)


def sittings_of(round: Round, sessions: Iterable[Session] | None = None) -> dict[int, rules.Sitting]:
    """The round's sessions by key as the rules see them, cancelled ones too."""
    plan = plan_of(round)
    rows = round.sessions.prefetch_related("groups") if sessions is None else sessions
    return {
        session.pk: rules.Sitting(
            key=session.pk,
            begins_at=session.begins_at,
            ends_at=session.ends_at,
            groups=frozenset(group.pk for group in session.groups.all()),
            is_cancelled=session.cancelled_at is not None,
            late_after=timedelta(minutes=plan.late_after_minutes),
            doors_before=timedelta(minutes=plan.doors_before_minutes),
        )
        for session in rows
    }


def group_of(round: Round) -> dict[int, int]:
    """The group of each worker who is in one, by key."""
    members = Group.workers.through.objects.filter(group__round=round)
    return dict(members.values_list("worker_id", "group_id"))


def sightings(scans: QuerySet[Scan]) -> list[rules.Sighting]:
    """Scans of known people that are not voided, as the rules see them."""
    rows = scans.filter(voided_at=None).exclude(worker=None)
    values = rows.order_by().values_list(
        "id", "worker_id", "session_id", "direction", "scanned_at", "device_id", "is_doubted"
    )
    return [
        rules.Sighting(str(key), worker, session, direction, at, str(device or ""), doubted)
        for key, worker, session, direction, at, device, doubted in values
    ]


def attendance_of(round: Round) -> dict[tuple[int, int], rules.Attendance]:
    """Attendance of everybody in every session of the round, by (worker, session), in a constant number of queries."""
    seen = sightings(Scan.objects.filter(session__round=round))
    return rules.derive(seen, sittings_of(round), group_of(round))


def minutes_of(round: Round) -> dict[int, dict[int, int]]:
    """Minutes attended by worker and session; who was never seen in a session has no entry there."""
    found: dict[int, dict[int, int]] = defaultdict(dict)
    for (worker, session), one in attendance_of(round).items():
        found[worker][session] = one.minutes
    return dict(found)


def of_worker(worker: Worker) -> dict[int, rules.Attendance]:
    """One worker's attendance by session."""
    seen = sightings(Scan.objects.filter(worker=worker, session__round_id=worker.round_id))
    found = rules.derive(seen, sittings_of(worker.round), group_of(worker.round))
    return {session: one for (_worker, session), one in found.items()}


@dataclass(frozen=True)
class Row:
    """One person on the board of a session; ``attendance`` is ``None`` for who has not been seen.

    ``is_out_owed`` says that the session is over and that people were checked out of it.
    """

    worker: Worker
    place: Tambon | None
    group: str
    is_expected: bool
    attendance: rules.Attendance | None
    is_out_owed: bool = False

    @property
    def state(self) -> str:
        """``in``, ``left`` or ``missing``."""
        if self.attendance is None or self.attendance.arrived_at is None:
            return "missing"
        return "in" if self.attendance.is_in else "left"

    @property
    def flags(self) -> list[object]:
        """What is odd, worded; that nobody saw them leave is odd only where the others were seen leaving."""
        found = self.attendance.flags if self.attendance else ()
        return [FLAG_WORDS[flag] for flag in found if flag != rules.NOT_OUT or self.is_out_owed]


def place_of(worker: Worker) -> Tambon | None:
    """The tambon by which people are gathered: where selection sent them, else where they live."""
    return worker.fixed_tambon.tambon if worker.fixed_tambon else worker.home_tambon


def people_of(round: Round) -> QuerySet[Worker]:
    """The round's workers with what names and places need, by number."""
    return Worker.objects.filter(round=round).select_related(
        "person", "fixed_tambon__tambon__district", "home_tambon__district"
    )


def board(session: Session) -> list[Row]:
    """Everybody expected in a session or seen there, by number, in a constant number of queries."""
    round = session.round
    seen = sightings(Scan.objects.filter(session=session))
    groups = group_of(round)
    found = rules.derive(seen, sittings_of(round, [session]), groups)
    names = dict(Group.objects.filter(round=round).values_list("pk", "name"))
    wanted = {group.pk for group in session.groups.all()}
    is_out_owed = session.ends_at < timezone.now() and any(one.direction == rules.OUT for one in seen)
    rows = []
    for worker in people_of(round).order_by("number"):
        group = groups.get(worker.pk)
        expected = worker.left_on is None and (not wanted or group in wanted)
        attendance = found.get((worker.pk, session.pk))
        if expected or attendance:
            rows.append(
                Row(worker, place_of(worker), names.get(group or 0, ""), expected, attendance, is_out_owed)
            )
    return rows


@dataclass(frozen=True)
class Tally:
    """How many of a place or group are expected, have come, and came late."""

    name: str
    expected: int
    came: int
    late: int


def tallies(rows: Iterable[Row], by: str) -> list[Tally]:
    """The rows counted by ``group`` or by ``tambon``."""
    gathered: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        name = row.group if by == "group" else (row.place.full_name if row.place else "")
        gathered[name or "–"].append(row)
    return [
        Tally(
            name,
            sum(row.is_expected for row in of),
            sum(row.state != "missing" for row in of),
            sum(bool(row.attendance and row.attendance.is_late) for row in of),
        )
        for name, of in sorted(gathered.items())
    ]


SHOWS = {
    "all": gettext_lazy("All"),
    "in": gettext_lazy("Inside now"),
    "missing": gettext_lazy("Not yet here"),
    "late": gettext_lazy("Late"),
    "left": gettext_lazy("Left"),
    "odd": gettext_lazy("To look at"),
}


def shown(rows: Iterable[Row], show: str) -> list[Row]:
    """The rows of one tab of the board."""
    wanted = {
        "in": lambda row: row.state == "in",
        "missing": lambda row: row.state == "missing",
        "late": lambda row: bool(row.attendance and row.attendance.is_late),
        "left": lambda row: row.state == "left",
        "odd": lambda row: bool(row.flags),
    }.get(show, lambda row: True)
    return [row for row in rows if wanted(row)]


def matching(rows: Iterable[Row], text: str) -> list[Row]:
    """The rows whose number is, or whose name or tambon has, what was typed."""
    number, key = digits.to_arabic(text), fold.fold(text)
    return [
        row
        for row in rows
        if str(row.worker.number) == number
        or (
            key
            and (key in row.worker.person.search_key or (row.place and key in fold.fold(row.place.name_th)))
        )
    ]


def devices_of(round: Round) -> QuerySet[Device]:
    """The devices of a round, the one that was heard of last first."""
    return round.devices.select_related("enrolled_by__person").order_by("-seen_at")


def workbook(rows: Iterable[Row], local: Mapping[str, str]) -> bytes:
    """The board as an XLSX workbook; ``local`` words the states."""
    heads = (
        _("No."), _("Name"), _("Tambon"), _("Group"), _("State"), _("In"), _("Out"), _("Minutes"),
        _("Late by, minutes"), _("Remarks"),
    )  # fmt: skip
    cells = (
        (
            row.worker.number,
            row.worker.person.full_name,
            row.place.full_name if row.place else "",
            row.group,
            local[row.state],
            _clock(row.attendance.arrived_at) if row.attendance else "",
            _clock(row.attendance.left_at) if row.attendance else "",
            row.attendance.minutes if row.attendance else None,
            row.attendance.late_minutes if row.attendance else None,
            " · ".join(str(flag) for flag in row.flags),
        )
        for row in rows
    )
    return write.xlsx_bytes(
        heads, cells, sheet=_("Attendance"), widths=(8, 34, 40, 18, 14, 10, 10, 10, 14, 44)
    )


def _clock(at: datetime | None) -> str:
    return timezone.localtime(at).strftime("%H:%M") if at else ""
