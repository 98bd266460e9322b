"""What is typed about rounds and institutions."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from u2t.pages.fields import BahtField, CountField, DateField
from u2t.programme import rules, usual
from u2t.programme.actions.institutions import LETTER_FIELDS
from u2t.programme.models import Institution, Round
from u2t.programme.queries import Matrix

CATEGORY_ROWS, WORKSTREAM_ROWS = 5, 3


class TopicsField(forms.CharField):
    """Dimensions or skills, one a line: ``code | Thai name | English name``, ``*`` behind it for data managers."""

    widget = forms.Textarea(attrs={"rows": 8, "spellcheck": "false"})

    def prepare_value(self, value: Any) -> Any:
        if value is None or isinstance(value, str):
            return value
        lines = ((row.code, row.name_th, row.name_en, *(["*"] if row.for_office else [])) for row in value)
        return "\n".join(" | ".join(line) for line in lines)

    def clean(self, value: Any) -> Any:
        lines = [line for line in super().clean(value).splitlines() if line.strip()]
        return [self._row(line) for line in lines]

    def _row(self, line: str) -> rules.TopicRow:
        parts = [part.strip() for part in line.split("|")]
        for_office = len(parts) > 2 and parts[-1] == "*"
        code, name_th, name_en, *more = [*parts[: -1 if for_office else None], "", ""]
        if any(more) or max(len(name_th), len(name_en)) > 200:
            raise forms.ValidationError(_("“%(line)s” has too many parts."), params={"line": line})
        return rules.TopicRow(code, name_th, name_en, for_office)


class CalendarForm(forms.Form):
    """Name and calendar: the same for a new round and for one that is changed."""

    name_th = forms.CharField(label=_("Thai name"), max_length=200)
    name_en = forms.CharField(label=_("English name"), max_length=200, required=False)
    starts_on = DateField(label=_("First day of work"))
    months = CountField(label=_("Months"), most=rules.MONTHS_AT_MOST)
    handover_on = DateField(
        label=_("Planned day of handover"),
        required=False,
        help_text=_("The day on which the teams are handed over to their agencies, if it is known."),
    )
    leaders_per_tambon = CountField(label=_("Lecturers leading a tambon (PM)"), most=rules.LEADERS_AT_MOST)

    def calendar(self) -> dict[str, Any]:
        names = ("name_th", "name_en", "starts_on", "months", "handover_on", "leaders_per_tambon")
        return {name: self.cleaned_data[name] for name in names}


class OrientationForm(forms.Form):
    orientation_from = DateField(label=_("First day of orientation"), required=False)
    orientation_until = DateField(label=_("Last day of orientation"), required=False)


class OpenRoundForm(CalendarForm):
    """A new round: rows of categories, columns of workstreams, slots where they cross; empty rows are left out."""

    institution = forms.ModelChoiceField(
        label=_("Institution"), queryset=Institution.objects.none(), empty_label=None
    )
    code = forms.CharField(
        label=_("Code of the round"),
        max_length=40,
        help_text=_("Latin letters, digits and hyphens; it stands in addresses and can't be changed later."),
    )
    orientation_from = DateField(label=_("First day of orientation"), required=False)
    orientation_until = DateField(label=_("Last day of orientation"), required=False)
    dimensions = TopicsField(
        label=_("Dimensions of development"),
        required=False,
        help_text=_("One a line: code | Thai name | English name."),
    )
    skills = TopicsField(
        label=_("Skills"),
        required=False,
        help_text=_(
            "One a line: code | Thai name | English name. End the line with | * where data managers need it."
        ),
    )

    def __init__(self, *args: Any, institutions: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", usual_round())
        super().__init__(*args, **kwargs)
        self.fields["institution"].queryset = institutions  # type: ignore[attr-defined]
        if institutions.count() == 1:
            self.fields["institution"].initial = institutions[0]
            self.fields["institution"].widget = forms.HiddenInput()
        for i in range(CATEGORY_ROWS):
            self._add(f"c{i}_code", forms.CharField(label=_("Code"), max_length=20, required=False))
            self._add(f"c{i}_name_th", forms.CharField(label=_("Thai name"), max_length=200, required=False))
            self._add(
                f"c{i}_name_en", forms.CharField(label=_("English name"), max_length=200, required=False)
            )
            self._add(f"c{i}_rate", BahtField(label=_("Baht a month"), required=False))
            for j in range(WORKSTREAM_ROWS):
                self._add(f"q{i}_{j}", CountField(label=_("Slots a tambon"), required=False))
        for j in range(WORKSTREAM_ROWS):
            self._add(f"w{j}_code", forms.CharField(label=_("Code"), max_length=20, required=False))
            self._add(f"w{j}_name_th", forms.CharField(label=_("Thai name"), max_length=200, required=False))
            self._add(
                f"w{j}_name_en", forms.CharField(label=_("English name"), max_length=200, required=False)
            )
            self._add(
                f"w{j}_to_office", forms.BooleanField(label=_("Works at a data agency"), required=False)
            )

    def _add(self, name: str, field: forms.Field) -> None:
        self.fields[name] = field

    def category_rows(self) -> Iterator[list[BoundField]]:
        """Bound fields of each row: code, names, rate, then a cell a workstream."""
        for i in range(CATEGORY_ROWS):
            names = [f"c{i}_{part}" for part in ("code", "name_th", "name_en", "rate")]
            yield [self[name] for name in (*names, *(f"q{i}_{j}" for j in range(WORKSTREAM_ROWS)))]

    def workstream_rows(self) -> Iterator[list[BoundField]]:
        for j in range(WORKSTREAM_ROWS):
            yield [self[f"w{j}_{part}"] for part in ("code", "name_th", "name_en", "to_office")]

    def matrix_rows(self) -> Iterator[tuple[str, list[tuple[str, BoundField]]]]:
        """Each category, by the name typed so far, with its cells and the names of their columns."""
        columns = self.columns()
        for i in range(CATEGORY_ROWS):
            name = self._typed(f"c{i}_name_th", f"c{i}_code") or _("Category %(number)s") % {"number": i + 1}
            yield name, [(column, self[f"q{i}_{j}"]) for j, column in enumerate(columns)]

    def columns(self) -> list[str]:
        """The workstreams, by the names typed so far."""
        return [
            self._typed(f"w{j}_name_th", f"w{j}_code") or _("Workstream %(number)s") % {"number": j + 1}
            for j in range(WORKSTREAM_ROWS)
        ]

    def _typed(self, *names: str) -> str:
        return next((str(value) for name in names if (value := self[name].value())), "")

    def clean(self) -> dict[str, Any]:
        """Rates must be known: an empty one is not zero."""
        cleaned = super().clean() or self.cleaned_data
        for i in self._used_categories():
            if cleaned.get(f"c{i}_rate") is None and f"c{i}_rate" not in self.errors:
                self.add_error(f"c{i}_rate", _("Enter the monthly rate; it may be 0."))
        return cleaned

    def _used_categories(self) -> list[int]:
        return [i for i in range(CATEGORY_ROWS) if self._is_used(f"c{i}_", ("code", "name_th", "rate"))]

    def _used_workstreams(self) -> list[int]:
        return [j for j in range(WORKSTREAM_ROWS) if self._is_used(f"w{j}_", ("code", "name_th"))]

    def _is_used(self, prefix: str, parts: tuple[str, ...]) -> bool:
        return any(self.cleaned_data.get(prefix + part) not in (None, "") for part in parts)

    def given(self) -> dict[str, Any]:
        """What the action takes."""
        data = self.cleaned_data
        categories, workstreams = self._used_categories(), self._used_workstreams()
        return {
            **self.calendar(),
            "institution": data["institution"],
            "code": data["code"],
            "orientation_from": data["orientation_from"],
            "orientation_until": data["orientation_until"],
            "dimensions": data["dimensions"],
            "skills": data["skills"],
            "categories": [
                rules.CategoryRow(
                    data[f"c{i}_code"], data[f"c{i}_name_th"], data[f"c{i}_name_en"], data[f"c{i}_rate"]
                )
                for i in categories
            ],
            "workstreams": [
                rules.WorkstreamRow(*(data[f"w{j}_{p}"] for p in ("code", "name_th", "name_en", "to_office")))
                for j in workstreams
            ],
            "quotas": {
                (data[f"c{i}_code"], data[f"w{j}_code"]): data[f"q{i}_{j}"] or 0
                for i in categories
                for j in workstreams
            },
        }


def usual_round() -> dict[str, Any]:
    """What the form of a new round offers."""
    offered: dict[str, Any] = {
        "months": usual.MONTHS,
        "leaders_per_tambon": usual.LEADERS_PER_TAMBON,
        "dimensions": usual.DIMENSIONS,
        "skills": usual.SKILLS,
    }
    for i, category in enumerate(usual.CATEGORIES):
        offered |= {f"c{i}_{name}": value for name, value in category._asdict().items()}
        offered[f"c{i}_rate"] = category.monthly_rate_satang
        for j, workstream in enumerate(usual.WORKSTREAMS):
            offered[f"q{i}_{j}"] = usual.QUOTAS[category.code, workstream.code]
    for j, workstream in enumerate(usual.WORKSTREAMS):
        offered |= {f"w{j}_{name}": value for name, value in workstream._asdict().items()}
    return offered


class ChangeRoundForm(CalendarForm):
    """A round that is open: rates and slots of its own categories and workstreams."""

    def __init__(self, *args: Any, round: Round, matrix: Matrix, **kwargs: Any) -> None:
        self.matrix = matrix
        stored = {name: getattr(round, name) for name in CalendarForm.base_fields}
        super().__init__(*args, initial=stored, **kwargs)
        for row in matrix.rows:
            code = row.category.code
            rate = BahtField(label=_("Baht a month"), initial=row.category.monthly_rate_satang)
            self.fields[f"rate-{code}"] = rate
            for workstream, number in zip(matrix.workstreams, row.cells, strict=True):
                cell = CountField(label=workstream.name, initial=number, most=rules.SLOTS_A_CELL_AT_MOST)
                self.fields[f"slots-{code}-{workstream.code}"] = cell

    def matrix_rows(self) -> Iterator[tuple[Any, BoundField, list[BoundField]]]:
        """Each category with its rate and its cells."""
        for row in self.matrix.rows:
            code = row.category.code
            cells = [self[f"slots-{code}-{w.code}"] for w in self.matrix.workstreams]
            yield row.category, self[f"rate-{code}"], cells

    def given(self) -> dict[str, Any]:
        codes = [row.category.code for row in self.matrix.rows]
        return {
            **self.calendar(),
            "rates": {code: self.cleaned_data[f"rate-{code}"] for code in codes},
            "quotas": {
                (code, w.code): self.cleaned_data[f"slots-{code}-{w.code}"]
                for code in codes
                for w in self.matrix.workstreams
            },
        }


class InstitutionForm(forms.ModelForm[Institution]):
    """Names of an institution and what its letters say."""

    home_district = forms.CharField(
        label=_("Code of the home district"),
        required=False,
        max_length=4,
        help_text=_("Four digits, for example 6201. Distances of lecturers are measured from here."),
    )

    class Meta:
        model = Institution
        fields = LETTER_FIELDS
        widgets = {"address_th": forms.Textarea(attrs={"rows": 3})}

    def given(self) -> dict[str, Any]:
        return {
            "letter": {name: self.cleaned_data[name] for name in LETTER_FIELDS},
            "home_district": self.cleaned_data["home_district"].strip(),
        }


class EmblemForm(forms.Form):
    emblem = forms.FileField(
        label=_("Picture"),
        help_text=_("PNG or JPEG, at most 1 MB."),
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg"}),
    )
