"""What the pages of an application show: where one is, what is missing, the ranking, what happened so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from u2t.objections import Objection
from u2t.pages import words as sentences
from u2t.people.models import Account
from u2t.recruitment.models import Application, Call, Outcome, Screening
from u2t.recruitment.queries import applying as queries
from u2t.recruitment.queries import offers
from u2t.recruitment.rules import applying as rules
from u2t.recruitment.words import findings
from u2t.thai import fold

AT_ONCE = 8
"""Tambons that are shown before anybody searches: a phone is soon full."""


@dataclass(frozen=True)
class Step:
    """A step in the list of steps; ``is_done`` where nothing is missing in it."""

    code: str
    label: str
    url: str
    is_done: bool
    is_current: bool


def label(step: str) -> str:
    """The name of a step."""
    return {
        "person": _("About me"),
        "addresses": _("Addresses"),
        "education": _("Education"),
        "work": _("Work and skills"),
        "choice": _("Category and tambons"),
        "papers": _("Documents"),
        "check": _("Check and submit"),
    }[step]


def address(application: Application, step: str) -> str:
    """Where a step is; an empty ``step`` is the application's own page."""
    where = [application.call.round.code, application.call.number, application.pk]
    if not step:
        return reverse("recruitment:application", args=where)
    return reverse("recruitment:step", args=[*where, step])


def may_change(application: Application, at: datetime) -> bool:
    """The applicant may still type into it."""
    is_draft = application.submitted_at is None and application.withdrawn_at is None
    return is_draft and application.consented_at is not None and queries.is_open(application, at)


def next_step(application: Application) -> str:
    """The first step in which something is missing, ``check`` where nothing is, nothing once it is submitted."""
    if application.submitted_at is not None:
        return ""
    missing = {step_of(one) for one in queries.missing_in(application)}
    return next((step for step in rules.STEPS if step in missing), "check")


def step_of(objection: Objection) -> str:
    """The step to which something missing belongs."""
    return rules.STEP_OF.get(objection.field, "papers")


def frame(application: Application, current: str) -> dict[str, Any]:
    """What stands around every step: the list of steps and the way back and on."""
    missing = {step_of(one) for one in queries.missing_in(application)}
    place = rules.STEPS.index(current)
    steps = [
        Step(
            code, label(code), address(application, code),
            code != "check" and code not in missing, code == current,
        )
        for code in rules.STEPS
    ]  # fmt: skip
    return {
        "application": application,
        "call": application.call,
        "steps": steps,
        "step": steps[place],
        "place": place + 1,
        "before": steps[place - 1] if place else None,
        "after": steps[place + 1] if place + 1 < len(steps) else None,
    }


def after_saving(application: Application, step: str, do: str, text: str) -> str:
    """Where to go when a step was saved: on, or back to it where a button only moved something inside it."""
    here = address(application, step)
    if do.startswith("row:"):
        return f"{here}?{urlencode({'row': do.removeprefix('row:')})}#rows"
    if do == "search" and text:
        return f"{here}?{urlencode({'q': text})}#tambons"
    if do:
        return f"{here}#{'tambons' if do == 'search' else 'ranked'}"
    following = rules.STEPS[rules.STEPS.index(step) + 1]
    return address(application, following)


def choosing(application: Application, ranked: Sequence[str], text: str) -> dict[str, Any]:
    """The ranking and the tambons to choose from, narrowed to ``text``."""
    every = {row.code: row for row in queries.offered(application)}
    key = fold.fold(text)
    rest = [row for row in every.values() if row.code not in ranked and key in row.search_key]
    return {
        "ranked": [every[code] for code in ranked if code in every],
        "offered": rest,
        "at_once": len(rest) if key else AT_ONCE,
        "more": max(len(rest) - AT_ONCE, 0) if not key else 0,
        "is_full": len(ranked) >= application.call.max_choices,
        "total": len(every),
    }


@dataclass(frozen=True)
class Lacking:
    """Something missing, and where to write it."""

    text: str
    url: str
    label: str


def check(application: Application, at: datetime) -> dict[str, Any]:
    """Everything before submission: what is missing, which rules are met, what else stands against it."""
    missing = queries.missing_in(application)
    others = [one for one in queries.objections_to_submit(application, at) if one not in missing]
    found = queries.findings_of(application)
    return {
        "has_unmet": any(one.is_met is False for one in found),
        "missing": [
            Lacking(sentences.say(one), address(application, step_of(one)), label(step_of(one)))
            for one in missing
        ],
        "others": others,
        "findings": findings.lines(found),
        "may_submit": not missing and not others and application.submitted_at is None,
    }


def may_reopen(application: Application, at: datetime) -> bool:
    """A submitted application may be opened again until closing, as long as the office has not decided about it."""
    stands = application.submitted_at is not None and application.withdrawn_at is None
    return stands and queries.may_begin(application.call, at) and not application.screenings.exists()


