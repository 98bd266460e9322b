"""Tables of placement."""

from u2t.placement.models.nation import NationShare
from u2t.placement.models.plans import Policy, Publication, Refill, Run, Study
from u2t.placement.models.slots import Engagement, EngagementQuerySet, Leadership, LeadershipQuerySet

__all__ = [
    "Engagement",
    "EngagementQuerySet",
    "Leadership",
    "LeadershipQuerySet",
    "NationShare",
    "Policy",
    "Publication",
    "Refill",
    "Run",
    "Study",
]
