"""Precision and recall of scored pairs."""

from __future__ import annotations

from benchmarks.curve import Point, at_threshold, best_f1, curve, recall_at

_SCORED = [(1.0, False), (3.0, True), (2.0, True), (2.0, False)]


def test_pairs_with_one_score_are_claimed_together() -> None:
    """No threshold tells them apart, whichever comes first."""
    expected = [Point(3.0, 1.0, 0.25), Point(2.0, 2 / 3, 0.5), Point(1.0, 0.5, 0.5)]

    assert expected == curve(_SCORED, true_pairs=4)


def test_recall_is_of_all_true_pairs_and_not_of_those_scored() -> None:
    """What the keys missed counts as missed."""
    assert recall_at(curve(_SCORED, true_pairs=8), precision=0.6) == 0.25


def test_a_precision_that_is_never_reached_has_no_recall() -> None:
    """The best point has three quarters wrong."""
    assert recall_at(curve([(2.0, False), (1.0, True)], true_pairs=1), precision=0.9) == 0.0


def test_the_best_f1_is_over_all_thresholds() -> None:
    """Two claimed of two true, one of them right, is worse than one claimed and right."""
    assert best_f1(curve([(2.0, True), (1.0, False)], true_pairs=2)) == 2 / 3


def test_a_threshold_between_two_scores_claims_what_is_above_it() -> None:
    """Nothing is claimed above the highest."""
    points = curve(_SCORED, true_pairs=4)

    assert at_threshold(points, 1.5) == Point(2.0, 2 / 3, 0.5)
    assert at_threshold(points, 9.0) == Point(9.0, 1.0, 0.0)
