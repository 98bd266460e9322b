"""Fields for what the office types into a call: moments, points, an order of priority."""

from __future__ import annotations

import re
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from u2t.pages.fields import DateField
from u2t.thai import digits

_CLOCK = re.compile(r"[\s,]+(?:เวลา\s*)?(\d{1,2})[:.](\d{2})(?:\s*น\.?)?\s*$")


class MomentField(DateField):
    """A day and a time of day: ``15/1/2564 16.30``, ``15 ม.ค. 64 เวลา 16:30 น.``; gives an aware datetime or ``None``."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("Day and time, for example 15/1/2564 16:30."))
        super().__init__(**kwargs)

    def prepare_value(self, value: Any) -> Any:
        if not isinstance(value, datetime):
            return value
        local = timezone.localtime(value)
        return f"{super().prepare_value(local.date())} {local:%H:%M}"

    def clean(self, value: Any) -> Any:
        if isinstance(value, datetime):
            return value
        text = forms.CharField.clean(self, value)
        if not text:
            return None
        clock = _CLOCK.search(digits.to_arabic(text))
        if clock is None:
            raise ValidationError(
                _("Write the time behind the day, for example 15/1/2564 16:30."), code="moment"
            )
        if int(clock[1]) > 23 or int(clock[2]) > 59:
            raise ValidationError(_("There is no such time of day."), code="moment")
        day = super().clean(digits.to_arabic(text)[: clock.start()])
        if not isinstance(day, date):
            return None
        return timezone.make_aware(datetime.combine(day, time(int(clock[1]), int(clock[2]))))


class PointsField(forms.CharField):
    """Points ``60`` or ``59.5`` of 100; gives thousandths or ``None``."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        return f"{Decimal(value) / 1000:f}" if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        text = digits.to_arabic(super().clean(value)).strip()
        if not text:
            return None
        if not re.fullmatch(r"\d{1,3}(\.\d{1,3})?", text):
            raise ValidationError(_("Write points, for example 60 or 59.5."), code="points")
        return int(Decimal(text) * 1000)


class PriorityField(forms.ChoiceField):
    """In which order applicants compete for a tambon; gives the list of criteria."""

    ORDERS = {
        "score,residence,lottery": _("Points, then residence near the tambon, then lottery"),
        "residence,score,lottery": _("Residence near the tambon, then points, then lottery"),
        "score,lottery": _("Points, then lottery"),
        "residence,lottery": _("Residence near the tambon, then lottery"),
        "lottery": _("Lottery only"),
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(choices=list(self.ORDERS.items()), widget=forms.RadioSelect, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return ",".join(value) if isinstance(value, (list, tuple)) else value

    def clean(self, value: Any) -> Any:
        return str(super().clean(",".join(value) if isinstance(value, (list, tuple)) else value)).split(",")


class DecidedField(forms.TypedChoiceField):
    """Yes or no, neither of them chosen beforehand; gives True, False or, undecided, ``None``."""

    def __init__(self, *, yes: Any, no: Any, **kwargs: Any) -> None:
        super().__init__(
            choices=[("yes", yes), ("no", no)],
            coerce=lambda said: said == "yes",
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
