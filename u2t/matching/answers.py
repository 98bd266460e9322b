"""Answers to a place that became free, from the least disturbing on, and what proves them; the same as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from u2t.matching.problem import SeatKey


@dataclass(frozen=True)
class Step:
    """One person's change: ``start`` is ``None`` for somebody who had no seat, or whose tambon fell out.

    ``office`` is the one the person works at after the step, where the seat works at one and there is room.
    """

    person: str
    start: SeatKey | None
    end: SeatKey
    office: str | None = None


@dataclass(frozen=True)
class Answer:
    """One way to deal with the change. ``moves`` counts people who hold a seat and would get another one.

    ``filled`` people without a seat get one, ``restored`` of them from the tambon that fell out; ``score`` is the
    sum of their scores in hundredths of a point. ``cost`` and ``office_cost`` are how much more inconvenience there
    is in all, in kilometres or their equivalent, newcomers included; ``km`` the measured kilometres of it. ``empty``
    names each place that stays free, ``unplaced`` those of the tambon that fell out who get none, ``short`` tambons
    with fewer people of a skill than the rule's floor: how many are missing. ``value`` is the whole objective as one
    number, the less the better.
    """

    moves: int
    steps: tuple[Step, ...]
    filled: int
    restored: int
    score: int
    cost: int
    km: int
    office_cost: int
    empty: tuple[SeatKey, ...]
    unplaced: tuple[str, ...]
    without_office: tuple[str, ...]
    short: tuple[tuple[str, str, int], ...]
    value: int


@dataclass(frozen=True)
class Weights:
    """How the levels of the objective become one number: a filled place, one of the dropped tambon's people restored,
    and a unit of worth each count more than everything below them."""

    fill: int
    restore: int
    unit: int


@dataclass(frozen=True)
class Chains:
    """The proof for one free place. ``exchanges[s][t]`` is the cheapest change when somebody at ``seats[s]`` goes to
    ``seats[t]``, ``entries[t]`` when somebody without a seat goes there (``None``: nobody may).

    ``labels[k][t]`` is the least that a free place at ``seats[t]`` can come to with at most k moves. ``is_settled``:
    the last labels bound every exchange, so that no plan whatever is better; otherwise the labels bound every chain
    of moves that begins at the free place.
    """

    vacancy: int
    seats: tuple[SeatKey, ...]
    exchanges: tuple[tuple[int | None, ...], ...]
    entries: tuple[int | None, ...]
    labels: tuple[tuple[int, ...], ...]
    is_settled: bool


@dataclass(frozen=True)
class Priced:
    """The proof of one answer where several places are free: ``turn``/``scale`` is the price of a move, and every
    place has a price in 1/``scale``. ``is_frozen``: nobody who holds a seat moves, so a move needs no price."""

    turn: int
    scale: int
    is_frozen: bool
    prices: tuple[tuple[str, tuple[int, ...]], ...]


@dataclass(frozen=True)
class Frontier:
    """Answers in order of their moves, each strictly better than the one before; the first moves nobody.

    ``digest`` is that of the problem the answers are for: without who left, or without the tambon that fell out.
    ``chains`` proves all answers, or ``priced`` each of them in turn.
    """

    digest: str
    vacancies: tuple[SeatKey, ...]
    dropped: str | None
    weights: Weights
    answers: tuple[Answer, ...]
    chains: Chains | None = None
    priced: tuple[Priced, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Whether the last answer is as good as solving everything anew, nobody losing a seat."""
        return self.chains is None or self.chains.is_settled

    def to_json(self) -> dict[str, Any]:
        """Only dictionaries, lists, strings, whole numbers, booleans and nulls."""
        return _plain(asdict(self))  # type: ignore[no-any-return]

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Frontier:
        """The frontier that :meth:`to_json` was called on."""
        chains = data["chains"]
        return cls(
            digest=data["digest"],
            vacancies=_frozen(data["vacancies"]),
            dropped=data["dropped"],
            weights=Weights(**data["weights"]),
            answers=tuple(_answer(one) for one in data["answers"]),
            chains=Chains(**{name: _frozen(value) for name, value in chains.items()}) if chains else None,
            priced=tuple(
                Priced(**{name: _frozen(value) for name, value in one.items()}) for one in data["priced"]
            ),
        )


def holds(frontier: Frontier) -> bool:
    """Whether the labels of a stored frontier add up and give the value of every answer, from the frontier alone.

    True as well where the proof is by prices, which only the problem itself can be held against: ``refill_violations``
    does that, for both kinds, before anything is stored.
    """
    proof = frontier.chains
    if proof is None:
        return len(frontier.priced) == len(frontier.answers)
    for k, labels in enumerate(proof.labels):
        for target, label in enumerate(labels):
            entry = proof.entries[target]
            best = min(0, entry) if entry is not None else 0
            if k:
                ways = (
                    (row[target], proof.labels[k - 1][start]) for start, row in enumerate(proof.exchanges)
                )
                best = min(best, *(cost + rest for cost, rest in ways if cost is not None), best)
            if label != best:
                return False
    if proof.is_settled and (len(proof.labels) < 2 or proof.labels[-1] != proof.labels[-2]):
        return False
    last = len(proof.labels) - 1
    return all(one.value == proof.labels[min(one.moves, last)][proof.vacancy] for one in frontier.answers)


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _plain(one) for name, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, tuple | list) else value


def _frozen(value: Any) -> Any:
    return tuple(_frozen(one) for one in value) if isinstance(value, list) else value


def _answer(data: Mapping[str, Any]) -> Answer:
    given = {name: _frozen(value) for name, value in data.items()}
    steps = tuple(Step(**{name: _frozen(value) for name, value in step.items()}) for step in data["steps"])
    return Answer(**{**given, "steps": steps})
