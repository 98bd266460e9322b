"""What is typed about results, offers and objections."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


def _text(label: Any, help_text: Any = "") -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=4000,
        strip=True,
    )


class NoteForm(forms.Form):
    """How an answer reached the office."""

    note = _text(
        _("How the answer came"), _("For instance: telephoned on 5 Feb, 10:30, spoke to the applicant.")
    )


class DeclineForm(forms.Form):
    """Why somebody does not want the place; may be left empty."""

    reason = forms.CharField(
        label=_("Reason (may be left empty)"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        strip=True,
    )


class ReasonForm(forms.Form):
    """Why; the applicant reads it."""

    reason = _text(_("Reason"), _("The applicant reads it."))


class AppealForm(forms.Form):
    """What is objected to."""

    text = _text(
        _("What you object to, and why"),
        _("The office answers with a reason. Your result stays as it is meanwhile."),
    )


class AnswerForm(forms.Form):
    """The decision about an objection; nothing is chosen beforehand."""

    is_upheld = forms.TypedChoiceField(
        label=_("Decision"),
        choices=[("yes", _("The objection is upheld")), ("no", _("The objection is rejected"))],
        coerce=lambda value: value == "yes",
        empty_value=None,
        widget=forms.RadioSelect,
        required=False,
    )
    text = _text(_("Reason"), _("The applicant reads it."))


class AppealOfferForm(forms.Form):
    """Which free place somebody gets after an upheld objection."""

    tambon = forms.ChoiceField(label=_("Tambon"))
    reason = _text(_("Reason"), _("For the record: decision, document, date."))

    def __init__(self, *args: Any, tambons: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["tambon"].choices = [("", _("Choose…")), *tambons]  # type: ignore[attr-defined]
