"""What the office and the interviewers decide about applications, each verb in the module of its stretch."""

from u2t.recruitment.actions.assessing.duplicates import decide_same_person
from u2t.recruitment.actions.assessing.exchange import bring_back, check_back
from u2t.recruitment.actions.assessing.interviewing import lock, mark, unlock
from u2t.recruitment.actions.assessing.panels import appoint, assign, decline, dismiss, give
from u2t.recruitment.actions.assessing.screening import check_document, override, screen, screen_many
from u2t.recruitment.actions.assessing.times import clear_times, schedule, set_time

__all__ = [
    "appoint",
    "assign",
    "bring_back",
    "check_back",
    "check_document",
    "clear_times",
    "decide_same_person",
    "decline",
    "dismiss",
    "give",
    "lock",
    "mark",
    "override",
    "schedule",
    "screen",
    "screen_many",
    "set_time",
    "unlock",
]
