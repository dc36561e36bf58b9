"""Learning the weights of persons: what is counted, and what common names may weigh."""

from __future__ import annotations

from benchmarks.learn import features, shares
from chalicelib.matching.levels import Field, Level


def test_what_is_missing_is_no_feature() -> None:
    """Missing weighs nothing, alone and combined."""
    found = features({Field.SURNAME: Level.EQUAL, Field.BIRTH_DATE: Level.MISSING})

    assert found == [(Field.SURNAME, Level.EQUAL)]


def test_a_common_name_never_weighs_more_than_before() -> None:
    """A small region has few namesakes: what larger ones taught of common names stays."""
    assert shares({"COMMON": 0.1, "VERY_COMMON": -0.4}, {"COMMON": -0.2, "VERY_COMMON": -0.3}) == {
        "COMMON": -0.2,
        "VERY_COMMON": -0.4,
    }


def test_a_very_common_name_never_weighs_more_than_a_common_one() -> None:
    """Whatever the names of some regions suggest."""
    assert shares({"COMMON": -0.4, "VERY_COMMON": 0.0}, {"COMMON": 0.0, "VERY_COMMON": 0.0}) == {
        "COMMON": -0.4,
        "VERY_COMMON": -0.4,
    }
