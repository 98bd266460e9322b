"""What a refused action becomes on a page."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from u2t.objections import Refused


class refusals:
    """Turn an action's :class:`Refused` that no view worded itself into a page that says every reason."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, Refused):
            back = request.headers.get("Referer", "/")
            context = {"objections": exception.objections, "back_url": back}
            return render(request, "pages/refused.html", context, status=409)
        return None
