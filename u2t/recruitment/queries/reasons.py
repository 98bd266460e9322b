"""Why somebody was selected or not, in sentences that the applicant reads. No other applicant is ever named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from u2t.recruitment.models import Outcome
from u2t.recruitment.queries.naming import points


@dataclass(frozen=True)
class Told:
    """One ranked tambon and what became of it: a state of the page's shapes, its word, sentences."""

    rank: int
    place: str
    state: str
    word: str
    lines: tuple[str, ...]


def told(outcome: Outcome, names: Mapping[str, str]) -> list[Told]:
    """What became of every choice, in order; ``names`` are the full names of tambons by code."""
    return [_told(answer, outcome, names) for answer in outcome.why.get("answers", ())]


def _told(answer: dict[str, Any], outcome: Outcome, names: Mapping[str, str]) -> Told:
    state, word = _word(answer)
    place = names.get(answer["tambon"], answer["tambon"])
    return Told(answer["rank"], place, state, word, tuple(_lines(answer)))


def _word(answer: dict[str, Any]) -> tuple[str, str]:
    if answer["verdict"] == "admitted":
        return "ok", _("Selected")
    if answer["verdict"] == "higher_choice":
        return "none", _("Not needed")
    return ("wait", _("Reserve")) if answer["reserve"] else ("bad", _("Not selected"))


def _lines(answer: dict[str, Any]) -> list[str]:
    found = [_standing(answer)] if answer["position"] and answer["verdict"] != "higher_choice" else []
    found += [line for line in (_verdict(answer), _enough(answer), _reserve(answer)) if line]
    return found


def _standing(answer: dict[str, Any]) -> str:
    return _(
        "You have %(points)s points: position %(position)s of %(listed)s applicants for %(slots)s places."
    ) % {
        "points": points(answer["own"]["score"]),
        "position": answer["position"],
        "listed": answer["listed"],
        "slots": answer["slots"],
    }


def _verdict(answer: dict[str, Any]) -> str:
    verdict, last = answer["verdict"], answer["last"]
    if verdict == "admitted":
        if last is None:
            return _("Not all places were filled.")
        return _("The last one selected here has %(points)s points.") % {"points": points(last["score"])}
    if verdict == "higher_choice":
        return _("You got a tambon that you ranked higher, so this one was not needed.")
    if verdict == "below_pass_mark":
        return _("Your points are %(missing)s below the pass mark.") % {"missing": points(answer["missing"])}
    if verdict == "no_slots":
        return _("This tambon has no place for your category.")
    return _behind(answer, last)


def _behind(answer: dict[str, Any], last: dict[str, int]) -> str:
    about = {
        "points": points(last["score"]),
        "missing": points(answer["missing"]),
        "own": answer["own"]["lottery"],
        "last": last["lottery"],
    }
    if answer["decided_by"] == "score":
        return _("The last one selected here has %(points)s points; you are %(missing)s short.") % about
    if answer["decided_by"] == "residence":
        return (
            _("Residence decided: the last one selected here lives nearer, with %(points)s points.") % about
        )
    return (
        _(
            "Points and residence are equal to those of the last one selected here, so the published lottery decided: "
            "your number is %(own)s, that one's %(last)s; the smaller goes first."
        )
        % about
    )


def _enough(answer: dict[str, Any]) -> str:
    enough = answer["enough_score"]
    if enough is None or enough <= answer["own"]["score"] or answer["verdict"] == "higher_choice":
        return ""
    return _("With %(points)s points you would have been selected here or higher on your list.") % {
        "points": points(enough)
    }


def _reserve(answer: dict[str, Any]) -> str:
    if not answer["reserve"]:
        return ""
    return _("You are number %(place)s on the reserve list of this tambon.") % {"place": answer["reserve"]}
