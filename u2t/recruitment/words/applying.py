from django.utils.translation import gettext_lazy as _

WORDS: dict[str, object] = {
    "already_withdrawn": _("This application has been withdrawn."),
    "being_checked": _("The office is checking this application already, so it can't be opened again."),
    "birthday_odd": _("Check the year of birth: you wrote a day in B.E. %(year)s."),
    "call_not_open": _("This call takes no applications now. What you have saved is kept."),
    "choice_outside": _("The tambon %(code)s does not belong to this call."),
    "choice_twice": _("The tambon %(code)s is in your list twice. Each tambon may stand there once."),
    "choice_without_quota": _("%(tambon)s has no slot of your category. Choose another tambon."),
    "choices_too_many": _("You may rank at most %(most)s tambons."),
    "consent_missing": _("To apply you must agree that your data are used for this selection."),
    "duty_elsewhere": _("This account has other duties in the programme. Its password is reset elsewhere."),
    "is_submitted": _("The application has been submitted. Open it again to change it."),
    "missing_birth_on": _("Write your date of birth."),
    "missing_category": _("Choose a category."),
    "missing_choices": _("Choose at least one tambon."),
    "missing_citizen_id": _("Write your 13-digit ID number."),
    "missing_given_name": _("Write your given name."),
    "missing_graduated_on": _("Write the date of graduation."),
    "missing_has_state_hire": _("Say whether another state project hires you."),
    "missing_is_employed": _("Say whether you are employed at present."),
    "missing_is_own_student": _("Say whether you are a student of this university."),
    "missing_level": _("Choose your highest education."),
    "missing_present_house": _("Write the house number of your present address."),
    "missing_present_tambon": _("Choose the tambon of your present address."),
    "missing_registered_house": _("Write the house number of your house registration."),
    "missing_registered_tambon": _("Choose the tambon of your house registration."),
    "missing_student_year": _("Write your year of study."),
    "missing_surname": _("Write your surname."),
    "missing_telephone": _("Write a telephone number."),
    "missing_title": _("Write your title."),
    "newer_saved": _(
        "This step was saved in another window at %(saved)s. What you typed here is kept below; compare and save again."
    ),
    "nothing_submitted": _("The application has not been submitted."),
    "number_already_applied": _(
        "There already is a submitted application with this ID number in this call. If it is yours, log in with the "
        "account you used then; if not, please contact the programme office."
    ),
    "too_late_to_open_again": _("Applications are closed; the application stays as it was submitted."),
    "unknown_category": _("The call has no such category."),
    "unknown_skill": _("The round has no such skill."),
    "withdrawal_too_late": _("You are hired already. Please tell the programme office."),
}
