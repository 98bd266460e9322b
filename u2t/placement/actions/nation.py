"""A simulated nation as tasks: asked for in shares, placed share by share, by as many workers as there are."""

from __future__ import annotations

import os
import socket
import time
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

import geothai
from django.db import transaction

from u2t.audit import actions as audit
from u2t.jobs import actions as jobs
from u2t.matching.nation import Design, design_objections, place_share
from u2t.objections import refuse_if
from u2t.placement.models import NationShare

KIND = "placement.nation_share"


def country() -> list[str]:
    """The codes of all tambons of the country."""
    return [
        tambon.code
        for province in geothai.provinces()
        for district in geothai.districts(province.code)
        for tambon in geothai.subdistricts(district.code)
    ]


def ask_for_nation(*, design: Design, institutions_each: int, backend: str, by: Any, at: datetime) -> UUID:
    """Queue a simulated nation, so many institutions a task; gives its name. No real person is in it."""
    refuse_if(design_objections(design))
    nation = uuid4()
    given = {"design": design.to_json(), "backend": backend}
    with transaction.atomic():
        for first in range(0, design.institutions, institutions_each):
            share = NationShare.objects.create(
                nation=nation,
                design=given,
                first=first,
                count=min(institutions_each, design.institutions - first),
                asked_at=at,
            )
            jobs.ask(kind=KIND, subject=share, arguments={"share": share.pk}, next_url="/", by=by, at=at)
        audit.record(
            verb="placement.ask_for_nation", subject=share, by=by, at=at, note={"nation": str(nation)}
        )
    return nation


def place_nation_share(*, share: NationShare, at: datetime) -> bool:
    """Draw, place and prove a share and keep the answer; False if another worker was faster."""
    started, wall = time.process_time(), time.monotonic()
    design = Design.from_json(share.design["design"])
    tally, answer = place_share(design, country(), share.first, share.count, share.design["backend"])
    figures = {
        "figures": tally.to_json(),
        "cpu_seconds": round(time.process_time() - started, 4),
        "wall_seconds": round(time.monotonic() - wall, 4),
        "worker": f"{socket.gethostname()}:{os.getpid()}",
    }
    open_one = NationShare.objects.filter(pk=share.pk, answered_at=None)
    return bool(open_one.update(answer=answer, tally=figures, answered_at=at))


def forget_nation(*, nation: UUID, by: Any, at: datetime) -> None:
    """Take away the rows of a simulated nation once its figures were told."""
    with transaction.atomic():
        shares = NationShare.objects.filter(nation=nation)
        first = shares.first()
        if first is not None:
            audit.record(
                verb="placement.forget_nation", subject=first, by=by, at=at, note={"nation": str(nation)}
            )
            shares.delete()
