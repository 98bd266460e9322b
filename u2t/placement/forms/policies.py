"""A rule as it is typed: every number with what it means, empty where the rule says nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from u2t.matching import Rule
from u2t.pages.fields import CountField
from u2t.placement.models import Policy
from u2t.programme.models import Round, Skill
from u2t.thai import digits

NEAR = ("tambon", "district", "province", "elsewhere", "unknown")
NEAR_NAMES = {
    "tambon": _("Home in the same tambon"),
    "district": _("Home in the same district"),
    "province": _("Home in the same province"),
    "elsewhere": _("Home in another province"),
    "unknown": _("Home not known"),
}
ORDERS = {
    "inconvenience": _(
        "Fill as many slots as possible, then make the inconvenience of all together the least"
    ),
    "merit": _(
        "Fill as many slots as possible, then with the highest points, then with the least inconvenience: where "
        "there are more people than slots, points decide who gets one"
    ),
    "weighted": _("Fill as many slots as possible, then weigh points against inconvenience"),
}
MOST = 9_999


def _number(label: Any, help_text: Any = "", *, required: bool = True, most: int = MOST) -> CountField:
    return CountField(label=label, help_text=help_text, required=required, most=most)


class PolicyForm(forms.Form):
    """A name and every number of a rule. The fields of skills are ``need-CODE`` and ``floor-CODE``."""

    name = forms.CharField(
        label=_("Name of the rule"), max_length=120, help_text=_("For example: nobody farther than 40 km.")
    )
    note = forms.CharField(
        label=_("Why this rule"), required=False, widget=forms.Textarea(attrs={"rows": 2}), max_length=2000,
        help_text=_("For those who decide later. It is kept with the rule."),
    )  # fmt: skip
    order = forms.ChoiceField(
        label=_("What comes first"), choices=list(ORDERS.items()), widget=forms.RadioSelect
    )
    score_weight = _number(
        _("How many km one point is worth"),
        _(
            "Only if points are weighed against inconvenience. 10 means: one point more is worth a way of 10 km."
        ),
        required=False,
    )
    max_km = _number(
        _("Farthest way in km"),
        _("Nobody is sent farther from home, even if a slot stays empty. Empty: no limit."),
        required=False,
    )
    wish_step = _number(
        _("Each further wish"),
        _("The first wish counts 0. 6 means: the second counts like 6 km more, the third like 12."),
    )
    wish_unlisted = _number(
        _("A tambon that was not wished for"), _("60 means: as inconvenient as 60 km more.")
    )
    need_missing = _number(
        _("Each skill that the work needs and the person lacks"),
        _("40 means: somebody with the skill is taken even if they live 40 km farther away."),
    )
    office_need_missing = _number(_("Each skill that an office needs and the data manager lacks"))
    office_from_home = forms.ChoiceField(
        label=_("The way to the office is measured from"),
        choices=[("no", _("the tambon where the data manager has the slot")), ("yes", _("their home"))],
        widget=forms.RadioSelect,
    )
    uncovered_dimension = _number(
        _("Each dimension that no PM of a tambon knows"),
        _(
            "30 means: a pair of lecturers that completes each other is worth 30 km of way for each dimension."
        ),
    )
    distance_bands = forms.CharField(
        label=_("Distances in the charts, in km"),
        help_text=_(
            "They decide nothing; tables and charts count people by them. For example 5, 10, 20, 50, 100."
        ),
    )

    def __init__(self, *args: Any, round: Round, start: Rule, **kwargs: Any) -> None:
        self.round, self.start = round, start
        self.skills = list(Skill.objects.filter(round=round))
        super().__init__(*args, initial=_typed(start), **kwargs)
        for near, name in NEAR_NAMES.items():
            self.fields[f"tier_penalty-{near}"] = _number(name)
            self.fields[f"assumed_km-{near}"] = _number(name)
        for skill in self.skills:
            if skill.for_office:
                self.fields[f"need-{skill.code}"] = _number(skill.name, required=False)
            self.fields[f"floor-{skill.code}"] = _number(skill.name, required=False, most=999)

    def _of(self, start: str) -> list[BoundField]:
        return [self[name] for name in self.fields if name.startswith(f"{start}-")]

    @property
    def tiers(self) -> list[BoundField]:
        return self._of("tier_penalty")

    @property
    def assumed(self) -> list[BoundField]:
        return self._of("assumed_km")

    @property
    def needs(self) -> list[BoundField]:
        return self._of("need")

    @property
    def floors(self) -> list[BoundField]:
        return self._of("floor")

    def clean_distance_bands(self) -> tuple[int, ...]:
        text = digits.to_arabic(self.cleaned_data["distance_bands"]).replace(",", " ")
        words = text.split()
        numbers = [int(word) for word in words if word.isascii() and word.isdigit() and len(word) <= 4]
        if len(numbers) != len(words) or not 1 <= len(numbers) <= 8:
            raise ValidationError(_("Write one to eight whole numbers, for example 5, 10, 20, 50, 100."))
        if numbers != sorted(set(numbers)) or numbers[0] == 0:
            raise ValidationError(_("Write the distances from the nearest to the farthest, each once."))
        return tuple(numbers)

    def rule(self) -> Rule:
        """What was typed as a rule; how many lecturers lead a tambon stays the round's to say."""
        data = self.cleaned_data
        plain = {
            name: data[name] for name in ("order", "max_km", "wish_step", "wish_unlisted", "need_missing")
        }
        return replace(
            self.start,
            **plain,
            score_weight=data["score_weight"] or 0,
            office_need_missing=data["office_need_missing"],
            office_from_home=data["office_from_home"] == "yes",
            uncovered_dimension=data["uncovered_dimension"],
            distance_bands=data["distance_bands"],
            tier_penalty=tuple(data[f"tier_penalty-{near}"] for near in NEAR),
            assumed_km=tuple(data[f"assumed_km-{near}"] for near in NEAR),
            need_weight=self._by_skill("need", data),
            skill_floor=tuple(pair for pair in self._by_skill("floor", data) if pair[1]),
        )

    def _by_skill(self, start: str, data: Mapping[str, Any]) -> tuple[tuple[str, int], ...]:
        names = ((skill.code, f"{start}-{skill.code}") for skill in self.skills)
        return tuple((code, data[name]) for code, name in names if data.get(name) is not None)


