"""The file that was chosen."""

from __future__ import annotations

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from u2t.rosters import words


class UploadForm(forms.Form):
    """One spreadsheet, refused by its size before it is read."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("XLSX, ODS, XLS or CSV, with headers in Thai or English in any order."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
        error_messages={
            "required": words.WORDS["no_file"],
            "empty": words.WORDS["file.empty"],
            "missing": words.WORDS["no_file"],
            "invalid": words.WORDS["no_file"],
        },
    )

    def clean_file(self) -> object:
        file = self.cleaned_data["file"]
        if file.size > settings.ROSTER_MAX_BYTES:
            about = {"size": file.size, "limit": settings.ROSTER_MAX_BYTES}
            raise forms.ValidationError(words.WORDS["file.too_big"], params=about)
        return file
