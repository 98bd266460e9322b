"""The words of every objection of this part."""

from u2t.orientation.words import checking_in, skills

WORDS = checking_in.WORDS | skills.WORDS
