"""When two applications may be one person's, and how sure that is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date

# From the surest: the same ID number proves it, a shared telephone often is a family's.
REASONS = ("id", "name_and_birth", "telephone")
STRENGTH = {"id": "certain", "name_and_birth": "likely", "telephone": "possible"}


@dataclass(frozen=True)
class Applicant:
    """What tells an applicant apart; empty texts and ``None`` are unknown and match nobody.

    ``name`` is folded (``u2t.thai.fold``), ``telephone`` digits only, ``digest`` the keyed one of the ID number.
    ``order`` says who applied first.
    """

    key: int
    order: tuple[object, ...]
    digest: str = ""
    name: str = ""
    birth_on: date | None = None
    telephone: str = ""


@dataclass(frozen=True)
class Pair:
    """Two applications, the earlier one first, and every reason to think them one person's, the surest first.

    ``against`` holds what speaks against it: ``id`` where both ID numbers are known and differ.
    """

    first: int
    second: int
    reasons: tuple[str, ...]
    against: tuple[str, ...] = ()

    @property
    def strength(self) -> str:
        """*certain*, *likely* or *possible*; different ID numbers make nothing more than possible."""
        return "possible" if self.against else STRENGTH[self.reasons[0]]


def reasons(one: Applicant, other: Applicant) -> tuple[str, ...]:
    """Why the two may be one person, the surest first; empty if nothing says so."""
    return tuple(
        reason for reason in REASONS if _signs(one)[reason] and _signs(one)[reason] == _signs(other)[reason]
    )


def pairs(
    applicants: Iterable[Applicant], *, of: Callable[[Applicant], bool] = lambda _one: True
) -> list[Pair]:
    """Every pair with a reason, of which at least one is ``of`` interest; the surest first, then by age.

    Applications with nothing in common are never compared: the work grows with the number of pairs found.
    """
    alike: dict[tuple[str, Hashable], list[Applicant]] = defaultdict(list)
    for applicant in applicants:
        for reason, sign in _signs(applicant).items():
            if sign:
                alike[reason, sign].append(applicant)
    found: dict[tuple[int, int], Pair] = {}
    for group in alike.values():
        ordered = sorted(group, key=lambda one: one.order)
        for at, first in enumerate(ordered):
            for second in ordered[at + 1 :]:
                if (first.key, second.key) not in found and (of(first) or of(second)):
                    found[first.key, second.key] = pair(first, second)
    order = {key: at for at, key in enumerate(("certain", "likely", "possible"))}
    return sorted(found.values(), key=lambda one: (order[one.strength], one.first, one.second))


def pair(first: Applicant, second: Applicant) -> Pair:
    """The two with what speaks for and against their being one."""
    differs = bool(first.digest and second.digest and first.digest != second.digest)
    return Pair(first.key, second.key, reasons(first, second), ("id",) if differs else ())


def _signs(one: Applicant) -> dict[str, Hashable]:
    return {
        "id": one.digest,
        "name_and_birth": (one.name, one.birth_on) if one.name and one.birth_on else None,
        "telephone": one.telephone,
    }
