"""What applicants are told by mail; the pages say the same. In Thai, whoever works while it is written."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from u2t.mailing import actions as mailing
from u2t.pages import written
from u2t.recruitment.models import Appeal, Application, Offer, Outcome, Screening, Selection


def results(*, selection: Selection, at: datetime) -> None:
    """Tell everybody who got no offer that the results are announced; who got one was told so."""
    outcomes = selection.outcomes.exclude(kind=Outcome.Kind.SELECTED).select_related(
        "application__account", "application__call__round"
    )
    with translation.override(settings.LANGUAGE_CODE):
        mailing.write_many(
            news=[
                _news(one.application, _("Results are announced"), _result(one), f"outcome:{one.pk}")
                for one in outcomes
            ],
            at=at,
        )


def offers(*, made: Iterable[Offer], at: datetime) -> None:
    """Tell people of their offers and the deadline; wants application, call and tambon loaded."""
    with translation.override(settings.LANGUAGE_CODE):
        mailing.write_many(
            news=[
                _news(one.application, _("You are offered a place"), _offer(one), f"offer:{one.pk}")
                for one in made
            ],
            at=at,
        )


def offers_ended(*, ended: Iterable[Offer], how: str, at: datetime) -> None:
    """Tell people that their offers lapsed or were taken back; wants application, call and tambon loaded."""
    with translation.override(settings.LANGUAGE_CODE):
        said = {
            "lapsed": _("Nobody answered the offer of a place in %(place)s in time. It has lapsed."),
            "taken_back": _(
                "The office has taken back the offer of a place in %(place)s. The page says why."
            ),
        }[how]
        subject = _("Your offer has ended")
        news = [
            _news(
                one.application,
                subject,
                said % {"place": one.tambon.tambon.full_name},
                f"offer:{one.pk}:{how}",
            )
            for one in ended
        ]
        mailing.write_many(news=news, at=at)


def appeal_answered(*, appeal: Appeal, at: datetime) -> None:
    """Tell somebody that the objection was answered."""
    with translation.override(settings.LANGUAGE_CODE):
        text = _("The office has answered your objection:") + "\n\n" + appeal.answer
        news = _news(
            appeal.application, _("Your objection was answered"), text, f"appeal:{appeal.pk}:answered"
        )
        mailing.write_many(news=[news], at=at)


def screened(*, screenings: Iterable[Screening], at: datetime) -> None:
    """Tell people whether they have the right to an interview; wants application and call loaded."""
    with translation.override(settings.LANGUAGE_CODE):
        mailing.write_many(
            news=[
                _news(
                    one.application, _("Your application was screened"), _screened(one), f"screening:{one.pk}"
                )
                for one in screenings
            ],
            at=at,
        )


def timed(*, applications: Iterable[Application], at: datetime) -> None:
    """Tell people when and where their interview is; wants call loaded."""
    with translation.override(settings.LANGUAGE_CODE):
        mailing.write_many(
            news=[
                _news(
                    one,
                    _("Your interview"),
                    _("Your interview is on %(when)s. Place: %(place)s. Bring your ID card.")
                    % {"when": written.moment(one.interview_at, "long"), "place": one.interview_place},
                    f"interview:{one.pk}:{one.interview_at:%Y%m%d%H%M}:{one.interview_place}"[:120],
                )
                for one in applications
                if one.interview_at
            ],
            at=at,
        )


def _screened(screening: Screening) -> str:
    if screening.is_passed:
        said = _("You have the right to an interview. Time and place follow.")
    else:
        said = _("You did not pass the screening.")
    return f"{said}\n\n{screening.note}".strip()


def _news(application: Application, subject: str, text: str, about: str) -> mailing.News:
    call = application.call
    to = application.email or (application.account.email if application.account else "")
    greeting = _("To %(name)s, application number %(number)s") % {
        "name": application.full_name,
        "number": application.number,
    }
    where = (
        f"{settings.PUBLIC_URL}{application.get_absolute_url()}"
        if settings.PUBLIC_URL
        else _("your own page")
    )
    more = _("All of it, with the reasons: %(where)s") % {"where": where}
    return mailing.News(
        to=to, subject=f"{subject} – {call.name}", text="\n\n".join([greeting, text, more]), about=about
    )


def _result(outcome: Outcome) -> str:
    if outcome.kind == Outcome.Kind.RESERVE:
        return _("You were not selected, and you are on the reserve list. You are told if you are called.")
    return _("You were not selected.")


def _offer(offer: Offer) -> str:
    return _("You are offered a place in %(place)s. Accept or decline by %(until)s, or the offer lapses.") % {
        "place": offer.tambon.tambon.full_name,
        "until": written.moment(offer.answer_until),
    }
