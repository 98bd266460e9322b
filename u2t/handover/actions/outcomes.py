"""Many handovers at once: locked together, with what became of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from u2t.handover import permissions
from u2t.handover.models import Handover, Letter
from u2t.objections import Objection
from u2t.pages.declare import allow
from u2t.people.models import Account


@dataclass(frozen=True)
class Outcome:
    """One handover of many: done where there are no objections; ``letter`` is set where one was issued."""

    handover: Handover
    objections: tuple[Objection, ...] = ()
    letter: Letter | None = None

    @property
    def is_done(self) -> bool:
        return not self.objections


def locked(handovers: Iterable[Handover], by: Account | None) -> list[Handover]:
    """The rows as they are now, in the order given, if ``by`` may change them.

    They are locked in one order whatever the order given, so that two requests cannot wait for each other.
    """
    order = {handover.pk: place for place, handover in enumerate(handovers)}
    rows = list(
        Handover.objects.select_for_update(of=("self",))
        .filter(pk__in=order)
        .select_related("round__institution", "tambon__tambon__district__province")
        .select_related("receiver__agency__province")
        .order_by("pk")
    )
    for round in {row.round for row in rows}:
        allow(by is None or permissions.may_hand_over(by, round))
    return sorted(rows, key=lambda row: order[row.pk])
