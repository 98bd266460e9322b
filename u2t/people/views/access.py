"""Log in, log out, change one's own password."""

from __future__ import annotations

from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from u2t.objections import Refused
from u2t.pages.declare import changes, either, shows
from u2t.pages.fields import show_objections
from u2t.people.actions import accounts as actions
from u2t.people.forms import LogInForm, PasswordForm

_OWN_PAGE = "home:mine"


def next_url_of(request: HttpRequest, given: str) -> str:
    """Where to go after the log-in: only an address of this site, otherwise one's own page."""
    is_ours = url_has_allowed_host_and_scheme(
        given, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    # Anything without a slash in front would be looked up as the name of a view.
    return given if given.startswith("/") and is_ours else resolve_url(_OWN_PAGE)


@never_cache
@shows(public=True)
def _log_in_form(request: HttpRequest) -> HttpResponse:
    next_url = next_url_of(request, request.GET.get("next", ""))
    if request.user.is_authenticated:
        return redirect(next_url)
    return render(request, "people/log_in.html", {"form": LogInForm(), "next": next_url})


@never_cache
@sensitive_post_parameters("password")
@changes(public=True)
def _log_in(request: HttpRequest) -> HttpResponse:
    next_url = next_url_of(request, request.POST.get("next", ""))
    form = LogInForm(request.POST)
    if form.is_valid():
        try:
            account = actions.log_in(request=request, **form.cleaned_data, at=timezone.now())
        except Refused as refused:
            show_objections(form, refused.objections)
        else:
            auth.login(request, account)
            return redirect(next_url)
    return render(request, "people/log_in.html", {"form": form, "next": next_url}, status=422)


log_in = either(get=_log_in_form, post=_log_in)


@changes(public=True)
def log_out(request: HttpRequest) -> HttpResponse:
    """Forget who this browser is."""
    auth.logout(request)
    messages.info(request, _("You are logged out."))
    return redirect("home:front")


@never_cache
@shows()
def account(request: HttpRequest) -> HttpResponse:
    """One's own account."""
    return render(request, "people/account.html")


@never_cache
@shows()
def _password_form(request: HttpRequest) -> HttpResponse:
    return render(request, "people/password.html", {"form": PasswordForm()})


@never_cache
@sensitive_post_parameters()
@changes()
def _password(request: HttpRequest) -> HttpResponse:
    form = PasswordForm(request.POST)
    if form.is_valid():
        try:
            actions.change_password(account=request.user, **form.cleaned_data, at=timezone.now())
        except Refused as refused:
            show_objections(form, refused.objections)
        else:
            auth.update_session_auth_hash(request, request.user)
            messages.success(request, _("Your password was changed."))
            return redirect(_OWN_PAGE)
    return render(request, "people/password.html", {"form": form}, status=422)


password = either(get=_password_form, post=_password)
