"""What is typed about sessions, groups and the plan."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from u2t.orientation.actions import grouping
from u2t.orientation.models import Group, Plan, Session
from u2t.pages.fields import CountField, DateField
from u2t.programme.models import Round
from u2t.thai import digits


class TimeField(forms.CharField):
    """A time of day as people write it: ``9:00``, ``09.30``, ``๑๓.๐๐ น.``."""

    widget = forms.TextInput(attrs={"inputmode": "text", "autocomplete": "off"})

    def prepare_value(self, value: Any) -> Any:
        return value.strftime("%H:%M") if isinstance(value, time) else value

    def clean(self, value: Any) -> Any:
        if isinstance(value, time):
            return value
        text = super().clean(value)
        if not text:
            return None
        found = re.fullmatch(r"(\d{1,2})\s*[:.]\s*(\d{2})\s*(?:น\.?)?", digits.to_arabic(text).strip())
        if not found or int(found[1]) > 23 or int(found[2]) > 59:
            raise ValidationError(_("Write a time like 9:00 or 13.30."), code="time.unreadable")
        return time(int(found[1]), int(found[2]))


def moment(on: date, at: time) -> datetime:
    """A day and a time here as a moment."""
    return timezone.make_aware(datetime.combine(on, at))


class SessionForm(forms.Form):
    """A session; one that ends at or before its beginning by the clock is refused by the action, not turned over."""

    name_th = forms.CharField(label=_("Thai name"), max_length=200)
    name_en = forms.CharField(label=_("English name"), max_length=200, required=False)
    on = DateField(label=_("Day"))
    begins = TimeField(label=_("Begins"), help_text=_("For example 9:00 or 13.30."))
    ends = TimeField(label=_("Ends"))
    place_th = forms.CharField(label=_("Venue"), max_length=200)
    capacity = CountField(
        label=_("Room for"), required=False, help_text=_("Empty means as many as come."), most=100_000
    )
    groups = forms.ModelMultipleChoiceField(
        label=_("Groups"),
        queryset=Group.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None means that everybody attends."),
    )
    is_required = forms.BooleanField(label=_("Counts for completion"), required=False)

    def __init__(self, *args: Any, round: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["groups"].queryset = round.orientation_groups.all()  # type: ignore[attr-defined]
        if not round.orientation_groups.exists():
            del self.fields["groups"]

    @property
    def values(self) -> dict[str, Any]:
        """What the action takes, once the form is valid."""
        typed = self.cleaned_data
        return {
            "name_th": typed["name_th"],
            "name_en": typed["name_en"],
            "place_th": typed["place_th"],
            "begins_at": moment(typed["on"], typed["begins"]),
            "ends_at": moment(typed["on"], typed["ends"]),
            "capacity": typed["capacity"],
            "is_required": typed["is_required"],
            "groups": typed.get("groups", ()),
        }


def of_session(session: Session) -> dict[str, Any]:
    """What the form shows of a session that is there."""
    begins, ends = timezone.localtime(session.begins_at), timezone.localtime(session.ends_at)
    return {
        "name_th": session.name_th,
        "name_en": session.name_en,
        "on": begins.date(),
        "begins": begins.time(),
        "ends": ends.time(),
        "place_th": session.place_th,
        "capacity": session.capacity,
        "groups": list(session.groups.all()),
        "is_required": session.is_required,
    }


class CopyForm(forms.Form):
    """When the same session takes place once more."""

    on = DateField(label=_("Day"))
    begins = TimeField(label=_("Begins"), help_text=_("For example 9:00 or 13.30."))

    @property
    def begins_at(self) -> datetime:
        """The moment that was typed, once the form is valid."""
        return moment(self.cleaned_data["on"], self.cleaned_data["begins"])


class PlanForm(forms.ModelForm):  # type: ignore[type-arg]
    """What the round asks of everybody."""

    percent_of_hours = CountField(label=_("share of the hours to attend, percent"), most=100)
    test_percent = CountField(
        label=_("test passed from, percent"),
        most=100,
        required=False,
        help_text=_("Empty means without a test."),
    )
    late_after_minutes = CountField(label=_("late after, minutes"), most=600)
    doors_before_minutes = CountField(label=_("check-in opens before the session, minutes"), most=600)

    class Meta:
        model = Plan
        # The words of the certificate have a page of their own, which checks them as a paper would set them.
        fields = ("percent_of_hours", "test_percent", "late_after_minutes", "doors_before_minutes")


class GroupsForm(forms.Form):
    """How everybody without a group gets into one."""

    how = forms.ChoiceField(
        label=_("How"),
        widget=forms.RadioSelect,
        choices=[
            (grouping.TAMBON, _("One group a tambon")),
            (grouping.DISTRICT, _("One group a district")),
            (grouping.EVENLY, _("Groups of equal size, neighbours together")),
        ],
    )
    count = CountField(
        label=_("How many groups"), required=False, help_text=_("Only for groups of equal size.")
    )


class MaterialForm(forms.Form):
    """An address or a file that belongs to a session."""

    name = forms.CharField(label=_("Name of the material"), max_length=200)
    address = forms.URLField(
        label=_("Address"), required=False, assume_scheme="https", help_text=_("Or choose a file below.")
    )
    file = forms.FileField(label=_("File"), required=False, help_text=_("A PDF or a picture."))


class VoidForm(forms.Form):
    """Why a scan is taken back."""

    reason = forms.CharField(label=_("Reason"), max_length=500)


def next_day(round: Round, sessions: list[Session]) -> date | None:
    """The day a new session is likely on: that of the last one, else the first of orientation."""
    if sessions:
        return timezone.localdate(sessions[-1].begins_at)
    return round.orientation_from


def after(sessions: list[Session]) -> dict[str, Any]:
    """Where the last session left off: its place, and its end as the next beginning."""
    if not sessions:
        return {}
    end = timezone.localtime(sessions[-1].ends_at)
    return {
        "place_th": sessions[-1].place_th,
        "begins": end.time(),
        "ends": (end + timedelta(hours=1)).time(),
    }
