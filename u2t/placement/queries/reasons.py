"""Why somebody is where they are, or nowhere, as the page words it: values and names, never another person's."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from u2t.agencies.models import Participation
from u2t.people.models import Worker
from u2t.placement.models import Engagement, Leadership, Run
from u2t.placement.queries import teams
from u2t.placement.queries.runs import adopted_run
from u2t.placement.queries.taking_part import taking_part
from u2t.programme.models import Quota, RoundTambon, Workstream


@dataclass(frozen=True)
class Option:
    """Another seat: what it would cost this person and how much worse all placements together would be.

    ``more`` is also by how much the seat would have had to suit this person better: by less, others keep it; by just
    as much, the number in the round decides; by more, this person gets it. ``points`` (of the sum of all scores) would
    be lost before that, where scores come first; then nothing but a higher score would help.
    """

    tambon: RoundTambon
    workstream: Workstream
    parts: Mapping[str, Any]
    total: int
    own_more: int
    more: int
    points: float = 0

    @property
    def saved(self) -> int:
        """By how much the seat would suit this person better."""
        return -self.own_more

    @property
    def levers(self) -> tuple[str, ...]:
        """What alone would have been enough: ``wish`` (named first), ``skills`` (all that the work needs) or
        ``distance`` (a home so much nearer)."""
        part = {"wish": "wish_penalty", "skills": "need_penalty", "distance": "km"}
        enough = (lever for lever, name in part.items() if self.parts[name] > self.more)
        return () if self.points else tuple(enough)


@dataclass(frozen=True)
class OfficeOption:
    """Another office: what it would cost this person and how much worse all data managers' ways would be."""

    office: Participation
    parts: Mapping[str, Any]
    total: int
    more: int


@dataclass(frozen=True)
class WishLine:
    """One wish, from rank 1, and what became of it (``reason`` as in ``matching.WishAnswer``)."""

    rank: int
    tambon: RoundTambon
    reason: str
    option: Option | None


@dataclass(frozen=True)
class Why:
    """``decided_by``: ``plan``, ``fixed_tambon``, ``lock`` or ``hand``. Where not ``is_exact``, numbers of what all
    would lose are least numbers."""

    engagement: Engagement
    decided_by: str
    parts: Mapping[str, Any]
    total: int
    office_parts: Mapping[str, Any] | None
    office_total: int | None
    office_options: tuple[OfficeOption, ...]
    wishes: tuple[WishLine, ...]
    options: tuple[Option, ...]
    is_exact: bool


@dataclass(frozen=True)
class Without:
    """Why somebody has no slot.

    ``kind``: ``no_plan`` (none was adopted), ``after_plan`` (hired after it was computed), ``by_hand`` (the office
    took the slot away, for ``reason``) or ``plan``. For ``plan``: ``options`` are the nearest chances, ``needed`` the
    least points that would have been enough (``None`` where points do not decide) and ``score`` those the person
    has; ``people`` of the category for ``places``.
    """

    kind: str
    run: Run | None = None
    reason: str = ""
    people: int = 0
    places: int = 0
    score: float | None = None
    needed: float | None = None
    options: tuple[Option, ...] = ()
    wishes: tuple[WishLine, ...] = ()
    is_exact: bool = True


def why_of(worker: Worker) -> Why | None:
    """The explanation kept with the current engagement, or ``None`` for somebody without a slot."""
    engagement = teams.engagement_of(worker)
    if engagement is None:
        return None
    kept = engagement.why
    names = _Names(worker)
    parts, office = kept.get("parts"), kept.get("office_parts")
    return Why(
        engagement=engagement,
        decided_by="hand" if engagement.reason else kept.get("decided_by", "plan"),
        parts=parts or {},
        total=_total(parts),
        office_parts=office,
        office_total=_total(office) if office else None,
        office_options=_offices(kept.get("office_options", ())),
        wishes=_wishes(worker, kept, engagement, names),
        options=_options(kept.get("alternatives", ()), names),
        is_exact=kept.get("exact", True),
    )


def without_slot(worker: Worker) -> Without:
    """Why the worker has no slot: by the plan in force, or because no plan knew of them."""
    run = adopted_run(worker.round)
    last = Engagement.objects.filter(worker=worker).order_by("-ended_at").first()
    if last is not None and last.end_reason and (run is None or last.ended_at > run.adopted_at):
        return Without("by_hand", reason=last.end_reason)
    if run is None:
        return Without("no_plan")
    plan: dict[str, Any] = run.plan or {}
    if str(worker.pk) not in plan.get("seats", {}):
        return Without("after_plan", run)
    kept = plan.get("unplaced_why", {}).get(str(worker.pk), {})
    names = _Names(worker)
    per_tambon = Quota.objects.filter(category=worker.category).values_list("per_tambon", flat=True)
    return Without(
        "plan",
        run,
        people=Worker.objects.current().filter(round=worker.round, category=worker.category).count(),
        places=sum(per_tambon) * taking_part(worker.round).count(),
        score=_points(kept.get("score")),
        needed=_points(kept.get("needed")),
        options=_options(kept.get("alternatives", ()), names),
        wishes=_wishes(worker, kept, None, names),
        is_exact=kept.get("exact", True),
    )


