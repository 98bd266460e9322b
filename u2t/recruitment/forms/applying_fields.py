"""Fields for what applicants type: a tambon by name, the ID number, a telephone, a grade, yes or no."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from u2t.programme.models import Tambon
from u2t.recruitment.queries import applying as queries
from u2t.thai import digits, fold, ids
from u2t.thai.problem import Problem

_ID_SAID = {
    "id.not_13_digits": _("An ID number has 13 digits; you wrote %(digits)s."),
    "id.checksum": _("The last digit does not fit the others. Compare the number with your card."),
}
_CODE = re.compile(r"\((\d{6})\)\s*$|^(\d{6})$")
SHOWN = 12


def written_place(tambon: Tambon) -> str:
    """A tambon as the search box writes it; the code behind it tells it from others of the same name."""
    return f"{tambon.full_name} ({tambon.code})"


class PlaceWidget(forms.TextInput):
    """A box to type a tambon's name into; what was found stands below as choices, with or without script."""

    template_name = "recruitment/parts/place.html"
    candidates: list[Tambon] = []

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["candidates"] = [(one.code, written_place(one)) for one in self.candidates]
        return context

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """A choice among those found counts more than the text it was found by."""
        return data.get(f"{name}_found") or data.get(name)


class PlaceField(forms.CharField):
    """A tambon: its code, its whole name, or enough of it to be the only one; gives a ``Tambon`` or ``None``."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_length=200,
            widget=PlaceWidget(attrs={"autocomplete": "off", "spellcheck": "false", "data-place": ""}),
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return written_place(value) if isinstance(value, Tambon) else value

    def clean(self, value: Any) -> Any:
        text = digits.to_arabic(super().clean(value)).strip()
        if not text:
            return None
        if coded := _CODE.search(text):
            found = list(Tambon.objects.with_places().filter(pk=coded[1] or coded[2]))
        else:
            found = queries.tambons_like(text, limit=SHOWN)
            named = [one for one in found if fold.fold(one.name_th) == fold.fold(text)]
            found = named if len(named) == 1 else found
        if len(found) == 1:
            return found[0]
        self.widget.candidates = found  # type: ignore[attr-defined]
        if not found:
            raise ValidationError(_("No tambon of this name was found. Check the spelling."), code="place")
        raise ValidationError(_("Several tambons match. Choose one below."), code="place")


class CitizenIdField(forms.CharField):
    """Thirteen digits with a right check digit; ``kept`` is the masked number that an empty box leaves as it is."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "maxlength": 40}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return ""
        found = ids.clean(text)
        if isinstance(found, Problem):
            said = _ID_SAID.get(found.code, _("Write the 13 digits of your ID card."))
            raise ValidationError(said, code=found.code, params=dict(found.about))
        return found.value


class TelephoneField(forms.CharField):
    """A Thai telephone number as nine or ten digits."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "tel", "autocomplete": "tel"}
        super().__init__(widget=forms.TextInput(attrs=attrs), max_length=40, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return (
            ids.written_phone(value) if isinstance(value, str) and re.fullmatch(r"0\d{8,9}", value) else value
        )

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return ""
        found = ids.clean_phone(text)
        if isinstance(found, Problem):
            raise ValidationError(
                _("Write a Thai telephone number, for example 081-234-5678."), code=found.code
            )
        return found.value


class GradeField(forms.CharField):
    """A grade point average ``3.25`` from 0.00 to 4.00; gives hundredths or ``None``."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off"}
        super().__init__(widget=forms.TextInput(attrs=attrs), **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return f"{value // 100}.{value % 100:02d}" if isinstance(value, int) else value

    def clean(self, value: Any) -> Any:
        text = digits.to_arabic(super().clean(value)).strip().replace(",", ".")
        if not text:
            return None
        if not re.fullmatch(r"[0-4](\.\d{1,2})?", text) or Decimal(text) > 4:
            raise ValidationError(_("Write a grade from 0.00 to 4.00."), code="grade")
        return int(Decimal(text) * 100)


class PostcodeField(forms.CharField):
    """Five digits or nothing."""

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "postal-code"}
        super().__init__(widget=forms.TextInput(attrs=attrs), max_length=10, **kwargs)

    def clean(self, value: Any) -> Any:
        text = digits.to_arabic(super().clean(value)).replace(" ", "")
        if text and not re.fullmatch(r"\d{5}", text):
            raise ValidationError(_("A postcode has five digits."), code="postcode")
        return text


class YesNoField(forms.TypedChoiceField):
    """Yes, no, or not answered yet (``None``): nothing is chosen beforehand."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=[("yes", _("Yes")), ("no", _("No"))],
            coerce=lambda value: value == "yes",
            empty_value=None,
            widget=forms.RadioSelect,
            required=False,
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value
