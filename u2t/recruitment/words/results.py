from django.utils.translation import gettext_lazy as _

WORDS: dict[str, object] = {
    "select_call_not_open": _("This call is not published, or it was cancelled."),
    "select_before_closing": _("Applications are still being taken. Select after the call has closed."),
    "seed_not_published": _(
        "Publish the lottery seed first, so that nobody can choose it after seeing the scores."
    ),
    "selection_adopted_already": _("A selection of this call was adopted already."),
    "screening_missing": _("%(count)s applications are not screened yet."),
    "scores_missing": _("%(count)s applicants who passed the screening have no score yet."),
    "slots_taken": _(
        "%(place)s, %(category)s: the round has only %(left)s free slots left. Lower the quota of the call."
    ),
    "same_person_undecided": _(
        "%(count)s pairs of applications may be one person's. Decide about them first."
    ),
    "nobody_to_select": _("Nobody has passed the screening with a score."),
    "ballot_unusable": _("The applications contradict themselves (%(what)s: %(about)s)."),
    "selection_unsound": _("The checker found a fault (%(what)s). Nothing was stored."),
    "selection_differs": _("Computed again, the result was not the same. Tell whoever runs the system."),
    "selection_not_computed": _("This selection is not computed yet."),
    "selection_outdated": _(
        "Applications, scores or quotas have changed since they were frozen. Begin a new selection."
    ),
    "selection_not_adopted": _("Adopt the selection before it is announced."),
    "announced_already": _("The results were announced already."),
    "names_undecided": _("Decide in the call whether names are announced."),
    "results_not_announced": _("The results are not announced yet."),
    "answer_too_late": _("The time to answer is over. The place goes to the next one."),
    "offer_accepted": _("This offer was accepted already."),
    "offer_declined": _("This offer was declined."),
    "offer_lapsed": _("This offer has lapsed because nobody answered in time."),
    "offer_no_show": _("This person did not report in, so the offer has ended."),
    "offer_taken_back": _("The office has taken this offer back."),
    "offer_hired": _("This person has reported in and is hired."),
    "offer_left": _("This person was hired and has left."),
    "offer_not_accepted": _("This offer is not accepted yet."),
    "answer_note_missing": _("Say how the answer came, for instance who telephoned when."),
    "offer_reason_missing": _("Write the reason."),
    "application_withdrawn_already": _("This application was withdrawn."),
    "holds_an_offer": _("This applicant already holds an offer."),
    "no_free_slot": _("There is no free slot of this category in %(tambon)s."),
    "cannot_report_in": _("Application %(number)s cannot report in: it has no accepted offer that is open."),
    "citizen_id_unknown": _("The ID number of application %(number)s is unknown."),
    "withdrawn_meanwhile": _("Application %(number)s was withdrawn."),
    "nothing_empty": _("No slot is empty without a reserve who could be called."),
    "nobody_chosen": _("Choose somebody first."),
    "appeal_too_late": _("The time to object is over."),
    "appeal_text_missing": _("Write what you object to and why."),
    "appeal_waiting": _("Your objection is waiting for its answer."),
    "appeal_answered_already": _("This objection was answered already."),
    "appeal_undecided": _("Choose whether the objection is upheld."),
    "appeal_answer_missing": _("Write the reason that the applicant reads."),
    "appeal_not_upheld": _("Only after an upheld objection a place may be offered outside the reserve list."),
}

STATES = {
    "waiting": _("Waiting for the answer"),
    "accepted": _("Accepted, not reported in yet"),
    "hired": _("Reported in"),
    "left": _("Has left"),
    "declined": _("Declined"),
    "lapsed": _("Lapsed without an answer"),
    "no_show": _("Did not report in"),
    "taken_back": _("Taken back"),
}

STEPS = {
    "read": _("Reading the frozen applications"),
    "select": _("Selecting"),
    "check": _("Checking the result independently"),
    "store": _("Storing the result"),
}
