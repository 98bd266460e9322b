"""What the office types to draft a call and to say what it says."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from u2t.pages.fields import CountField, DateField
from u2t.recruitment.actions.calls import CHANGEABLE
from u2t.recruitment.forms.calls_fields import DecidedField, MomentField, PointsField, PriorityField
from u2t.recruitment.models import Call
from u2t.recruitment.rules import composing


class NewCallForm(forms.Form):
    """The least that a draft needs; everything else begins as usual."""

    name_th = forms.CharField(
        label=_("Thai name"), max_length=200, required=False, help_text=_("Empty: named after the round.")
    )
    opens_at = MomentField(label=_("Applications from"))
    closes_at = MomentField(label=_("Applications until"))

    def given(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if value}


class WordsForm(forms.Form):
    """The single values of a call."""

    name_th = forms.CharField(label=_("Thai name"), max_length=200)
    name_en = forms.CharField(label=_("English name"), max_length=200, required=False)
    text_th = forms.CharField(
        label=_("Text of the call"), required=False, widget=forms.Textarea(attrs={"rows": 5})
    )
    opens_at = MomentField(label=_("Applications from"))
    closes_at = MomentField(label=_("Applications until"))
    grace_minutes = CountField(
        label=_("Grace after closing, minutes"),
        most=composing.GRACE_AT_MOST,
        help_text=_("For slow phones: who began in time may still submit. It is shown as late."),
    )
    max_choices = CountField(label=_("Tambons to rank at most"), most=composing.CHOICES_AT_MOST)
    interviews_from = DateField(label=_("Interviews from"), required=False)
    interviews_until = DateField(label=_("Interviews until"), required=False)
    results_on = DateField(label=_("Results announced on"), required=False)
    interviewers_needed = CountField(label=_("Interviewers for each applicant"), most=9)
    spread_limit = CountField(
        label=_("Difference of points that calls for another interviewer"),
        most=100,
        help_text=_("When the totals of the interviewers differ by more, a third one decides."),
    )
    pass_mark = PointsField(
        label=_("Pass mark"), required=False, help_text=_("Points of 100. Empty: there is none.")
    )
    priority = PriorityField(label=_("Who comes first in a tambon"))
    names_announced = DecidedField(
        label=_("Names in the announced results"),
        yes=_("Show numbers and names"),
        no=_("Show application numbers only"),
    )
    accept_days = CountField(label=_("Days to accept an offer"), most=60)
    reserve_days = CountField(label=_("Days for a reserve to accept"), most=60)
    appeal_days = CountField(label=_("Days to object to the result"), most=60)
    consent_th = forms.CharField(
        label=_("Purpose told to applicants (PDPA)"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    retention_days = CountField(
        label=_("Days to keep what was not selected"),
        most=composing.DAYS_AT_MOST,
        help_text=_("Counted from the announcement; then data and documents are erased, figures stay."),
    )

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, initial={name: getattr(call, name) for name in CHANGEABLE}, **kwargs)

    def given(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class SeedForm(forms.Form):
    seed = forms.CharField(
        label=_("Lottery seed"),
        required=False,
        max_length=200,
        help_text=_(
            "For instance the first prize of a state lottery whose day you have announced. Leave it empty and the "
            "system draws one."
        ),
    )


class CancelForm(forms.Form):
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Applicants read it.")
    )
