"""Pages that belong to no stage: the language, what went wrong, and the gallery of parts."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.i18n import set_language

from u2t.pages import examples
from u2t.pages.context import PRODUCT
from u2t.pages.declare import changes, shows


@changes(public=True)
def language(request: HttpRequest) -> HttpResponse:
    """Remember the chosen language in a cookie and go back to the page."""
    return set_language(request)


@shows(public=True)
def gallery(request: HttpRequest) -> HttpResponse:
    """Every part of the design on one page, for those who build pages."""
    if not settings.DEBUG:
        raise Http404
    return render(request, "pages/gallery.html", examples.gallery(request))


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "pages/forbidden.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "pages/not_found.html", status=404)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "pages/bad_request.html", status=400)


def broken(request: HttpRequest) -> HttpResponse:
    """Drawn without the request: whatever broke the page must not break this one as well."""
    return HttpResponse(render_to_string("pages/broken.html", {"product": PRODUCT}), status=500)


def csrf_failed(request: HttpRequest, reason: str = "") -> HttpResponse:
    """For ``CSRF_FAILURE_VIEW``: an old page was sent; say so instead of showing a bare refusal."""
    return render(request, "pages/stale.html", status=403)
