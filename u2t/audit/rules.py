"""The chain of digests, pure: anybody can recompute it from an export of the events."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping

BEGINNING = "0" * 64


def digest(
    previous: str, at: str, by: int | None, verb: str, subject: str, note: Mapping[str, object]
) -> str:
    """SHA-256 in hex over the previous digest and the canonical JSON of the event (``at`` in ISO, UTC)."""
    line = json.dumps(
        [previous, at, by, verb, subject, note], ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    return hashlib.sha256(line.encode()).hexdigest()
