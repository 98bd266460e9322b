"""What is typed to change a placement by hand. The change itself stays in the address, so that its consequence can
be looked at, kept and sent before anybody decides."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from u2t.pages.fields import CountField, DateField
from u2t.people.models import Lecturer, Worker
from u2t.placement.queries.choices import MoveChoices


class MoveForm(forms.Form):
    """To which tambon, work and office."""

    workstream = forms.ChoiceField(label=_("Line of work"), widget=forms.RadioSelect)
    tambon = forms.ChoiceField(
        label=_("Tambon"), help_text=_("The number of free slots stands behind each name.")
    )
    office = forms.ChoiceField(
        label=_("Data agency"), required=False, help_text=_("Only for those who work at a data agency.")
    )

    def __init__(self, *args: object, choices: MoveChoices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        nothing = [("", _("Choose…"))]
        self.fields["workstream"].choices = choices.workstreams  # type: ignore[attr-defined]
        self.fields["tambon"].choices = [*nothing, *choices.tambons]  # type: ignore[attr-defined]
        self.fields["office"].choices = [("", _("None")), *choices.offices]  # type: ignore[attr-defined]
        if not choices.offices:
            del self.fields["office"]


class SwapForm(forms.Form):
    """With whom: the number in the round."""

    other = CountField(
        label=_("Number of the other person"),
        most=999_999,
        help_text=_("The number in the round. They must be of the same category."),
    )

    def __init__(self, *args: object, worker: Worker, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.worker = worker

    def clean_other(self) -> Worker:
        number = self.cleaned_data["other"]
        people = Worker.objects.select_related("person", "category", "round", "fixed_tambon")
        other = people.filter(round=self.worker.round, number=number).first()
        if other is None or other.left_on is not None:
            raise forms.ValidationError(_("Nobody in this round has this number."))
        if other.pk == self.worker.pk:
            raise forms.ValidationError(_("Choose another person to swap with."))
        return other


class LeadForm(forms.Form):
    """Who stops and who begins to lead a tambon."""

    leaves = forms.ChoiceField(label=_("Who stops leading"), required=False)
    comes = forms.ChoiceField(label=_("Who begins to lead"), required=False)

    def __init__(
        self, *args: object, here: list[tuple[str, str]], others: list[tuple[str, str]], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["leaves"].choices = [("", _("Nobody")), *here]  # type: ignore[attr-defined]
        self.fields["comes"].choices = [("", _("Nobody")), *others]  # type: ignore[attr-defined]

    def lecturer(self, name: str) -> Lecturer | None:
        """The chosen lecturer."""
        key = self.cleaned_data[name]
        return Lecturer.objects.select_related("person", "round").get(pk=key) if key else None


class ReasonForm(forms.Form):
    """Why; it stays in the history."""

    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, strip=True
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class LeaveForm(forms.Form):
    """How, from which day and why somebody's hire ends; nothing is chosen beforehand."""

    kind = forms.ChoiceField(
        label=_("How the hire ends"), choices=Worker.Left.choices, widget=forms.RadioSelect
    )
    on = DateField(label=_("First day on which the person no longer works"))
    reason = forms.CharField(
        label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000, strip=True
    )
