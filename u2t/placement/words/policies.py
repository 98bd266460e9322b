"""What is said of rules and studies."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from u2t.pages import written
from u2t.placement.rules import Effect, Figures, Measure

WORDS: dict[str, str | Promise] = {
    "policy_unnamed": gettext_lazy("Give the rule a name by which the office will know it."),
    "policy_name_taken": gettext_lazy("There is already a rule called “%(name)s”. Choose another name."),
    "policy_same": gettext_lazy(
        "“%(name)s” is exactly the same rule. Change at least one number, or go by that one."
    ),
    "policy_put_aside": gettext_lazy("The rule “%(name)s” was put aside. Choose another one or copy it."),
    "score_weight_missing": gettext_lazy(
        "Points are to be weighed against inconvenience: write how many km one point is worth."
    ),
    "score_weight_unused": gettext_lazy(
        "Only the order that weighs points against inconvenience uses this number. Leave it empty."
    ),
    "max_km_zero": gettext_lazy("A farthest way of 0 km would leave nearly everybody without a slot."),
    "unlisted_below_wishes": gettext_lazy(
        "A tambon that was not wished for (%(unlisted)s) must not count less than the second wish (%(step)s)."
    ),
    "tier_penalty_falls": gettext_lazy(
        "What is farther must not count less: the same tambon, the same district, the same province, another province."
    ),
    "assumed_km_falls": gettext_lazy(
        "What is farther must not be assumed nearer: the same tambon, the same district, the same province, another "
        "province."
    ),
    "floor_above_slots": gettext_lazy(
        "%(skill)s: at least %(least)s people in every tambon is impossible, because a tambon has only %(slots)s slots."
    ),
    "no_rules_chosen": gettext_lazy("Choose at least one rule to compare with the one in force."),
    "too_many_rules": gettext_lazy("Choose at most %(most)s rules at a time; you chose %(count)s."),
    "study_unfinished": gettext_lazy("%(count)s plans of this comparison are still to be computed."),
    "another_plan_waits": gettext_lazy(
        "Plan %(number)s is being computed by another rule. Wait until it is done, then ask again."
    ),
    "more_reasons": gettext_lazy("… and %(count)s more reasons of this kind."),
    # What the engine may object to in a rule, said with names.
    "floor_lacks_people": gettext_lazy(
        "The rule asks for at least %(least)s people with the skill “%(skill)s” in each of %(tambons)s tambons, "
        "%(wanted)s in all, but only %(people)s people have it. Ask for fewer, or hire more people with the skill."
    ),
    "floor_impossible": gettext_lazy(
        "%(tambon)s: the rule asks for at least %(least)s people with the skill “%(skill)s”, but at most %(best)s can "
        "work there. Ask for fewer, or loosen the farthest way and what was decided by hand."
    ),
    "score_missing": gettext_lazy(
        "The rule goes by points, but %(count)s people have none: %(people)s. Only people who came through a call "
        "have points; choose an order without points."
    ),
    "score_negative": gettext_lazy("%(count)s people have points below zero: %(people)s."),
    "score_too_large": gettext_lazy("%(count)s people have more than %(most)s points: %(people)s."),
    "unknown_order": gettext_lazy("The rule goes by an order that does not exist: %(order)s."),
}

MEASURES = {
    "filled": gettext_lazy("Filled slots"),
    "unplaced": gettext_lazy("People without a slot"),
    "mean": gettext_lazy("Mean inconvenience of a person"),
    "middle": gettext_lazy("Inconvenience of the person in the middle"),
    "inconvenience": gettext_lazy("Inconvenience of all together"),
    "first": gettext_lazy("Got their first wish"),
    "three": gettext_lazy("Got one of their first three wishes"),
    "km_mean": gettext_lazy("Mean way from home"),
    "km": gettext_lazy("Ways of all together"),
    "longest": gettext_lazy("Longest way from home"),
    "far": gettext_lazy("People farther than %(km)s km from home"),
    "covered": gettext_lazy("Tambons with every skill"),
    "lacking": gettext_lazy("People whose work needs a skill they lack"),
    "score": gettext_lazy("Mean points of those with a slot"),
    "envy": gettext_lazy("People who want the slot of somebody with fewer points"),
    "ways": gettext_lazy("Ways of all PMs together"),
    "uncovered": gettext_lazy("Dimensions without a PM, over all tambons"),
}

PARTS = {
    "max_km": gettext_lazy("The farthest way"),
    "skill_floor": gettext_lazy("The least number of people with the skill: %(skill)s"),
    "order": gettext_lazy("The points in the order"),
    "wishes": gettext_lazy("The wishes"),
    "tiers": gettext_lazy("Where the home is: district and province"),
    "need_missing": gettext_lazy("The skills that the work needs"),
    "office_need_missing": gettext_lazy("The skills that an office needs"),
    "uncovered_dimension": gettext_lazy("The dimensions of the PMs"),
}


def measure_name(measure: Measure, figures: Figures | None = None) -> str:
    """What a measure is called; where it is about a distance, with the kilometres of the yardstick."""
    km = written.number(figures.far_km) if figures else ""
    return str(MEASURES[measure.key]) % {"km": km}


def part_name(part: str, skills: dict[str, str]) -> str:
    """What a part of a rule is called; ``skills`` are names by code."""
    kind, _of, skill = part.partition(":")
    return str(PARTS[kind]) % {"skill": skills.get(skill, skill)}


def value_said(measure: Measure, value: Fraction | int | None) -> str:
    """A figure with its unit; a dash where it is unknown."""
    if value is None:
        return written.UNKNOWN
    if measure.unit == "share":
        return written.percent(float(value), 1, 1)
    if measure.unit == "points":
        return written.number(float(value), 2)
    plain = written.number(_short(value))
    return _("%(n)s km") % {"n": plain} if measure.unit == "km" else plain


def seen(effects: Iterable[Effect]) -> list[Effect]:
    """The effects that a reader can see: a share that changes by less than 0.05 points would read as 0.0."""
    return [one for one in effects if one.measure.unit != "share" or abs(one.change) >= Fraction(1, 2000)]


def effect_said(effect: Effect, figures: Figures | None = None) -> str:
    """What a part of a rule does to one figure, with its direction: ``Ways of all together: 214 km more``."""
    about = {"label": measure_name(effect.measure, figures), "amount": _amount(effect)}
    if effect.change > 0:
        return _("%(label)s: %(amount)s more") % about
    return _("%(label)s: %(amount)s less") % about


def _amount(effect: Effect) -> str:
    size, unit = abs(effect.change), effect.measure.unit
    if unit == "share":
        return _("%(n)s percentage points") % {"n": written.number(float(100 * size), 1)}
    if unit == "points":
        return _("%(n)s points") % {"n": written.number(float(size), 2)}
    plain = {"n": written.number(_short(size))}
    if unit == "people":
        return ngettext("%(n)s person", "%(n)s people", int(size)) % plain
    if unit == "tambons":
        return ngettext("%(n)s tambon", "%(n)s tambons", int(size)) % plain
    return _("%(n)s km") % plain if unit == "km" else plain["n"]


def _short(value: Fraction | int) -> int | float:
    return int(value) if value == int(value) else float(value)
