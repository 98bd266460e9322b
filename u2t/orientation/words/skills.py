"""The words of passes, completion, certificates and skills."""

from django.utils.translation import gettext_lazy as _

WORDS: dict[str, object] = {
    "has_left": _("%(worker)s no longer works in this round."),
    "no_pass": _("%(worker)s has no pass in force."),
    "nobody_has_pass": _("Nobody of these has a pass yet. Issue the passes first."),
    "file_gone": _("The printed file is no longer there. Print it again."),
    "hours_lacking": _("%(attended)s of the %(needed)s hours that have to be attended."),
    "test_not_taken": _("No result of the test yet."),
    "test_not_passed": _("%(percent)s percent in the test; %(needed)s are needed."),
    "no_signer": _(
        "Who signs certificates has not been entered. Enter the signer in the institution's details."
    ),
    "certificate_ahead": _("The date of the certificates lies ahead. Choose today or an earlier day."),
    "certificate_too_early": _("Certificates can't be dated before orientation began."),
    "field_unknown": _("There is no field {%(name)s}. The fields are: %(known)s."),
    "brace_alone": _("A brace has no partner near “%(near)s”. Write a field like {project}."),
    "nobody_completed": _("Nobody has completed and waits for a certificate."),
    "cannot_be_drawn": _(
        "The name of %(worker)s has characters that can't be printed: %(characters)s. Correct the name first."
    ),
    "no_reason": _("Write the reason; it is kept and can be read later."),
    "already_revoked": _("Certificate no. %(number)s has already been revoked."),
    "no_certificates": _("No certificate of this round is in force."),
    "file_unreadable": _("%(file)s is not a spreadsheet that can be read. Bring XLSX, ODS, XLS or CSV."),
    "results_header": _("The spreadsheet needs the columns ลำดับที่ and คะแนน in one row of headers."),
    "cell_unreadable": _("%(place)s: “%(value)s” is missing or not a whole number."),
    "line_unreadable": _("Line %(place)s: “%(value)s” is not a number and points, like: 12 18."),
    "no_results": _("There is no result in it."),
    "number_unknown": _("%(place)s: nobody in the round has the number %(number)s."),
    "number_twice": _("%(place)s: the number %(number)s stands there more than once."),
    "too_many_points": _("%(place)s: %(points)s points are more than the full %(most)s."),
    "test_ahead": _("The date of the test lies ahead."),
    "area_without_name": _("Every area needs a name in Thai."),
    "area_twice": _("The area “%(name)s” stands there twice."),
    "area_elsewhere": _("Choose an area of this round."),
    "course_elsewhere": _("The course “%(course)s” belongs to another round."),
    "course_closed": _("The course “%(course)s” takes nobody in any more."),
    "course_left": _("The course “%(course)s” was left."),
    "already_accepted": _("Evidence for the course “%(course)s” has already been accepted."),
    "no_evidence": _("Add a picture or PDF of the evidence, or its number."),
    "finished_ahead": _("The day on which the course was finished lies ahead."),
    "nothing_handed_in": _("%(worker)s has handed in nothing that waits."),
}
