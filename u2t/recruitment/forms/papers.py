"""A paper as it comes without script, and holds on erasing."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from u2t.objections import Objection
from u2t.pages import words
from u2t.pages.fields import CountField
from u2t.recruitment.models import DocumentKind
from u2t.vault import looking

# What a browser offers to choose; iPhones turn their own kind of picture into JPEG when only these are named.
TAKEN = "image/jpeg,image/png,image/webp,application/pdf"


class Bounded(FileUploadHandler):
    """Stops storing a file as soon as it is larger than any paper may be; the rest is let go by unread.

    The answer still reaches a browser that goes on sending, which it would not if the line were cut.
    """

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.seen = 0
        self.refused_name = ""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes:
        self.seen += len(raw_data)
        if self.seen > settings.PAPER_MAX_BYTES:
            self.refused_name = self.file_name or ""
            raise StopUpload(connection_reset=False)
        return raw_data

    def file_complete(self, file_size: int) -> None:
        return None


class PaperForm(forms.Form):
    """One file for one kind of paper."""

    kind = forms.ChoiceField(choices=DocumentKind.choices, widget=forms.HiddenInput)
    file = forms.FileField(label=_("File"), allow_empty_file=True, required=False)

    def __init__(self, *args: Any, stopped: Bounded | None = None, size: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.stopped, self.size = stopped, size

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("file") and "file" not in self.errors:
            self.add_error("file", words.say(self._why_none()))
        return cleaned

    def _why_none(self) -> Objection:
        if self.stopped and self.stopped.refused_name:
            return looking.too_large(self.stopped.refused_name, self.size, settings.PAPER_MAX_BYTES)[0]
        return Objection("recruitment.no_file_chosen")


class HoldForm(forms.Form):
    """Keep one application, or all of a call, beyond its time."""

    number = CountField(
        label=_("Application number"),
        required=False,
        most=999_999,
        help_text=_("Leave it empty to hold the whole call."),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("For example the number of the case at court."),
    )
