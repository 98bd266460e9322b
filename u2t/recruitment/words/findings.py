"""Rules of eligibility and what was found about them, as sentences."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from u2t.pages import written
from u2t.recruitment.models.applications import Level
from u2t.recruitment.rules.eligibility import Finding, Rule


@dataclass(frozen=True)
class FindingLine:
    """A rule and what was found: ``state`` as in badges (``ok`` met, ``bad`` unmet, ``none`` unknown)."""

    key: int
    state: str
    rule: str
    said: str
    evidence: str


def lines(found: Iterable[Finding]) -> list[FindingLine]:
    """Findings in words, in their order."""
    return [
        FindingLine(
            one.rule.key,
            {True: "ok", False: "bad", None: "none"}[one.is_met],
            rule_said(one.rule),
            {True: _("met"), False: _("not met"), None: _("not known yet")}[one.is_met],
            evidence_said(one),
        )
        for one in found
    ]


def rule_said(rule: Rule) -> str:
    """What the rule asks for."""
    values = dict(rule.values)
    years = int(str(values.get("years") or 0))
    if rule.kind == "min_age":
        return ngettext("At least %(years)s year old", "At least %(years)s years old", years) % {
            "years": years
        }
    if rule.kind == "max_age":
        return ngettext("At most %(years)s year old", "At most %(years)s years old", years) % {"years": years}
    if rule.kind == "degree_within":
        sentence = ngettext(
            "Graduated at most %(years)s year before closing",
            "Graduated at most %(years)s years before closing",
            years,
        )
        return sentence % {"years": years}
    if rule.kind == "student_year":
        return _("Student in year %(from)s to %(until)s") % values
    if rule.kind in ("degree_at_least", "degree_at_most"):
        level = {"level": Level(str(values["level"])).label}
        if rule.kind == "degree_at_least":
            return _("Education: %(level)s or higher") % level
        return _("Education: %(level)s or lower") % level
    if rule.kind == "lives_in":
        return {
            "tambon": _("House registration in one of the chosen tambons"),
            "district": _("House registration in the district of a chosen tambon"),
            "province": _("House registration in the province of a chosen tambon"),
        }[str(values["area"])]
    return {
        "not_employed": _("Not employed"),
        "no_state_hire": _("Not hired by another state project"),
        "own_student": _("Student of this university"),
    }[rule.kind]


def evidence_said(found: Finding) -> str:
    """On what the finding rests, or what is missing for one."""
    seen, needed = dict(found.evidence), dict(found.needed)
    if found.is_met is None:
        return _("Not written yet")
    if "birth_on" in seen:
        return _("Born %(day)s, %(age)s years old on the day of closing") % {
            "day": written.day(seen["birth_on"]),  # type: ignore[arg-type]
            "age": seen["age"],
        }
    if "graduated_on" in seen:
        return _("Graduated %(day)s; counted are %(earliest)s to %(latest)s") % {
            "day": written.day(seen["graduated_on"]),  # type: ignore[arg-type]
            "earliest": written.day(needed["earliest"]),  # type: ignore[arg-type]
            "latest": written.day(needed["latest"]),  # type: ignore[arg-type]
        }
    if "level" in seen:
        return _("You wrote: %(level)s") % {"level": Level(str(seen["level"])).label}
    if "student_year" in seen:
        return _("You wrote: year %(year)s") % {"year": seen["student_year"]}
    if "home" in seen:
        return _("By the code of your house registration, %(code)s") % {"code": seen["home"]}
    answer = next(iter(seen.values()), None)
    return _("You answered: yes") if answer else _("You answered: no")
