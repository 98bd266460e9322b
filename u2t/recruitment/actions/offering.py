"""Offer slots, take answers, let offers lapse, call reserves.

Everything that makes an offer locks the round first, so two officers who call the next one at once call one person
and fill no slot twice.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q

from u2t.audit import actions as audit
from u2t.objections import Objection, refuse_if
from u2t.pages.declare import allow
from u2t.programme.models import Round, RoundTambon
from u2t.recruitment import permissions
from u2t.recruitment.actions import telling
from u2t.recruitment.models import Appeal, Application, Call, Choice, Offer, Outcome, Selection
from u2t.recruitment.queries import offers as asked
from u2t.recruitment.rules import offering as rules

WITHDRAWN = "withdrawn"
"""The reason that stands at an offer whose applicant withdrew the application."""


def lock(call: Call) -> Call:
    """Let no other selection or offer of the round happen until the transaction ends; answers the call anew."""
    Round.objects.select_for_update(of=("self",)).get(pk=call.round_id)
    return Call.objects.select_related("round__institution").get(pk=call.pk)


def offer_to_selected(*, selection: Selection, by: Any, at: datetime) -> int:
    """Offer their slots to all selected who have not withdrawn; inside the transaction that announces them."""
    outcomes = selection.outcomes.filter(
        kind=Outcome.Kind.SELECTED, application__withdrawn_at=None
    ).select_related("application__account", "application__call__round", "tambon__tambon__district__province")
    until = rules.until(at, selection.call.accept_days)
    made = Offer.objects.bulk_create(
        (
            Offer(
                application=one.application,
                tambon=one.tambon,
                category_id=one.application.category_id,
                is_reserve=False,
                made_at=at,
                made_by=by,
                answer_until=until,
            )
            for one in outcomes
        ),
        batch_size=500,
    )
    telling.offers(made=made, at=at)
    return len(made)


def accept(*, offer: Offer, by: Any, at: datetime, note: str = "") -> Offer:
    """Take the offered slot. The office may note an answer that came by telephone; ``note`` then says how."""
    with transaction.atomic():
        offer = _locked(offer)
        refuse_if(
            [*_who(offer, by, note), *rules.objections_to_answer(asked.facts_of(offer), at), *_gone(offer)]
        )
        offer.accepted_at = at
        offer.save(update_fields=["accepted_at"])
        _record("offer_accepted", offer, by, at, note=note)
    return offer


def decline(*, offer: Offer, reason: str = "", by: Any, at: datetime, note: str = "") -> Offer:
    """Refuse the offered slot, also after accepting it until one reports in; the next reserve is called at once."""
    with transaction.atomic():
        offer = _locked(offer)
        refuse_if([*_who(offer, by, note), *rules.objections_to_decline(asked.facts_of(offer), at)])
        offer.declined_at, offer.decline_reason = at, reason.strip() or note.strip()
        offer.save(update_fields=["declined_at", "decline_reason"])
        _record("offer_declined", offer, by, at, reason=reason, note=note)
        call_reserves(call=offer.application.call, by=None, at=at)
    return offer


def take_back(*, offer: Offer, reason: str, by: Any, at: datetime) -> Offer:
    """Take an offer back that nobody has been hired on, with a reason; the next reserve is called at once."""
    allow(by is None or permissions.may_select(by, offer.application.call))
    with transaction.atomic():
        offer = _locked(offer)
        refuse_if([*_reason(reason), *rules.objections_to_end(asked.facts_of(offer), at)])
        offer.taken_back_at, offer.taken_back_by, offer.taken_back_reason = at, by, reason.strip()
        offer.save(update_fields=["taken_back_at", "taken_back_by", "taken_back_reason"])
        _record("offer_taken_back", offer, by, at, reason=offer.taken_back_reason)
        telling.offers_ended(ended=[offer], how="taken_back", at=at)
        call_reserves(call=offer.application.call, by=None, at=at)
    return offer


def note_no_show(*, offer: Offer, by: Any, at: datetime) -> Offer:
    """Note that somebody who accepted did not report in; the next reserve is called at once."""
    allow(by is None or permissions.may_select(by, offer.application.call))
    with transaction.atomic():
        offer = _locked(offer)
        refuse_if(rules.objections_to_report_in(asked.facts_of(offer), at))
        offer.no_show_at, offer.no_show_by = at, by
        offer.save(update_fields=["no_show_at", "no_show_by"])
        _record("offer_no_show", offer, by, at)
        call_reserves(call=offer.application.call, by=None, at=at)
    return offer


def lapse(*, call: Call, at: datetime) -> int:
    """End the offers that nobody answered in time, at their deadline, and those of withdrawn applications.

    Hundreds end at one moment, so that all of it is a few statements.
    """
    with transaction.atomic():
        call = lock(call)
        unhired = Offer.objects.filter(asked.OPEN, application__call=call, worker=None)
        withdrawn = unhired.filter(application__withdrawn_at__isnull=False)
        gone = list(withdrawn.values_list("pk", flat=True))
        _in_parts(gone, declined_at=at, decline_reason=WITHDRAWN)
        late = list(asked.with_people(unhired.filter(accepted_at=None, answer_until__lt=at)))
        _in_parts([offer.pk for offer in late], lapsed_at=F("answer_until"))
        telling.offers_ended(ended=late, how="lapsed", at=at)
        if gone or late:
            note = {"withdrawn": gone, "lapsed": [offer.pk for offer in late]}
            _record_many("offers_lapsed", call, None, at, note)
    return len(gone) + len(late)


def _in_parts(keys: list[int], **values: object) -> None:
    """In blocks, because SQLite allows only so many values in one statement."""
    for start in range(0, len(keys), 500):
        Offer.objects.filter(pk__in=keys[start : start + 500]).update(**values)


def call_reserves(
    *, call: Call, by: Any, at: datetime, leavers: bool = False, seat: tuple[int, int] | None = None
) -> list[Offer]:
    """Offer what is free to the next reserves, for one seat (keys of tambon and category) or all.

    Slots of people who left are offered only with ``leavers``, which is the office's decision. Never offers more
    than the call's or the round's slots; answers the new offers, which may be none.
    """
    allow(by is None or permissions.may_select(by, call))
    with transaction.atomic():
        call = lock(call)
        selection = asked.announced(call)
        if selection is None or call.cancelled_at is not None:
            return []
        lapse(call=call, at=at)
        states = asked.Reserves(selection, at).seats(leavers_hold=not leavers)
        wanted = [one for one in states if seat in (None, (one.tambon, one.category))]
        made = _called(call, _callings(call, wanted), by, at)
        telling.offers(made=made, at=at)
    return made


def call_due(*, at: datetime) -> int:
    """Let offers lapse and call reserves in every call that has something to do; answers how many were called."""
    ended = Offer.objects.filter(application__call=OuterRef("pk")).exclude(asked.OPEN)
    late = Offer.objects.filter(asked.OPEN, application__call=OuterRef("pk"), worker=None).filter(
        Q(accepted_at=None, answer_until__lt=at) | Q(application__withdrawn_at__isnull=False)
    )
    unoffered = Outcome.objects.filter(
        selection__call=OuterRef("pk"),
        selection__announced_at__isnull=False,
        kind=Outcome.Kind.SELECTED,
        application__offers=None,
    )
    calls = Call.objects.filter(selections__announced_at__isnull=False, cancelled_at=None).filter(
        Q(Exists(ended.filter(replaced_by=None))) | Q(Exists(late)) | Q(Exists(unoffered))
    )
    return sum(len(call_reserves(call=call, by=None, at=at)) for call in calls.distinct())


def offer_after_appeal(*, appeal: Appeal, tambon: RoundTambon, reason: str, by: Any, at: datetime) -> Offer:
    """Offer a free slot to somebody whose objection was upheld, outside the reserve list, with a reason."""
    application = appeal.application
    allow(by is None or permissions.may_select(by, application.call))
    with transaction.atomic():
        call = lock(application.call)
        refuse_if([*_reason(reason), *_objections_to_appeal_offer(call, appeal, tambon, at)])
        place = RoundTambon.objects.with_places().get(pk=tambon.pk)
        offer = _new(application, place, call, _unreplaced(call), by, at, is_reserve=False)
        offer.save()
        _record("offer_after_appeal", offer, by, at, reason=reason.strip())
        telling.offers(made=[offer], at=at)
    return offer


def _objections_to_appeal_offer(
    call: Call, appeal: Appeal, tambon: RoundTambon, at: datetime
) -> Iterable[Objection]:
    application = appeal.application
    if not appeal.is_upheld:
        yield Objection("recruitment.appeal_not_upheld")
    if application.withdrawn_at is not None:
        yield Objection("recruitment.application_withdrawn_already")
    if Offer.objects.filter(asked.OPEN, application=application).exists():
        yield Objection("recruitment.holds_an_offer")
    selection = asked.announced(call)
    seats = asked.Reserves(selection, at).seats(leavers_hold=True) if selection else []
    wanted = (tambon.pk, application.category_id)
    if not any((one.tambon, one.category) == wanted and one.free > 0 for one in seats):
        yield Objection("recruitment.no_free_slot", {"tambon": str(tambon)}, "tambon")


def _callings(call: Call, states: list[asked.SeatState]) -> list[tuple[rules.Seat, int]]:
    """Seats (as texts of their keys) and application numbers to call, in the order of the rule."""
    free = {(str(one.tambon), str(one.category)): one.free for one in states if one.free}
    waiting = {(str(one.tambon), str(one.category)): one.waiting for one in states if one.free}
    numbers = {int(key) for one in states if one.free for key in one.waiting[: one.free]}
    # Whoever is called later in the same moment may be further down a list; rank decides only between several.
    ranks = (
        {
            (str(number), str(tambon)): rank
            for number, tambon, rank in Choice.objects.filter(application__call=call).values_list(
                "application__number", "tambon_id", "rank"
            )
        }
        if numbers
        else {}
    )
    found = rules.callings(free, waiting, lambda key, seat: ranks.get((key, seat[0]), 99))
    return [(seat, int(key)) for seat, key in found]


def _called(call: Call, callings: list[tuple[rules.Seat, int]], by: Any, at: datetime) -> list[Offer]:
    """The new offers of these seats and application numbers, each beside the ended one whose slot it takes."""
    if not callings:
        return []
    people = _people(call, [number for _seat, number in callings])
    ended = _unreplaced(call)
    tambons = RoundTambon.objects.with_places().in_bulk({int(seat[0]) for seat, _number in callings})
    made = [
        _new(people[number], tambons[int(seat[0])], call, ended, by, at, is_reserve=True)
        for seat, number in callings
    ]
    made = Offer.objects.bulk_create(made, batch_size=200)
    note = {"offers": [[one.pk, one.application.number, one.replaces_id] for one in made]}
    _record_many("reserves_called", call, by, at, note)
    return made


def _people(call: Call, numbers: list[int]) -> dict[int | None, Application]:
    """Applications by number, asked for in blocks as every database takes them."""
    found: dict[int | None, Application] = {}
    rows = Application.objects.filter(call=call).select_related("account", "call__round")
    for start in range(0, len(numbers), 500):
        found |= {one.number: one for one in rows.filter(number__in=numbers[start : start + 500])}
    return found


def _unreplaced(call: Call) -> dict[tuple[int, int], list[Offer]]:
    """Offers whose slot nobody has taken over yet, by seat, the oldest last."""
    found: dict[tuple[int, int], list[Offer]] = defaultdict(list)
    rows = Offer.objects.filter(application__call=call, replaced_by=None)
    for offer in rows.filter(~asked.OPEN | Q(worker__left_on__isnull=False)).order_by("-made_at", "-id"):
        found[offer.tambon_id, offer.category_id].append(offer)
    return found


def _new(
    application: Application,
    tambon: RoundTambon,
    call: Call,
    ended: dict[tuple[int, int], list[Offer]],
    by: Any,
    at: datetime,
    *,
    is_reserve: bool,
) -> Offer:
    waiting = ended.get((tambon.pk, application.category_id or 0), [])
    return Offer(
        application=application,
        tambon=tambon,
        category_id=application.category_id,
        is_reserve=is_reserve,
        replaces=waiting.pop() if waiting else None,
        made_at=at,
        made_by=by,
        answer_until=rules.until(at, call.reserve_days),
    )


def _locked(offer: Offer) -> Offer:
    lock(offer.application.call)
    return (
        Offer.objects.select_for_update(of=("self",))
        .select_related(
            "application__account", "application__call__round", "tambon__tambon__district__province", "worker"
        )
        .get(pk=offer.pk)
    )


def _who(offer: Offer, by: Any, note: str) -> list[Objection]:
    """The applicant answers; the office notes an answer and says how it came."""
    if by is None or permissions.is_own(by, offer.application):
        return []
    allow(permissions.may_select(by, offer.application.call))
    return [] if note.strip() else [Objection("recruitment.answer_note_missing", field="note")]


def _gone(offer: Offer) -> list[Objection]:
    """Whoever withdrew takes no slot, also before the offer is ended for it."""
    is_gone = offer.application.withdrawn_at is not None
    return [Objection("recruitment.application_withdrawn_already")] if is_gone else []


def _reason(reason: str) -> list[Objection]:
    return [] if reason.strip() else [Objection("recruitment.offer_reason_missing", field="reason")]


def _record_many(verb: str, call: Call, by: Any, at: datetime, note: Mapping[str, object]) -> None:
    audit.record(
        verb=f"recruitment.{verb}", subject=call, by=by, at=at, round_code=call.round.code, note=note
    )


def _record(verb: str, offer: Offer, by: Any, at: datetime, **note: object) -> None:
    call = offer.application.call
    audit.record(
        verb=f"recruitment.{verb}",
        subject=offer,
        by=by,
        at=at,
        round_code=call.round.code,
        note={
            "call": call.number,
            "application": offer.application.number,
            "tambon": offer.tambon_id,
            "category": offer.category_id,
            **{name: value for name, value in note.items() if value not in ("", None)},
        },
    )
