"""Published certificates: which there are, what they say in words, whose row is whose, and who could be singled out."""

from __future__ import annotations

import hashlib
import hmac
import json
import zipfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from u2t import matching
from u2t.matching import certificate, verify_placement
from u2t.people.models import Worker
from u2t.placement.models import Engagement, Leadership, Publication, Run
from u2t.placement.queries.runs import adopted_run
from u2t.programme.models import (
    Category,
    District,
    Province,
    Round,
    Skill,
    Tambon,
    Workstream,
)
from u2t.seals import rules as seals
from u2t.seals.kinds import Standing
from u2t.seals.queries import demo_keys

KIND = "placement"
LABEL_DIGITS = 12


def label_of(salt: str, kind: str, key: str) -> str:
    """The label of a row: only who knows the salt can tell whose it is."""
    said = f"{kind}:{key}".encode()
    return hmac.new(salt.encode(), said, hashlib.sha256).hexdigest()[:LABEL_DIGITS]


def content_of(run: Run, problem: matching.Problem, plan: matching.Plan, salt: str) -> str:
    """The file of an adopted run, byte for byte the same for the same salt."""
    round = run.round
    assert run.adopted_at is not None
    about = {
        "institution": round.institution.code,
        "institution_name": round.institution.name_th,
        "round": round.code,
        "round_name": round.name_th,
        "plan": run.number,
        "decided_on": timezone.localdate(run.adopted_at).isoformat(),
        "categories": dict(Category.objects.filter(round=round).values_list("code", "name_th")),
        "inputs_of_the_office": run.problem_digest,
    }
    content = certificate.certificate(
        problem, plan, label=lambda kind, key: label_of(salt, kind, key), about=about
    )
    return certificate.line(content)


def of_round(round: Round) -> list[Publication]:
    """Certificates that were published, the newest plan first; withdrawn ones too. One query."""
    rows = Publication.objects.filter(run__round=round).exclude(published_at=None)
    rows = rows.defer("content", "run__plan", "run__summary").select_related("run__round__institution")
    return list(rows.order_by("-run__adopted_at", "-run__number"))


def newest(found: list[Publication]) -> Publication | None:
    """The one that the page shows: of the newest plan in public, else the newest withdrawn."""
    return next((one for one in found if one.is_public), next(iter(found), None))


def in_public(round: Round) -> Publication | None:
    """The newest certificate that anybody may read now."""
    return next((one for one in of_round(round) if one.is_public), None)


def of_run(run: Run) -> Publication | None:
    """What is prepared or published of a run."""
    return Publication.objects.filter(run=run).select_related("run__round__institution").first()


@dataclass(frozen=True)
class Line:
    """One part of the decision: ``kind`` is ``people``, ``offices`` or ``leaders``; ``name`` the category's.

    ``worth`` is ``None`` where points do not count; ``gap`` is how far from the best it may be at most.
    """

    kind: str
    name: str
    filled: int
    cost: int
    worth: int | None
    gap: int


@dataclass(frozen=True)
class Board:
    """A certificate as a page shows it."""

    about: dict[str, Any]
    rule: dict[str, Any]
    digest: str
    size: int
    rows: int
    seated: int
    places: int
    tambons: int
    by_hand: int
    lines: list[Line]
    gap: int
    fingerprint: list[str]

    @property
    def is_exact(self) -> bool:
        """Whether everything is proved to be the best."""
        return not any(line.gap for line in self.lines)

    @property
    def has_worth(self) -> bool:
        """Whether the points of people count in the order."""
        return any(line.worth is not None for line in self.lines)


def board_of(publication: Publication) -> Board:
    """What the file says, for the page."""
    file = json.loads(publication.content)
    inputs, proof, about = file["inputs"], file["proof"], file["about"]
    lines = [
        Line(
            "people",
            about["categories"].get(block["category"], block["category"]),
            block["filled"],
            block["inconvenience"],
            block["worth"] if proof["unit"] else None,
            proof["gap"],
        )
        for block in proof["people"]
    ]
    if offices := proof["offices"]:
        lines.append(Line("offices", "", offices["filled"], offices["cost"], None, 0))
    if leaders := proof["leaders"]:
        lines.append(Line("leaders", "", leaders["filled"], leaders["cost"], None, leaders["gap"]))
    return Board(
        about=about,
        rule=inputs["rule"],
        digest=publication.digest,
        size=len(publication.content.encode()),
        rows=len(inputs["people"]),
        seated=len(file["answer"]["seats"]),
        places=sum(seat[3] for seat in inputs["seats"]),
        tambons=len({seat[0] for seat in inputs["seats"]}),
        by_hand=sum("lock" in row for row in inputs["people"]),
        lines=lines,
        gap=proof["gap"],
        fingerprint=[publication.digest[start : start + 8] for start in range(0, 64, 8)],
    )


@dataclass(frozen=True)
class Row:
    """A row of a certificate with the names of places for their codes; ``cost`` is ``None`` where none is stated."""

    label: str
    category: str
    home: str
    wishes: list[str]
    skills: list[str]
    worth: int | None
    is_by_hand: bool
    fixed: str
    tambon: str
    workstream: str
    cost: int | None


