"""The vacancy board: empty slots, how long, what they cost, what to do."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from u2t.home.queries import vacancies as queries
from u2t.home.queries.vacancies import Vacancy
from u2t.objections import Objection, refuse_if
from u2t.pages.declare import allow, changes, shows
from u2t.pages.paging import chosen, page_of, typed
from u2t.programme import permissions as programme
from u2t.programme.models import Round
from u2t.recruitment import permissions as recruitment
from u2t.recruitment.actions import calls, composing
from u2t.sheets import write
from u2t.thai import fold

STEPS = {
    "call": gettext_lazy("A reserve can be called"),
    "open": gettext_lazy("A further call is needed"),
    "wait": gettext_lazy("Waiting for people who were offered it"),
    "none": gettext_lazy("Every slot taken"),
}
ORDERS = {
    "place": gettext_lazy("Tambon"),
    "days": gettext_lazy("Longest empty"),
    "money": gettext_lazy("Most money unspent"),
    "empty": gettext_lazy("Most empty slots"),
}
_SORTS = {
    "days": lambda row: -row.days,
    "money": lambda row: -row.unspent,
    "empty": lambda row: -row.empty,
}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _round(request: HttpRequest, round_code: str) -> Round:
    round = get_object_or_404(Round.objects.select_related("institution"), code=round_code)
    allow(programme.may_oversee_round(request.user, round))
    return round


@shows()
def vacancies(request: HttpRequest, round_code: str) -> HttpResponse:
    """Every tambon and category with a slot in which nobody works; all of them where asked for."""
    round = _round(request, round_code)
    found = queries.vacancies(round, timezone.now())
    choice = _choice(request, round)
    rows = _among(found, choice)
    context = {
        "round": round,
        "page": page_of(request, rows, size=60),
        "totals": queries.totals(found),
        "shown": queries.totals(rows),
        "categories": round.categories.order_by("position"),
        "provinces": {
            r.tambon.tambon.district.province_id: r.tambon.tambon.district.province for r in found
        }.values(),
        "steps": STEPS.items(),
        "orders": ORDERS.items(),
        "runs": recruitment.may_compose(request.user, round),
        "open_slots": sum(row.empty for row in rows if row.next_step == "open"),
        "is_filtered": any(value for name, value in choice.items() if name != "order"),
        **choice,
    }
    return render(request, "home/vacancies.html", context)


@shows()
def workbook(request: HttpRequest, round_code: str) -> HttpResponse:
    """The chosen rows as a workbook."""
    round = _round(request, round_code)
    rows = _among(queries.vacancies(round, timezone.now()), _choice(request, round))
    header = [
        _("Tambon code"), _("Tambon"), _("District"), _("Province"), _("Category"), _("Slots"), _("At work"),
        _("Accepted, not reported in yet"), _("Offered"),
        _("Empty"), _("Empty since"), _("Days"), _("Unspent (baht)"), _("Reserves left"),
    ]  # fmt: skip
    content = write.xlsx_bytes(header, [_cells(row) for row in rows], sheet=_("Vacancies"))
    name = f"vacancies-{round.code}.xlsx"
    return HttpResponse(
        content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@changes()
def further_call(request: HttpRequest, round_code: str) -> HttpResponse:
    """Draft a further call for the empty slots of the chosen rows that no reserve waits for."""
    round = _round(request, round_code)
    allow(recruitment.may_compose(request.user, round))
    at = timezone.now()
    rows = _among(queries.vacancies(round, at), _choice(request, round))
    slots = {(row.tambon.tambon_id, row.category.code): row.empty for row in rows if row.next_step == "open"}
    refuse_if([] if slots else [Objection("recruitment.nothing_empty")])
    call = calls.draft_call(round=round, by=request.user, at=at)
    composing.set_quotas(call=call, slots=slots, by=request.user, at=at)
    messages.success(
        request, _("A further call for %(count)s slots was drafted.") % {"count": sum(slots.values())}
    )
    return redirect("recruitment:edit_call", round_code, call.number)


def _cells(row: Vacancy) -> list[object]:
    tambon = row.tambon.tambon
    return [
        tambon.code, tambon.name, tambon.district.name, tambon.district.province.name, row.category.name, row.slots,
        row.working, row.promised, row.offered, row.empty, row.since.isoformat() if row.since else None, row.days,
        row.unspent / 100, row.reserves,
    ]  # fmt: skip


def _choice(request: HttpRequest, round: Round) -> dict[str, Any]:
    codes = list(round.categories.values_list("code", flat=True))
    provinces = list(round.tambons.values_list("tambon__district__province_id", flat=True).distinct())
    return {
        "q": typed(request),
        "category": chosen(request, "category", codes),
        "province": chosen(request, "province", provinces),
        "step": chosen(request, "step", [*STEPS, "all"]),
        "order": chosen(request, "order", ORDERS, "place"),
    }


def _among(found: list[Vacancy], choice: dict[str, Any]) -> list[Vacancy]:
    """The rows that fit; without a chosen step those in which somebody is missing."""
    key = fold.fold(choice["q"])
    rows = [
        row
        for row in found
        if (not key or key in fold.fold(row.tambon.tambon.full_name))
        and choice["category"] in ("", row.category.code)
        and choice["province"] in ("", row.tambon.tambon.district.province_id)
        and (choice["step"] in ("all", row.next_step) or (not choice["step"] and not row.is_filled))
    ]
    return sorted(rows, key=_SORTS[choice["order"]]) if choice["order"] in _SORTS else rows
