"""Selection (การคัดเลือก): who gets which seat, by ranked tambons and priorities; pure, no Django, no files, no clock.

``select(ballot, progress=None) -> Selection``
    Applicant-proposing deferred acceptance within the slots of every tambon and category. Raises
    ``u2t.objections.Refused`` with all of ``objections(ballot)``.
``violations(ballot, selection) -> list[Objection]``
    An independent reading of both, sharing no code with the solver: eligibility, slots, lists, cut-offs, nobody
    passed over, no stable result better for any applicant. Must be empty before anything is stored.
``explain(ballot, selection, key) -> Standing``
    What became of every choice, by how much, and which score would have been enough. For many applicants of one
    ballot: ``Explainer(ballot, selection).explain(key)``.
``next_reserve(selection.lists, seat, gone) -> str | None``
    Who is called when a slot falls free.
``lottery(seed, key)``, ``canonical_text(ballot)``, ``digest(ballot)``
    The published lottery number; the frozen input as text; its SHA-256, which a selection carries.
``select_arrays(ArrayBallot) -> Outcome``
    The same mechanism on arrays, for hundreds of thousands of applicants.

``Ballot`` and ``Selection`` have ``to_json()`` and ``from_json()``, which are exact opposites. The mechanism, its
guarantees and its limits: docs/algorithms/selection.md.
"""

from u2t.admission.ballot import (
    CRITERIA,
    Applicant,
    Ballot,
    Seat,
    SeatKey,
    canonical_text,
    digest,
    lottery,
    objections,
)
from u2t.admission.check import violations
from u2t.admission.deferred import ArrayBallot, Outcome, select_arrays
from u2t.admission.explain import Answer, Explainer, Standing, explain
from u2t.admission.selection import Mark, SeatList, Selection, next_reserve
from u2t.admission.solver import as_arrays, select

__all__ = [
    "CRITERIA",
    "Answer",
    "Applicant",
    "ArrayBallot",
    "Ballot",
    "Explainer",
    "Mark",
    "Outcome",
    "Seat",
    "SeatKey",
    "SeatList",
    "Selection",
    "Standing",
    "as_arrays",
    "canonical_text",
    "digest",
    "explain",
    "lottery",
    "next_reserve",
    "objections",
    "select",
    "select_arrays",
    "violations",
]
