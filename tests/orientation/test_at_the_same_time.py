"""Many devices send at the same moment, some of them the same scans again: each is stored once, none is refused."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from tests import cast, given
from tests.orientation import programme
from u2t.orientation.actions import checking_in
from u2t.orientation.models import Device, Scan

pytestmark = pytest.mark.django_db(transaction=True)
AT = programme.MORNING
THREADS = 6


def test_devices_that_send_at_once_and_twice_store_every_scan_once(world: cast.World) -> None:
    people = given.workers(world.round, 12)
    session = programme.session(world.round)
    tellers = [programme.teller(f"ประตู {n}") for n in range(THREADS // 2)]
    batches = [
        [programme.told(session, at=AT, number=worker.number, order=n) for n, worker in enumerate(people)]
        for _teller in tellers
    ]
    start = Barrier(THREADS)

    def send(number: int) -> int:
        which = number % len(tellers)
        try:
            start.wait(timeout=30)
            taken = checking_in.take_scans(
                round=world.round,
                device=tellers[which],
                device_now=AT,
                scans=batches[which],
                by=world.office,
                at=AT,
            )
            return len(taken.taken)
        finally:
            connection.close()

    with ThreadPoolExecutor(THREADS) as pool:
        answers = list(pool.map(send, range(THREADS)))
    assert answers == [len(people)] * THREADS
    assert {scan.pk for scan in Scan.objects.all()} == {told.key for batch in batches for told in batch}
    assert Device.objects.count() == len(tellers)
