"""The announced results as files: application numbers, and names only where the call announces them."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from u2t.letters import fonts, listing
from u2t.recruitment.models import Selection
from u2t.recruitment.queries import results
from u2t.sheets import write
from u2t.thai import dates

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def pdf(selection: Selection) -> bytes:
    """The announcement for printing, in Thai: the selected row by row, the reserves of each place in order."""
    with translation.override("th"):
        return _pdf(selection)


def _pdf(selection: Selection) -> bytes:
    call, found = selection.call, results.by_tambon(selection)
    moment = selection.announced_at or selection.asked_at
    day = timezone.localdate(moment)
    heads = [
        listing.Head(_("Rank"), 1.2, "center"),
        listing.Head(_("Application number"), 2.4, "center"),
        *([listing.Head(_("Name"), 5)] if call.names_announced else []),
        listing.Head(_("Category"), 4),
        listing.Head(_("Result"), 2.2, "center"),
    ]
    groups = [(one.name, _rows(one, bool(call.names_announced))) for one in found]
    return listing.render(
        folder=fonts.prepare(Path(settings.FONTS_DIR)),
        title=_("Results of the selection"),
        lines=[call.name_th, call.round.name, call.round.institution.name_th],
        heads=heads,
        groups=[(name, rows) for name, rows in groups if rows],
        foot=_("Announced %(day)s") % {"day": dates.long_date(day)}
        if selection.announced_at
        else _("Not announced yet"),
        dated_on=day,
    )


def _rows(tambon: results.TambonResult, with_names: bool) -> list[list[str]]:
    rows = []
    for seat in tambon.seats:
        for line in seat.selected:
            name = [line.name] if with_names else []
            rows.append([str(line.place), line.number, *name, seat.category.name, _("Selected")])
    return rows


def reserves_pdf(selection: Selection) -> bytes:
    """The reserve lists for printing, in Thai: one paragraph for each place, in the order of calling."""
    with translation.override("th"):
        call = selection.call
        day = timezone.localdate(selection.announced_at or selection.asked_at)
        groups = [
            (one.name, [[seat.category.name, _running(seat)] for seat in one.seats if seat.reserves])
            for one in results.by_tambon(selection)
        ]
        return listing.render(
            folder=fonts.prepare(Path(settings.FONTS_DIR)),
            title=_("Reserve lists"),
            lines=[call.name_th, call.round.name, call.round.institution.name_th],
            heads=[
                listing.Head(_("Category"), 1),
                listing.Head(_("Application numbers in the order of calling"), 4),
            ],
            groups=[(name, rows) for name, rows in groups if rows],
            foot=_("Announced %(day)s") % {"day": dates.long_date(day)},
            dated_on=day,
        )


def _running(seat: results.SeatResult) -> str:
    return ", ".join(f"({line.place}) {line.number} {line.name}".strip() for line in seat.reserves)


def xlsx(selection: Selection) -> bytes:
    """The same as a workbook, selected and reserves one a row."""
    with_names = bool(selection.call.names_announced)
    header = [
        _("Tambon code"), _("Tambon"), _("Category"), _("Result"), _("Rank"), _("Application number"),
        *([_("Name")] if with_names else []),
    ]  # fmt: skip
    rows = [
        [
            one.code,
            one.name,
            seat.category.name,
            word,
            line.place,
            int(line.number),
            *([line.name] if with_names else []),
        ]
        for one in results.by_tambon(selection)
        for seat in one.seats
        for word, lines in ((_("Selected"), seat.selected), (_("Reserve"), seat.reserves))
        for line in lines
    ]
    return write.xlsx_bytes(header, rows, sheet=_("Results"))
