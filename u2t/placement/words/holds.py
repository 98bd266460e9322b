"""What is said of holds, shortages and comparisons."""

from django.utils.functional import Promise

WORDS: dict[str, str | Promise] = {}
