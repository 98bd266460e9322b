"""Tables of recruitment."""

from u2t.recruitment.models.applications import (
    Application,
    Choice,
    Document,
    Experience,
    Upload,
)
from u2t.recruitment.models.assessing import (
    DocumentCheck,
    Interview,
    Interviewer,
    Mark,
    Override,
    SamePerson,
    Screening,
)
from u2t.recruitment.models.calls import (
    Call,
    CallQuota,
    Criterion,
    DocumentKind,
    Eligibility,
    Milestone,
    RequiredDocument,
)
from u2t.recruitment.models.keeping import Hold
from u2t.recruitment.models.results import Appeal, Offer, Outcome, Selection

__all__ = [
    "Appeal",
    "Application",
    "Call",
    "CallQuota",
    "Choice",
    "Criterion",
    "Document",
    "DocumentCheck",
    "DocumentKind",
    "Eligibility",
    "Experience",
    "Hold",
    "Interview",
    "Interviewer",
    "Mark",
    "Milestone",
    "Offer",
    "Outcome",
    "Override",
    "RequiredDocument",
    "SamePerson",
    "Screening",
    "Selection",
    "Upload",
]
