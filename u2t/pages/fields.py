"""Form fields for what Thai people type: dates of either era, money in baht."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from u2t.objections import Objection
from u2t.pages import words
from u2t.thai import dates, digits, money
from u2t.thai.problem import Problem

_SAID = {
    "date.not_in_calendar": _("The calendar has no such day."),
    "date.no_such_month": _("There are only twelve months."),
    "date.year_out_of_range": _("Check the year."),
    "date.short_year_unclear": _("Write the year with four digits."),
}


# Ten thousand million baht: beyond it stands a slip of the keyboard, not a sum.
_SATANG_AT_MOST = 10**12


class DateField(forms.CharField):
    """A day: ``1/2/2564``, ``1 ก.พ. 64``, ``2021-02-01`` and every other usual way; gives a date or ``None``."""

    widget = forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("For example 1/2/2564 or 1 Feb 2021."))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        """A stored date as the reader of the page writes it; what was typed stays as typed."""
        if not isinstance(value, date):
            return value
        thai = (get_language() or "th").startswith("th")
        return f"{value.day}/{value.month}/{dates.be_year(value) if thai else value.year}"

    def clean(self, value: Any) -> Any:
        if isinstance(value, date):
            return value
        text = super().clean(value)
        if not text:
            return None
        found = dates.parse(text, timezone.localdate())
        if isinstance(found, Problem):
            said = _SAID.get(found.code, _("This is not a date. Write it like 1/2/2564."))
            raise ValidationError(said, code=found.code)
        return found


class BahtField(forms.CharField):
    """A sum typed in baht, ``15,000`` or ``๑๕,๐๐๐.๕๐``; gives integer satang or ``None``."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        return money.baht(value) if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        if isinstance(value, int):
            return value
        text = super().clean(value)
        if not text:
            return None
        found = money.parse_baht(text)
        if isinstance(found, Problem):
            raise ValidationError(_("Write a sum of baht, for example 15,000."), code=found.code)
        if found > _SATANG_AT_MOST:
            raise ValidationError(_("Check the sum."), code="baht.too_large")
        return found


class CountField(forms.CharField):
    """A whole number, Thai or Arabic digits; an empty field is ``None``, never zero."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"})

    def __init__(self, *, most: int = 9_999, **kwargs: Any) -> None:
        self.most = most
        super().__init__(**kwargs)

    def clean(self, value: Any) -> Any:
        if isinstance(value, int):
            return value
        text = digits.to_arabic(super().clean(value)).replace(",", "").strip()
        if text == "":
            return None
        if not (text.isascii() and text.isdigit()) or len(text) > 9:
            raise ValidationError(_("Write a whole number."), code="count.unreadable")
        if int(text) > self.most:
            raise ValidationError(_("At most %(most)s."), code="count.too_large", params={"most": self.most})
        return int(text)


def show_objections(form: forms.BaseForm, objections: Iterable[Objection]) -> None:
    """Put the reasons of a refused action where they belong: at their field, otherwise on top of the form."""
    for objection in objections:
        field = objection.field if objection.field in form.fields else None
        form.add_error(field, words.say(objection))


def posted_key(request: HttpRequest, name: str) -> int:
    """The primary key that a button or hidden field posted; 0, which no row has, for anything else."""
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 15 else 0
