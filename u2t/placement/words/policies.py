"""What is said of rules and studies."""

from django.utils.functional import Promise

WORDS: dict[str, str | Promise] = {}
