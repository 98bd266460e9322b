"""How far the interviews of a call are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from u2t.recruitment.models import Application, Call, Interview
from u2t.recruitment.queries import assessing
from u2t.recruitment.queries.assessing import interviews, lists
from u2t.recruitment.rules.scoring import Standing
from u2t.thai import fold

SHOWN = {
    "all": gettext_lazy("All"),
    "no_time": gettext_lazy("Without a time"),
    "lacking": gettext_lazy("Interviewers lacking"),
    "open": gettext_lazy("Not scored yet"),
    "third": gettext_lazy("With a third interviewer"),
    "absent": gettext_lazy("Absent"),
    "scored": gettext_lazy("Scored"),
}


@dataclass(frozen=True)
class Progress:
    """How far the interviews are; all count applications with the right to one."""

    passed: int
    timed: int
    lacking: int
    scored: int
    absent: int
    third: int

    @property
    def untimed(self) -> int:
        return self.passed - self.timed


@dataclass(frozen=True)
class Line:
    """An application in the office's list of interviews; names of those who have not declined."""

    application: Application
    interviewers: list[tuple[str, bool]]
    standing: Standing | None
    score: str

    @property
    def locked(self) -> int:
        return sum(is_locked for _name, is_locked in self.interviewers)

    @property
    def state(self) -> tuple[str, object]:
        """Mark and words."""
        if self.application.score is not None:
            return "ok", _("Scored")
        if self.application.scored_at:
            return "warn", _("Absent")
        if self.standing is None:
            return "none", _("Nobody interviews yet")
        return {
            "third": ("warn", _("A third interviewer is needed")),
            "few": ("warn", _("Another interviewer is needed")),
        }.get(self.standing.state, ("wait", _("Being interviewed")))


def progress(call: Call) -> Progress:
    """The figures."""
    passed = assessing.passed(call)
    figures = passed.aggregate(
        passed=Count("pk"),
        timed=Count("pk", filter=Q(interview_at__isnull=False)),
        scored=Count("pk", filter=Q(score__isnull=False)),
        absent=Count("pk", filter=Q(score=None, scored_at__isnull=False)),
    )
    third = passed.filter(_has_third()).count()
    return Progress(**figures, third=third, lacking=len(_lacking(call)))


def found(call: Call, show: str, text: str) -> QuerySet[Application]:
    """Applications with the right to an interview, by time and number, narrowed to a tab and a name or number."""
    rows = (
        assessing.passed(call)
        .select_related("category")
        .order_by(F("interview_at").asc(nulls_last=True), "number")
    )
    if show == "lacking":
        rows = rows.filter(pk__in=_lacking(call))
    else:
        tests = {
            "no_time": Q(interview_at=None, scored_at=None),
            "open": Q(scored_at=None),
            "absent": Q(score=None, scored_at__isnull=False),
            "scored": Q(score__isnull=False),
            "third": _has_third(),
        }
        rows = rows.filter(tests.get(show, Q()))
    if text:
        key = fold.fold(text)
        rows = rows.filter(Q(receipt__icontains=text) | (Q(search_key__contains=key) if key else Q(pk=None)))
    return rows


def lines(call: Call, applications: Sequence[Application]) -> list[Line]:
    """The lines of one page, in a constant number of queries."""
    keys = [application.pk for application in applications]
    names: dict[int, list[tuple[str, bool]]] = defaultdict(list)
    for row in (
        interviews.open_or_locked(call)
        .filter(application__in=keys)
        .select_related("interviewer__account__person")
        .order_by("pk")
    ):
        names[row.application_id].append((str(row.interviewer.account), row.locked_at is not None))
    states = interviews.standings(call, keys)
    return [Line(one, names[one.pk], states.get(one.pk), lists.points(one.score)) for one in applications]


def _has_third() -> Q:
    return Q(Exists(Interview.objects.filter(application=OuterRef("pk"), is_third=True, declined_at=None)))


def _lacking(call: Call) -> list[int]:
    open_ones = assessing.passed(call).filter(scored_at=None)
    short = {one.applicant for one in interviews.wanted(call, open_ones)}
    # Whoever waits for a third one in vain lacks an interviewer too.
    states = interviews.standings(call)
    waiting = {key for key, standing in states.items() if standing.state in ("third", "few")}
    return sorted(short | (waiting & set(open_ones.values_list("pk", flat=True))))
