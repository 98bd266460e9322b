"""Verification, for anybody: online with the register, offline with the public keys alone."""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone, translation

from u2t.pages.declare import shows
from u2t.pages.paging import typed
from u2t.seals import forms, kinds, queries, words

# What the page needs when there is no network; a typeface's file is named by the style sheet.
ASSETS = (
    "seals/verify.js", "style/base.css", "style/layout.css", "style/parts.css", "style/forms.css",
    "style/charts.css", "fonts/Sarabun-Regular.woff2", "fonts/Sarabun-SemiBold.woff2",
    "fonts/Sarabun-Bold.woff2", "icons.svg", "mark.svg",
)  # fmt: skip


@shows(public=True)
def verify(request: HttpRequest) -> HttpResponse:
    """What a seal says and whether it holds, or what the register says of a number."""
    context: dict[str, Any] = {"seal": typed(request, "s", 2000), "form": forms.NumberForm()}
    if context["seal"]:
        verdict = queries.verdict(context["seal"])
        context |= {"verdict": verdict, "said": words.SAID[verdict.state]}
    elif "number" in request.GET:
        context["form"] = form = forms.NumberForm(request.GET)
        if form.is_valid():
            context |= {"asked": form.cleaned_data, "standing": kinds.look_up(**form.cleaned_data)}
    return render(request, "seals/verify.html", context)


@shows(public=True)
def offline(request: HttpRequest) -> HttpResponse:
    """The page that a phone keeps: no person, no session, only the public keys and the names of issuers."""
    given = {
        "keys": [asdict(key) for key in queries.published()],
        "kinds": kinds.labels(),
        "issuers": kinds.issuers(),
        "said": {state: [mark, str(head), str(text)] for state, (mark, head, text) in words.SAID.items()},
    }
    return render(request, "seals/offline.html", {"given": given, "today": timezone.localdate()})


@shows(public=True)
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker of this folder: keeps the offline page and shows it where the network fails."""
    assets = [static(asset) for asset in ASSETS]
    version = hashlib.sha256("".join(assets).encode()).hexdigest()[:12]
    context = {"assets": assets, "version": version, "offline": reverse("seals:offline")}
    context["language"] = translation.get_language()
    return render(request, "seals/worker.js", context, content_type="text/javascript; charset=utf-8")


@shows(public=True)
def keys(request: HttpRequest) -> HttpResponse:
    """All public keys, for whoever writes a verifier of their own."""
    response = JsonResponse({"keys": [asdict(key) for key in queries.published()]})
    response["Access-Control-Allow-Origin"] = "*"
    return response
