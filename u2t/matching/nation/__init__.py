"""A nation drawn from a seed and placed: as large as the real programme or a hundred times larger.

``draw_nation(design, codes) -> Nation``
    Institutions, tambons and applicants; the same design gives the same bits on every machine. ``codes`` are the
    country's tambons, which this package does not know itself.
``nation.pool() -> Pool``
    What ``u2t.matching.pool.solve_pool`` solves, a block for each institution and category.
``place(nation) -> (Tally, list[Part])``
    Solved and proved: figures and a fingerprint, and what became of each institution.
``place_share(design, codes, first, many, backend)``, ``add_up(tallies)``
    The same for some institutions at a time, by whichever process: the fingerprint comes out the same.
``design_objections(design)``
    Everything that makes a design no nation.
"""

from u2t.matching.nation.drawing import (
    CATEGORIES,
    GROUPS,
    HOMES,
    WISHES,
    Design,
    Institution,
    design_objections,
    draw_institution,
    tambons_of,
)
from u2t.matching.nation.pooling import NEEDED, SKILL, Nation, Part, draw_nation, parts, pool_of
from u2t.matching.nation.tally import Tally, add_up, count, place, place_share

__all__ = [
    "CATEGORIES",
    "GROUPS",
    "HOMES",
    "NEEDED",
    "SKILL",
    "WISHES",
    "Design",
    "Institution",
    "Nation",
    "Part",
    "Tally",
    "add_up",
    "count",
    "design_objections",
    "draw_institution",
    "draw_nation",
    "parts",
    "place",
    "place_share",
    "pool_of",
    "tambons_of",
]
