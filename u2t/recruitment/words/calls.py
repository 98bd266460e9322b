from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from u2t.pages import findings

if TYPE_CHECKING:
    from u2t.audit.models import Event

EVERYBODY = _("Everybody")

KINDS = {
    "min_age": _("Age at least"),
    "max_age": _("Age at most"),
    "not_employed": _("Not employed"),
    "no_state_hire": _("Not hired by another state project"),
    "degree_at_least": _("Education at least"),
    "degree_at_most": _("Education at most"),
    "degree_within": _("Graduated within so many years"),
    "student_year": _("Student in these years"),
    "own_student": _("Student of this university"),
    "lives_in": _("House registration in the area"),
}

AREAS = {
    "tambon": _("a chosen tambon"),
    "district": _("the district of a chosen tambon"),
    "province": _("the province of a chosen tambon"),
}

STATES = {
    "draft": ("none", _("Draft")),
    "coming": ("wait", _("Opens soon")),
    "open": ("ok", _("Open for applications")),
    "grace": ("warn", _("In grace")),
    "closed": ("none", _("Closed")),
    "cancelled": ("bad", _("Was cancelled")),
}

WORDS: dict[str, object] = {
    "call_name_missing": _("Write the Thai name of the call."),
    "call_closes_before_it_opens": _("Applications must close after they open."),
    "call_number_out_of_range": _("Write a number from %(least)s to %(most)s."),
    "call_pass_mark_out_of_range": _("The pass mark lies between 0 and 100 points."),
    "call_interviews_half": _("Write both days of the interviews or none."),
    "call_interviews_backwards": _("Interviews must end on or after the day they begin."),
    "call_results_before_closing": _("Results cannot be announced before applications close."),
    "call_priority_malformed": _("The order of priority must end with the lottery and name nothing twice."),
    "call_tambon_not_in_round": _("The tambon %(tambon)s does not take part in this round."),
    "call_category_unknown": _("The round has no category “%(category)s”."),
    "call_slots_out_of_range": _("Write from 0 to %(most)s slots for the tambon %(tambon)s."),
    "call_rule_unknown": _("There is no kind of rule “%(kind)s”."),
    "call_rule_dates_backwards": _("Rule %(line)s ends before it begins."),
    "call_rule_value_wrong": _("Rule %(line)s lacks its value, or the value is out of range."),
    "call_rule_was_excepted": _("Somebody was excepted from a rule that you take away. Keep the rule."),
    "call_rule_twice": _("Rule %(line)s stands twice for the same people. Remove one of them."),
    "call_document_unknown": _("There is no kind of document “%(kind)s”."),
    "call_document_twice": _("The document “%(kind)s” is asked for twice from the same people."),
    "call_criterion_unnamed": _("Criterion %(line)s has no Thai name."),
    "call_criterion_points": _("Criterion %(line)s must have from 1 to 1,000 points."),
    "call_criterion_weight": _("Criterion %(line)s must weigh from 1 to 100 percent."),
    "call_weights_not_100": _(
        "The weights of the criteria are %(total)s percent together; they must be 100."
    ),
    "call_milestone_unnamed": _("Line %(line)s of the timetable has no name."),
    "call_milestone_backwards": _("Line %(line)s of the timetable ends before it begins."),
    "call_closes_in_the_past": _("The closing moment has passed. Set a later one."),
    "call_no_slots": _("The call looks for nobody: enter slots."),
    "call_no_criteria": _("There are no criteria of scoring."),
    "call_no_rules": _("There are no rules of eligibility."),
    "call_no_consent_text": _("The purpose told to applicants (PDPA) is empty."),
    "call_names_undecided": _("Decide whether the announced results show names."),
    "call_round_not_announced": _("The round is not shown to the public yet. Announce the round first."),
    "call_closes_earlier": _("Applicants rely on the closing moment: it may move later, not earlier."),
    "call_opened_already": _("The call has opened already; its beginning stays."),
    "call_shortened": _("Applicants rely on this number: it may grow, not shrink."),
    "call_is_fixed": _("The call has opened; this stays as it was published."),
    "call_kept_longer": _("Applicants agreed to this number of days: their data may not be kept longer."),
    "call_fewer_slots": _("The slots of the tambon %(tambon)s may grow, not shrink: people apply for them."),
    "call_rules_are_fixed": _("The call has opened: a rule may be taken away, none may be added or changed."),
    "call_more_documents": _("The call has opened: no further document may be required."),
    "call_criteria_are_fixed": _("The call has opened: points and weights of the criteria stay."),
    "call_is_cancelled": _("The call was cancelled."),
    "call_is_decided": _("The result of this call was adopted; the call stays as it is."),
    "call_is_published": _("The call was published before."),
    "call_seed_is_fixed": _("The lottery seed was published and stays."),
    "call_seed_after_selection": _("A selection was run; the lottery seed can't be chosen any more."),
    "call_seed_too_long": _("The seed has at most %(most)s characters."),
    "call_no_such_round": _("There is no round with the code %(code)s."),
    "call_unknown": _("The round %(round)s has no call %(number)s."),
    "call_no_such_file": _("The file %(path)s cannot be opened."),
    "call_cancel_without_reason": _("Say why; applicants read it."),
}
WORDS |= {code: said for code, said in findings.WORDS.items() if code.startswith(("file.", "text."))}

_CHANGED = {
    "recruitment.set_quotas": _("Slots"),
    "recruitment.set_rules": _("Eligibility"),
    "recruitment.set_documents": _("Documents"),
    "recruitment.set_criteria": _("Scoring"),
    "recruitment.set_milestones": _("Timetable"),
}

_FIELDS = {
    "name_th": _("Thai name"),
    "name_en": _("English name"),
    "text_th": _("Text of the call"),
    "opens_at": _("Applications from"),
    "closes_at": _("Applications until"),
    "grace_minutes": _("Grace after closing, minutes"),
    "max_choices": _("Tambons to rank at most"),
    "interviews_from": _("Interviews from"),
    "interviews_until": _("Interviews until"),
    "results_on": _("Results announced on"),
    "interviewers_needed": _("Interviewers for each applicant"),
    "spread_limit": _("Difference of points that calls for another interviewer"),
    "pass_mark": _("Pass mark"),
    "priority": _("Who comes first in a tambon"),
    "names_announced": _("Names in the announced results"),
    "accept_days": _("Days to accept an offer"),
    "reserve_days": _("Days for a reserve to accept"),
    "appeal_days": _("Days to object to the result"),
    "consent_th": _("Purpose told to applicants (PDPA)"),
    "retention_days": _("Days to keep what was not selected"),
}


_HAPPENED = {
    "recruitment.draft_call": _("Drafted"),
    "recruitment.publish_call": _("Published"),
    "recruitment.publish_seed": _("Lottery seed"),
    "recruitment.cancel_call": _("Was cancelled"),
    "recruitment.bring_in": _("Applications from a file"),
    "recruitment.erase": _("Personal data were erased"),
    "recruitment.hold": _("Erasing was put on hold"),
    "recruitment.end_hold": _("A hold on erasing ended"),
}


def happened(event: Event) -> str:
    """What an event did to a call."""
    return str(_HAPPENED.get(event.verb, "")) or changed(event) or event.verb


def changed(event: Event) -> str:
    """What an event changed in a call."""
    if event.verb in _CHANGED:
        return str(_CHANGED[event.verb])
    return ", ".join(str(_FIELDS.get(name, name)) for name in event.note.get("changed", {}))
