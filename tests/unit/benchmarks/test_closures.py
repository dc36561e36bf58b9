"""What hangs together is walked as a reconcile walks it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.closures import Region, Walker, row
from chalicelib.matching import default_model

CHILD: dict[str, Any] = {
    "given_names": "Tim",
    "surname": "Verhagen",
    "date_of_birth": "2014-03-09",
    "gender": "M",
    "postcode": "3511AB",
    "house_number": 12,
    "parents": [],
}
SISTER = CHILD | {"given_names": "Roos", "date_of_birth": "2016-08-21", "gender": "F"}
STRANGER = CHILD | {
    "given_names": "Daan",
    "surname": "Öztürk",
    "date_of_birth": "2009-11-30",
    "postcode": "6211CD",
}


@pytest.fixture
def region(tmp_path: Path) -> Region:
    """Two signals about a child, one about the sister, one about somebody else."""
    path = tmp_path / "signals.jsonl"
    people = [CHILD, CHILD, SISTER, STRANGER]
    path.write_text("".join(json.dumps(one | {"signal_id": str(at)}) + "\n" for at, one in enumerate(people)))
    return Region(path)


def test_the_child_and_the_household_hang_together(region: Region) -> None:
    """The same child, the sister by their address, and nobody else."""
    assert region.grow(4)
    walker = Walker(region, default_model())

    assert [walker.closure(signal) for signal in range(4)] == [3, 3, 3, 1]


def test_only_what_is_indexed_is_found(region: Region) -> None:
    """A region grows to the size that is asked, and no further than its file."""
    assert region.grow(1)
    assert Walker(region, default_model()).closure(0) == 1

    assert not region.grow(5)
    assert region.size == 4


def test_a_row_tells_how_many_are_too_large() -> None:
    """A walk that was given up has no size."""
    model = replace(default_model(), possible_threshold=2.5)

    assert row(1000, model, [1, 2, 500]) == "| 1,000 | 2.50 bits | 2 | > 400 | > 400 | 1 of 3 |"
