"""``manage.py reseal_vault``: after a change of key."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from u2t.vault import actions


class Command(BaseCommand):
    help = "Seal every file of the vault anew that an older key sealed (U2T_VAULT_OLD_KEYS)."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(f"{actions.reseal()} files were sealed with the present key.")
