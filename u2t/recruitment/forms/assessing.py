"""What is typed in screening and interviews."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from u2t.pages import findings
from u2t.pages.fields import CountField, DateField
from u2t.recruitment.models import Call, Criterion
from u2t.recruitment.rules import assigning, returned
from u2t.thai import digits

_YES_NO = (("yes", _("Yes")), ("no", _("No")))


class TimeField(forms.CharField):
    """A time of day: ``9:30``, ``09.30``, ``๙.๓๐ น.``; gives a time or ``None``."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 6})

    def prepare_value(self, value: Any) -> Any:
        return f"{value.hour:02d}:{value.minute:02d}" if isinstance(value, time) else value

    def clean(self, value: Any) -> time | None:
        text = digits.to_arabic(super().clean(value)).replace("น", "").replace(" ", "").strip(".")
        if not text:
            return None
        hour, _colon, minute = text.replace(".", ":").partition(":")
        parts = (hour, minute or "0")
        if all(part.isascii() and part.isdigit() and len(part) <= 2 for part in parts):
            try:
                return time(*map(int, parts))
            except ValueError:
                pass
        raise forms.ValidationError(_("Write a time like 9:30."), code="time.unreadable")


class PaperForm(forms.Form):
    """Whether a paper is accepted; a refusal needs a reason, which the action asks for."""

    accepted = forms.ChoiceField(choices=_YES_NO)
    reason = forms.CharField(label=_("Reason"), required=False, max_length=500)


class OverrideForm(forms.Form):
    """An officer's finding about a rule."""

    rule = forms.IntegerField(min_value=1)
    met = forms.ChoiceField(label=_("The rule counts as"), choices=(("yes", _("met")), ("no", _("not met"))))
    reason = forms.CharField(label=_("Reason"), required=False, max_length=1000)


class DecisionForm(forms.Form):
    """The right to an interview; nothing is chosen beforehand."""

    decision = forms.ChoiceField(
        label=_("Decision"),
        choices=(("pass", _("Has the right to an interview")), ("fail", _("Not passed"))),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose a decision.")},
    )
    note = forms.CharField(
        label=_("Note to the applicant"),
        help_text=_("Needed if not passed, or if a paper is still missing."),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class ReasonForm(forms.Form):
    """Why something is done that is done seldom."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class SamePersonForm(forms.Form):
    """What became of a pair."""

    reason = forms.CharField(required=False, max_length=500)
    first = forms.IntegerField(min_value=1)
    second = forms.IntegerField(min_value=1)
    same = forms.ChoiceField(choices=_YES_NO)


class ScheduleForm(forms.Form):
    """Days, hours and rooms of interviews."""

    first = DateField(label=_("First day"))
    last = DateField(label=_("Last day"))
    weekends = forms.ChoiceField(
        label=_("On Saturdays and Sundays too"), choices=_YES_NO, widget=forms.RadioSelect
    )
    begins = TimeField(label=_("From"), help_text=_("For example 9:00."))
    ends = TimeField(label=_("Until"))
    pause_from = TimeField(label=_("Pause from"), required=False)
    pause_until = TimeField(label=_("Pause until"), required=False)
    minutes = CountField(label=_("Minutes for each applicant"), most=480)
    rooms = forms.CharField(
        label=_("Rooms"),
        help_text=_("One room a line. In each room one applicant at a time."),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def clean_minutes(self) -> int:
        minutes = self.cleaned_data["minutes"]
        if not minutes or minutes < 2:
            raise forms.ValidationError(_("Give each applicant at least two minutes."))
        return int(minutes)

    def clean_rooms(self) -> list[str]:
        lines = [" ".join(line.split())[:200] for line in self.cleaned_data["rooms"].splitlines()]
        return list(dict.fromkeys(line for line in lines if line))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("first"), cleaned.get("last")
        if first and last and not 0 <= (last - first).days <= 90:
            self.add_error("last", _("The last day must follow the first within three months."))
        if cleaned.get("begins") and cleaned.get("ends") and cleaned["ends"] <= cleaned["begins"]:
            self.add_error("ends", _("Must be later than the beginning."))
        pauses = cleaned.get("pause_from"), cleaned.get("pause_until")
        if any(pauses) and not (all(pauses) and pauses[0] < pauses[1]):
            self.add_error("pause_until", _("Write when the pause begins and ends, or neither."))
        return cleaned

    @property
    def days(self) -> list[date]:
        """The days that were chosen, once the form is valid."""
        data = self.cleaned_data
        return assigning.days_between(data["first"], data["last"], without_weekends=data["weekends"] == "no")

    @property
    def hours(self) -> assigning.Hours:
        """The hours that were typed, once the form is valid."""
        data = self.cleaned_data
        return assigning.Hours(
            data["begins"], data["ends"], data["minutes"], data.get("pause_from"), data.get("pause_until")
        )


class TimeForm(forms.Form):
    """One applicant's time; an empty day takes it away."""

    day = DateField(label=_("Day"), required=False)
    time = TimeField(label=_("Time"), required=False)
    place = forms.CharField(label=_("Room or place"), required=False, max_length=200)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if bool(cleaned.get("day")) != bool(cleaned.get("time")) and not self.errors:
            self.add_error("time", _("Write day and time, or neither."))
        return cleaned

    @property
    def begins(self) -> datetime | None:
        """The moment that was typed, once the form is valid."""
        data = self.cleaned_data
        if not data.get("day"):
            return None
        return datetime.combine(data["day"], data["time"], timezone.get_default_timezone())


class MarksForm(forms.Form):
    """Points by criterion, whether the applicant came, and a note; anything may still be empty."""

    absent = forms.BooleanField(label=_("The applicant did not come"), required=False)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, criteria: Sequence[Criterion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.criteria = criteria
        for criterion in criteria:
            self.fields[f"points_{criterion.pk}"] = CountField(
                label=criterion.name,
                help_text=_("0 to %(most)s points, weight %(weight)s%%")
                % {"most": criterion.max_points, "weight": criterion.weight},
                most=criterion.max_points,
                required=False,
                widget=forms.NumberInput(
                    attrs={
                        "inputmode": "numeric", "min": 0, "max": criterion.max_points, "step": 1,
                        "autocomplete": "off", "class": "points",
                    }
                ),
            )  # fmt: skip
        self.order_fields([*(f"points_{criterion.pk}" for criterion in criteria), "absent", "note"])

    @property
    def points(self) -> dict[int, int | None]:
        """What was typed by criterion, once the form is valid."""
        return {one.pk: self.cleaned_data.get(f"points_{one.pk}") for one in self.criteria}


class FileForm(forms.Form):
    """A list that comes back, refused by its size before it is read."""

    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("XLSX, ODS, XLS or CSV, with headers in Thai or English in any order."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv,.txt"}),
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > returned.LIMITS.file_bytes:
            about = {"size": file.size, "limit": returned.LIMITS.file_bytes}
            raise forms.ValidationError(findings.WORDS["file.too_big"], params=about)
        return file


class InterviewerForm(forms.Form):
    """One of those who interview for the call."""

    interviewer = forms.ModelChoiceField(label=_("Interviewer"), queryset=None, empty_label=_("Choose"))

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = call.interviewers.filter(ended_at=None).select_related("account__person")
        self.fields["interviewer"].queryset = known  # type: ignore[attr-defined]
        self.fields["interviewer"].label_from_instance = lambda one: str(one.account)  # type: ignore[attr-defined]
