"""Kilometres and residence tiers between many homes and places at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from u2t.matching.pool.kernel import Whole

TAMBON, DISTRICT, PROVINCE, OTHERWISE, UNKNOWN = range(5)


def measure_ways(
    home_code: Whole,
    home_at: Whole,
    place_code: Whole,
    place_at: Whole,
    tier_penalty: tuple[int, int, int, int, int],
    assumed_km: tuple[int, int, int, int, int],
    max_km: int | None = None,
) -> NDArray[np.int32]:
    """``[home, place]``: kilometres and tier penalty together, ``~way`` if it is longer than ``max_km``.

    Codes are whole numbers of six digits (0: unknown home); ``home_at[home]`` and ``place_at[place]`` are metres
    east and north, both the smallest number of their type where nothing is known. Kilometres are rounded from
    whole metres exactly as for a university, ``(isqrt(dx² + dy²) + 500) // 1000``.
    """
    home, place = home_code.astype(np.int64)[:, None], place_code.astype(np.int64)[None, :]
    tier = np.full((len(home_code), len(place_code)), OTHERWISE)
    tier[home // 10_000 == place // 10_000] = PROVINCE
    tier[home // 100 == place // 100] = DISTRICT
    tier[home == place] = TAMBON
    tier[home_code == 0] = UNKNOWN
    start, end = home_at.astype(np.int64), place_at.astype(np.int64)
    known = (start[:, 0] != np.iinfo(home_at.dtype).min)[:, None] & (
        end[:, 0] != np.iinfo(place_at.dtype).min
    )[None, :]
    squared = np.zeros(tier.shape, dtype=np.int64)
    for axis in (0, 1):
        squared += np.where(known, start[:, None, axis] - end[None, :, axis], 0) ** 2
    # A correctly rounded root of a whole number below 2**50 never reaches the next whole number from below.
    metres = np.sqrt(squared.astype(np.float64)).astype(np.int64)
    km = np.where(known, (metres + 500) // 1000, np.array(assumed_km)[tier])
    ways: NDArray[np.int32] = (km + np.array(tier_penalty)[tier]).astype(np.int32)
    if max_km is not None:
        ways[km > max_km] = ~ways[km > max_km]
    return ways