def _typed(rule: Rule) -> dict[str, Any]:
    """The rule as the form shows it: numbers that say nothing are empty."""
    plain = {field.name: getattr(rule, field.name) for field in fields(rule)}
    return plain | {
        "score_weight": rule.score_weight or None,
        "office_from_home": "yes" if rule.office_from_home else "no",
        "distance_bands": ", ".join(map(str, rule.distance_bands)),
        **{f"tier_penalty-{near}": cost for near, cost in zip(NEAR, rule.tier_penalty, strict=True)},
        **{f"assumed_km-{near}": km for near, km in zip(NEAR, rule.assumed_km, strict=True)},
        **{f"need-{skill}": cost for skill, cost in rule.need_weight},
        **{f"floor-{skill}": least for skill, least in rule.skill_floor},
    }


class StudyForm(forms.Form):
    """Which rules to compare with the one in force; none is chosen beforehand."""

    chosen = forms.MultipleChoiceField(
        label=_("Rules to compare"), widget=forms.CheckboxSelectMultiple, required=False
    )

    def __init__(self, *args: Any, policies: Iterable[Policy], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.policies = {str(policy.number): policy for policy in policies}
        self.fields["chosen"].choices = [  # type: ignore[attr-defined]
            (number, policy.name) for number, policy in self.policies.items()
        ]

    def given(self) -> list[Policy]:
        """The chosen rules, by number."""
        return [self.policies[number] for number in sorted(self.cleaned_data["chosen"], key=int)]
