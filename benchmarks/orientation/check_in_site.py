"""The installation of the check-in: made before the doors open, questioned after. Runs in a process of its own.

``python -m benchmarks.orientation.check_in_site prepare PEOPLE FOLDER`` writes ``plan.json`` into the folder;
``… question 0 FOLDER`` writes ``found.json``.
"""

from __future__ import annotations

import json
import os
import sys
from datetime import timedelta
from pathlib import Path


def prepare(people: int, folder: Path) -> None:
    """A round with its people, their passes, one session that goes on now, and the office's log-in."""
    from django.core.management import call_command
    from django.utils import timezone

    call_command("migrate", verbosity=0)
    call_command("prepare", verbosity=0)
    from tests import cast, given
    from u2t.orientation.actions import passes, sessions
    from u2t.orientation.models import Pass

    world, now = cast.world(), timezone.now()
    given.workers(world.round, people)
    begins = now - timedelta(minutes=5)
    session = sessions.add_session(
        round=world.round, name_th="ปฐมนิเทศ", place_th="หอประชุมใหญ่", begins_at=begins,
        ends_at=begins + timedelta(hours=6), by=None, at=now,
    )  # fmt: skip
    passes.issue_passes(round=world.round, by=None, at=now)
    tokens = Pass.objects.filter(worker__round=world.round).order_by("worker__number")
    plan = {
        "code": world.round.code,
        "session": session.pk,
        "cookie": cast.client_of(world.office).cookies["sessionid"].value,
        "tokens": dict(tokens.values_list("worker__number", "token")),
    }
    (folder / "plan.json").write_text(json.dumps(plan))


def question(_none: int, folder: Path) -> None:
    """Every scan that is stored, and what attendance makes of them."""
    from u2t.orientation.models import Scan, Session
    from u2t.orientation.queries import attendance

    rows = Scan.objects.values_list(
        "pk", "worker__number", "direction", "device__label", "scanned_at", "is_doubted"
    )
    scans = [
        [str(pk), number, way, label, at.timestamp(), doubted] for pk, number, way, label, at, doubted in rows
    ]
    session = Session.objects.select_related("round").get()
    states: dict[str, int] = {}
    for row in attendance.board(session):
        states[row.state] = states.get(row.state, 0) + 1
    (folder / "found.json").write_text(json.dumps({"scans": scans, "states": states}))


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "u2t.settings"
    import django

    django.setup()
    {"prepare": prepare, "question": question}[sys.argv[1]](int(sys.argv[2]), Path(sys.argv[3]))
