"""The page of load says what was measured, and what the limit is."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from benchmarks.chart import svg
from benchmarks.load.bare import Floor
from benchmarks.load.calling import Calls
from benchmarks.load.phase import Phase
from benchmarks.load.processors import Usage
from benchmarks.load.reckoning import Reckoning
from benchmarks.load.report import Run, picture, told

PHASE = Phase(
    name="steady mix",
    calls=[Calls("give", 100, 1, 10.0, {20.0: 90, 400.0: 10})],
    signals=100,
    calling=10.0,
    settled=20.0,
    usage=Usage(emulator=4.0, functions=8.0, elapsed=20.0, busy=[75.0]),
)
RUN = Run(
    phases=[PHASE],
    floor=Floor(write=2.0, read=1.0, function=5.0),
    reckoning=Reckoning(signals=100, matches=40, mails=80, lost=1, needless=0, untold=2, twice=0, unsure=0),
    given=[100.0, 101.0, 115.0],
    mailed=[112.0],
)


def test_the_page_gives_rates_and_the_ceiling() -> None:
    """40 ms of the emulator's own time a signal are 25 signals a second, however fast the rest is."""
    text = told(RUN)

    assert "| steady mix: give | 100 | 1 | 10.0 | 20 ms | 400 ms | 400 ms |" in text
    assert "| steady mix | 100 | 10.0/s | 5.0/s, all quiet after 20 s |" in text
    assert "| steady mix | 40 ms | **25.0 signals/s** | 80 ms | 20% of its processor | 75% of all |" in text
    assert "as much as 20 bare puts" in text


def test_the_page_tells_what_was_lost() -> None:
    """As it is."""
    assert "| 1 | 0 | 2 | 0 | 0 |" in told(RUN)


def test_the_picture_counts_in_slots_of_ten_seconds() -> None:
    """Two lines, from the first moment of either."""
    chart = picture(RUN)

    assert [line.points for line in chart.lines] == [[(5.0, 0.2), (15.0, 0.1)], [(5.0, 0.0), (15.0, 0.1)]]
    assert ET.fromstring(svg(chart)).tag.endswith("svg")  # noqa: S314 - our own text
