"""The tags and filters of every page; a builtin, so templates need not load it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.forms import BaseForm, BoundField, CheckboxInput
from django.http import QueryDict
from django.template.context import Context
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from u2t.letters import qr as codes
from u2t.objections import Objection
from u2t.pages import words, written
from u2t.pages.paging import Page
from u2t.pages.templatetags import charts
from u2t.thai import ids

register = template.Library()
register.tags.update(charts.register.tags)

STATES = ("ok", "wait", "warn", "bad", "none")

register.filter("thdate", written.day)
register.filter("thdatetime", written.moment)
register.filter("clock", written.clock)
register.filter("number", written.number)
register.filter("baht", written.baht)
register.filter("thdigits", written.thai_digits)


@register.filter
def percent(part: float | None, whole: float | None = 1) -> str:
    """``{{ filled|percent:slots }}`` → ร้อยละ 83."""
    return written.percent(part, whole)


@register.simple_tag
def thdaterange(first: date | datetime | None, last: date | datetime | None) -> str:
    """``{% thdaterange round.starts_on round.ends_on %}``."""
    return written.days(first, last)


@register.filter
def said(objection: Objection) -> str:
    """The sentence of an objection in the active language."""
    return words.say(objection)


@register.filter
def whole(text: object) -> SafeString:
    """Names and places whose blank-separated parts must not be broken by a line end; ``–`` for nothing.

    Browsers cut Thai by dictionary, and no dictionary knows a surname.
    """
    parts = str(text or "").split()
    return (
        format_html_join(" ", '<span class="keep">{}</span>', ((part,) for part in parts))
        if parts
        else SafeString("–")
    )


@register.filter
def telephone(digits: str | None) -> SafeString:
    """A telephone number in groups, in one line; ``–`` for nothing."""
    known = digits and digits.isdigit() and len(digits) in (9, 10)
    return whole(ids.written_phone(digits) if digits and known else digits)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A drawing of ``icons.svg``; decoration only, so words must stand beside it."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"/></svg>', static("icons.svg"), name
    )


@register.simple_tag
def qr(text: str, label: str) -> SafeString:
    """A QR code of ``text`` with what it is for whoever hears the page: ``{% qr address _("Your receipt") %}``."""
    # The drawing is our own; the text inside it is dots.
    drawing = mark_safe(codes.svg(text))  # noqa: S308
    return format_html('<div class="qr-box" role="img" aria-label="{}">{}</div>', label, drawing)


def _state(state: str) -> str:
    if state not in STATES:
        raise ValueError(f"A state is one of {STATES}, not {state!r}.")
    return state


@register.simple_tag
def mark(state: str) -> SafeString:
    """The shape of a state: ● ok, ◐ wait, ◆ warn, ■ bad, ○ none."""
    return format_html(
        '<svg class="mark is-{0}" aria-hidden="true"><use href="{1}#mark-{0}"/></svg>',
        _state(state),
        static("icons.svg"),
    )


@register.simple_tag
def badge(state: str, text: object) -> SafeString:
    """``{% badge "ok" _("Handed over") %}``: shape, words, and only then colour."""
    return format_html('<span class="badge is-{}">{}{}</span>', _state(state), mark(state), text)


@register.inclusion_tag("pages/parts/figure.html")
def figure(
    label: str, value: Any, *, url: str = "", note: str = "", state: str = "", icon: str = "", unit: str = ""
) -> dict[str, Any]:
    """A key figure; with ``url`` the whole card is the link to the list behind it."""
    written_value = written.number(value) if isinstance(value, int | float | None) else value
    return {
        "label": label, "value": written_value, "url": url, "note": note, "icon": icon, "unit": unit,
        "state": _state(state) if state else "",
    }  # fmt: skip


@register.inclusion_tag("pages/parts/empty.html")
def empty(
    title: str, text: str = "", *, url: str = "", action: str = "", icon: str = "empty"
) -> dict[str, Any]:
    """What stands where nothing is yet: what it is and what to do next."""
    return {"title": title, "text": text, "url": url, "action": action, "icon": icon}


@register.inclusion_tag("pages/parts/crumbs.html")
def crumbs(*parts: object) -> dict[str, Any]:
    """``{% crumbs _("Tambons") tambons_url tambon.name %}``: words and address in turn, the last without one."""
    pairs = [(parts[i], parts[i + 1] if i + 1 < len(parts) else "") for i in range(0, len(parts), 2)]
    return {"crumbs": pairs}


@register.inclusion_tag("pages/parts/notice.html")
def notice(
    state: str, text: object = "", *, title: object = "", url: str = "", action: str = ""
) -> dict[str, Any]:
    """A boxed remark with icon, words and an optional link to what to do about it."""
    return {
        "state": _state(state), "title": title, "text": text, "url": url, "action": action,
        "icon": {"ok": "ok", "wait": "clock", "warn": "warn", "bad": "bad", "none": "info"}[state],
    }  # fmt: skip


@register.inclusion_tag("pages/parts/objections.html")
def objections(found: Iterable[Objection], title: object = "") -> dict[str, Any]:
    """All objections of a refused action, worded."""
    return {"sentences": [words.say(objection) for objection in found], "title": title}


@register.inclusion_tag("pages/parts/field.html")
def field(bound: BoundField, *, optional: bool = True) -> dict[str, Any]:
    """One form field: label, help, widget, errors, tied together for screen readers."""
    name = bound.id_for_label or bound.auto_id or bound.html_name
    as_group = bound.use_fieldset
    described = " ".join(
        part
        for part in (
            f"{bound.auto_id}_helptext" if bound.help_text else "",
            f"{bound.auto_id}_error" if bound.errors else "",
        )
        if part
    )
    attrs: dict[str, str | bool] = {"aria-describedby": described} if described and not as_group else {}
    return {
        "field": bound, "described": described, "as_group": as_group, "id": name,
        "widget": bound.as_widget(attrs=attrs), "is_box": isinstance(bound.field.widget, CheckboxInput),
        "show_optional": optional and not bound.field.required,
    }  # fmt: skip


@register.inclusion_tag("pages/parts/fields.html")
def fields(form: BaseForm) -> dict[str, Any]:
    """All fields of a form, hidden ones included, without the error summary."""
    return {"form": form}


@register.inclusion_tag("pages/parts/errors.html")
def errors(form: BaseForm) -> dict[str, Any]:
    """The summary of what is wrong, on top of the form, each line a link to its field."""
    lines = [("", text) for text in form.non_field_errors()] if form.is_bound else []
    if form.is_bound:
        lines += [
            (f"#{_first_id(bound)}", f"{bound.label}: {text}") for bound in form for text in bound.errors
        ]
    return {"lines": lines, "count": len(lines)}


def _first_id(bound: BoundField) -> str:
    """Where a link must go to focus the field: the first choice of a group, otherwise the field."""
    if bound.use_fieldset and bound.subwidgets:
        return str(bound.subwidgets[0].id_for_label)
    return str(bound.id_for_label or bound.auto_id)


@register.inclusion_tag("pages/parts/pager.html")
def pager(page: Page[Any], *, target: str = "") -> dict[str, Any]:
    """Page numbers and how many of how many are shown; nothing to turn means no numbers."""
    return {"page": page, "target": target}


@register.simple_tag(takes_context=True)
def querystring_with(context: Context, **changes: object) -> str:
    """The current query with some values changed; ``None`` or ``""`` takes one away, and ``page`` starts anew."""
    query: QueryDict = context["request"].GET.copy()
    query.pop("page", None)
    for name, value in changes.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    return "?" + query.urlencode()


@register.simple_tag
def progress(done: int | None, total: int | None, label: str) -> SafeString:
    """A bar; ``total`` unknown draws a bar that only says that something is going on."""
    if not total or done is None:
        return format_html('<progress aria-label="{}">{}</progress>', label, gettext("Working"))
    return format_html(
        '<progress aria-label="{}" value="{}" max="{}">{}</progress>',
        label,
        done,
        total,
        written.percent(done, total),
    )


@register.simple_tag
def polling(url: str, is_running: bool, part: str = "doing", seconds: int = 1) -> SafeString:
    """Attributes that refresh the element with id ``part`` from the same page while something runs."""
    if not is_running:
        return SafeString("")
    return format_html(
        ' hx-get="{}" hx-trigger="every {}s" hx-select="#{}" hx-swap="outerMorph" aria-busy="true"',
        url,
        seconds,
        part,
    )


@register.filter
def nl(sentences: Iterable[object]) -> SafeString:
    """Several sentences one below the other, each escaped."""
    return mark_safe("<br>".join(format_html("{}", sentence) for sentence in sentences))  # noqa: S308  each is escaped
