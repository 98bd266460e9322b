"""The thread of the web process that works on jobs, so that a small installation needs no second process."""

from __future__ import annotations

import logging
import threading
import time
from importlib import import_module

from django.apps import apps
from django.conf import settings
from django.db import close_old_connections, connections
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.module_loading import module_has_submodule

from u2t.jobs import actions

logger = logging.getLogger(__name__)
_stop = threading.Event()
# Seconds between two looks at the regular jobs; each has its own rhythm beside it.
_LOOK_AFTER = 10.0


def load_works() -> None:
    """Import each part's ``jobs`` module, so that its works are registered."""
    for config in apps.get_app_configs():
        if config.name.startswith("u2t.") and module_has_submodule(config.module, "jobs"):
            import_module(f"{config.name}.jobs")


def start_embedded() -> threading.Thread | None:
    """Start the thread if the settings want one; returns it."""
    if not settings.EMBEDDED_WORKER:
        return None
    thread = threading.Thread(target=_work_until_stopped, name="u2t-jobs", daemon=True)
    thread.start()
    return thread


def _work_until_stopped() -> None:
    looked = 0.0
    while not _stop.wait(0.3):
        try:
            actions.take_up_lost(at=timezone.now())
            work_off()
            if time.monotonic() - looked > _LOOK_AFTER:
                looked = time.monotonic()
                actions.tick(at=timezone.now())
        except Exception:
            logger.exception("the job thread goes on after an error")
            _stop.wait(5)
        finally:
            close_old_connections()
    connections.close_all()


def work_off() -> None:
    """Do every job that is ready, then return."""
    from django_tasks_db.management.commands.db_worker import Worker

    Worker(
        queue_names=["*"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=get_random_string(32),
        excluded_queue_names=[],
    ).run()
