"""What adopting a plan would change."""

from __future__ import annotations

from dataclasses import dataclass

from u2t import matching
from u2t.placement.models import Engagement, Leadership, Run
from u2t.placement.queries import plans


@dataclass(frozen=True)
class Comparison:
    """Counts of people by what happens to them; ``unplaced`` lose their slot.

    A plan keeps whom the office pinned; ``chosen_leaders_end`` counts leaders who were chosen by hand, released since,
    and would stop leading.
    """

    stay: int
    begin: int
    move: int
    change_office: int
    unplaced: int
    leaders_stay: int
    leaders_begin: int
    leaders_end: int
    chosen_leaders_end: int

    @property
    def is_first(self) -> bool:
        """Nothing is in force yet."""
        return not (self.stay or self.move or self.change_office or self.unplaced)

    @property
    def changes(self) -> int:
        return (
            self.begin
            + self.move
            + self.change_office
            + self.unplaced
            + self.leaders_begin
            + self.leaders_end
        )


def with_now(run: Run) -> Comparison:
    """The plan of ``run`` beside what is in force: two queries."""
    plan = matching.Plan.from_json(run.plan)
    wanted = {int(person): place for person, place in plans.places_of(plan).items() if place}
    held = Engagement.objects.current().filter(worker__round=run.round).order_by()
    now = {
        worker: (tuple(slot), str(office) if office else None)
        for worker, *slot, office in held.values_list(
            "worker_id", "tambon__tambon_id", "category__code", "workstream__code", "office_id"
        )
    }
    both = set(wanted) & set(now)
    moved = {worker for worker in both if now[worker][0] != wanted[worker].slot}
    reseated = {worker for worker in both - moved if now[worker][1] != wanted[worker].office}
    led = Leadership.objects.current().filter(tambon__round=run.round).order_by()
    leads = {
        (str(lecturer), tambon): reason
        for lecturer, tambon, reason in led.values_list("lecturer_id", "tambon__tambon_id", "reason")
    }
    planned = {(lecturer, tambon) for tambon, team in plan.leaders.items() for lecturer in team}
    return Comparison(
        stay=len(both) - len(moved) - len(reseated),
        begin=len(set(wanted) - set(now)),
        move=len(moved),
        change_office=len(reseated),
        unplaced=len(set(now) - set(wanted)),
        leaders_stay=len(leads.keys() & planned),
        leaders_begin=len(planned - leads.keys()),
        leaders_end=len(leads.keys() - planned),
        chosen_leaders_end=sum(bool(reason) for pair, reason in leads.items() if pair not in planned),
    )
