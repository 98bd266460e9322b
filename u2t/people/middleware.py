"""What accounts need around every page: a first password opens nothing else, and no page outlives the log-out."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

_ALLOWED = {"people:password", "people:log_in", "people:log_out", "pages:language"}


class first_password:
    """Send an account with a one-time password to the change of password, whatever page it asks for.

    Public pages too: to an account they show more than to a visitor, and a told password is not yet its owner's.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Any, args: Any, kwargs: Any
    ) -> HttpResponseBase | None:
        if not (request.user.is_authenticated and request.user.must_change_password):
            return None
        match = request.resolver_match
        if match and match.view_name in _ALLOWED:
            return None
        return redirect("people:password")


class private_pages:
    """Let nobody keep a page of somebody logged in: on a shared computer *Back* must not show it to the next.

    Whether there is a session is seen by the cookie, which costs no query; a page that says itself how long it may be
    kept stays as it says.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not response.has_header("Cache-Control"):
            response["Cache-Control"] = "private, no-store"
        return response
