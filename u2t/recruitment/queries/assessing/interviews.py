"""Who interviews whom, how far it is, and what the points come to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone

from u2t.people.models import Account
from u2t.recruitment.models import Application, Call, Criterion, Interview, Interviewer, Mark
from u2t.recruitment.rules import assigning, scoring
from u2t.thai import fold


def scales_of(call: Call) -> list[scoring.Scale]:
    """The call's criteria as the rules know them, in order."""
    return [scoring.Scale(one.pk, one.max_points, one.weight) for one in criteria_of(call)]


def criteria_of(call: Call) -> list[Criterion]:
    """The call's criteria, in order."""
    return list(Criterion.objects.filter(call=call).order_by("position", "id"))


def open_or_locked(call: Call) -> QuerySet[Interview]:
    """Interviews of the call that nobody declined."""
    return Interview.objects.filter(application__call=call, declined_at=None)


def standings(call: Call, applications: Iterable[int] | None = None) -> dict[int, scoring.Standing]:
    """Where the scoring of each application stands; of those without any interviewer nothing is said."""
    rows = open_or_locked(call)
    if applications is not None:
        rows = rows.filter(application__in=list(applications))
    scales = scales_of(call)
    points: dict[int, dict[int, int]] = defaultdict(dict)
    of_locked = rows.filter(locked_at__isnull=False).values("pk")
    for interview, criterion, given in Mark.objects.filter(interview__in=of_locked).values_list(
        "interview_id", "criterion_id", "points"
    ):
        points[interview][criterion] = given
    sheets: dict[int, list[scoring.Sheet]] = defaultdict(list)
    for row in rows.values_list("pk", "application_id", "is_third", "is_absent", "locked_at"):
        sheets[row[1]].append(_sheet(scales, points[row[0]], *row[2:]))
    return {
        key: scoring.standing(found, call.interviewers_needed, call.spread_limit)
        for key, found in sheets.items()
    }


def _sheet(
    scales: Sequence[scoring.Scale],
    points: dict[int, int],
    is_third: bool,
    is_absent: bool | None,
    locked_at: datetime | None,
) -> scoring.Sheet:
    if locked_at is None:
        return scoring.Sheet(False, is_extra=is_third)
    return scoring.Sheet(True, None if is_absent else scoring.total(scales, points), is_third)


def candidates(call: Call, text: str = "") -> QuerySet[Account]:
    """Active accounts of the round's lecturers, the institution's staff and the agencies' people, by name.

    Those appointed already and the call's own applicants are left out.
    """
    round = call.round
    belongs = (
        Q(person__lectureships__round=round)
        | Q(duties__institution=round.institution_id, duties__ended_at=None)
        | Q(person__agency_posts__agency__participations__round=round, person__agency_posts__ended_at=None)
    )
    found = Account.objects.filter(belongs, is_active=True, person__isnull=False)
    found = found.exclude(pk__in=Interviewer.objects.filter(call=call, ended_at=None).values("account"))
    found = found.exclude(
        pk__in=Application.objects.filter(call=call, account__isnull=False).values("account")
    )
    key = fold.fold(text)
    if key:
        found = found.filter(person__search_key__contains=key)
    return found.select_related("person").distinct().order_by("person__given_name", "person__surname", "pk")


def interviewers(call: Call) -> QuerySet[Interviewer]:
    """The interviewers of a call that still are, with ``given``, ``locked`` and ``declined`` counts."""
    kept = Q(interviews__declined_at=None, interviews__application__withdrawn_at=None)
    return (
        Interviewer.objects.filter(call=call, ended_at=None)
        .select_related("account__person")
        .annotate(
            given=Count("interviews", filter=kept),
            locked=Count("interviews", filter=Q(interviews__locked_at__isnull=False)),
            declined=Count("interviews", filter=Q(interviews__declined_at__isnull=False)),
        )
        .order_by("account__person__given_name", "pk")
    )


def loads(call: Call) -> assigning.Loads:
    """What each interviewer of the call has now."""
    found = assigning.Loads(
        dict.fromkeys(
            Interviewer.objects.filter(call=call, ended_at=None).order_by("pk").values_list("pk", flat=True),
            0,
        )
    )
    rows = open_or_locked(call).filter(interviewer__ended_at=None, application__withdrawn_at=None)
    for interviewer, begins, place in rows.values_list(
        "interviewer_id", "application__interview_at", "application__interview_place"
    ):
        local = timezone.localtime(begins).replace(tzinfo=None) if begins else None
        found.take(interviewer, assigning.Wanted(0, 1, begins=local, place=place))
    return found


