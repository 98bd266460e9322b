"""Reads of screening and interviews. What others ask most often stands here."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from u2t.recruitment.models import Application, Call, Outcome, Screening


def screened(application: Application) -> Screening | None:
    """The decision that counts, which is the last one."""
    return application.screenings.order_by("-id").first()


def has_passed(application: Application) -> bool:
    """The office has let the application go on to the interview."""
    last = screened(application)
    return last is not None and last.is_passed


def live(call: Call) -> QuerySet[Application]:
    """Applications of a call that were handed in and neither withdrawn nor erased, with ``passed``.

    ``passed`` is what the last screening decided, None where there was none.
    """
    last = Screening.objects.filter(application=OuterRef("pk")).order_by("-id")
    return (
        Application.objects.filter(call=call, submitted_at__isnull=False, withdrawn_at=None, erased_at=None)
        .annotate(passed=Subquery(last.values("is_passed")[:1]))
        .order_by("number")
    )


def passed(call: Call) -> QuerySet[Application]:
    """Those of :func:`live` that have the right to an interview."""
    return live(call).filter(passed=True)


def is_decided(application: Application) -> bool:
    """An adopted selection has judged the application: what it was judged by stays as it was."""
    return Outcome.objects.filter(application=application, selection__adopted_at__isnull=False).exists()


def undecided(applications: QuerySet[Application]) -> QuerySet[Application]:
    """Those that no adopted selection has judged."""
    judged = Outcome.objects.filter(application=OuterRef("pk"), selection__adopted_at__isnull=False)
    return applications.filter(~Exists(judged))
