"""Enter the programme's usual kinds of agency."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from u2t.agencies.actions import register
from u2t.agencies.models import Kind


class Command(BaseCommand):
    help = "Enter the usual kinds of agency where they are missing; existing ones keep their names."

    def handle(self, *args: Any, **options: Any) -> None:
        register.load_kinds(at=timezone.now())
        self.stdout.write(f"{Kind.objects.count()} kinds of agency")
