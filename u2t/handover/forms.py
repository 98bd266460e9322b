"""What is typed about handovers."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from u2t.agencies.models import Participation
from u2t.handover import texts
from u2t.handover.actions import writing
from u2t.handover.models import Handover
from u2t.pages import words
from u2t.pages.fields import DateField


class HandoverDateForm(forms.Form):
    """The day on which a team is handed over; empty means not known yet."""

    handed_on = DateField(label=_("Handover date"), required=False)


class NeededDateForm(forms.Form):
    """The same for many at once, where an empty field would be a slip."""

    handed_on = DateField(label=_("Handover date"))


class IssueForm(forms.Form):
    """The date that a letter carries; its Buddhist year says which register numbers it."""

    dated_on = DateField(label=_("Date of the letter"))


class DoneForm(forms.Form):
    """Nothing to type: that it happened is the whole statement."""


class CancelForm(forms.Form):
    """Why a letter is cancelled."""

    reason = forms.CharField(
        label=_("Reason"),
        help_text=_("The register keeps it beside the number."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReceiverForm(forms.Form):
    """Another host agency for a tambon's team; those that serve the tambon stand first."""

    receiver = forms.ModelChoiceField(
        label=_("Receiving agency"), queryset=Participation.objects.none(), empty_label=None
    )

    def __init__(self, *args: Any, handover: Handover, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        hosts = list(
            Participation.objects.filter(round=handover.round, is_host=True).select_related(
                "agency__province"
            )
        )
        near = (
            set(handover.tambon.coverage.values_list("participation_id", flat=True))
            if handover.tambon
            else set()
        )
        field = self.fields["receiver"]
        field.queryset = Participation.objects.filter(round=handover.round, is_host=True)  # type: ignore[attr-defined]
        named = [(host.pk, f"{host.agency.name_th} · {host.agency.province.name}") for host in hosts]
        field.choices = [  # type: ignore[attr-defined]
            (_("Agencies of this tambon"), [name for name in named if name[0] in near]),
            (_("Other host agencies"), [name for name in named if name[0] not in near]),
        ]


class TextForm(forms.Form):
    """The wording of one kind of letter."""

    subject = forms.CharField(label=_("Subject"), max_length=300)
    paragraphs = forms.CharField(
        label=_("Paragraphs"),
        help_text=_("One paragraph a line."),
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 16}),
    )
    closing = forms.CharField(label=_("Closing"), max_length=100)

    def __init__(self, *args: Any, kind: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kind = kind

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not self.errors:
            for objection in writing.objections_to_text(self.kind, self.text):
                self.add_error(None, words.say(objection))
        return cleaned

    @property
    def text(self) -> texts.Text:
        """What was typed, once the form is valid."""
        lines = self.cleaned_data["paragraphs"].splitlines()
        return texts.Text(
            subject=self.cleaned_data["subject"],
            paragraphs=tuple(" ".join(line.split()) for line in lines if line.strip()),
            closing=self.cleaned_data["closing"],
        )
