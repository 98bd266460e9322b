"""A file of applications."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from u2t.pages import findings


class BringInForm(forms.Form):
    """One spreadsheet, refused by its size before it is read."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("XLSX, ODS, XLS or CSV, with headers in Thai or English in any order."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
        error_messages={"empty": findings.WORDS["file.empty"]},
    )

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file.size > settings.ROSTER_MAX_BYTES:
            about = {"size": file.size, "limit": settings.ROSTER_MAX_BYTES}
            raise forms.ValidationError(str(findings.WORDS["file.too_big"]), params=about)
        return file
