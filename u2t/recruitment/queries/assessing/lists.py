"""The office's list of applications: tabs, filters, order, and the workbook of what it shows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from u2t.pages import written
from u2t.programme.models import Category, RoundTambon
from u2t.recruitment.models import Application, Call, Choice, Screening
from u2t.recruitment.queries.assessing import cases
from u2t.recruitment.queries.assessing.cases import Case
from u2t.sheets import write
from u2t.thai import digits, fold

TABS: dict[str, tuple[object, Q]] = {
    "all": (gettext_lazy("All"), Q()),
    "waiting": (gettext_lazy("To be screened"), Q(withdrawn_at=None, passed=None)),
    "passed": (gettext_lazy("To the interview"), Q(withdrawn_at=None, passed=True, scored_at=None)),
    "scored": (gettext_lazy("Interviewed"), Q(withdrawn_at=None, passed=True, scored_at__isnull=False)),
    "failed": (gettext_lazy("Not passed"), Q(withdrawn_at=None, passed=False)),
    "withdrawn": (gettext_lazy("Withdrawn"), Q(withdrawn_at__isnull=False)),
}
TROUBLES = {
    "unmet": gettext_lazy("Rules not met or unknown"),
    "papers": gettext_lazy("Papers missing or not accepted"),
    "ready": gettext_lazy("Nothing in the way"),
    "late": gettext_lazy("Sent in the time of grace"),
}
ORDERS = {
    "number": (gettext_lazy("Number"), ("number",)),
    "name": (gettext_lazy("Name"), ("search_key", "number")),
    "score": (gettext_lazy("Score"), ("-score", "number")),
    "newest": (gettext_lazy("Newest first"), ("-submitted_at", "-number")),
}
# So many applications are judged at once, which bounds memory and the length of a statement.
_AT_ONCE = 5_000


@dataclass(frozen=True)
class Wish:
    """What the list shows; nonsense in an address counts as no wish."""

    show: str = "all"
    text: str = ""
    category: str = ""
    tambon: str = ""
    trouble: str = ""
    sort: str = "number"

    @property
    def is_filtered(self) -> bool:
        return self.show != "all" or bool(self.text or self.category or self.tambon or self.trouble)


def wish_of(query: QueryDict) -> Wish:
    """The wish of an address."""

    def one_of(name: str, allowed: Iterable[str], otherwise: str = "") -> str:
        value = query.get(name, "")
        return value if value in allowed else otherwise

    code, category = query.get("tambon", ""), query.get("category", "")
    return Wish(
        show=one_of("show", TABS, "all"),
        text=" ".join(query.get("q", "").replace("\x00", "").split())[:100],
        category=category
        if category.replace("-", "").replace("_", "").isalnum() and category.isascii()
        else "",
        tambon=code if code.isascii() and code.isdigit() and len(code) == 6 else "",
        trouble=one_of("trouble", TROUBLES),
        sort=one_of("sort", ORDERS, "number"),
    )


def submitted(call: Call) -> QuerySet[Application]:
    """Every application of the call that was handed in, withdrawn ones too, with ``passed``; no erased ones."""
    last = Screening.objects.filter(application=OuterRef("pk")).order_by("-id")
    return Application.objects.filter(call=call, submitted_at__isnull=False, erased_at=None).annotate(
        passed=Subquery(last.values("is_passed")[:1])
    )


def in_reach(call: Call, wish: Wish) -> QuerySet[Application]:
    """What the filters show, under whichever tab."""
    found = submitted(call)
    if wish.text:
        found = found.filter(_matching(wish.text))
    if wish.category:
        found = found.filter(category__code=wish.category)
    if wish.tambon:
        found = found.filter(
            Exists(Choice.objects.filter(application=OuterRef("pk"), tambon__tambon_id=wish.tambon))
        )
    if wish.trouble == "late":
        found = found.filter(seconds_late__gt=0)
    elif wish.trouble:
        found = found.filter(pk__in=_troubled(call, found.filter(withdrawn_at=None), wish.trouble))
    return found


def _matching(text: str) -> Q:
    found = Q(receipt__icontains=digits.to_arabic(text))
    if key := fold.fold(text):
        found |= Q(search_key__contains=key)
        if key.isdecimal() and len(key) < 9:
            found |= Q(number=int(key))
        if key.isdecimal() and len(key) > 5:
            found |= Q(telephone__contains=key)
    return found


def _troubled(call: Call, applications: QuerySet[Application], trouble: str) -> list[int]:
    tests = {
        "unmet": lambda case: bool(case.unmet),
        "papers": lambda case: bool(case.pending),
        "ready": lambda case: case.is_ready,
    }
    return [case.application.pk for case in all_cases(call, applications) if tests[trouble](case)]


def all_cases(call: Call, applications: QuerySet[Application]) -> list[Case]:
    """The cases of any number of applications."""
    rows = list(applications.prefetch_related(None).defer("citizen_id_sealed", "talents"))
    return [
        case
        for start in range(0, len(rows), _AT_ONCE)
        for case in cases.cases(call, rows[start : start + _AT_ONCE])
    ]


def found(call: Call, wish: Wish) -> QuerySet[Application]:
    """The list, in its order, with what a line shows."""
    ranked = Choice.objects.select_related("tambon__tambon__district__province").order_by("rank")
    return (
        in_reach(call, wish)
        .filter(TABS[wish.show][1])
        .select_related("category")
        .prefetch_related(Prefetch("choices", ranked))
        .order_by(*ORDERS[wish.sort][1])
    )


def counts(call: Call, wish: Wish) -> list[tuple[str, object, int]]:
    """Tab, its words, how many stand under it, whatever tab is open."""
    figures = in_reach(call, wish).aggregate(
        **{f"n_{name}": Count("pk", filter=test) for name, (_label, test) in TABS.items() if name != "all"},
        n_all=Count("pk"),
    )
    return [(name, label, figures[f"n_{name}"]) for name, (label, _test) in TABS.items()]


def neighbours(call: Call, wish: Wish, application: Application) -> tuple[int | None, int | None, int, int]:
    """The applications before and after one in the list, its place from 1 (0 where it is not there), the length."""
    rows = in_reach(call, wish).filter(TABS[wish.show][1]).order_by(*ORDERS[wish.sort][1])
    keys = list(rows.values_list("pk", flat=True))
    if application.pk not in keys:
        # Deciding takes an application out of its tab; then the list goes on with its first one.
        return None, (keys[0] if keys else None), 0, len(keys)
    at = keys.index(application.pk)
    before = keys[at - 1] if at else None
    after = keys[at + 1] if at + 1 < len(keys) else None
    return before, after, at + 1, len(keys)


def state_of(application: Application) -> tuple[str, object]:
    """Mark and words of where an application of :func:`submitted` stands."""
    if application.withdrawn_at:
        return "none", _("Withdrawn")
    passed = application.passed  # type: ignore[attr-defined]
    if passed is None:
        return "wait", _("To be screened")
    if not passed:
        return "bad", _("Not passed")
    if application.scored_at and application.score is None:
        return "warn", _("Absent")
    if application.scored_at:
        return "ok", _("Interviewed")
    return "ok", _("To the interview")


def places_of(call: Call) -> list[RoundTambon]:
    """The tambons of the call."""
    return list(
        RoundTambon.objects.filter(pk__in=call.quotas.values("tambon")).with_places().order_by("tambon_id")
    )


def categories_of(call: Call) -> list[Category]:
    """The categories of the call's round."""
    return list(Category.objects.filter(round=call.round_id).order_by("position"))


