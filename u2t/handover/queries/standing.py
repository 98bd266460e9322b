"""How far the handovers of a round are. Every function costs a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Exists, F, OuterRef, QuerySet
from django.db.models.fields.json import KeyTransform

from u2t.agencies.models import Contact, Coverage, Participation
from u2t.handover import rules
from u2t.handover.models import Handover, Letter
from u2t.placement.models import Engagement, Refill
from u2t.placement.queries import teams
from u2t.placement.queries.taking_part import fallen_out, taking_part
from u2t.programme.models import Round, RoundTambon
from u2t.thai import fold


@dataclass(frozen=True)
class Standing:
    """One handover with what a list shows of it.

    ``managers`` and ``area_managers`` are names; ``is_changed`` says that people have come or gone since the letter
    was issued, so that its list is no longer right; ``fell_out`` that the tambon left the round.
    """

    handover: Handover
    letter: Letter | None
    workers: int
    managers: tuple[str, ...]
    area_managers: tuple[str, ...]
    is_changed: bool
    fell_out: Refill | None

    @property
    def is_work(self) -> bool:
        """Whether anything is still to be done to hand over: not where it is done or the tambon fell out."""
        return self.handover.done_at is None and self.fell_out is None

    @property
    def state(self) -> rules.State:
        return rules.state(
            self.handover.handed_on, self.letter is not None, self.handover.done_at is not None
        )

    @property
    def district(self) -> str:
        """The four-digit code of where it happens, or the province's two digits where the agency has no district."""
        if self.handover.tambon:
            return str(self.handover.tambon.tambon.district_id)
        agency = self.handover.receiver.agency
        return str(agency.district_id or agency.province_id)


@dataclass(frozen=True)
class Unplanned:
    """What should be handed over and has no handover yet."""

    tambons: list[RoundTambon]
    tambons_without_host: list[RoundTambon]
    agencies: list[Participation]

    @property
    def total(self) -> int:
        return len(self.tambons) + len(self.tambons_without_host) + len(self.agencies)


@dataclass(frozen=True)
class Numbers:
    """How many handovers a round has in each state; the four states add up to ``planned``."""

    planned: int
    letters: int
    unplanned: int
    without_host: int
    by_state: Mapping[rules.State, int] = field(default_factory=dict)

    @property
    def done(self) -> int:
        return self.by_state["done"]

    @property
    def total(self) -> int:
        """Everything that is to be handed over, planned or not."""
        return self.planned + self.unplanned

    @property
    def not_done(self) -> int:
        return self.total - self.done


def handovers(round: Round) -> QuerySet[Handover]:
    """The handovers of a round with round, receiver and place, teams by tambon before data agencies."""
    return (
        Handover.objects.filter(round=round)
        .select_related("round__institution", "tambon__tambon__district__province")
        .select_related("receiver__agency__kind", "receiver__agency__province", "receiver__agency__district")
        .order_by(F("tambon__tambon_id").asc(nulls_last=True), *_BY_AGENCY, "pk")
    )


def wanted(round: Round) -> QuerySet[Handover]:
    """Those of :func:`handovers` that are done or to be done: a tambon that fell out before is handed over no more."""
    gone = [key for key in fallen_out(round).values_list("dropped_id", flat=True) if key]
    return handovers(round).exclude(tambon_id__in=gone, done_at=None)


_BY_AGENCY = (
    "receiver__agency__province_id",
    "receiver__agency__kind__position",
    "receiver__agency__name_th",
)


def standings(of: Iterable[Handover]) -> list[Standing]:
    """The standing of each handover, in the order given."""
    rows = list(of)
    letters = _active_letters(rows)
    teams_now, offices_now, homes = _people_now(rows)
    leaders = _leaders(
        [h.tambon_id for h in rows if h.tambon_id] + [pk for pks in homes.values() for pk in pks]
    )
    area_managers = _area_managers({h.receiver.agency_id for h in rows})
    gone = {
        one.dropped_id: one
        for one in Refill.objects.filter(dropped__in={h.tambon_id for h in rows if h.tambon_id})
    }
    found = []
    for handover in rows:
        if handover.tambon_id:
            people, led = teams_now[handover.tambon_id], [handover.tambon_id]
        else:
            people, led = offices_now[handover.receiver_id], sorted(homes[handover.receiver_id])
        letter = letters.get(handover.pk)
        found.append(
            Standing(
                handover=handover,
                letter=letter,
                workers=len(people),
                managers=tuple(dict.fromkeys(name for tambon in led for name in leaders.get(tambon, ()))),
                area_managers=tuple(area_managers[handover.receiver.agency_id]),
                is_changed=letter is not None and sorted(people) != letter.members,  # type: ignore[attr-defined]
                fell_out=gone.get(handover.tambon_id),
            )
        )
    return found


