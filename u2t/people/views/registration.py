"""Open an account for oneself; choose a new password by e-mail."""

from __future__ import annotations

from django.conf import settings
from django.contrib import auth, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from u2t.objections import Refused
from u2t.pages.declare import changes, either, shows
from u2t.pages.fields import show_objections
from u2t.people.actions import registration as actions
from u2t.people.forms import ForgottenForm, NewPasswordForm, RegistrationForm
from u2t.people.views.access import next_url_of

_BACKEND = "django.contrib.auth.backends.ModelBackend"


def _network_address(request: HttpRequest) -> str:
    """Where the request comes from; behind our own proxy the address that the proxy saw."""
    forwarded = request.headers.get("X-Forwarded-For", "") if settings.BEHIND_TLS else ""
    return forwarded.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))


@never_cache
@shows(public=True)
def _register_form(request: HttpRequest) -> HttpResponse:
    next_url = next_url_of(request, request.GET.get("next", ""))
    if request.user.is_authenticated:
        return redirect(next_url)
    return render(request, "people/register.html", {"form": RegistrationForm(), "next": next_url})


@never_cache
@sensitive_post_parameters()
@changes(public=True)
def _register(request: HttpRequest) -> HttpResponse:
    next_url = next_url_of(request, request.POST.get("next", ""))
    form = RegistrationForm(request.POST)
    if form.is_valid():
        try:
            account = actions.register(
                **form.cleaned_data, address=_network_address(request), at=timezone.now()
            )
        except Refused as refused:
            show_objections(form, refused.objections)
        else:
            auth.login(request, account, backend=_BACKEND)
            return redirect(next_url)
    return render(request, "people/register.html", {"form": form, "next": next_url}, status=422)


register = either(get=_register_form, post=_register)


@never_cache
@shows(public=True)
def _forgotten_form(request: HttpRequest) -> HttpResponse:
    return render(request, "people/forgotten.html", {"form": ForgottenForm()})


@never_cache
@changes(public=True)
def _forgotten(request: HttpRequest) -> HttpResponse:
    form = ForgottenForm(request.POST)
    if not form.is_valid():
        return render(request, "people/forgotten.html", {"form": form}, status=422)

    def link(key: str, token: str) -> str:
        path = reverse("people:new_password", args=[key, token])
        # The address that the request claims is whatever its sender wrote: a link in a mail names the known one.
        return f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)

    actions.ask_new_password(name=form.cleaned_data["name"], link=link, at=timezone.now())
    return redirect("people:forgotten_sent")


forgotten = either(get=_forgotten_form, post=_forgotten)


@shows(public=True)
def sent(request: HttpRequest) -> HttpResponse:
    """What happens now, the same for every name."""
    return render(request, "people/forgotten_sent.html")


@never_cache
@shows(public=True)
def _new_password_form(request: HttpRequest, key: str, token: str) -> HttpResponse:
    if actions.account_of_link(key, token) is None:
        return render(request, "people/link_over.html", status=410)
    return render(request, "people/new_password.html", {"form": NewPasswordForm()})


@never_cache
@sensitive_post_parameters()
@changes(public=True)
def _new_password(request: HttpRequest, key: str, token: str) -> HttpResponse:
    form = NewPasswordForm(request.POST)
    if form.is_valid():
        try:
            actions.choose_password(key=key, token=token, **form.cleaned_data, at=timezone.now())
        except Refused as refused:
            show_objections(form, refused.objections)
        else:
            messages.success(request, _("Your password was changed. Log in with it."))
            return redirect("people:log_in")
    return render(request, "people/new_password.html", {"form": form}, status=422)


new_password = either(get=_new_password_form, post=_new_password)
