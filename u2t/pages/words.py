"""The words of an objection or finding, looked up by its code in the part that raised it.

``"placement.quota_full"`` is worded by ``u2t.placement.words.WORDS["quota_full"]``, a translatable sentence with
``%(name)s`` places for what the objection is about. Pages and commands ask here, so both say the same.
"""

from __future__ import annotations

from importlib import import_module

from u2t.objections import Objection


def say(objection: Objection) -> str:
    """The sentence in the active language."""
    part, _, reason = objection.code.partition(".")
    words = import_module(f"u2t.{part}.words").WORDS
    return str(words[reason]) % dict(objection.about)


def say_all(objections: tuple[Objection, ...]) -> list[str]:
    """All sentences, in order."""
    return [say(objection) for objection in objections]
