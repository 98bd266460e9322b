"""Applications against quota."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from u2t.pages.declare import allow, shows
from u2t.pages.paging import chosen, page_of, typed
from u2t.recruitment import permissions
from u2t.recruitment.models import Call
from u2t.recruitment.queries import board as queries
from u2t.recruitment.queries import call_page
from u2t.recruitment.views.calls import call_of
from u2t.sheets import write
from u2t.thai import fold

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def _seen(request: HttpRequest, round_code: str, call: int) -> Call:
    found = call_of(round_code, call)
    allow(permissions.may_see_applications(request.user, found))
    return found


@shows()
def board(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    """Every tambon and category with its applicants, and where slots will stay empty."""
    found = _seen(request, round_code, call)
    whole = queries.board(found)
    filters, cells = _filtered(request, found, whole)
    context = {
        "call": found,
        "round": found.round,
        "state": call_page.state(found, timezone.now()),
        "board": whole,
        "page": page_of(request, cells),
        "tiles": queries.tiles(whole.cells, reverse("recruitment:board", args=[round_code, call])),
        "districts": list(dict.fromkeys(cell.tambon.tambon.district for cell in whole.cells)),
        "categories": found.round.categories.all(),
        "may_screen": permissions.may_screen(request.user, found),
        "is_filtered": any(filters.values()),
        **filters,
    }
    return render(request, "recruitment/board.html", context)


@shows()
def board_xlsx(request: HttpRequest, round_code: str, call: int) -> HttpResponse:
    """The board as a workbook, filtered as the page is."""
    found = _seen(request, round_code, call)
    _filters, cells = _filtered(request, found, queries.board(found))
    header = [
        _("Code"), _("Tambon"), _("Category"), _("Slots"), _("First choice"), _("List it"), _("Eligible"), _("Drafts"),
        _("State"),
    ]  # fmt: skip
    rows = [
        (
            cell.tambon.tambon_id, cell.tambon.tambon.full_name, cell.category.name, cell.slots, cell.first,
            cell.listing, cell.eligible, cell.drafts, cell.state_text,
        )
        for cell in cells
    ]  # fmt: skip
    data = write.xlsx_bytes(header, rows, sheet=_("Applications"), widths=[10, 40, 28, 8, 12, 10, 10, 8, 24])
    name = f"{round_code}-{call}-applications.xlsx"
    return HttpResponse(
        data, content_type=_XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _filtered(
    request: HttpRequest, call: Call, whole: queries.Board
) -> tuple[dict[str, Any], list[queries.Cell]]:
    q = typed(request)
    filters = {
        "district": chosen(request, "district", {c.tambon.tambon.district_id for c in whole.cells}),
        "category": chosen(request, "category", {c.category.code for c in whole.cells}),
        "short": chosen(request, "short", ("yes",)),
    }
    cells = queries.filtered(
        whole.cells,
        search=fold.fold(q),
        district=filters["district"],
        category=filters["category"],
        short=bool(filters["short"]),
    )
    return {"q": q, **filters}, cells
