"""The words of every objection of this part; each module holds those of one stretch of the way."""

from u2t.recruitment.words import applying, assessing, calls, papers, results

WORDS = calls.WORDS | applying.WORDS | papers.WORDS | assessing.WORDS | results.WORDS
