"""The rule of a certificate in sentences: what counts, and by which number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from u2t.programme.models import Round, Skill

ORDERS = {
    "inconvenience": gettext_lazy(
        "First as many slots as possible, then the least inconvenience of all together."
    ),
    "merit": gettext_lazy(
        "First as many slots as possible, then the highest points of all together, then the least inconvenience."
    ),
    "weighted": gettext_lazy(
        "First as many slots as possible, then the least inconvenience less what points are worth: one point "
        "counts %(km)s km."
    ),
}


def rule_lines(round: Round, rule: Mapping[str, Any]) -> list[tuple[str, str]]:
    """What each part of the rule is called and what it says; one query."""
    skills = dict(Skill.objects.filter(round=round).values_list("code", "name_th"))
    near, assumed = rule["tier_penalty"], rule["assumed_km"]
    lines = [
        (_("What comes first"), ORDERS[rule["order"]] % {"km": rule["score_weight"]}),
        (_("Distance"), _("Every kilometre between home and tambon counts 1, in a straight line.")),
        (_("Residence"), _tiers(near)),
        (_("Distance where a position is not known"), _tiers(assumed, f" {_('km')}")),
        (
            _("The wishes"),
            _("First wish 0, each further one %(step)s more; a tambon that was not wished for %(unlisted)s.")
            % {"step": rule["wish_step"], "unlisted": rule["wish_unlisted"]},
        ),
        (_("Missing skills"), _lacks(rule, skills)),
    ]
    if rule["max_km"] is not None:
        lines.append(
            (_("Farthest way"), _("Nobody is sent farther than %(km)s km.") % {"km": rule["max_km"]})
        )
    if rule["skill_floor"]:
        floors = " · ".join(
            _("%(skill)s: %(least)s people") % {"skill": skills.get(code, code), "least": least}
            for code, least in rule["skill_floor"]
        )
        lines.append((_("Least people with a skill in every tambon"), floors))
    start = _("from home") if rule["office_from_home"] else _("from the tambon of work")
    lines.append(
        (
            _("Offices of data managers"),
            _("The way %(start)s, and %(lack)s for each missing skill.")
            % {"start": start, "lack": rule["office_need_missing"]},
        )
    )
    lines.append(
        (
            _("PMs"),
            _("%(count)s a tambon; their ways, and %(lack)s for each dimension that nobody covers.")
            % {"count": rule["leaders_per_tambon"], "lack": rule["uncovered_dimension"]},
        )
    )
    ties = _(
        "Between equally good plans the smaller number in the round decides; that is not part of the proof."
    )
    return [*lines, (_("Equally good plans"), ties)]


def _tiers(numbers: list[int], unit: str = "") -> str:
    names = (
        _("same tambon"), _("same district"), _("same province"), _("another province"), _("home not known"),
    )  # fmt: skip
    return " · ".join(f"{name} {number}{unit}" for name, number in zip(names, numbers, strict=True))


def _lacks(rule: Mapping[str, Any], skills: Mapping[str, str]) -> str:
    usual = _("%(cost)s for each that the work needs") % {"cost": rule["need_missing"]}
    own = [f"{skills.get(code, code)} {cost}" for code, cost in rule["need_weight"]]
    return " · ".join([usual, *own])
