"""Every matcher on generated regions of Dutch families."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.curve import Point
from benchmarks.peers import core, rules, splinking, toolkit
from benchmarks.peers.claims import Claims, by_slice, figures
from benchmarks.peers.columns import table_of
from benchmarks.peers.region import ALL, SLICES, Region


@dataclass(frozen=True, slots=True, kw_only=True)
class RegionFigures:
    """By matcher: figures of the region, precision and recall by slice, and the curve of each slice."""

    region: Region
    signals: int
    true_pairs: int
    figures: dict[str, dict[str, float]]
    slices: dict[str, dict[str, Point]]
    curves: dict[str, dict[str, list[Point]]]


def measure(region: Region, shifts: Sequence[float]) -> RegionFigures:
    """Let every matcher claim, and hold the claims against the truth; ``shifts`` as in :func:`core.claim`."""
    claimed = list(claims_about(region, shifts))
    return RegionFigures(
        region=region,
        signals=len(region.records),
        true_pairs=len(region.true_pairs),
        figures={claims.matcher: figures(claims, region) for claims in claimed},
        slices={claims.matcher: by_slice(claims, region) for claims in claimed},
        curves={
            name: {claims.matcher: claims.points(region, name) for claims in claimed}
            for name in (ALL, *SLICES)
        },
    )


def claims_about(region: Region, shifts: Sequence[float]) -> Iterator[Claims]:
    """What each matcher claims, the core last."""
    table = table_of(region.records)
    yield from (rules.claim(name, region.records) for name in rules.RULES)
    yield toolkit.claim(table)
    yield splinking.claim(table)
    yield core.claim(region, shifts)
