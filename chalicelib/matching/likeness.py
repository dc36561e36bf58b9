"""Whether two folded names look alike: a slip of the pen apart, or nearly the same."""

from __future__ import annotations

from typing import Final

from rapidfuzz.distance import OSA, JaroWinkler

_ALIKE: Final = 0.88
_LONG_ENOUGH_FOR_A_SLIP: Final = 4
_SHORTEST_CONTAINED: Final = 3


def is_one_slip(one: str, other: str) -> bool:
    """Whether two names are one wrong, lost, doubled or swapped letter apart; in short names only swapped."""
    if OSA.distance(one, other, score_cutoff=1) > 1:
        return False
    return min(len(one), len(other)) >= _LONG_ENOUGH_FOR_A_SLIP or sorted(one) == sorted(other)


def are_alike(one: str, other: str, enough: float = _ALIKE) -> bool:
    """Whether two folded names are nearly the same: by Jaro and Winkler, 1 for equal names."""
    return JaroWinkler.similarity(one, other, score_cutoff=enough) > 0


def contains(one: str, other: str) -> bool:
    """Whether the shorter name opens or closes the longer, as call names do: Sander, Alexander."""
    short, long = sorted((one, other), key=len)
    return len(short) >= _SHORTEST_CONTAINED and (long.startswith(short) or long.endswith(short))
