"""The figures as tables of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from benchmarks.curve import Point
from benchmarks.keys import KeyFigures
from benchmarks.peers import core
from benchmarks.peers.families import RegionFigures
from benchmarks.peers.lookups import CoreLookUps, LookUps, percentile
from benchmarks.peers.public import PublicFigures, best_peer
from benchmarks.peers.region import SLICES


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines) + "\n"


def of_region(found: RegionFigures) -> str:
    """Precision and recall over all pairs of a region."""
    names = list(next(iter(found.figures.values())))
    rows = (
        [matcher, *(_figure(name, figures[name]) for name in names)]
        for matcher, figures in found.figures.items()
    )
    counts = f"{found.signals:,} signals, {found.true_pairs:,} pairs about one child"
    return f"**{found.region.title}**: {counts}.\n\n" + table(["matcher", *names], rows)


def of_slices(found: RegionFigures) -> str:
    """Precision / recall of each matcher's matches in each slice of a region."""
    matchers = list(found.slices)
    rows = ([name, *(_both(found.slices[matcher][name]) for matcher in matchers)] for name in SLICES)
    return table(["slice (precision / recall)", *matchers], rows)


def of_public(measured: Mapping[int, Mapping[str, PublicFigures]]) -> str:
    """F1 of each matcher on each public set: judged on the odd half / on the even half."""
    matchers = list(next(iter(measured.values())))
    rows = (
        [
            f"FEBRL {number}",
            *(f"{found[matcher].odd:.5f} / {found[matcher].even:.5f}" for matcher in matchers),
            "yes" if _is_at_least_equal(found) else "no",
        ]
        for number, found in measured.items()
    )
    return table(["set", *matchers, "at least equal to the best peer"], rows)


def of_keys(measured: Sequence[KeyFigures]) -> str:
    """Recall, candidates and number of the core's keys, by size."""
    head = [
        "signals",
        "pairs found",
        "signals with an earlier one found",
        "candidates mean / median / p99",
        "person keys",
        "household keys",
        "largest block",
    ]
    rows = (
        [
            f"{found.signals:,}",
            f"{found.pairs_found:.4f}",
            f"{found.signals_found:.4f}",
            f"{found.candidates_mean:.1f} / {found.candidates_p50} / {found.candidates_p99}",
            f"{found.person_keys_mean:.1f}",
            f"{found.household_keys_mean:.1f}",
            f"{found.largest_block:,}",
        ]
        for found in measured
    )
    return table(head, rows)


def of_look_ups(measured: Sequence[LookUps]) -> str:
    """Candidates and time of a look-up, by size and matcher."""
    head = [
        "signals",
        "matcher",
        "look-ups",
        "candidates mean / p99",
        "median ms",
        "p99 ms",
        "the core's time",
    ]
    own = {found.signals: found for found in measured if isinstance(found, CoreLookUps)}
    rows = (
        [
            f"{found.signals:,}",
            found.matcher,
            f"{len(found.seconds):,}",
            f"{found.mean_candidates:.1f} / {found.p99_candidates:.0f}",
            _milliseconds(found.median_seconds),
            _milliseconds(found.p99_seconds),
            "" if found is own[found.signals] else _times(found, own[found.signals]),
        ]
        for found in measured
    )
    return table(head, rows)


def of_deciding(measured: Sequence[LookUps]) -> str:
    """Comparing and deciding alone, in the core."""
    rows = (
        [
            f"{found.signals:,}",
            _milliseconds(percentile(found.deciding, 0.5)),
            _milliseconds(percentile(found.deciding, 0.9)),
            _milliseconds(percentile(found.deciding, 0.99)),
            f"{found.load:.0f}",
        ]
        for found in measured
        if isinstance(found, CoreLookUps)
    )
    return table(["signals", "median ms", "p90 ms", "p99 ms", "processes that wanted a core"], rows)


def _is_at_least_equal(found: Mapping[str, PublicFigures]) -> bool:
    odd, even = best_peer(found)
    return found[core.NAME].odd >= odd and found[core.NAME].even >= even


def _figure(name: str, value: float) -> str:
    return f"{value:.1f}" if name == "seconds" else f"{value:.4f}"


def _both(point: Point) -> str:
    return f"{point.precision:.3f} / {point.recall:.3f}"


def _milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:,.2f}" if seconds < 0.1 else f"{seconds * 1000:,.0f}"


def _times(found: LookUps, own: LookUps) -> str:
    return f"{found.median_seconds / own.median_seconds:,.0f} times"
