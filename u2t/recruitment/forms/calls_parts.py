"""The parts of a call as tables to fill: slots, rules, papers, criteria, timetable. Empty spare rows are left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from u2t.pages.fields import CountField, DateField
from u2t.programme.models import Category, RoundTambon
from u2t.recruitment.models import Call, DocumentKind
from u2t.recruitment.models.applications import Level
from u2t.recruitment.queries import calls as queries
from u2t.recruitment.rules import composing
from u2t.recruitment.rules.composing import CriterionRow, DocumentRow, MilestoneRow, RuleRow
from u2t.recruitment.words import calls as words
from u2t.recruitment.words import findings

SPARE = 2


class QuotasForm(forms.Form):
    """Slots of every tambon by category."""

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.tambons = list(RoundTambon.objects.with_places().filter(round=call.round))
        self.categories = list(call.round.categories.all())
        stored = queries.slots_of(call)
        for tambon in self.tambons:
            for category in self.categories:
                self.fields[self._name(tambon, category)] = CountField(
                    label=category.name,
                    required=False,
                    most=composing.SLOTS_AT_MOST,
                    initial=stored.get((tambon.tambon_id, category.code), 0),
                )

    @staticmethod
    def _name(tambon: RoundTambon, category: Category) -> str:
        return f"slots-{tambon.tambon_id}-{category.code}"

    def rows(self) -> Iterator[tuple[RoundTambon, list[BoundField]]]:
        for tambon in self.tambons:
            yield tambon, [self[self._name(tambon, category)] for category in self.categories]

    def given(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "slots": {
                (tambon.tambon_id, category.code): data[self._name(tambon, category)] or 0
                for tambon in self.tambons
                for category in self.categories
            }
        }


class RulesForm(forms.Form):
    """The rules that stand, each with its values, and one to add."""

    kind = forms.ChoiceField(label=_("Kind of rule"), required=False)
    category = forms.ChoiceField(label=_("For whom"), required=False)

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.names = {"": words.EVERYBODY} | {c.code: c.name for c in call.round.categories.all()}
        self.stored = [(row, queries.rule_of(row)) for row in call.eligibility.select_related("category")]
        self.fields["kind"].choices = [("", "–"), *words.KINDS.items()]  # type: ignore[attr-defined]
        self.fields["category"].choices = list(self.names.items())  # type: ignore[attr-defined]
        for row, rule in self.stored:
            for name in composing.VALUES.get(rule.kind, {}):
                self.fields[f"r{row.pk}-{name}"] = _value_field(name, rule.values.get(name))
            self.fields[f"r{row.pk}-valid_from"] = DateField(
                label=_("Valid from"), required=False, initial=rule.valid_from, help_text=""
            )
            self.fields[f"r{row.pk}-valid_until"] = DateField(
                label=_("Valid until"), required=False, initial=rule.valid_until, help_text=""
            )
            self.fields[f"r{row.pk}-remove"] = forms.BooleanField(label=_("Remove"), required=False)

    def rows(self) -> Iterator[tuple[str, str, list[BoundField], list[BoundField], BoundField]]:
        """Each rule in words, for whom, the fields of its values and days, and the box that removes it."""
        for row, rule in self.stored:
            values = [self[f"r{row.pk}-{name}"] for name in composing.VALUES.get(rule.kind, {})]
            days = [self[f"r{row.pk}-{name}"] for name in ("valid_from", "valid_until")]
            said = findings.rule_said(row.as_rule())
            yield said, str(self.names[rule.category]), values, days, self[f"r{row.pk}-remove"]

    def given(self) -> dict[str, Any]:
        data, rules = self.cleaned_data, []
        for row, rule in self.stored:
            if data[f"r{row.pk}-remove"]:
                continue
            values = {name: data[f"r{row.pk}-{name}"] for name in composing.VALUES.get(rule.kind, {})}
            days = {name: data[f"r{row.pk}-{name}"] for name in ("valid_from", "valid_until")}
            rules.append(rule._replace(values=values, **days))
        if data["kind"]:
            rules.append(RuleRow(data["kind"], composing.BEGINNING.get(data["kind"], {}), data["category"]))
        return {"rules": rules}


def _value_field(name: str, value: object) -> forms.Field:
    if name == "level":
        return forms.ChoiceField(label=_("Level"), choices=Level.choices, initial=value)
    if name == "area":
        return forms.ChoiceField(label=_("Area"), choices=list(words.AREAS.items()), initial=value)
    label = {"years": _("Years"), "from": _("From year"), "until": _("To year")}[name]
    return CountField(label=label, initial=value, most=100)


class DocumentsForm(forms.Form):
    """Every kind of paper: from whom it is required, from whom it is welcome."""

    STATES = (("", _("not asked")), ("required", _("required")), ("welcome", _("may be given")))

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.groups = {"": words.EVERYBODY} | {c.code: c.name for c in call.round.categories.all()}
        stored = {(row.kind, row.category): row.is_required for row in queries.documents_of(call)}
        for kind in DocumentKind.values:
            for code, name in self.groups.items():
                asked = stored.get((kind, code))
                self.fields[f"{kind}-{code}"] = forms.ChoiceField(
                    label=name,
                    choices=self.STATES,
                    required=False,
                    initial={True: "required", False: "welcome"}.get(asked, ""),  # type: ignore[arg-type]
                )

    def rows(self) -> Iterator[tuple[str, list[BoundField]]]:
        for kind in DocumentKind:
            yield str(kind.label), [self[f"{kind.value}-{code}"] for code in self.groups]

    def given(self) -> dict[str, Any]:
        chosen = [
            (kind, code, self.cleaned_data[f"{kind}-{code}"])
            for kind in DocumentKind.values
            for code in self.groups
        ]
        return {
            "documents": [DocumentRow(kind, code, said == "required") for kind, code, said in chosen if said]
        }


class _RowsForm(forms.Form):
    """Rows that stand and a few spare ones; a row without its first cell is left out."""

    def add_rows(self, stored: list[Any], spare: int) -> None:
        self.count = len(stored) + spare
        for at in range(self.count):
            row = stored[at] if at < len(stored) else None
            for name, field in self.cells().items():
                field.required = False
                field.initial = getattr(row, name) if row else None
                self.fields[f"{name}-{at}"] = field

    def cells(self) -> dict[str, forms.Field]:
        raise NotImplementedError

    def rows(self) -> Iterator[list[BoundField]]:
        for at in range(self.count):
            yield [self[f"{name}-{at}"] for name in self.cells()]

    def clean(self) -> dict[str, Any]:
        """A row that is used must be whole where its cells are needed."""
        cleaned = super().clean() or self.cleaned_data
        for at in self.used():
            for name in self.needed:
                if cleaned.get(f"{name}-{at}") is None and f"{name}-{at}" not in self.errors:
                    self.add_error(f"{name}-{at}", _("Fill this in, or empty the whole row."))
        return cleaned

    needed: tuple[str, ...] = ()

    def used(self) -> list[int]:
        return [
            at
            for at in range(self.count)
            if any(self.cleaned_data.get(f"{name}-{at}") not in (None, "") for name in self.cells())
        ]

    def whole_rows(self) -> list[dict[str, Any]]:
        return [{name: self.cleaned_data[f"{name}-{at}"] for name in self.cells()} for at in self.used()]


class CriteriaForm(_RowsForm):
    needed = ("max_points", "weight")

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_rows(queries.criteria_of(call), SPARE)

    def cells(self) -> dict[str, forms.Field]:
        return {
            "name_th": forms.CharField(label=_("Thai name"), max_length=200),
            "name_en": forms.CharField(label=_("English name"), max_length=200),
            "max_points": CountField(label=_("Full points"), most=1_000),
            "weight": CountField(label=_("Weight, percent"), most=100),
        }

    def given(self) -> dict[str, Any]:
        return {"criteria": [CriterionRow(**row) for row in self.whole_rows()]}


class MilestonesForm(_RowsForm):
    needed = ("begins_on",)

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_rows(queries.milestones_of(call), SPARE + 1)

    def cells(self) -> dict[str, forms.Field]:
        return {
            "name_th": forms.CharField(label=_("Thai name"), max_length=200),
            "name_en": forms.CharField(label=_("English name"), max_length=200),
            "begins_on": DateField(label=_("From"), help_text=""),
            "ends_on": DateField(label=_("Until"), help_text=""),
            "place_th": forms.CharField(label=_("Place"), max_length=200),
        }

    def given(self) -> dict[str, Any]:
        return {"milestones": [MilestoneRow(**row) for row in self.whole_rows()]}
