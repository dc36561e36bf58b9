"""Growth: the line that no signal exceeds, flat writes, and youths as requests that the interface takes."""

from __future__ import annotations

from benchmarks.growth.measure import Blocks, Cost, Size
from benchmarks.growth.probes import measurable, request
from benchmarks.growth.report import flat, line, told
from benchmarks.growth.seeds import first
from chalicelib.api.schemas.signals import NewSignalBody
from chalicelib.matching import fold


def cost(candidates: int, reads: float, writes: float = 33.0, *, crowded: bool = False) -> Cost:
    """Of one signal."""
    return Cost(
        youth=1,
        crowded=crowded,
        candidates=candidates,
        requests=17,
        reads=reads,
        writes=writes,
        milliseconds=9.0,
    )


def test_no_signal_is_above_the_line() -> None:
    """The slope is that of least squares, lifted to the one that read most."""
    costs = [cost(0, 10), cost(10, 20), cost(0, 14), cost(10, 24)]

    assert line(costs) == (14, 1)


def test_writes_are_flat_when_no_size_is_two_percent_off() -> None:
    """Either way, and for both kinds of signal."""
    small = Size(1000, [cost(1, 15, 100.0)], [cost(1, 50, 200.0)])

    assert flat([small, Size(10_000, [cost(9, 23, 101.9)], [cost(9, 60, 196.1)])])
    assert not flat([small, Size(10_000, [cost(9, 23, 100.0)], [cost(9, 60, 205.0)])])


def test_a_youth_chosen_for_being_crowded_is_told_apart() -> None:
    """Reads are seen over a range of candidates by them; they are not what a signal costs in the mean."""
    small, large = (
        Size(size, [cost(1, 15, 33.0), cost(9, 40, writes, crowded=True)], [cost(1, 50, 90.0)])
        for size, writes in ((1_000, 33.0), (10_000, 50.0))
    )

    assert flat([small, large])
    assert "| 10,000 | no match, crowded | 9.0 | 17.0 | 40.0 | 50.00 |" in told([small, large])


def test_the_text_says_when_writes_are_not_flat() -> None:
    """Plainly."""
    crowded = cost(9, 40, crowded=True)
    small, large = (Size(10, [cost(1, 15, writes), crowded], [cost(1, 50)]) for writes in (33.0, 40.0))

    assert "Write units of youths as they come flat within 2%: **NO**." in told([small, large])


def test_candidates_are_counted_once() -> None:
    """However many keys two signals share."""
    youth = fold(first(1, seed=1)[0])
    blocks = Blocks()
    blocks.add(youth)
    blocks.add(youth)

    assert blocks.candidates(youth) == 2


def test_generated_youths_are_requests_that_the_interface_takes() -> None:
    """Every measurable one of a hundred."""
    youths = [youth for youth in first(100, seed=2) if measurable(youth)]

    bodies = [NewSignalBody.model_validate(request(youth, at, "first")) for at, youth in enumerate(youths)]

    assert len(bodies) > 20
