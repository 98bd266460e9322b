"""What the frame around every page needs."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

PRODUCT = _("University to Tambon")


def shell(request: HttpRequest) -> dict[str, object]:
    """The product's name and the other language to switch to.

    Another context processor may add ``nav`` (items with ``url``, ``label``, ``icon``, ``current``, and optionally
    ``count`` and ``group``) and ``nav_round`` (the round's name); the frame is whole without them.
    """
    code = get_language() or settings.LANGUAGE_CODE
    return {"product": PRODUCT, "other_language": "en" if code.startswith("th") else "th"}