def points(thousandths: int | None) -> str:
    """``78.5`` for 78,500; a dash where unknown."""
    if thousandths is None:
        return written.UNKNOWN
    return f"{thousandths / 1000:.3f}".rstrip("0").rstrip(".")


def workbook(call: Call, applications: QuerySet[Application]) -> bytes:
    """What the list shows as XLSX: masked ID numbers, and nothing that runs as a formula."""
    most = call.max_choices
    heads = (
        _("No."), _("Receipt"), _("Name"), _("Citizen ID number"), _("Category"), _("Telephone"), _("E-mail"),
        *(_("Choice %(rank)s") % {"rank": rank} for rank in range(1, most + 1)),
        _("State"), _("Rules not met"), _("Papers missing or not accepted"), _("Interview"), _("Room or place"), _("Score"),
    )  # fmt: skip
    names = {one.tambon_id: one.tambon.full_name for one in places_of(call)}
    rows = (_texts(case, names, most) for case in all_cases(call, applications))
    widths = (8, 26, 30, 22, 20, 16, 28, *[36] * most, 18, 14, 36, 20, 24, 10)
    return write.xlsx_bytes(heads, rows, sheet=_("Applications"), widths=widths)


def _texts(case: Case, names: dict[str, str], most: int) -> Sequence[object]:
    one = case.application
    ranked = [names.get(code, code) for code in case.facts.choices]
    return (
        one.number, one.receipt, one.full_name, one.citizen_id_masked, one.category.name if one.category else "",
        one.telephone, one.email, *(ranked + [""] * most)[:most], str(state_of(one)[1]),
        sum(judged.is_met is not True for judged in case.findings), ", ".join(p.label for p in case.pending),
        written.moment(one.interview_at) if one.interview_at else "", one.interview_place,
        points(one.score) if one.score is not None else "",
    )  # fmt: skip
