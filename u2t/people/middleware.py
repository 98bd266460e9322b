"""A first password opens nothing but the page that changes it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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
