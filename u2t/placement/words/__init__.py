"""What placement says when it refuses, and the steps of a computation; each module one stretch of the work."""

from u2t.placement.words import holds, nation, plans, policies, proofs, refills
from u2t.placement.words.plans import STEPS

WORDS = plans.WORDS | policies.WORDS | refills.WORDS | holds.WORDS | proofs.WORDS | nation.WORDS

__all__ = ["STEPS", "WORDS"]
