"""Thresholds chosen for a stated precision."""

from __future__ import annotations

from benchmarks.thresholds import Best, choose
from chalicelib.matching.weigh import Rule


def best(score: float, *, right: bool = True, cost: int = 1, rule: Rule = Rule.WEIGHTS) -> Best:
    """A signal's best person."""
    return Best(score, rule, right, cost)


def test_the_threshold_is_the_lowest_at_which_the_precision_holds() -> None:
    """A wrong join low in the list is left below it."""
    listed = [best(9), best(8), best(7), best(6, right=False), best(5)]

    assert choose(listed, signals=10, earlier=5, precision=0.9, review=0.0) == {
        "match": 7,
        "possible": 7,
        "precision": 1.0,
        "auto": 0.6,
        "found": 0.6,
        "signals": 10,
    }


def test_a_wrong_join_counts_with_those_that_follow_it() -> None:
    """Four later signals join the mixture: five wrong of seven."""
    listed = [best(9), best(8), best(7, right=False, cost=5), best(6)]

    assert choose(listed, signals=10, earlier=5, precision=0.7, review=0.0)["match"] == 8


def test_review_takes_what_comes_next_up_to_its_share() -> None:
    """Doubts by rule come first, for no threshold keeps them away."""
    listed = [
        best(9, rule=Rule.SAME_NUMBER),
        best(9, rule=Rule.ANOTHER_CHILD),
        best(8),
        best(5, right=False),
        best(4),
        best(3),
    ]

    figures = choose(listed, signals=10, earlier=5, precision=1.0, review=0.3)

    assert (figures["match"], figures["possible"], figures["found"]) == (8, 4, 0.8)