def wanted(call: Call, applications: QuerySet[Application], *, third: bool = False) -> list[assigning.Wanted]:
    """How many more interviewers each of these applications needs; ``third`` asks for one more in any case.

    Nobody is wanted for the own application: who was appointed first may still have applied afterwards.
    """
    own = dict(Interviewer.objects.filter(call=call, ended_at=None).values_list("account_id", "pk"))
    keys = set(applications.values_list("pk", flat=True))
    rows = Interview.objects.filter(application__call=call).values_list(
        "application_id", "interviewer_id", "declined_at", "locked_at", "is_absent", "is_third"
    )
    taken: dict[int, set[int]] = defaultdict(set)
    counts: dict[int, int] = defaultdict(int)
    absences: dict[int, int] = defaultdict(int)
    for key, interviewer, declined, locked, absent, extra in rows:
        if key not in keys:
            continue
        taken[key].add(interviewer)
        if declined is None and not extra:
            is_absence = bool(locked and absent)
            absences[key] += is_absence
            counts[key] += not is_absence
    found = []
    for one in applications.values("pk", "account_id", "interview_at", "interview_place"):
        # Where some say absent and others do not, the absent ones are replaced; where all say so, nothing is owed.
        settled = counts[one["pk"]] + (absences[one["pk"]] if not counts[one["pk"]] else 0)
        count = 1 if third else max(call.interviewers_needed - settled, 0)
        if count:
            begins = one["interview_at"]
            local = timezone.localtime(begins).replace(tzinfo=None) if begins else None
            not_these = taken[one["pk"]] | ({own[one["account_id"]]} if one["account_id"] in own else set())
            found.append(
                assigning.Wanted(one["pk"], count, frozenset(not_these), local, one["interview_place"])
            )
    return found


def mine(account: Account, call: Call) -> QuerySet[Interview]:
    """The account's own interviews of the call, by time, with how many criteria have points (``marked``)."""
    return (
        open_or_locked(call)
        .filter(interviewer__account=account, interviewer__ended_at=None, application__withdrawn_at=None)
        .select_related("application__category", "application__call__round", "interviewer")
        .annotate(marked=Count("marks"))
        .order_by(F("application__interview_at").asc(nulls_last=True), "application__number")
    )


@dataclass(frozen=True)
class OwnLine:
    """A call for which somebody interviews, with how many of their interviews are locked."""

    call: Call
    total: int
    locked: int


def own_lines(account: Account) -> list[OwnLine]:
    """The calls for which the account interviews now."""
    kept = Q(interviews__declined_at=None, interviews__application__withdrawn_at=None)
    rows = (
        Interviewer.objects.filter(account_id=account.pk, ended_at=None, call__cancelled_at=None)
        .select_related("call__round")
        .annotate(
            total=Count("interviews", filter=kept),
            locked=Count("interviews", filter=kept & Q(interviews__locked_at__isnull=False)),
        )
        .order_by("call__closes_at", "pk")
    )
    return [OwnLine(row.call, row.total, row.locked) for row in rows]


@dataclass(frozen=True)
class Clash:
    """An interviewer who is wanted for several applicants at one moment."""

    interviewer: Interviewer
    at: datetime
    applications: list[Application]


def clashes(call: Call) -> list[Clash]:
    """Interviewers with several applicants at one moment."""
    rows = (
        open_or_locked(call)
        .filter(
            application__interview_at__isnull=False,
            application__withdrawn_at=None,
            interviewer__ended_at=None,
        )
        .select_related("interviewer__account__person", "application__call__round")
        .order_by("application__interview_at", "interviewer_id")
    )
    together: dict[tuple[int, datetime], list[Interview]] = defaultdict(list)
    twice = (
        rows.order_by()
        .values("interviewer_id", "application__interview_at")
        .annotate(n=Count("pk"))
        .filter(n__gt=1)
        .values_list("interviewer_id", "application__interview_at")
    )
    keys = set(twice)
    if not keys:
        return []
    for row in rows.filter(interviewer__in={key[0] for key in keys}):
        key = (row.interviewer_id, row.application.interview_at)
        if key in keys:
            together[key].append(row)  # type: ignore[index]
    return [
        Clash(found[0].interviewer, key[1], [one.application for one in found])
        for key, found in together.items()
    ]
