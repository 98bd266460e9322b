"""The steps of an application. No field is required here: what is missing is said before submission, not while typing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from u2t.pages.fields import CountField, DateField
from u2t.recruitment.forms.applying_fields import (
    CitizenIdField,
    GradeField,
    PlaceField,
    PostcodeField,
    TelephoneField,
    YesNoField,
)
from u2t.recruitment.models import Application, Experience
from u2t.recruitment.models.applications import Level
from u2t.recruitment.queries import applying as queries
from u2t.recruitment.rules import applying as rules
from u2t.thai import fold, names

TITLES = ("นาย", "นาง", "นางสาว")


class StepForm(forms.Form):
    """A step's fields with what is kept in ``application`` as their first values.

    ``version`` and ``seen`` come back with what was typed, so that two windows do not overwrite each other.
    """

    version = forms.IntegerField(required=False, min_value=0, widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=64, widget=forms.HiddenInput)
    step = ""

    def __init__(self, application: Application, data: Any = None) -> None:
        self.application = application
        super().__init__(data, initial=self.initial_of(application))
        for field in self.fields.values():
            field.required = False

    def initial_of(self, application: Application) -> dict[str, Any]:
        found = {
            name: getattr(application, name) for name in rules.FIELDS[self.step] if hasattr(application, name)
        }
        return {name: value for name, value in found.items() if name != "citizen_id"}

    @property
    def values(self) -> dict[str, Any]:
        """What was typed and is right; what is not stays as it was kept."""
        return {n: v for n, v in self.cleaned_data.items() if n in rules.FIELDS[self.step]}

    def values_after(self, do: str) -> dict[str, Any]:
        """The values once a button inside the step (``do``) has done what it is for."""
        return self.values

    def carry(self, version: int, seen: str) -> None:
        """Show what was typed again, over the version that is kept by now."""
        data = self.data.copy()
        data["version"], data["seen"] = str(version), seen
        self.data = data

    def differences(self) -> list[tuple[str, str, str]]:
        """Label, kept value and typed value of every field in which the two differ."""
        found = []
        for bound in self.typed_fields():
            if bound.name == "citizen_id":
                continue
            kept = _shown(bound, bound.field.prepare_value(bound.initial))
            typed = _shown(bound, bound.data)
            if kept != typed:
                found.append((str(bound.label), kept, typed))
        return found

    def typed_fields(self) -> Iterator[forms.BoundField]:
        """The fields that hold values, without those that carry the version."""
        return (self[name] for name in self.fields if name not in ("version", "seen"))


def _shown(bound: forms.BoundField, value: Any) -> str:
    choices = {str(key): str(text) for key, text in getattr(bound.field, "choices", ())}
    several = value if isinstance(value, list | tuple) else [value]
    return ", ".join(choices.get(str(one), str(one)) for one in several if one not in (None, "")) or "–"


def _normal(text: str) -> str:
    return fold.normal(text)


class PersonForm(StepForm):
    step = "person"
    title = forms.CharField(
        label=_("Title"),
        max_length=40,
        help_text=_("As on your ID card, for example นาย, นาง, นางสาว."),
        widget=forms.TextInput(attrs={"list": "titles", "autocomplete": "honorific-prefix"}),
    )
    given_name = forms.CharField(
        label=_("Given name"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    surname = forms.CharField(
        label=_("Surname"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    citizen_id = CitizenIdField(label=_("ID number (13 digits)"))
    birth_on = DateField(
        label=_("Date of birth"), help_text=_("For example 9/5/2540. B.E. or A.D., both are understood.")
    )
    telephone = TelephoneField(label=_("Mobile telephone"))
    email = forms.EmailField(
        label=_("E-mail"), max_length=254, help_text=_("For receipts and news; you may leave it empty.")
    )
    military = forms.CharField(
        label=_("Military service"),
        max_length=200,
        help_text=_("Men only: for example exempted, served, reserve training (รด.) year 3."),
    )

    def __init__(self, application: Application, data: Any = None) -> None:
        super().__init__(application, data)
        if application.citizen_id_tail:
            kept = _("Kept: %(number)s. Leave the box empty to keep it.")
            self.fields["citizen_id"].help_text = kept % {"number": application.citizen_id_masked}

    def clean_title(self) -> str:
        text = _normal(self.cleaned_data["title"])
        return names.canonical_title(text) or text

    def clean_given_name(self) -> str:
        return _normal(self.cleaned_data["given_name"])

    def clean_surname(self) -> str:
        return _normal(self.cleaned_data["surname"])


_HOUSE = _("House number, village, road")
_PLACE_HELP = _("Type a part of the name, for example นครชุม, and choose from the list.")


class AddressesForm(StepForm):
    step = "addresses"
    present_house = forms.CharField(
        label=_HOUSE, max_length=300, widget=forms.TextInput(attrs={"autocomplete": "street-address"})
    )
    present_tambon = PlaceField(label=_("Tambon"), help_text=_PLACE_HELP)
    present_postcode = PostcodeField(label=_("Postcode"))
    registered_same = forms.BooleanField(label=_("The house registration has the same address"))
    registered_house = forms.CharField(
        label=_HOUSE, max_length=300, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    registered_tambon = PlaceField(label=_("Tambon"), help_text=_PLACE_HELP)
    registered_postcode = PostcodeField(label=_("Postcode"))

    def initial_of(self, application: Application) -> dict[str, Any]:
        found = super().initial_of(application)
        same = all(found[f"present_{one}"] == found[f"registered_{one}"] for one in ("house", "tambon"))
        return found | {"registered_same": same and bool(found["present_tambon"])}

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        if cleaned.get("registered_same"):
            for one in ("house", "tambon", "postcode"):
                self.errors.pop(f"registered_{one}", None)
                if f"present_{one}" in cleaned:
                    cleaned[f"registered_{one}"] = cleaned[f"present_{one}"]
                else:
                    cleaned.pop(f"registered_{one}", None)
        return cleaned


class EducationForm(StepForm):
    step = "education"
    level = forms.ChoiceField(label=_("Highest education"), choices=[("", "–"), *Level.choices])
    degree = forms.CharField(
        label=_("Degree"), max_length=200, help_text=_("As on the certificate, for example ศิลปศาสตรบัณฑิต.")
    )
    major = forms.CharField(label=_("Field of study"), max_length=200)
    institute = forms.CharField(label=_("School or university"), max_length=200)
    graduated_on = DateField(
        label=_("Date of graduation"),
        help_text=_("The day that the certificate says. Students leave it empty."),
    )
    grade = GradeField(label=_("Grade point average"), help_text=_("For example 3.25."))
    is_own_student = YesNoField(label=_("Are you a student of this university?"))
    student_year = CountField(label=_("Year of study"), most=12, help_text=_("Students only, for example 3."))


class WorkForm(StepForm):
    step = "work"
    is_employed = YesNoField(label=_("Are you employed at present?"))
    has_state_hire = YesNoField(label=_("Does another state project hire you?"))
    skills = forms.MultipleChoiceField(label=_("Skills"), widget=forms.CheckboxSelectMultiple)
    talents = forms.CharField(
        label=_("Talents"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What you do well, in your own words."),
    )  # fmt: skip

    def __init__(self, application: Application, data: Any = None) -> None:
        super().__init__(application, data)
        skills = application.call.round.skills.all()
        self.fields["skills"].choices = [(skill.code, skill.name) for skill in skills]  # type: ignore[attr-defined]
        self.rows = RowSet(data, prefix="row", initial=[_row(row) for row in application.experiences.all()])

    def initial_of(self, application: Application) -> dict[str, Any]:
        found = super().initial_of(application)
        return found | {"skills": [skill.code for skill in application.skills.all()]}

    def add_row(self, kind: str) -> None:
        """Offer one more empty line of work or training."""
        self.rows = RowSet(prefix="row", initial=[*(self.rows.initial or []), {"kind": kind}])

    def is_valid(self) -> bool:
        """The rows count too; those that are wrong keep all rows from being saved, not the other fields."""
        return all([super().is_valid(), self.rows.is_valid()])

    @property
    def values(self) -> dict[str, Any]:
        kept = super().values
        return kept | {"experiences": self.rows.values()} if self.rows.is_valid() else kept


def _row(row: Experience) -> dict[str, Any]:
    return {name: getattr(row, name) for name in ("kind", "what", "where", "begins_on", "ends_on", "hours")}


class RowForm(forms.Form):
    """One line of work or training; a line without post or course does not count."""

    kind = forms.ChoiceField(choices=Experience.Kind.choices, widget=forms.HiddenInput)
    what = forms.CharField(label=_("Post or course"), max_length=200, required=False)
    where = forms.CharField(label=_("At"), max_length=200, required=False)
    begins_on = DateField(label=_("From"), required=False)
    ends_on = DateField(label=_("Until"), required=False, help_text="")
    hours = CountField(label=_("Hours"), most=9_999, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = self.cleaned_data
        begins, ends = cleaned.get("begins_on"), cleaned.get("ends_on")
        if begins and ends and ends < begins:
            self.add_error("ends_on", _("It ends before it begins."))
        if not cleaned.get("what") and any(cleaned.get(name) for name in ("where", "begins_on", "hours")):
            self.add_error("what", _("Write the post or the course, or remove the line."))
        return cleaned


class _Rows(forms.BaseFormSet[RowForm]):
    def values(self) -> list[dict[str, Any]]:
        """The lines that hold something and were not removed, in their order."""
        kept = [one.cleaned_data for one in self.forms if one.cleaned_data and one.cleaned_data.get("what")]
        return [{k: v for k, v in row.items() if k != "DELETE"} for row in kept if not row.get("DELETE")]


RowSet = forms.formset_factory(
    RowForm, formset=_Rows, extra=0, can_delete=True, max_num=40, validate_max=True
)


class ChoiceForm(StepForm):
    """The category and the ranked tambons; ``choice`` comes once for each tambon, in order."""

    step = "choice"
    category = forms.ChoiceField(label=_("Category"), widget=forms.RadioSelect)

    def __init__(self, application: Application, data: Any = None) -> None:
        super().__init__(application, data)
        categories = application.call.round.categories.filter(
            pk__in=application.call.quotas.values("category")
        )
        self.fields["category"].choices = [(one.code, one.name) for one in categories]  # type: ignore[attr-defined]
        self.ranked: list[str] | None = data.getlist("choice")[:99] if data is not None else None

    def initial_of(self, application: Application) -> dict[str, Any]:
        return {"category": application.category.code if application.category else None}

    def ranked_now(self) -> list[str]:
        """Codes in the order to show: as posted, otherwise as kept."""
        return queries.ranked_codes(self.application) if self.ranked is None else self.ranked

    def values_after(self, do: str) -> dict[str, Any]:
        self.ranked = rules.moved(self.ranked_now(), do)
        return self.values | {"choices": self.ranked}


FORMS: dict[str, type[StepForm]] = {
    form.step: form for form in (PersonForm, AddressesForm, EducationForm, WorkForm, ChoiceForm)
}


class ConsentForm(forms.Form):
    agrees = forms.BooleanField(label=_("I have read this and agree."))
