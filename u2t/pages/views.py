"""The pages that say no, each with what to do next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: this account may not."""
    return render(request, "pages/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing lives here."""
    return render(request, "pages/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """500: our fault; rendered without the database."""
    return render(request, "pages/500.html", status=500)
