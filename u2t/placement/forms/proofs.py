"""What is typed about published certificates."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


class PublishForm(forms.Form):
    """That whoever publishes has looked at what would be public."""

    looked = forms.BooleanField(
        label=_("I have read what would be public and publish it on behalf of the office."),
        error_messages={"required": _("Read the page and tick this before you publish.")},
    )


class WithdrawForm(forms.Form):
    """Why; everybody reads it."""

    reason = forms.CharField(
        label=_("Reason, for everybody to read"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=2000,
        strip=True,
        help_text=_("Name no person here."),
    )
