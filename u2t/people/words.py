"""The words of every objection of this part."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "account_closed": _("The account “%(account)s” is closed."),
    "account_open": _("The account “%(account)s” is open already."),
    "already_in_round": _("%(name)s is already in the round."),
    "given_name_missing": _("Write the given name."),
    "has_account": _("%(person)s already has an account."),
    "log_in_wrong": _("The user name or the password is wrong, or the account is closed."),
    "name_rests": _(
        "Too many log-ins with this user name have failed. Try again in %(minutes)s minutes, "
        "or ask the programme office for a new password."
    ),
    "nobody_without_account": _("Everybody here already has an account."),
    "old_password_wrong": _("The present password is wrong."),
    "own_account": _("You can't close your own account."),
    "password_same": _("The new password must differ from the present one."),
    "password_weak": _("%(why)s"),
    "passwords_differ": _("The two new passwords differ."),
    "surname_missing": _("Write the surname."),
    "tambon_not_in_round": _("The tambon with the code “%(code)s” does not take part in the round."),
    "unknown_category": _("The round has no category “%(code)s”."),
    "unknown_dimension": _("The round has no dimension “%(code)s”."),
    "unknown_skill": _("The round has no skill “%(code)s”."),
    "left_already": _("The end of the hire of %(name)s was noted already."),
    "left_kind_missing": _("Choose how the hire ends."),
    "left_reason_missing": _("Write the reason."),
    "left_on_unlikely": _("Check the day: it is long before the round or too far ahead."),
}
