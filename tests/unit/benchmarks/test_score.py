"""Figures of several regions as one."""

from __future__ import annotations

import pytest

from benchmarks.score import most_likely, together


@pytest.mark.parametrize(("wrong", "bound"), [(0, 3.0), (5, 10.5), (30, 40.7)])
def test_a_count_has_an_upper_bound(wrong: int, bound: float) -> None:
    """As tables of the Poisson distribution give it: none seen may still be three."""
    assert most_likely(wrong) == pytest.approx(bound, abs=0.1)


def test_regions_count_by_their_signals() -> None:
    """A large region weighs more than a small one."""
    small = {
        "signals": 100, "earlier": 50, "wrong": 1, "matched": 40, "auto": 0.5, "found": 0.8,
        "review_share": 0.1,
    }  # fmt: skip
    large = {
        "signals": 900, "earlier": 450, "wrong": 0, "matched": 360, "auto": 0.9, "found": 1.0,
        "review_share": 0,
    }  # fmt: skip

    assert together([small, large]) == {
        "regions": 2,
        "signals": 1000,
        "wrong": 1,
        "precision": 0.9975,
        "auto": 0.86,
        "found": 0.98,
        "review_share": 0.01,
        "wrong_per_10000": 10.0,
        "wrong_per_10000_at_most": pytest.approx(47.4, abs=0.5),
    }
