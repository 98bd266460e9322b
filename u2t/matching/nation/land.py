"""Where the tambons of a simulated nation lie: provinces as in the country, districts and tambons by the seed.

The tables of place codes know no positions. The towns of the 77 provinces are entered here by hand, good to some
kilometres; a district is drawn within 22 km of its province's town, a tambon within 7 km of its district's middle.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]

# Hundredths of a degree north and east, of the province whose code is the key.
TOWNS: dict[int, tuple[int, int]] = {
    10: (1375, 10050), 11: (1360, 10060), 12: (1386, 10051), 13: (1402, 10053), 14: (1435, 10057),
    15: (1459, 10045), 16: (1480, 10065), 17: (1489, 10040), 18: (1519, 10013), 19: (1453, 10091),
    20: (1336, 10098), 21: (1268, 10128), 22: (1261, 10210), 23: (1224, 10252), 24: (1369, 10108),
    25: (1405, 10137), 26: (1420, 10121), 27: (1382, 10206), 30: (1497, 10210), 31: (1499, 10310),
    32: (1488, 10349), 33: (1512, 10432), 34: (1524, 10485), 35: (1579, 10415), 36: (1581, 10203),
    37: (1586, 10463), 38: (1836, 10365), 39: (1720, 10244), 40: (1643, 10284), 41: (1741, 10279),
    42: (1749, 10172), 43: (1788, 10274), 44: (1618, 10330), 45: (1605, 10365), 46: (1643, 10351),
    47: (1716, 10415), 48: (1741, 10478), 49: (1654, 10472), 50: (1879, 9899), 51: (1858, 9901),
    52: (1829, 9949), 53: (1762, 10010), 54: (1815, 10014), 55: (1878, 10077), 56: (1917, 9990),
    57: (1991, 9983), 58: (1930, 9797), 60: (1570, 10014), 61: (1538, 10003), 62: (1648, 9952),
    63: (1688, 9913), 64: (1701, 9982), 65: (1682, 10026), 66: (1644, 10035), 67: (1642, 10116),
    70: (1354, 9982), 71: (1402, 9953), 72: (1447, 10012), 73: (1382, 10006), 74: (1355, 10027),
    75: (1341, 10000), 76: (1311, 9994), 77: (1181, 9980), 80: (843, 9996), 81: (809, 9891),
    82: (845, 9853), 83: (788, 9839), 84: (914, 9933), 85: (996, 9864), 86: (1049, 9918),
    90: (719, 10059), 91: (662, 10007), 92: (756, 9961), 93: (762, 10008), 94: (687, 10125),
    95: (654, 10128), 96: (643, 10182),
}  # fmt: skip
# Metres in a hundredth of a degree, northward and (in the middle of the country) eastward.
_NORTHWARD, _EASTWARD = 1112, 1080
_MIDDLE = (1350, 10100)


def draws(seed: int, stream: int, numbers: Ints | int) -> NDArray[np.uint64]:
    """Even 64-bit numbers that depend on nothing but seed, stream and number: the same on every machine for ever.

    ``numbers`` are the positions in the stream, or how many of its first ones (SplitMix64 as a function of both).
    """
    counters = np.arange(numbers) if isinstance(numbers, int) else numbers
    # One mixing for the stream and one for the number keep neighbouring streams apart.
    start = int(_mixed(np.array([(seed * 0x9E3779B97F4A7C15 + stream) % 2**64], dtype=np.uint64))[0])
    return _mixed(counters.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15) + np.uint64(start))


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


def below(values: NDArray[np.uint64], end: int) -> Ints:
    """The same numbers scaled to 0 … end - 1, for ends below 2**31."""
    return ((values >> np.uint64(33)) * np.uint64(end) >> np.uint64(31)).astype(np.int64)


def positions(seed: int, codes: Ints) -> tuple[Ints, Ints]:
    """Metres east and north of these tambons (six digits) on one flat map."""
    towns = np.array([TOWNS.get(code, _MIDDLE) for code in (codes // 10_000).tolist()], dtype=np.int64)
    towns = towns.reshape(-1, 2)
    north = (towns[:, 0] - _MIDDLE[0]) * _NORTHWARD
    east = (towns[:, 1] - _MIDDLE[1]) * _EASTWARD
    for stream, (places, reach) in enumerate(((codes // 100, 22_000), (codes, 7_000))):
        east = east + below(draws(seed, 2 * stream + 1, places), 2 * reach + 1) - reach
        north = north + below(draws(seed, 2 * stream + 2, places), 2 * reach + 1) - reach
    return east, north
