"""The words of every objection of this part."""

from django.utils.translation import gettext_lazy as _  # noqa: F401

WORDS: dict[str, object] = {}
