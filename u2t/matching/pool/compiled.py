"""The kernel's functions, compiled by numba if it is there, as they stand otherwise."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from types import FunctionType
from typing import Any

import numpy as np

from u2t.matching.pool import kernel

NAMES = (
    "open_block", "meet_home", "wish_cost", "lay_fixed", "lay_costs", "least_here", "at_least", "remake_moves",
    "find_chain", "shift_people", "settle_prices", "open_slots", "write_seats", "place_block",
    "reckon_block", "place_blocks", "reckon_blocks",
)  # fmt: skip
"""Each calls only those before it."""
KEPT = ("place_blocks", "reckon_blocks")
"""They contain all that they call."""


def numba_is_there() -> bool:
    """Whether anything can be compiled here."""
    return find_spec("numba") is not None


@cache
def compiled() -> dict[str, Callable[..., Any]]:
    """The same code with the same names, compiled at its first call and kept on disk where that is possible."""
    import numba

    names: dict[str, Any] = {"__name__": kernel.__name__, "np": np, "FAR": kernel.FAR, "NEVER": kernel.NEVER}
    for name in NAMES:
        plain = FunctionType(getattr(kernel, name).__code__, names, name)
        if name not in KEPT:
            names[name] = numba.njit(plain)
            continue
        try:
            names[name] = numba.njit(plain, cache=True)
        except RuntimeError:  # nowhere to keep what was compiled
            names[name] = numba.njit(plain)
    return names
