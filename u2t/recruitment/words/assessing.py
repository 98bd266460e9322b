"""The words of screening, the same person, and interviews."""

from django.utils.translation import gettext_lazy as _

from u2t.pages import findings

WORDS: dict[str, object] = {
    # A file that cannot be read at all is refused in the words of every spreadsheet.
    **{code: said for code, said in findings.WORDS.items() if code.startswith(("file.", "text."))},
    "reason_missing": _("Write the reason; it is kept beside the decision."),
    "note_missing": _("Write why; the applicant reads it."),
    "paper_gone": _("The applicant has taken this paper back or replaced it."),
    "rule_of_another_call": _("This rule belongs to another call."),
    "rules_unmet": _(
        "Not met: %(count)s of the rules. Find for the applicant with a reason, or do not pass."
    ),
    "rules_unknown": _(
        "Nothing is known about %(count)s of the rules. Find for the applicant with a reason, or ask."
    ),
    "papers_not_accepted": _(
        "Not accepted yet: %(papers)s. Look at the papers, or write in the note why they can wait."
    ),
    "not_submitted": _("The application has not been submitted."),
    "is_withdrawn": _("Application %(receipt)s has been withdrawn."),
    "is_erased": _("The data of application %(receipt)s were erased after their time."),
    "selection_adopted": _(
        "A selection with application %(receipt)s has been adopted; what it rests on stays as it is."
    ),
    "already_screened": _("Application %(receipt)s was decided before."),
    "same_person_passed": _("The same person passed already with application %(receipt)s of this round."),
    "no_such_pair": _("Nothing says that these two applications are one person's."),
    "no_candidate": _(
        "%(name)s cannot interview for this call: no account of the round, appointed already, or an applicant."
    ),
    "interviewer_ended": _("This person no longer interviews for the call."),
    "no_interviewers": _("Nobody interviews for this call yet. Appoint interviewers first."),
    "not_passed": _("Application %(receipt)s has no right to an interview."),
    "already_scored": _("Application %(receipt)s has its score already. Unlock an interview first."),
    "interviewer_has_it": _("%(name)s has or had this applicant already."),
    "own_application": _("%(name)s is the applicant."),
    "interview_locked": _("The points of this interview are locked."),
    "interview_declined": _("This interview was given back."),
    "interview_open": _("This interview is not locked."),
    "no_criteria": _("The call has no scoring criteria."),
    "mark_missing": _("Points are missing: %(criterion)s."),
    "mark_out_of_range": _("Points lie between 0 and %(most)s."),
    "nobody_to_schedule": _("Nobody of these waits for a time."),
    "too_few_times": _(
        "%(wanted)s applicants wait, but there is room for %(free)s. Add days, hours or rooms."
    ),
    "place_missing": _("Write the place."),
    "file_has_problems": _("The file has %(count)s problems; nothing was stored."),
    "preview_too_old": _("The preview is too old or was changed. Choose the file once more."),
}

FINDINGS: dict[str, object] = findings.WORDS | {
    "application.unknown": _("The call has no application with this number."),
    "application.twice": _("The application stands in row %(first)s already."),
    "application.other_name": _("The application with this number has another name."),
    "application.withdrawn": _("The application has been withdrawn."),
    "application.not_passed": _("The application has no right to an interview."),
    "application.decided": _("A selection with this application has been adopted."),
    "application.is_marked": _(
        "Interviewers have locked their points for this applicant; a file does not change them."
    ),
    "time.unreadable": _("This is no time of day."),
    "time.half": _("Only one of day and time is written."),
    "time.without_place": _("The place is missing."),
    "place.without_time": _("A place without a time."),
    "score.unreadable": _("This is no score: a number with at most three decimals, or ขาด."),
    "score.out_of_range": _("A score lies between 0 and %(most)s."),
}

TO_DO: dict[str, object] = findings.TO_DO | {
    "application.unknown": _("Compare the number with the list that was exported."),
    "application.twice": _("Delete one of the two rows."),
    "application.other_name": _("Check that the rows were sorted whole; correct the number."),
    "application.not_passed": _("Screen the application first, or delete the row."),
    "application.withdrawn": _("Delete the row."),
    "application.is_marked": _("Leave the cell empty, or unlock the interviews."),
    "time.unreadable": _("Write a time like 9:30."),
    "time.half": _("Write day and time, or neither."),
    "time.without_place": _("Write the place."),
}

EVENTS: dict[str, object] = {
    "recruitment.submit": _("Submitted"),
    "recruitment.reopen": _("Opened again by the applicant"),
    "recruitment.withdraw": _("Withdrawn"),
    "recruitment.passed": _("Has the right to an interview"),
    "recruitment.failed": _("Not passed"),
    "recruitment.attach_paper": _("A paper was received"),
    "recruitment.remove_paper": _("A paper was removed by the applicant"),
    "recruitment.read_paper": _("A paper was opened"),
    "recruitment.paper_accepted": _("A paper was accepted"),
    "recruitment.paper_refused": _("A paper was refused"),
    "recruitment.rule_overridden": _("A rule was found otherwise"),
    "recruitment.read_citizen_id": _("The ID number was read in full"),
    "recruitment.interview_locked": _("An interviewer locked the points"),
    "recruitment.interview_unlocked": _("Points were unlocked"),
    "recruitment.interview_declined": _("An interview was given back or taken away"),
    "recruitment.interviewer_given": _("An interviewer was added"),
    "recruitment.interview_time": _("The time of the interview was set"),
    "recruitment.same_person": _("Decided: one person"),
    "recruitment.two_persons": _("Decided: two persons"),
}
