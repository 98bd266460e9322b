"""What is said of refills."""

from django.utils.functional import Promise

WORDS: dict[str, str | Promise] = {}
