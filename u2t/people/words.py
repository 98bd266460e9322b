"""The words of every objection of this part."""

from django.utils.translation import gettext_lazy as _

WORDS = {
    "account_closed": _("The account “%(account)s” is closed."),
    "account_open": _("The account “%(account)s” is open already."),
    "already_in_round": _("%(name)s is already in the round."),
    "given_name_missing": _("Write the given name."),
    "has_account": _("%(person)s already has an account."),
    "link_over": _("This link is used up or too old. Ask for a new one."),
    "log_in_wrong": _("The user name or the password is wrong, or the account is closed."),
    "name_is_citizen_id": _(
        "Don't use your ID number as user name: many people know it. Write your e-mail address or telephone number."
    ),
    "name_not_free": _(
        "No account can be opened with this user name and password. If you have registered before, log in or ask for "
        "a new password."
    ),
    "name_rests": _(
        "Too many log-ins with this user name have failed. Try again in %(minutes)s minutes, "
        "or ask the programme office for a new password."
    ),
    "name_too_long": _("A user name has at most %(most)s characters."),
    "name_unreadable": _("Write an e-mail address or a Thai telephone number, for example 081-234-5678."),
    "nobody_without_account": _("Everybody here already has an account."),
    "old_password_wrong": _("The present password is wrong."),
    "own_account": _("You can't close your own account."),
    "password_same": _("The new password must differ from the present one."),
    "password_weak": _("%(why)s"),
    "passwords_differ": _("The two new passwords differ."),
    "surname_missing": _("Write the surname."),
    "tambon_not_in_round": _("The tambon with the code “%(code)s” does not take part in the round."),
    "too_many_registrations": _(
        "Very many accounts were opened from this network within the hour. Try again later or with another network."
    ),
    "trap_filled": _("Leave the field that asks for nothing empty, then try again."),
    "unknown_category": _("The round has no category “%(code)s”."),
    "unknown_dimension": _("The round has no dimension “%(code)s”."),
    "unknown_skill": _("The round has no skill “%(code)s”."),
    "left_already": _("The end of the hire of %(name)s was noted already."),
    "left_kind_missing": _("Choose how the hire ends."),
    "left_reason_missing": _("Write the reason."),
    "left_on_unlikely": _("Check the day: it is long before the round or too far ahead."),
}