@dataclass(frozen=True)
class OwnLine:
    """One's own application in a list: ``state`` as in badges, ``said`` in words, ``url`` where to go on.

    ``answer_until`` only while an offer waits for the applicant's answer.
    """

    application: Application
    state: str
    said: str
    url: str
    answer_until: datetime | None = None


def own_lines(account: Account, at: datetime) -> list[OwnLine]:
    """One's own applications with what stands to be done."""
    return [_own_line(application, at) for application in queries.own(account)]


def _own_line(application: Application, at: datetime) -> OwnLine:
    own_page = application.get_absolute_url()
    if application.withdrawn_at:
        return OwnLine(application, "none", _("Withdrawn"), own_page)
    if application.submitted_at:
        return _announced_line(application, at) or OwnLine(application, "ok", _("Submitted"), own_page)
    if not queries.is_open(application, at):
        return OwnLine(application, "bad", _("Not submitted before closing"), own_page)
    if application.consented_at is None:
        again = reverse("recruitment:apply", args=[application.call.round.code, application.call.number])
        return OwnLine(application, "warn", _("Not submitted yet"), again)
    return OwnLine(application, "warn", _("Not submitted yet"), address(application, next_step(application)))


def _announced_line(application: Application, at: datetime) -> OwnLine | None:
    """What was announced and answered, before that None: an offer must not lapse because a list hid it."""
    if offers.announced(application.call) is None:
        return None
    url = application.get_absolute_url()
    offer = application.offers.select_related("worker").order_by("-pk").first()
    if offer is not None:
        state = offers.state_of(offer, at)
        if state == "waiting":
            return OwnLine(application, "warn", _("A place is offered to you"), url, offer.answer_until)
        mark, said = _OFFERS[state]
        return OwnLine(application, mark, str(said), url)
    outcome = Outcome.objects.filter(application=application, selection__announced_at__isnull=False).first()
    mark, said = _OUTCOMES[outcome.kind if outcome else "not_selected"]
    return OwnLine(application, mark, str(said), url)


_OUTCOMES = {
    "selected": ("ok", gettext_lazy("Selected")),
    "reserve": ("wait", gettext_lazy("Reserve")),
    "not_selected": ("none", gettext_lazy("Not selected")),
}
_OFFERS = {
    "accepted": ("ok", gettext_lazy("Accepted, not reported in yet")),
    "hired": ("ok", gettext_lazy("Reported in")),
    "left": ("none", gettext_lazy("Has left")),
    "declined": ("none", gettext_lazy("Declined")),
    "lapsed": ("warn", gettext_lazy("Lapsed without an answer")),
    "no_show": ("warn", gettext_lazy("Did not report in")),
    "taken_back": ("bad", gettext_lazy("Taken back")),
}


def open_calls(account: Account, at: datetime) -> list[Call]:
    """Calls that take applications now and in which the account has none."""
    has_one = Application.objects.filter(account=account, withdrawn_at=None).values("call")
    found = Call.objects.filter(published_at__lte=at, cancelled_at=None, opens_at__lte=at, closes_at__gte=at)
    return list(found.exclude(pk__in=has_one).select_related("round__institution").order_by("closes_at"))


@dataclass(frozen=True)
class Moment:
    """A line of an application's story; ``state`` as in badges, ``at`` None where it is still to come."""

    state: str
    label: str
    at: datetime | None
    note: str = ""


def story(application: Application) -> list[Moment]:
    """What happened to the application so far, in order, as its applicant may read it."""
    found = [Moment("ok", _("Begun"), application.begun_at)]
    if application.submitted_at:
        late = application.seconds_late
        note = _("%(seconds)s seconds after closing, within the grace") % {"seconds": late} if late else ""
        found.append(Moment("ok", _("Submitted"), application.submitted_at, note))
    elif application.withdrawn_at is None:
        found.append(Moment("wait", _("Not submitted yet"), None))
    screening = Screening.objects.filter(application=application).order_by("-pk").first()
    if screening is not None:
        told = _("You have the right to an interview") if screening.is_passed else _("Not eligible")
        found.append(
            Moment("ok" if screening.is_passed else "bad", told, screening.decided_at, screening.note)
        )
    elif application.submitted_at and application.withdrawn_at is None:
        found.append(Moment("wait", _("The office checks the documents"), None))
    if application.interview_at:
        state = "ok" if application.scored_at else "wait"
        found.append(Moment(state, _("Interview"), application.interview_at, application.interview_place))
    if application.scored_at:
        found.append(Moment("ok", _("Points given"), application.scored_at))
    if application.withdrawn_at:
        found.append(Moment("none", _("Withdrawn"), application.withdrawn_at))
    return found