def not_handed_over(round: Round) -> list[Standing]:
    """The planned handovers that are not done, each with what is still to do (``.state``)."""
    return standings(wanted(round).filter(done_at=None))


def unplanned(round: Round) -> Unplanned:
    """Tambons, and data agencies that have data managers, without a handover."""
    hosted = Coverage.objects.filter(tambon=OuterRef("pk"), is_main=True)
    tambons = taking_part(round).filter(handovers=None).with_places().annotate(has_host=Exists(hosted))
    sitting = Engagement.objects.current().filter(office=OuterRef("pk"))
    planned = Handover.objects.filter(receiver=OuterRef("pk"), tambon=None)
    agencies = (
        Participation.objects.filter(Exists(sitting), ~Exists(planned), round=round)
        .select_related("agency__kind", "agency__province")
        .order_by(*(name.removeprefix("receiver__") for name in _BY_AGENCY))
    )
    found = list(tambons)
    return Unplanned(
        tambons=[tambon for tambon in found if tambon.has_host],  # type: ignore[attr-defined]
        tambons_without_host=[tambon for tambon in found if not tambon.has_host],  # type: ignore[attr-defined]
        agencies=list(agencies),
    )


def handover_numbers(round: Round) -> Numbers:
    """The counts of a round in four queries, for pages that show no list."""
    active = Letter.objects.filter(handover=OuterRef("pk"), cancelled_at=None)
    rows = list(
        wanted(round)
        .order_by()
        .annotate(has_letter=Exists(active))
        .values_list("handed_on", "has_letter", "done_at")
    )
    states = [rules.state(handed_on, has, done_at is not None) for handed_on, has, done_at in rows]
    open_ones = unplanned(round)
    return Numbers(
        planned=len(rows),
        letters=sum(has for _, has, _ in rows),
        unplanned=open_ones.total,
        without_host=len(open_ones.tambons_without_host),
        by_state={state: states.count(state) for state in rules.STATES},
    )


def of_tambon(tambon: RoundTambon) -> Standing | None:
    """The handover of a tambon's team, or ``None`` where none is planned."""
    return next(iter(standings(handovers(tambon.round).filter(tambon=tambon))), None)


def of_participation(participation: Participation) -> list[Standing]:
    """What an agency receives in the round: its tambons' teams, then its data managers."""
    return standings(handovers(participation.round).filter(receiver=participation))


def matching(rows: Iterable[Standing], text: str) -> list[Standing]:
    """Those whose tambon, agency or letter number has ``text``, marks and spaces aside."""
    key = fold.fold(text)
    return [row for row in rows if key and key in _search_key(row)]


def _search_key(row: Standing) -> str:
    keys = [row.handover.receiver.agency.search_key]
    if row.handover.tambon:
        keys.append(row.handover.tambon.tambon.search_key)
    if row.letter:
        keys.append(fold.fold(row.letter.reference))
    return "\n".join(keys)


def _active_letters(of: list[Handover]) -> dict[int, Letter]:
    active = Letter.objects.filter(handover__in=of, cancelled_at=None).defer("content")
    return {
        letter.handover_id: letter for letter in active.annotate(members=KeyTransform("workers", "content"))
    }


def _people_now(
    of: list[Handover],
) -> tuple[dict[int, list[int]], dict[int, list[int]], dict[int, set[int]]]:
    """Workers by tambon, workers by office, and the tambons to which an office's workers belong."""
    now = Engagement.objects.current().order_by()
    tambons = [h.tambon_id for h in of if h.tambon_id]
    in_teams: dict[int, list[int]] = defaultdict(list)
    team = now.filter(tambon_id__in=tambons, workstream__to_office=False)
    for tambon, worker in team.values_list("tambon_id", "worker_id"):
        in_teams[tambon].append(worker)
    offices = [h.receiver_id for h in of if not h.tambon_id]
    in_offices: dict[int, list[int]] = defaultdict(list)
    homes: dict[int, set[int]] = defaultdict(set)
    sitting = now.filter(office_id__in=offices).values_list("office_id", "worker_id", "tambon_id")
    for office, worker, tambon in sitting:
        in_offices[office].append(worker)
        homes[office].add(tambon)
    return in_teams, in_offices, homes


def _leaders(tambons: list[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    for leadership in teams.leaderships().filter(tambon_id__in=set(tambons)):
        found[leadership.tambon_id].append(leadership.lecturer.person.full_name)
    return found


def _area_managers(agencies: set[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = defaultdict(list)
    contacts = Contact.objects.filter(agency_id__in=agencies, is_area_manager=True, ended_at=None)
    for contact in contacts.select_related("person"):
        found[contact.agency_id].append(contact.person.full_name)
    return found
