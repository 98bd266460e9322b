"""What is typed about tests, certificates and skills."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from u2t.orientation.models import Area, Course
from u2t.pages.fields import CountField, DateField
from u2t.programme.models import Round

SHEETS = ".xlsx,.xls,.ods,.csv,.txt"
PAPERS = "image/*,.pdf"
SHEET_AT_MOST = 5_000_000


class ResultsForm(forms.Form):
    """Results of one test: a spreadsheet, or lines typed."""

    taken_on = DateField(label=_("Date of the test"))
    max_points = CountField(label=_("Full points"), most=9_999)
    file = forms.FileField(
        label=_("Spreadsheet"),
        required=False,
        help_text=_("With the columns ลำดับที่ and คะแนน; more columns do no harm."),
        widget=forms.FileInput(attrs={"accept": SHEETS}),
    )
    lines = forms.CharField(
        label=_("Or typed, one person a line"),
        required=False,
        max_length=200_000,
        help_text=_("Number and points, for example: 12 18"),
        widget=forms.Textarea(attrs={"rows": 6}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > SHEET_AT_MOST:
            raise forms.ValidationError(_("The file is too large for a list of results."))
        return file

    def clean_max_points(self) -> int:
        if not self.cleaned_data["max_points"]:
            raise forms.ValidationError(_("The full points of the test are at least 1."))
        return int(self.cleaned_data["max_points"])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        both = bool(cleaned.get("file")) + bool((cleaned.get("lines") or "").strip())
        if both != 1 and not self.errors:
            self.add_error("file", _("Choose a spreadsheet or type the results, one of the two."))
        return cleaned


class IssueForm(forms.Form):
    """The date that certificates carry."""

    dated_on = DateField(label=_("Date of the certificates"))


class ReasonForm(forms.Form):
    """Why something is revoked or returned."""

    reason = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))


class WordingForm(forms.Form):
    """Title and text of a round's certificates; empty means the usual."""

    certificate_title_th = forms.CharField(
        label=_("title of the certificate"), max_length=200, required=False
    )
    certificate_text_th = forms.CharField(
        label=_("text of the certificate"),
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class AreaForm(forms.ModelForm[Area]):
    """One area of skills."""

    class Meta:
        model = Area
        fields = ("name_th", "name_en")


class CourseForm(forms.ModelForm[Course]):
    """One course; the hours are what its provider says."""

    address = forms.URLField(label=_("web address"), required=False, assume_scheme="https")
    hours = CountField(label=_("hours"), required=False, most=1_000)

    class Meta:
        model = Course
        fields = ("area", "name_th", "name_en", "provider_th", "address", "hours")

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = Area.objects.filter(round=round)  # type: ignore[attr-defined]
        self.fields["area"].label = _("Area of skills")
        self.fields["area"].empty_label = _("Choose")  # type: ignore[attr-defined]


class EvidenceForm(forms.Form):
    """What a worker hands in for a course."""

    finished_on = DateField(label=_("finished on"))
    hours = CountField(label=_("hours"), most=1_000)
    evidence_number = forms.CharField(label=_("number on the evidence"), max_length=100, required=False)
    file = forms.FileField(
        label=_("Picture or PDF of the evidence"),
        required=False,
        help_text=_("JPEG, PNG or PDF; a photograph of the certificate will do."),
        widget=forms.FileInput(attrs={"accept": PAPERS}),
    )

    def clean_hours(self) -> int:
        if not self.cleaned_data["hours"]:
            raise forms.ValidationError(_("A course takes at least one hour."))
        return int(self.cleaned_data["hours"])
