"""What is kept of whom until when, as the office, the applicant and the eraser see it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone

from u2t.audit.models import Event
from u2t.people import identity
from u2t.programme.models import Round
from u2t.recruitment.models import Appeal, Application, Call, Document, Hold, Offer, Outcome, Selection
from u2t.recruitment.rules import retention

_ENDED = Q(declined_at__isnull=False) | Q(lapsed_at__isnull=False)
_ENDED |= Q(no_show_at__isnull=False) | Q(taken_back_at__isnull=False)


@dataclass(frozen=True)
class Keeping:
    """An application that is still there: when it falls due, and what stops that."""

    pk: int
    number: int | None
    due_at: datetime
    stops: tuple[str, ...]
    is_draft: bool

    def is_due(self, at: datetime) -> bool:
        return not self.stops and self.due_at <= at


def facts_of(call: Call) -> retention.CallFacts:
    """The call as the rule sees it."""
    announced = Selection.objects.filter(call=call, announced_at__isnull=False)
    expected = call.results_on and timezone.make_aware(datetime.combine(call.results_on, time()))
    return retention.CallFacts(
        closes_at=call.closes_at,
        retention_days=call.retention_days,
        announced_at=announced.order_by("-announced_at").values_list("announced_at", flat=True).first(),
        cancelled_at=call.cancelled_at,
        results_expected_at=expected or None,
    )


def keepings(call: Call, keys: Collection[int] | None = None) -> list[Keeping]:
    """All applications of the call that are not erased yet, or these of them, in a constant number of queries."""
    about = facts_of(call)
    holds_all = Hold.objects.filter(call=call, application=None, ended_at=None).exists()
    rows = Application.objects.filter(call=call, erased_at=None)
    if keys is not None:
        rows = rows.filter(pk__in=keys)
    return [_keeping(about, row, holds_all) for row in _with_stops(rows)]


def _with_stops(rows: QuerySet[Application]) -> Iterable[tuple[object, ...]]:
    mine = {"application": OuterRef("pk")}
    offers = Offer.objects.filter(**mine)
    return rows.order_by("pk").values_list(
        "pk", "number", "receipt", "withdrawn_at",
        Exists(Outcome.objects.filter(**mine)),
        Exists(offers.filter(worker__isnull=False)),
        Exists(offers.filter(worker=None).exclude(_ENDED)),
        Exists(Appeal.objects.filter(**mine, answered_at=None)),
        Exists(Hold.objects.filter(**mine, ended_at=None)),
    )  # fmt: skip


def _keeping(call: retention.CallFacts, row: tuple[object, ...], holds_all: bool) -> Keeping:
    pk, number, receipt, withdrawn_at, considered, hired, offered, appealed, held = row
    said = {
        retention.HIRED: hired,
        retention.OFFERED: offered,
        retention.APPEALED: appealed,
        retention.HELD: held or holds_all,
    }
    facts = retention.Facts(
        was_submitted=receipt is not None,
        withdrawn_at=withdrawn_at,  # type: ignore[arg-type]
        was_considered=bool(considered),
        stops=tuple(word for word, is_so in said.items() if is_so),
    )
    return Keeping(
        pk=pk,  # type: ignore[arg-type]
        number=number,  # type: ignore[arg-type]
        due_at=retention.due_at(call, facts),
        stops=facts.stops,
        is_draft=receipt is None,
    )


def keeping_of(application: Application) -> Keeping | None:
    """Of one application; ``None`` where it is erased."""
    found = keepings(application.call, [application.pk])
    return found[0] if found else None


def calls_with_something_due(at: datetime) -> list[Call]:
    """Calls of which something might be due: those that have been closed for a while, and withdrawn applications."""
    closed = Q(call__closes_at__lte=at - timedelta(days=1)) | Q(call__cancelled_at__lte=at)
    waiting = Application.objects.filter(closed | Q(withdrawn_at__lte=at), erased_at=None)
    return list(Call.objects.filter(pk__in=waiting.values("call")).select_related("round").order_by("pk"))


@dataclass(frozen=True)
class CallSummary:
    """A line of the office's page."""

    call: Call
    counted_from: datetime
    due_now: int
    drafts: int
    submitted: int
    next_at: datetime | None
    hired: int
    stopped: int
    erased: int
    papers: int
    holds: list[Hold]

    @property
    def kept(self) -> int:
        return self.drafts + self.submitted


