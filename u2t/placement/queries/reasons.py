"""Why somebody is where they are, as the page words it: values and names, never another person's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from u2t.people.models import Worker
from u2t.placement.models import Engagement, Leadership
from u2t.placement.queries import teams
from u2t.programme.models import RoundTambon, Workstream


@dataclass(frozen=True)
class Option:
    """Another seat: what it would cost this person and how much worse all placements together would be."""

    tambon: RoundTambon
    workstream: Workstream
    parts: Mapping[str, Any]
    total: int
    own_more: int
    more: int

    @property
    def saved(self) -> int:
        """By how much the seat would suit this person better."""
        return -self.own_more


@dataclass(frozen=True)
class WishLine:
    """One wish, from rank 1, and what became of it (``reason`` as in ``matching.WishAnswer``)."""

    rank: int
    tambon: RoundTambon
    reason: str
    option: Option | None


@dataclass(frozen=True)
class LeaderLine:
    """Why a lecturer leads: the way in kilometres (``None``: not known) and the dimensions they bring."""

    leadership: Leadership
    km: int | None
    brings: tuple[str, ...]


def leaders_of(tambon: RoundTambon) -> list[LeaderLine]:
    """Who leads the tambon and why: two queries."""
    names = {dimension.code: dimension.name for dimension in tambon.round.dimensions.all()}
    lines = []
    for leadership in teams.leaders_of(tambon):
        why = leadership.why
        km = why.get("km") if not why.get("km_assumed", True) else None
        brings = tuple(name for code, name in names.items() if code in why.get("brings", ()))
        lines.append(LeaderLine(leadership, km, brings))
    return lines


@dataclass(frozen=True)
class Why:
    """``decided_by``: ``plan``, ``fixed_tambon``, ``lock`` or ``hand``; ``missing`` skills are what was lacking."""

    engagement: Engagement
    decided_by: str
    parts: Mapping[str, Any]
    total: int
    office_parts: Mapping[str, Any] | None
    office_total: int | None
    wishes: tuple[WishLine, ...]
    options: tuple[Option, ...]


def why_of(worker: Worker) -> Why | None:
    """The explanation kept with the current engagement, or ``None`` for somebody without a slot."""
    engagement = teams.engagement_of(worker)
    if engagement is None:
        return None
    kept = engagement.why
    names = _Names(worker)
    parts, office = kept.get("parts"), kept.get("office_parts")
    answers = kept.get("wishes") or [
        {"tambon": wish.tambon.tambon_id, "rank": wish.rank - 1, "reason": "", "alternative": None}
        for wish in worker.wishes.select_related("tambon")
    ]
    wishes = (_wish(answer, engagement, names) for answer in answers)
    options = (names.option(one) for one in kept.get("alternatives", ()))
    return Why(
        engagement=engagement,
        decided_by="hand" if engagement.reason else kept.get("decided_by", "plan"),
        parts=parts or {},
        total=_total(parts),
        office_parts=office,
        office_total=_total(office) if office else None,
        wishes=tuple(wish for wish in wishes if wish),
        options=tuple(option for option in options if option),
    )


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
        )


def _wish(answer: Mapping[str, Any], engagement: Engagement, names: _Names) -> WishLine | None:
    tambon = names.tambons.get(answer["tambon"])
    if tambon is None:
        return None
    reason = answer["reason"] or ("granted" if tambon.pk == engagement.tambon_id else "locked")
    return WishLine(answer["rank"] + 1, tambon, reason, names.option(answer["alternative"]))


def _total(parts: Mapping[str, Any] | None) -> int:
    if not parts:
        return 0
    return int(parts["km"] + parts["tier_penalty"] + parts["wish_penalty"] + parts["need_penalty"])
