"""Take in who reports in: an accepted offer becomes a worker, with everything that the application says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from u2t.audit import actions as audit
from u2t.objections import Objection, refuse_if
from u2t.pages.declare import allow
from u2t.people import identity
from u2t.people.actions import hiring, joining
from u2t.people.models import Worker
from u2t.people.newcomers import NewPerson, NewWorker
from u2t.recruitment import permissions
from u2t.recruitment.actions.offering import lock
from u2t.recruitment.models import Application, Call, Offer
from u2t.recruitment.queries import offers as asked
from u2t.recruitment.rules import offering as rules


def report_in(*, call: Call, offers: Sequence[Offer], by: Any, at: datetime) -> list[Worker]:
    """Hire all of them or, with every objection, nobody. Their accounts become the workers' accounts.

    Nothing is typed twice: name, ID number, birth, telephone, e-mail, home tambon, education, skills and wishes come
    from the application, the tambon and the category from the offer.
    """
    allow(by is None or permissions.may_select(by, call))
    with transaction.atomic():
        call = lock(call)
        rows = list(
            # The applications too: whoever withdraws at this moment is hired or has withdrawn, never both.
            Offer.objects.select_for_update(of=("self", "application"))
            .filter(pk__in=[offer.pk for offer in offers], application__call=call)
            .select_related("application__account", "tambon", "category", "worker")
            .prefetch_related("application__choices__tambon", "application__skills")
            .order_by("tambon__tambon_id", "category__position", "application__number")
        )
        refuse_if(_objections(rows, at))
        hiring.hire_workers(round=call.round, workers=[_newcomer(row) for row in rows], by=by, at=at)
        hired = {
            worker.person.citizen_id_digest: worker
            for worker in Worker.objects.filter(
                round=call.round,
                person__citizen_id_digest__in=[row.application.citizen_id_digest for row in rows],
            ).select_related("person")
        }
        for row in rows:
            row.worker, row.reported_at, row.reported_by = hired[row.application.citizen_id_digest], at, by
        Offer.objects.bulk_update(rows, ["worker", "reported_at", "reported_by"], batch_size=200)
        joining.join_accounts(
            pairs=[
                (row.application.account_id, row.worker.person_id)
                for row in rows
                if row.worker and row.application.account_id
            ]
        )
        audit.record(
            verb="recruitment.reported_in",
            subject=call,
            by=by,
            at=at,
            round_code=call.round.code,
            note={"offers": [row.pk for row in rows]},
        )
    return [row.worker for row in rows if row.worker]


def _objections(rows: Iterable[Offer], at: datetime) -> Iterable[Objection]:
    for row in rows:
        number = row.application.number
        for found in rules.objections_to_report_in(asked.facts_of(row), at):
            yield Objection("recruitment.cannot_report_in", {"number": number, "why": found.code})
        if row.application.citizen_id_sealed is None:
            yield Objection("recruitment.citizen_id_unknown", {"number": number})
        if row.application.withdrawn_at is not None:
            yield Objection("recruitment.withdrawn_meanwhile", {"number": number})


def _newcomer(offer: Offer) -> NewWorker:
    application = offer.application
    return NewWorker(
        person=NewPerson(
            title=application.title,
            given_name=application.given_name,
            surname=application.surname,
            citizen_id=identity.unseal(application.citizen_id_sealed or b""),
            birth_on=application.birth_on,
            telephone=application.telephone,
            email=application.email,
            digest=application.citizen_id_digest or "",
        ),
        category=offer.category.code,
        home_tambon=application.registered_tambon_id or "",
        fixed_tambon=offer.tambon.tambon_id,
        education=_education(application),
        skills=tuple(skill.code for skill in application.skills.all()),
        wishes=tuple(choice.tambon.tambon_id for choice in application.choices.all()),
    )


def _education(application: Application) -> str:
    said = " ".join(filter(None, (application.degree, application.major, application.institute)))
    return (said or (str(application.get_level_display()) if application.level else ""))[:200]
