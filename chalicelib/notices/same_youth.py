"""Whether two signals of one professional are about one youth; no match says so (D7)."""

from __future__ import annotations

from chalicelib.matching import Outcome, compare, default_model, fold
from chalicelib.matching.records import Youth


def same_youth(one: Youth, other: Youth) -> bool:
    """What the matcher says of the two records."""
    return one == other or compare(fold(one), fold(other), default_model()).person is Outcome.MATCH