def _points(hundredths: int | None) -> float | None:
    return None if hundredths is None else hundredths / 100


class _Names:
    """Tambons and workstreams of the round by code: two queries."""

    def __init__(self, worker: Worker) -> None:
        tambons = RoundTambon.objects.filter(round=worker.round).with_places().select_related("round")
        self.tambons = {tambon.tambon_id: tambon for tambon in tambons}
        self.streams = {stream.code: stream for stream in Workstream.objects.filter(round=worker.round)}

    def option(self, kept: Mapping[str, Any] | None) -> Option | None:
        """A kept alternative with names; ``None`` where the tambon has left the round."""
        if not kept or kept["seat"][0] not in self.tambons or kept["seat"][2] not in self.streams:
            return None
        return Option(
            tambon=self.tambons[kept["seat"][0]],
            workstream=self.streams[kept["seat"][2]],
            parts=kept["parts"],
            total=_total(kept["parts"]),
            own_more=kept["own_more"],
            more=kept["more"],
            points=kept.get("more_score", 0) / 100,
        )


def _options(kept: Iterable[Mapping[str, Any]], names: _Names) -> tuple[Option, ...]:
    return tuple(option for one in kept if (option := names.option(one)))


def _offices(kept: Iterable[Mapping[str, Any]]) -> tuple[OfficeOption, ...]:
    kept = list(kept)
    if not kept:
        return ()
    offices = Participation.objects.select_related("agency").in_bulk([int(one["office"]) for one in kept])
    return tuple(
        OfficeOption(offices[int(one["office"])], one["parts"], _total(one["parts"]), one["more"])
        for one in kept
        if int(one["office"]) in offices
    )


def _wishes(
    worker: Worker, kept: Mapping[str, Any], engagement: Engagement | None, names: _Names
) -> tuple[WishLine, ...]:
    answers = kept.get("wishes") or [
        {"tambon": wish.tambon.tambon_id, "rank": wish.rank - 1, "reason": "", "alternative": None}
        for wish in worker.wishes.select_related("tambon")
    ]
    found = []
    for answer in answers:
        tambon = names.tambons.get(answer["tambon"])
        if tambon is not None:
            granted = engagement is not None and tambon.pk == engagement.tambon_id
            reason = answer["reason"] or ("granted" if granted else "locked" if engagement else "")
            found.append(WishLine(answer["rank"] + 1, tambon, reason, names.option(answer["alternative"])))
    return tuple(found)


def _total(parts: Mapping[str, Any] | None) -> int:
    if not parts:
        return 0
    return int(parts["km"] + parts["tier_penalty"] + parts["wish_penalty"] + parts["need_penalty"])


@dataclass(frozen=True)
class LeaderLine:
    """Why a lecturer leads: the way in kilometres (``None``: not known) and the dimensions they bring."""

    leadership: Leadership
    km: int | None
    brings: tuple[str, ...]


@dataclass(frozen=True)
class LeaderOption:
    """Another tambon by an exchange: the way there (``None``: not known) and what both tambons would lose."""

    tambon: RoundTambon
    km: int | None
    more: int


@dataclass(frozen=True)
class LeaderWhy:
    """Everything that a lecturer reads: ``instead`` is what the best lecturer with a turn left would cost more here.

    ``knows`` is whether more than the way and the expertise is known: who was chosen before that was kept has less.
    """

    line: LeaderLine
    decided_by: str
    covers: tuple[str, ...]
    missing: tuple[str, ...]
    options: tuple[LeaderOption, ...]
    instead: int | None
    knows: bool


def leaders_of(tambon: RoundTambon) -> list[LeaderLine]:
    """Who leads the tambon and why: two queries."""
    names = {dimension.code: dimension.name for dimension in tambon.round.dimensions.all()}
    return [_line(leadership, names) for leadership in teams.leaders_of(tambon)]


def _line(leadership: Leadership, names: Mapping[str, str]) -> LeaderLine:
    why = leadership.why
    km = why.get("km") if not why.get("km_assumed", True) else None
    return LeaderLine(leadership, km, _named(why.get("brings", ()), names))


def _named(codes: Iterable[str], names: Mapping[str, str]) -> tuple[str, ...]:
    wanted = set(codes)
    return tuple(name for code, name in names.items() if code in wanted)


def leader_why(leadership: Leadership) -> LeaderWhy:
    """The explanation kept with the leadership: two queries."""
    round, kept = leadership.tambon.round, leadership.why
    names = {dimension.code: dimension.name for dimension in round.dimensions.all()}
    tambons = {t.tambon_id: t for t in RoundTambon.objects.filter(round=round).with_places()}
    return LeaderWhy(
        line=_line(leadership, names),
        decided_by="hand" if leadership.reason else kept.get("decided_by", "plan"),
        covers=_named(kept.get("covers", ()), names),
        missing=_named(kept.get("missing", ()), names),
        options=tuple(
            LeaderOption(tambons[one["tambon"]], None if one["km_assumed"] else one["km"], one["more"])
            for one in kept.get("options", ())
            if one["tambon"] in tambons
        ),
        instead=kept.get("instead"),
        knows="covers" in kept,
    )
