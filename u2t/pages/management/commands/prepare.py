"""``manage.py prepare``: make the files that an installation needs but that are not kept in the source."""

from __future__ import annotations

import hashlib
import time
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.core.management.base import BaseCommand

from u2t.letters import fonts
from u2t.pages import messages

# Of htmx one file is used; compressing its other builds would take most of the time of a set-up.
UNUSED = ["htmax-*", "htmx-2*", "htmx-4.js", "ext"]


class Command(BaseCommand):
    help = (
        "Prepare fonts, compile the Thai, collect static files. Quick if nothing changed; safe to run again."
    )
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        began = time.monotonic()
        fonts.prepare(Path(settings.FONTS_DIR))
        fonts.prepare_web(Path(settings.STATIC_MADE) / "fonts")
        compiled = messages.compile_all()
        collected = self._collect(options["verbosity"])
        self.stdout.write(
            f"Fonts ready, {compiled} catalogues compiled, static files {'collected' if collected else 'unchanged'} "
            f"({time.monotonic() - began:.1f} s)"
        )

    def _collect(self, verbosity: int) -> bool:
        """Collect unless nothing changed since the last time. The stamp is written last: a stop makes it anew."""
        root, stamp = Path(settings.STATIC_ROOT), Path(settings.DATA_DIR) / "static.stamp"
        state = _state_of_inputs()
        if stamp.is_file() and stamp.read_text("ascii") == state and root.is_dir():
            return False
        call_command(
            "collectstatic", interactive=False, verbosity=max(verbosity - 1, 0), ignore_patterns=UNUSED
        )
        stamp.write_text(state, "ascii")
        return True


def _state_of_inputs() -> str:
    """A digest over name, size and time of every static file and over what processes them."""
    digest = hashlib.sha256(f"{django.__version__} {settings.STORAGES['staticfiles']['BACKEND']}".encode())
    for finder in get_finders():
        for name, storage in sorted(finder.list(ignore_patterns=UNUSED), key=lambda found: found[0]):
            facts = Path(storage.path(name)).stat()
            digest.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return digest.hexdigest()
