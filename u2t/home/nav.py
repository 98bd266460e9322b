"""The navigation of each role."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest


def nav(request: HttpRequest) -> dict[str, Any]:
    """Context processor: the items of the rail and the tab bar."""
    return {"nav": []}
