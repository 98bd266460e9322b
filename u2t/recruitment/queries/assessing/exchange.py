"""The list of interviews as a workbook, and what a workbook that comes back is checked against."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Prefetch, QuerySet
from django.utils import timezone

from u2t.pages import written
from u2t.recruitment.models import Application, Call, Choice, Interview
from u2t.recruitment.queries import assessing
from u2t.recruitment.queries.assessing import lists
from u2t.recruitment.rules import returned
from u2t.sheets import write


def applications(call: Call) -> QuerySet[Application]:
    """Applications with the right to an interview, by time and number."""
    ranked = Choice.objects.filter(rank=1).select_related("tambon__tambon__district__province")
    given = Interview.objects.filter(declined_at=None).select_related("interviewer__account__person")
    return (
        assessing.passed(call)
        .select_related("category")
        .defer("citizen_id_sealed", "talents")
        .prefetch_related(Prefetch("choices", ranked), Prefetch("interviews", given))
        .order_by(F("interview_at").asc(nulls_last=True), "number")
    )


def workbook(call: Call) -> bytes:
    """The list with the headers that :mod:`u2t.recruitment.rules.returned` reads back; no ID numbers."""
    heads = [column.thai for column in returned.columns(date.min)]
    rows = [_texts(one) for one in applications(call)]
    widths = (8, 26, 30, 20, 36, 14, 16, 8, 28, 40, 10)
    return write.xlsx_bytes(heads, rows, sheet="สัมภาษณ์", widths=widths)


def _texts(one: Application) -> tuple[object, ...]:
    local = timezone.localtime(one.interview_at) if one.interview_at else None
    first = next(iter(one.choices.all()), None)
    names = ", ".join(str(interview.interviewer.account) for interview in one.interviews.all())
    given = lists.points(one.score) if one.score is not None else "ขาด" if one.scored_at else ""
    return (
        one.number, one.receipt, one.full_name, one.category.name_th if one.category else "",
        str(first.tambon) if first else "", one.telephone, written.day(local, "short") if local else "",
        f"{local:%H:%M}" if local else "", one.interview_place, names, given,
    )  # fmt: skip


def known(call: Call) -> dict[int, returned.Known]:
    """Every application of the call by number, as it is now."""
    open_ones = set(assessing.undecided(Application.objects.filter(call=call)).values_list("pk", flat=True))
    marked = set(
        Interview.objects.filter(application__call=call, locked_at__isnull=False).values_list(
            "application_id", flat=True
        )
    )
    return {
        one.number or 0: _known(one, one.pk in open_ones, one.pk in marked)
        for one in lists.submitted(call).defer("citizen_id_sealed", "talents")
    }


def _known(one: Application, is_open: bool, is_marked: bool) -> returned.Known:
    objection = ""
    if one.withdrawn_at:
        objection = "application.withdrawn"
    elif not one.passed:  # type: ignore[attr-defined]
        objection = "application.not_passed"
    elif not is_open:
        objection = "application.decided"
    return returned.Known(
        key=one.pk,
        name=one.full_name,
        begins=timezone.localtime(one.interview_at).replace(tzinfo=None) if one.interview_at else None,
        place=one.interview_place,
        score=one.score,
        is_absent=bool(one.scored_at and one.score is None),
        is_marked=is_marked,
        objection=objection,
    )
