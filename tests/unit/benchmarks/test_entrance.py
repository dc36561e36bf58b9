"""How the figures of getting in are taken and told."""

from __future__ import annotations

from benchmarks.entrance import table, timed


def test_every_time_after_the_warm_up_is_measured() -> None:
    """Each by its number, so that none is a repeat."""
    done: list[int] = []

    spent = timed(done.append, 3)

    assert done == list(range(8))
    assert len(spent) == 3


def test_the_table_tells_median_and_tail() -> None:
    """In milliseconds, with how often."""
    told = table({"a step": [1.0, 2.0, 3.0, 4.0]})

    assert told.splitlines()[2] == "| a step | 2.50 | 4.75 |"
    assert told.endswith("Each 4 times in one warm process, one after the other.")
