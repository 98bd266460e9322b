"""Empty slots: where, since when, what they cost, who could fill them.

The number of queries does not grow with slots or people; every announced call costs a few.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count
from django.utils import timezone

from u2t.people.models import Worker
from u2t.placement.models import Engagement
from u2t.placement.queries.taking_part import taking_part
from u2t.programme import rules
from u2t.programme.models import Category, Round, RoundTambon
from u2t.recruitment.models import Call, Offer
from u2t.recruitment.queries import offers

SeatKey = tuple[int, int]
"""Keys of a RoundTambon and a Category."""

DAYS_OF_A_MONTH = 30


@dataclass(frozen=True)
class Vacancy:
    """One tambon and category. ``working`` people work there or are to; ``offered`` slots wait for an answer,
    ``promised`` ones for the person to report in; ``empty`` are neither.

    ``since`` is the day from which the longest-empty slot has nobody working in it, ``days`` how many days that is,
    ``unspent`` (satang) what all slots without a worker have left unspent so far. ``reserves`` wait in the announced
    ``call``.
    """

    tambon: RoundTambon
    category: Category
    slots: int
    working: int
    promised: int
    offered: int
    since: date | None
    days: int
    unspent: int
    reserves: int
    call: Call | None

    @property
    def empty(self) -> int:
        return max(self.slots - self.working - self.promised - self.offered, 0)

    @property
    def is_filled(self) -> bool:
        """Somebody works in every slot."""
        return self.working >= self.slots

    @property
    def next_step(self) -> str:
        """``none``, ``wait`` (for an answer), ``call`` (a reserve) or ``open`` (a further call)."""
        if not self.empty:
            return "none" if self.is_filled else "wait"
        return "call" if self.reserves else "open"


@dataclass(frozen=True)
class Totals:
    """Sums over vacancies."""

    slots: int
    working: int
    pending: int
    empty: int
    unspent: int


def vacancies(round: Round, at: datetime) -> list[Vacancy]:
    """Every tambon and category of the round that has slots, by tambon and category."""
    today = timezone.localdate(at)
    tambons = list(taking_part(round).with_places())
    categories = list(round.categories.order_by("position"))
    slots = offers.slots_of_round(round)
    working, left = _working(round), _left(round)
    states = _offer_states(round, at)
    waiting = _waiting(round, at)
    found = []
    for tambon in tambons:
        for category in categories:
            seat = (tambon.pk, category.pk)
            if not (number := slots.get(category.pk, 0)):
                continue
            lacking = max(number - working[seat], 0)
            starts = _starts(round, lacking, left.get(seat, ()))
            days = [_days(start, round, today) for start in starts]
            reserves, call = waiting.get(seat, (0, None))
            found.append(
                Vacancy(
                    tambon=tambon,
                    category=category,
                    slots=number,
                    working=working[seat],
                    promised=states["accepted"][seat],
                    offered=states["waiting"][seat],
                    since=min(starts, default=None),
                    days=max(days, default=0),
                    unspent=sum(days) * category.monthly_rate_satang // DAYS_OF_A_MONTH,
                    reserves=reserves,
                    call=call,
                )
            )
    return found


def totals(found: Iterable[Vacancy]) -> Totals:
    """The sums of these rows."""
    rows = list(found)
    return Totals(
        slots=sum(row.slots for row in rows),
        working=sum(row.working for row in rows),
        pending=sum(row.promised + row.offered for row in rows),
        empty=sum(row.empty for row in rows),
        unspent=sum(row.unspent for row in rows),
    )


def _working(round: Round) -> Counter[SeatKey]:
    """People in each seat: by their engagement, before they have one by the tambon that selection decided."""
    engaged = Engagement.objects.current().filter(worker__round=round, worker__left_on=None).order_by()
    placed = engaged.values("worker_id")
    decided = Worker.objects.current().filter(round=round, fixed_tambon__isnull=False).exclude(pk__in=placed)
    found: Counter[SeatKey] = Counter()
    for tambon, category, count in engaged.values_list("tambon_id", "category_id").annotate(n=Count("id")):
        found[tambon, category] += count
    rows = decided.order_by().values_list("fixed_tambon_id", "category_id").annotate(n=Count("id"))
    for tambon, category, count in rows:
        found[tambon, category] += count
    return found


def _left(round: Round) -> Mapping[SeatKey, list[date]]:
    """The days on which people left each seat, whether they left the work or were moved elsewhere."""
    gone = Worker.objects.filter(round=round, left_on__isnull=False)
    where = {
        worker: (tambon, category)
        for worker, tambon, category in gone.order_by().values_list("pk", "fixed_tambon_id", "category_id")
    }
    last = Engagement.objects.filter(worker__in=gone).order_by("ended_at", "id")
    for worker, tambon, category in last.values_list("worker_id", "tambon_id", "category_id"):
        where[worker] = (tambon, category)
    found: dict[SeatKey, list[date]] = defaultdict(list)
    for worker, day in gone.order_by().values_list("pk", "left_on"):
        found[where[worker]].append(day)
    for seat, day in _moved_away(round):
        found[seat].append(day)
    return found


def _moved_away(round: Round) -> Iterator[tuple[SeatKey, date]]:
    """The seats that people who still work gave up, each with the day."""
    engaged = Engagement.objects.filter(worker__round=round, worker__left_on=None).order_by()
    seats = engaged.values_list("worker_id", "tambon_id", "category_id")
    now = {worker: seat for worker, *seat in seats.filter(ended_at=None)}
    for worker, tambon, category, ended in engaged.exclude(ended_at=None).values_list(
        "worker_id", "tambon_id", "category_id", "ended_at"
    ):
        if now.get(worker) != [tambon, category]:
            yield (tambon, category), timezone.localdate(ended)


def _starts(round: Round, lacking: int, left: Iterable[date]) -> list[date]:
    """From which day each slot without a worker is empty: what was left last is not filled again yet."""
    freed = sorted(left, reverse=True)[:lacking]
    return [max(day, round.starts_on) for day in freed] + [round.starts_on] * (lacking - len(freed))


def _days(start: date, round: Round, today: date) -> int:
    """Days of the round without work so far, today included."""
    last = min(today, rules.last_day(round.starts_on, round.months))
    return max((last - start).days + 1, 0)


def _offer_states(round: Round, at: datetime) -> dict[str, Counter[SeatKey]]:
    found: dict[str, Counter[SeatKey]] = {"accepted": Counter(), "waiting": Counter()}
    rows = Offer.objects.filter(offers.OPEN, application__call__round=round, worker=None)
    for offer in rows:
        state = offers.state_of(offer, at)
        if state in found:
            found[state][offer.tambon_id, offer.category_id] += 1
    return found


def _waiting(round: Round, at: datetime) -> dict[SeatKey, tuple[int, Call]]:
    """How many reserves wait for each seat, and in which call: the latest that has any."""
    found: dict[SeatKey, tuple[int, Call]] = {}
    calls = Call.objects.filter(round=round, cancelled_at=None, selections__announced_at__isnull=False)
    for call in calls.select_related("round__institution").order_by("number"):
        selection = offers.announced(call)
        if selection is None:
            continue
        for seat in offers.Reserves(selection, at).seats(leavers_hold=False):
            if seat.waiting:
                found[seat.tambon, seat.category] = (len(seat.waiting), call)
    return found