def row_of(publication: Publication, label: str) -> Row | None:
    """One row in words, as anybody may read it in the file; five queries."""
    file = json.loads(publication.content)
    inputs, about = file["inputs"], file["about"]
    row = next((row for row in inputs["people"] if row["label"] == label), None)
    if row is None:
        return None
    round, seat = publication.run.round, file["answer"]["seats"].get(label)
    names = _places({row.get("home", ""), *row.get("wishes", ()), row.get("fixed", ""), *(seat or ())[:1]})
    skills = {skill.code: skill.name for skill in Skill.objects.filter(round=round)}
    streams = {stream.code: stream.name for stream in Workstream.objects.filter(round=round)}
    stated = seat is not None and "lock" not in row
    return Row(
        label=label,
        category=about["categories"].get(row["category"], row["category"]),
        home=names.get(row.get("home", ""), ""),
        wishes=[
            "–" if code == certificate.NOWHERE else names.get(code, code) for code in row.get("wishes", ())
        ],
        skills=[skills.get(code, code) for code in row.get("skills", ())],
        worth=row.get("worth"),
        is_by_hand="lock" in row,
        fixed=names.get(row.get("fixed", ""), ""),
        tambon=names.get(seat[0], seat[0]) if seat else "",
        workstream=streams.get(seat[1], seat[1]) if seat else "",
        cost=verify_placement.Costs(inputs).seat(row, *seat) if stated else None,
    )


def _places(codes: set[str]) -> dict[str, str]:
    tambons = Tambon.objects.filter(code__in=codes).with_places()
    districts = District.objects.filter(code__in=codes).select_related("province")
    return (
        {tambon.code: tambon.full_name for tambon in tambons}
        | {district.code: f"{district.name}, {district.province.name}" for district in districts}
        | {province.code: province.name for province in Province.objects.filter(code__in=codes)}
    )


def programs() -> dict[str, Path]:
    """The files of the stand-alone verifier: the half for seats, and the one for offices and lecturers."""
    seats = Path(verify_placement.__file__)
    return {"placement": seats, "posts": seats.with_name("verify_posts.py")}


def packed(publication: Publication) -> bytes:
    """The public file with the verifier as a ZIP, the same bytes whenever it is asked for."""
    files = {"certificate.json": publication.content.encode()}
    files |= {program.name: program.read_bytes() for program in programs().values()}
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as folder:
        for name, content in files.items():
            folder.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


@dataclass(frozen=True)
class OwnRow:
    """The row of a person in a public certificate."""

    label: str
    publication: Publication

    def get_absolute_url(self) -> str:
        run = self.publication.run
        return f"{reverse('placement:certificate', args=[run.round.code, run.number])}?row={self.label}#row"


def own_row(worker: Worker) -> OwnRow | None:
    """Where the worker stands in the newest public certificate; for the worker and the office only."""
    publication = in_public(worker.round)
    if publication is None:
        return None
    label = label_of(publication.salt, "person", str(worker.pk))
    known = Publication.objects.filter(pk=publication.pk, content__contains=f'"label":"{label}"')
    return OwnRow(label, publication) if known.exists() else None


@dataclass(frozen=True)
class Later:
    """What has changed since the plan of a certificate was adopted."""

    begun: int
    ended: int
    leaders: int
    replaced_by: Run | None

    @property
    def any(self) -> bool:
        return bool(self.begun or self.ended or self.leaders or self.replaced_by)


def later_of(run: Run) -> Later:
    """How many slots began and ended and how many PMs changed after the adoption, and the plan that replaced it."""
    since = run.adopted_at
    slots = Engagement.objects.filter(worker__round=run.round)
    led = Leadership.objects.filter(tambon__round=run.round)
    current = adopted_run(run.round)
    return Later(
        begun=slots.filter(begun_at__gt=since).count(),
        ended=slots.filter(ended_at__gt=since).count(),
        leaders=led.filter(Q(begun_at__gt=since) | Q(ended_at__gt=since)).count(),
        replaced_by=current if current is not None and current.pk != run.pk else None,
    )


def sample_of(publication: Publication) -> str:
    """One row as it stands in the file, one that says as much as any."""
    rows = json.loads(publication.content)["inputs"]["people"]
    telling = max(rows, key=lambda row: (len(row), len(row.get("wishes", ())), row["label"]), default={})
    return json.dumps(telling, ensure_ascii=False)


def exposure_of(publication: Publication) -> certificate.Exposure:
    """Who could be singled out by what others know."""
    return certificate.exposure(json.loads(publication.content))


def number_of(run: Run) -> str:
    """The number of the certificate in the register of seals."""
    return f"{run.round.code}/{run.number}"


def sealed(publication: Publication) -> dict[str, str]:
    """What the seal keeps a digest of."""
    return {"sha256": publication.digest}


def is_demo(publication: Publication) -> bool:
    """Whether nobody answers for the key that sealed it."""
    return seals.key_named(publication.seal) in demo_keys()


def look_up(issuer: str, number: str) -> Standing | None:
    """What the register says of a certificate, for the verification page."""
    round_code, _slash, plan = number.rpartition("/")
    if not (plan.isascii() and plan.isdigit() and len(number) < 40):
        return None
    rows = Publication.objects.exclude(published_at=None).select_related("run__round").defer("content")
    row = rows.filter(
        run__round__institution__code=issuer, run__round__code=round_code, run__number=int(plan)
    ).first()
    if row is None or row.published_at is None:
        return None
    return Standing(
        timezone.localdate(row.published_at),
        row.run.round.name,
        seals.digest_of(sealed(row)),
        row.withdrawn_at,
    )
