"""The navigation of each role."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from u2t.home import permissions
from u2t.home.queries import briefing
from u2t.pages.paging import typed
from u2t.programme.models import Round


def nav(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the items of the rail and the tab bar, for the round that the page is about."""
    round = _round_of(request)
    account = getattr(request, "user", None)
    if account is None or round is None:
        return {"nav": _items(request, _strangers_entries(account))}
    reach = permissions.reach_of(account, round)
    if not (reach.belongs or round.is_announced):
        # The page refuses; the frame around the refusal must not name what it hides.
        return {"nav": _items(request, _strangers_entries(account))}
    entries = _office_entries(round, reach) if reach.oversees else _entries(round, account, reach)
    return {"nav": _items(request, entries), "nav_round": round.name, "account_role": _role(reach)}


Entry = tuple[str, str, str, str]


def _round_of(request: HttpRequest) -> Round | None:
    match = getattr(request, "resolver_match", None)
    code = (match.kwargs.get("round_code") if match else None) or typed(request, "round")
    if code:
        return Round.objects.select_related("institution").filter(code=code).first()
    account = getattr(request, "user", None)
    mine = briefing.rounds_of(account) if account is not None and account.is_authenticated else []
    rounds = mine or briefing.announced_rounds()
    return rounds[0] if rounds else None


def _strangers_entries(account: Any) -> list[Entry]:
    entries = [(reverse("home:front"), _("Overview"), "home", "")]
    if account is not None and account.is_authenticated:
        entries.insert(0, _applicants_entry())
    return entries


def _applicants_entry() -> Entry:
    return (reverse("recruitment:mine"), _("Applying"), "letter", "")


def _entries(round: Round, account: Any, reach: permissions.Reach) -> list[Entry]:
    entries = [(reverse("home:round", args=[round.code]), _("Overview"), "home", "")]
    if reach.belongs:
        entries.insert(0, (reverse("home:mine"), _("My work"), "check", ""))
    elif account.is_authenticated:
        entries.insert(0, _applicants_entry())
    if reach.worker is not None:
        entries.insert(
            1, (reverse("orientation:my_pass", args=[round.code]), _("Orientation"), "calendar", "")
        )
    elif reach.lecturer is not None:
        entries.insert(
            1, (reverse("orientation:sessions", args=[round.code]), _("Orientation"), "calendar", "")
        )
    return [
        *entries,
        (reverse("home:tambons", args=[round.code]), _("Tambons"), "place", ""),
        (reverse("home:agencies", args=[round.code]), _("Agencies"), "agency", ""),
        (reverse("home:lecturers", args=[round.code]), _("Lecturers"), "lecturer", ""),
    ]


def _office_entries(round: Round, reach: permissions.Reach) -> list[Entry]:
    work, register, settings = _("Work"), _("Registers"), _("Settings")
    entries = [
        (reverse("home:mine"), _("My work"), "home", work),
        (reverse("recruitment:calls", args=[round.code]), _("Recruitment"), "search", work),
        (reverse("orientation:sessions", args=[round.code]), _("Orientation"), "calendar", work),
        (reverse("placement:placement", args=[round.code]), _("Placement"), "placement", work),
        (reverse("handover:handovers", args=[round.code]), _("Handover"), "handover", work),
        (reverse("home:vacancies", args=[round.code]), _("Vacancies"), "empty", work),
        (reverse("home:tambons", args=[round.code]), _("Tambons"), "place", register),
        (reverse("home:workers", args=[round.code]), _("Workers"), "people", register),
        (reverse("home:lecturers", args=[round.code]), _("Lecturers"), "lecturer", register),
        (reverse("home:agencies", args=[round.code]), _("Agencies"), "agency", register),
        (reverse("home:round", args=[round.code]), _("Public page"), "globe", register),
    ]
    if reach.runs:
        entries.insert(1, (reverse("rosters:rosters", args=[round.code]), _("Import"), "upload", work))
        entries += [
            (reverse("programme:round", args=[round.code]), _("The round"), "settings", settings),
            (reverse("people:accounts", args=[round.code]), _("Accounts"), "lock", settings),
            (reverse("programme:rounds"), _("All rounds"), "calendar", settings),
        ]
    return entries


def _items(request: HttpRequest, entries: list[Entry]) -> list[dict[str, Any]]:
    """The entry whose address is the longest beginning of this page's address is the current one."""
    path = request.path
    fitting = [url for url, *_rest in entries if path == url or _is_below(path, url)]
    current = max(fitting, key=len, default=None)
    return [
        {"url": url, "label": label, "icon": icon, "group": group, "current": url == current}
        for url, label, icon, group in entries
    ]


def _is_below(path: str, url: str) -> bool:
    """Everything lies below the front page, which is therefore current only on itself."""
    return url != "/" and path.startswith(url.rstrip("/") + "/")


def _role(reach: permissions.Reach) -> str:
    if reach.runs:
        return _("Programme office")
    if reach.oversees:
        return _("Executive")
    if reach.leads or reach.lecturer:
        return _("Project manager (PM)")
    if reach.agencies:
        return _("Agency")
    return _("Worker") if reach.worker else ""
