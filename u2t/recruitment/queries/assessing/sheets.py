"""One applicant's sheets as the office may see them: progress of the open ones, points of the locked ones."""

from __future__ import annotations

from dataclasses import dataclass

from u2t.recruitment.models import Application, Criterion, Interview
from u2t.recruitment.queries.assessing import interviews, lists
from u2t.recruitment.rules import scoring


@dataclass(frozen=True)
class Sheet:
    """One interview; ``points`` and ``total`` only of a locked one, ``marked`` criteria of an open one."""

    interview: Interview
    points: list[tuple[Criterion, int]]
    total: str
    marked: int
    criteria: int

    @property
    def state(self) -> str:
        """*declined*, *locked*, *absent* or *open*."""
        if self.interview.declined_at:
            return "declined"
        if self.interview.locked_at:
            return "absent" if self.interview.is_absent else "locked"
        return "open"


def of(application: Application) -> list[Sheet]:
    """All sheets of an application in the order in which they were given, declined ones too."""
    criteria = interviews.criteria_of(application.call)
    scales = interviews.scales_of(application.call)
    rows = (
        Interview.objects.filter(application=application)
        .select_related("interviewer__account__person", "declined_by__person")
        .prefetch_related("marks")
        .order_by("pk")
    )
    found = []
    for row in rows:
        given = {mark.criterion_id: mark.points for mark in row.marks.all()}
        is_shown = row.locked_at is not None and not row.is_absent
        found.append(
            Sheet(
                row,
                [(one, given[one.pk]) for one in criteria if one.pk in given] if is_shown else [],
                lists.points(scoring.total(scales, given)) if is_shown else "",
                len(given),
                len(criteria),
            )
        )
    return found
