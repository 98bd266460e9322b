"""The sign of life of a worker that is busy with one long step."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection

logger = logging.getLogger(__name__)


@contextmanager
def beating(beat: Callable[[], None], every: float) -> Iterator[None]:
    """Call ``beat`` every so many seconds from a thread of its own while the block runs.

    It ends with the block, and with the process: whoever is killed gives no more signs of life. The thread has its
    own database connection, so a beat is seen at once, whatever transaction the block has open. A beat that fails
    is logged and the next one comes all the same. Work that neither returns to Python nor lets other threads run
    for longer than a heartbeat may be missing gives no sign either; no step of ours is of that kind.
    """
    stop = threading.Event()

    def go_on() -> None:
        try:
            while not stop.wait(every):
                try:
                    beat()
                except Exception:
                    logger.warning("a heartbeat could not be written", exc_info=True)
                    connection.close()
        finally:
            connection.close()

    thread = threading.Thread(target=go_on, name="u2t-heartbeat", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        # A beat that waits for the database must not keep the result waiting.
        thread.join(timeout=5)
