"""What a call says, as its public page shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from u2t.audit import queries as audit
from u2t.audit.models import Event
from u2t.pages import written
from u2t.programme.models import Category, RoundTambon, Tambon
from u2t.recruitment.models import Call, CallQuota, DocumentKind, Eligibility
from u2t.recruitment.rules import timetable
from u2t.recruitment.words import calls as words
from u2t.recruitment.words import findings


@dataclass(frozen=True)
class State:
    """Where a call stands, in words: the mark of a badge, its text, and when that changes."""

    code: str
    mark: str
    text: str
    more: str


@dataclass(frozen=True)
class Line:
    """A line of the timetable; ``is_past`` and ``is_now`` by the day that was asked about."""

    text: str
    when: str
    place: str = ""
    is_past: bool = False
    is_now: bool = False

    @property
    def mark(self) -> str:
        return "ok" if self.is_past else "wait" if self.is_now else "none"


@dataclass(frozen=True)
class Conditions:
    """Who may apply and what to give: for everybody (``category`` None) or for one category."""

    category: Category | None
    rules: tuple[str, ...]
    required: tuple[str, ...]
    welcome: tuple[str, ...]


@dataclass(frozen=True)
class QuotaRow:
    """A tambon with its slots in the order of the categories; ``None`` where the call looks for nobody."""

    tambon: RoundTambon
    slots: tuple[int | None, ...]

    @property
    def total(self) -> int:
        return sum(number or 0 for number in self.slots)


def state(call: Call, now: datetime) -> State:
    """The state of the call at this moment."""
    code = timetable.state(call.times, now)
    mark, text = words.STATES[code]
    more = {
        "coming": _("Applications open on %(moment)s.") % {"moment": written.moment(call.opens_at, "long")},
        "open": _("Applications are taken until %(moment)s.")
        % {"moment": written.moment(call.closes_at, "long")},
        "grace": _("Applications closed on %(moment)s. Who began in time may still submit until %(last)s.")
        % {
            "moment": written.moment(call.closes_at, "long"),
            "last": written.moment(call.times.last_moment, "long"),
        },
        "closed": _("Applications closed on %(moment)s.")
        % {"moment": written.moment(call.closes_at, "long")},
        "cancelled": call.cancel_reason,
    }.get(code, _("Only the office sees this call."))
    return State(code, mark, str(text), more)


def conditions(call: Call) -> list[Conditions]:
    """Rules and papers, first those for everybody, then by category; groups that say nothing are left out."""
    rules = list(call.eligibility.select_related("category"))
    papers = list(call.documents.all())
    found = []
    for category in (None, *call.round.categories.all()):
        key = category.pk if category else None
        said = tuple(_rule(row) for row in rules if row.category_id == key)
        asked = [row for row in papers if row.category_id == key]
        required = tuple(str(DocumentKind(row.kind).label) for row in asked if row.is_required)
        welcome = tuple(str(DocumentKind(row.kind).label) for row in asked if not row.is_required)
        if said or asked:
            found.append(Conditions(category, said, required, welcome))
    return found


def _rule(row: Eligibility) -> str:
    said = findings.rule_said(row.as_rule())
    if row.valid_from or row.valid_until:
        return _("%(rule)s (in force %(days)s)") % {
            "rule": said,
            "days": written.days(row.valid_from, row.valid_until),
        }
    return said


def timetable_of(call: Call, today: date) -> list[Line]:
    """All lines by date: the call's own moments and its milestones."""
    first, last = written.moment(call.opens_at, "long"), written.moment(call.closes_at, "long")
    lines = [
        (call.opens_at.date(), call.closes_at.date(), _("Taking of applications"), f"{first} – {last}", ""),
        (call.interviews_from, call.interviews_until, _("Interviews"), "", ""),
        (call.results_on, call.results_on, _("Announcement of the results"), "", ""),
        *((row.begins_on, row.ends_on or row.begins_on, row.name, "", row.place_th) for row in call.milestones.all()),
    ]  # fmt: skip
    known = sorted((line for line in lines if line[0] is not None), key=lambda line: (line[0], line[1]))
    return [
        Line(
            text,
            when or written.days(begins, ends),
            place,
            is_past=ends < today,  # type: ignore[operator]
            is_now=begins <= today <= ends,  # type: ignore[operator]
        )
        for begins, ends, text, when, place in known
    ]


def quotas(call: Call, categories: Sequence[Category], search: str = "") -> list[QuotaRow]:
    """Slots by tambon for which the call looks for somebody, narrowed to a name or code of tambon or district."""
    tambons = RoundTambon.objects.with_places().filter(round=call.round_id)
    if search:
        tambons = tambons.filter(tambon__in=Tambon.objects.matching(search))
    slots = {
        (tambon, category): number
        for tambon, category, number in CallQuota.objects.filter(call=call)
        .order_by()
        .values_list("tambon_id", "category_id", "slots")
    }
    rows = (
        QuotaRow(tambon, tuple(slots.get((tambon.pk, category.pk)) or None for category in categories))
        for tambon in tambons
    )
    return [row for row in rows if row.total]


def changes_since_published(call: Call) -> list[Event]:
    """What was changed after publication, the latest first."""
    if call.published_at is None:
        return []
    verbs = ("change_call", "set_quotas", "set_rules", "set_documents", "set_criteria", "set_milestones")
    return list(
        audit.history_of(call).filter(
            at__gt=call.published_at, verb__in=[f"recruitment.{verb}" for verb in verbs]
        )
    )
