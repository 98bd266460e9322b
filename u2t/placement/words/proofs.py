"""What is said of published certificates."""

from django.utils.functional import Promise

WORDS: dict[str, str | Promise] = {}
