"""What letters say, which were issued, and how they print. Every function costs a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.core.files.storage import default_storage
from django.db.models import QuerySet

from u2t.agencies.models import Participation
from u2t.handover import contents, rules, texts
from u2t.handover.models import Handover, Letter, LetterText
from u2t.letters.letter import Letter as Printed
from u2t.objections import Objection, Refused
from u2t.placement.models import Engagement
from u2t.placement.queries import teams
from u2t.programme.models import Institution, Round, Tambon
from u2t.thai import digits


def facts_of(handovers: Iterable[Handover]) -> dict[int, rules.Facts]:
    """What the letter of each handover would say today, by the handover's key."""
    wanted = list(handovers)
    members, homes = _members(wanted)
    leaders = _leaders({h.tambon_id for h in wanted if h.tambon_id} | homes)
    active = Letter.objects.filter(handover__in=wanted, cancelled_at=None).values_list(
        "handover_id", "reference"
    )
    letters = dict(active)
    return {
        handover.pk: _facts(handover, members[handover.pk], leaders, letters.get(handover.pk, ""))
        for handover in wanted
    }


def _facts(
    handover: Handover, people: list[Engagement], leaders: dict[int, tuple[str, ...]], letter: str
) -> rules.Facts:
    round, agency = handover.round, handover.receiver.agency
    tambon = handover.tambon.tambon if handover.tambon else None
    return rules.Facts(
        kind=handover.kind,
        label=short_place(tambon) if tambon else agency.name_th,
        receiver=agency.name_th,
        addressee=agency.letter_to_th or texts.addressee(agency.name_th),
        receives=_receives(handover.receiver, handover),
        tambon=f"ตำบล{tambon.name_th}" if tambon else "",
        place=place(tambon) if tambon else "",
        province=f"จังหวัด{(tambon.district.province if tambon else agency.province).name_th}",
        project=rules.project_name(round.name_th),
        handed_on=handover.handed_on,
        starts_on=round.starts_on,
        months=round.months,
        members=tuple(_member(engagement, leaders) for engagement in people),
        managers=leaders.get(handover.tambon_id, ()) if handover.tambon_id else (),
        letter=letter,
    )


def _receives(receiver: Participation, handover: Handover) -> bool:
    return receiver.is_host if handover.tambon_id else receiver.is_data_agency


def _member(engagement: Engagement, leaders: dict[int, tuple[str, ...]]) -> rules.Member:
    return rules.Member(
        worker=engagement.worker_id,
        name=engagement.worker.person.full_name,
        category=engagement.category.name_th,
        workstream=engagement.workstream.name_th,
        tambon=short_place(engagement.tambon.tambon),
        managers=leaders.get(engagement.tambon_id, ()),
    )


def place(tambon: Tambon) -> str:
    """``ตำบล… อำเภอ… จังหวัด…`` in full, as letters write it; แขวง and เขต in Bangkok."""
    district, province = tambon.district, tambon.district.province
    if province.code == "10":
        return f"แขวง{tambon.name_th} เขต{district.name_th} {province.name_th}"
    return f"ตำบล{tambon.name_th} อำเภอ{district.name_th} จังหวัด{province.name_th}"


def short_place(tambon: Tambon) -> str:
    """``ต.… อ.… จ.…`` in Thai, whatever the language of the page."""
    district, province = tambon.district, tambon.district.province
    return f"ต.{tambon.name_th} อ.{district.name_th} จ.{province.name_th}"


def _members(of: list[Handover]) -> tuple[dict[int, list[Engagement]], set[int]]:
    """The people of each handover in the order of its list, and the tambons of data managers."""
    by_tambon = {h.tambon_id: h.pk for h in of if h.tambon_id}
    by_office = {h.receiver_id: h.pk for h in of if not h.tambon_id}
    people: dict[int, list[Engagement]] = defaultdict(list)
    for engagement in teams.engagements().filter(tambon_id__in=by_tambon, workstream__to_office=False):
        people[by_tambon[engagement.tambon_id]].append(engagement)
    homes = set()
    for engagement in teams.engagements().filter(office_id__in=by_office):
        people[by_office[engagement.office_id]].append(engagement)
        homes.add(engagement.tambon_id)
    return people, homes


def _leaders(tambons: set[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = defaultdict(list)
    for leadership in teams.leaderships().filter(tambon_id__in=tambons):
        found[leadership.tambon_id].append(leadership.lecturer.person.full_name)
    return {tambon: tuple(names) for tambon, names in found.items()}


def sender_of(institution: Institution) -> rules.Sender:
    """What the institution's letters say of it."""
    return rules.Sender(
        name=institution.name_th,
        prefix=digits.to_arabic(institution.letter_prefix).strip(),
        address=_lines(institution.address_th),
        office=institution.owner_office_th.strip(),
        telephone=institution.telephone.strip(),
        email=institution.email,
        signer=institution.signer_name_th.strip(),
        signer_posts=_lines(institution.signer_post_th),
    )


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line.strip() for line in text.splitlines() if line.strip())


def texts_of(round: Round) -> dict[str, texts.Text]:
    """The wording of each kind of letter: the office's own where it has written one, else the usual one."""
    own = {
        text.kind: texts.Text(text.subject, _lines(text.paragraphs), text.closing)
        for text in LetterText.objects.filter(round=round)
    }
    return texts.USUAL | own


def printed(letter: Letter) -> Printed:
    """An issued letter as the press takes it, from nothing but what was kept when it was issued."""
    kept = letter.content["emblem"]
    return contents.letter_of(letter.content, letter.dated_on, stored_emblem(kept) if kept else None)


def emblem_of(institution: Institution) -> bytes | None:
    """The emblem that new letters carry, or ``None`` where the institution has uploaded none."""
    return stored_emblem(institution.emblem.name) if institution.emblem else None


def stored_emblem(name: str) -> bytes:
    """The bytes of an emblem in the file store; :class:`u2t.objections.Refused` where somebody took it away."""
    try:
        with default_storage.open(name) as file:
            return bytes(file.read())
    except FileNotFoundError as error:
        raise Refused([Objection("handover.emblem_gone", {"file": name})]) from error


def letters_of(round: Round) -> QuerySet[Letter]:
    """The active letters of a round in the order of the register."""
    return (
        Letter.objects.filter(handover__round=round, cancelled_at=None)
        .select_related("register")
        .order_by("register__be_year", "number")
    )


def people_of(handover: Handover) -> list[Engagement]:
    """The workers of a handover in the order of its list."""
    return _members([handover])[0][handover.pk]