def summaries(round: Round, at: datetime) -> list[CallSummary]:
    """The calls of the round, the latest first."""
    calls = Call.objects.filter(round=round).select_related("round").order_by("-number")
    return [_summary(call, at) for call in calls]


def _summary(call: Call, at: datetime) -> CallSummary:
    kept = keepings(call)
    running = [one for one in kept if not one.stops]
    hired = sum(retention.HIRED in one.stops for one in kept)
    holds = Hold.objects.filter(call=call).select_related(
        "application", "begun_by__person", "ended_by__person"
    )
    return CallSummary(
        call=call,
        counted_from=retention.counted_from(facts_of(call)),
        due_now=sum(one.is_due(at) for one in kept),
        drafts=sum(one.is_draft for one in kept),
        submitted=sum(not one.is_draft for one in kept),
        next_at=min((one.due_at for one in running), default=None),
        hired=hired,
        stopped=len(kept) - len(running) - hired,
        erased=Application.objects.filter(call=call, erased_at__isnull=False).count(),
        papers=Document.objects.filter(application__call=call, file__erased_at=None).count(),
        holds=list(holds),
    )


@dataclass(frozen=True)
class Reading:
    """Somebody opened papers or the ID number of an application."""

    at: datetime
    verb: str
    count: int = 1


_READINGS = ("recruitment.read_paper", "recruitment.read_citizen_id")


def readings(application: Application) -> list[Reading]:
    """When the office opened papers or the ID number, a line a day and kind, newest first."""
    subject = f"{application._meta.app_label}.{application._meta.object_name}:{application.pk}"
    found = Event.objects.filter(subject=subject, verb__in=_READINGS).values_list("at", "verb")
    days: dict[tuple[object, str], Reading] = {}
    for at, verb in found.order_by("-at"):
        key = (timezone.localtime(at).date(), verb)
        former = days.get(key)
        days[key] = Reading(former.at, verb, former.count + 1) if former else Reading(at, verb)
    return list(days.values())


def all_of(application: Application) -> dict[str, object]:
    """Everything that is kept about the applicant, as plain values for a file; bytes only by their kind and size.

    Points are told with the results: before, they would be out while a selection is still made of them.
    """
    row = Application.objects.filter(pk=application.pk).annotate(call_name=F("call__name_th")).get()
    announced = Selection.objects.filter(call=row.call_id, announced_at__isnull=False)
    is_told = row.call.cancelled_at is not None or announced.exists()
    unsaid = _UNSAID if is_told else _UNSAID | {"score"}
    fields = [f for f in Application._meta.concrete_fields if f.name not in unsaid]
    papers = Document.objects.filter(application=row, file__erased_at=None).select_related("file")
    return {
        "call": row.call_name,  # type: ignore[attr-defined]
        "application": {field.name: _plain(row, field.name) for field in fields},
        "citizen_id": identity.unseal(row.citizen_id_sealed) if row.citizen_id_sealed else None,
        "choices": [str(choice.tambon) for choice in application.choices.all()],
        "skills": [str(skill) for skill in row.skills.all()],
        "experiences": list(row.experiences.values("kind", "what", "where", "begins_on", "ends_on", "hours")),
        "papers": [
            {"kind": p.kind, "name": p.name, "type": p.file.content_type, "size": p.file.size,
             "uploaded_at": p.uploaded_at, "removed_at": p.removed_at}
            for p in papers
        ],
        "screenings": list(row.screenings.values("is_passed", "findings", "note", "decided_at")),
        "overrides": list(row.overrides.values("rule__kind", "is_met", "reason", "decided_at")),
        "results": list(row.outcomes.filter(selection__announced_at__isnull=False).values("kind", "place", "why")),
        "offers": list(row.offers.values("made_at", "answer_until", "accepted_at", "declined_at", "decline_reason")),
        "appeals": list(row.appeals.values("text", "filed_at", "answer", "is_upheld", "answered_at")),
        "readings": [{"at": one.at, "what": one.verb, "count": one.count} for one in readings(application)],
    }  # fmt: skip


# Keys of our own tables, and what nobody can read.
_UNSAID = frozenset(
    {"id", "call", "account", "citizen_id_sealed", "citizen_id_digest", "search_key", "brought_in_by"}
)


def _plain(row: Application, name: str) -> object:
    value = getattr(row, name)
    return str(value) if hasattr(value, "pk") else value
