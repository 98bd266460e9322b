"""What is typed about accounts and persons."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from u2t.programme.models import Duty


class LogInForm(forms.Form):
    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=_("Password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )


def _new_password(label: Any, help_text: Any = "") -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": "new-password"})
    return forms.CharField(label=label, strip=False, max_length=200, widget=widget, help_text=help_text)


class PasswordForm(forms.Form):
    old = forms.CharField(
        label=_("Present password"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    new = _new_password(
        _("New password"),
        _("At least 8 characters, not only digits, and not a password that many people use."),
    )
    repeated = _new_password(_("New password again"))


_PASSWORD_HELP = _("At least 8 characters, not only digits, and not a password that many people use.")


class RegistrationForm(forms.Form):
    """A user name and a password; ``trap`` is a field that nobody sees."""

    name = forms.CharField(
        label=_("E-mail or mobile number"),
        max_length=200,
        help_text=_("This becomes your user name. Never your ID number."),
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = _new_password(_("Password"), _PASSWORD_HELP)
    repeated = _new_password(_("Password again"))
    trap = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )


class ForgottenForm(forms.Form):
    name = forms.CharField(
        label=_("User name"),
        max_length=200,
        help_text=_("The e-mail address with which you registered."),
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )


class NewPasswordForm(forms.Form):
    password = _new_password(_("New password"), _PASSWORD_HELP)
    repeated = _new_password(_("New password again"))


class StaffForm(forms.Form):
    kind = forms.ChoiceField(label=_("Duty"), choices=Duty.Kind.choices, widget=forms.RadioSelect)
    title = forms.CharField(label=_("Title"), max_length=40, required=False)
    given_name = forms.CharField(label=_("Given name"), max_length=120)
    surname = forms.CharField(label=_("Surname"), max_length=120)
    telephone = forms.CharField(label=_("Telephone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False, max_length=254)
