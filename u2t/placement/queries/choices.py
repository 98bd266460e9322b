"""What may be chosen on the pages that change a placement, each with how full it is."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from u2t.agencies.models import Participation
from u2t.people.models import Lecturer, Worker
from u2t.placement.models import Leadership
from u2t.placement.queries import changes
from u2t.placement.queries.taking_part import taking_part
from u2t.programme.models import Quota, RoundTambon

Choices = list[tuple[str, str]]


@dataclass(frozen=True)
class MoveChoices:
    """For one worker: the workstreams of their category, all tambons (those with free slots first, in groups), and
    the offices if any of the workstreams works there."""

    workstreams: Choices
    tambons: list[tuple[str, Choices]]
    offices: Choices


def moves_for(worker: Worker) -> MoveChoices:
    """Ten queries whatever the size."""
    standing = changes.standing_of(worker.round)
    quotas = Quota.objects.filter(category=worker.category, per_tambon__gt=0).select_related("workstream")
    streams = [quota.workstream for quota in quotas.order_by("workstream__position")]
    wishes = {wish.tambon_id: wish.rank for wish in worker.wishes.all()}
    open_ones: Choices = []
    full_ones: Choices = []
    for tambon in taking_part(worker.round).with_places():
        free = {}
        for stream in streams:
            slot = (tambon.tambon_id, worker.category.code, stream.code)
            free[stream.name] = max(0, standing.seats.get(slot, 0) - standing.filled.get(slot, 0))
        said = [
            _("%(workstream)s %(free)s free") % {"workstream": name, "free": left}
            for name, left in free.items()
        ]
        label = f"{tambon.tambon.full_name} — {', '.join(said)}"
        if tambon.pk in wishes:
            label += " — " + _("wish %(rank)s") % {"rank": wishes[tambon.pk]}
        (open_ones if any(free.values()) else full_ones).append((tambon.tambon_id, label))
    offices: Choices = []
    if any(stream.to_office for stream in streams):
        found = Participation.objects.filter(round=worker.round, is_data_agency=True).select_related("agency")
        offices = [(str(office.pk), _office_label(office, standing.sitting)) for office in found]
    groups = [(_("With free slots"), open_ones), (_("Full"), full_ones)]
    return MoveChoices(
        [(stream.code, stream.name) for stream in streams], [group for group in groups if group[1]], offices
    )


def present(worker: Worker) -> dict[str, str]:
    """Where the worker is now, in the fields of the form; empty for somebody without a slot."""
    now = changes.places_now(worker.round, [worker.pk]).get(worker.pk)
    if now is None:
        return {}
    place = now[1]
    return {"tambon": place.tambon, "workstream": place.workstream, "office": place.office or ""}


def _office_label(office: Participation, sitting: dict[str, int]) -> str:
    people = sitting.get(str(office.pk), 0)
    if office.data_capacity is None:
        return _("%(agency)s — %(people)s there, room not stated") % {
            "agency": office.agency.name_th,
            "people": people,
        }
    return _("%(agency)s — %(people)s of %(room)s") % {
        "agency": office.agency.name_th,
        "people": people,
        "room": office.data_capacity,
    }


def leads_for(tambon: RoundTambon) -> tuple[Choices, Choices]:
    """Who leads the tambon now, and who else could, each with load and expertise: four queries."""
    led = Leadership.objects.current().filter(tambon__round=tambon.round)
    turns: Counter[int] = Counter()
    here = []
    for lecturer, where in led.order_by("pk").values_list("lecturer_id", "tambon_id"):
        turns[lecturer] += 1
        if where == tambon.pk:
            here.append(lecturer)
    known = defaultdict(list)
    through = Lecturer.expertise.through.objects.filter(lecturer__round=tambon.round)
    for lecturer, dimension in through.order_by("dimension__position").values_list(
        "lecturer_id", "dimension__name_th"
    ):
        known[lecturer].append(dimension)
    lecturers = Lecturer.objects.filter(round=tambon.round).select_related("person")
    labels = {
        lecturer.pk: _("%(name)s — leads %(turns)s of %(most)s — %(expertise)s")
        % {
            "name": lecturer.person.full_name,
            "turns": turns[lecturer.pk],
            "most": lecturer.max_tambons,
            "expertise": ", ".join(known[lecturer.pk]) or "–",
        }
        for lecturer in lecturers
    }
    free_first = sorted(labels, key=lambda pk: (turns[pk] > 0, labels[pk]))
    return [(str(pk), labels[pk]) for pk in here], [
        (str(pk), labels[pk]) for pk in free_first if pk not in here
    ]
