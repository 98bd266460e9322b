"""Objections about papers and about what is kept."""

from django.utils.translation import gettext_lazy as _

WORDS: dict[str, object] = {
    "paper_missing": _("%(paper)s is still missing."),
    "paper_refused": _("%(paper)s was not accepted: %(reason)s Give a better one."),
    "paper_of_no_kind": _("The call does not know this kind of paper."),
    "papers_before_consent": _("First agree to what your data are used for; then papers can be taken."),
    "papers_frozen": _(
        "The application is submitted. Open it again to change its papers, until the call closes."
    ),
    "papers_closed": _("The time for applications is over; papers can't be changed any more."),
    "papers_of_withdrawn": _("This application was withdrawn or erased; it takes no papers."),
    "paper_changed_meanwhile": _(
        "This paper was just changed in another window. Look at it, then add the page again."
    ),
    "no_file_chosen": _("Choose a file first, or take a photograph."),
    "upload_gone": _("This upload waited for too long. Choose the file again."),
    "upload_out_of_step": _("Something was lost on the way. The upload goes on from what has arrived."),
    "upload_part_odd": _("A part of the file has a size that it can't have. Choose the file again."),
    "hold_needs_reason": _("Write why the data must be kept longer."),
    "hold_unknown_application": _("No application of this call has the number %(number)s."),
    "hold_ended_already": _("This hold has ended already."),
}
