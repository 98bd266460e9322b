"""What is typed to verify a paper."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from u2t.seals import kinds
from u2t.thai import digits


class NumberForm(forms.Form):
    """A paper by what is printed on it."""

    kind = forms.ChoiceField(label=_("Kind of paper"))
    issuer = forms.ChoiceField(label=_("Issuer"))
    number = forms.CharField(
        label=_("Number on the paper"), max_length=40, help_text=_("As printed, for example 12/2564.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        papers, issuers = list(kinds.labels().items()), list(kinds.issuers().items())
        # Where there is one choice only it is no choice.
        self.fields["kind"].choices = papers if len(papers) == 1 else [("", "—"), *papers]  # type: ignore[attr-defined]
        self.fields["issuer"].choices = issuers if len(issuers) == 1 else [("", "—"), *issuers]  # type: ignore[attr-defined]

    def clean_number(self) -> str:
        return "".join(digits.to_arabic(self.cleaned_data["number"]).split())
