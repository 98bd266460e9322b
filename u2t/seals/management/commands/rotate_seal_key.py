"""Retire the key that signs certificates and make another."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from u2t.objections import Refused
from u2t.pages import words
from u2t.seals import actions


class Command(BaseCommand):
    help = (
        "Retire the key that signs certificates and make another; what was sealed before goes on verifying."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            key = actions.rotate(at=timezone.now())
        except Refused as refused:
            raise CommandError("\n".join(words.say_all(refused.objections))) from refused
        self.stdout.write(f"{key.code} {key.public_key}")
