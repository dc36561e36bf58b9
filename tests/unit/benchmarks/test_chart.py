"""Line charts: drawn as a well-formed picture whose axes hold every figure."""

from __future__ import annotations

from xml.etree import ElementTree as ET

import pytest

from benchmarks.chart import Chart, Line, rounded, svg

SPACE = "{http://www.w3.org/2000/svg}"


def test_a_chart_is_a_picture_with_its_words_and_lines() -> None:
    """One path for a joined series, a circle for each dot of the other; what is named is escaped."""
    lines = [Line("a", [(0, 0), (4, 8)]), Line("b", [(1, 2)], dots=True)]
    chart = Chart("Reads & writes", "signals", "units", lines)

    picture = ET.fromstring(svg(chart))  # noqa: S314 - our own text

    words = [element.text for element in picture.iter(f"{SPACE}text")]
    dots = [(dot.get("cx"), dot.get("cy")) for dot in picture.iter(f"{SPACE}circle")]
    assert {"Reads & writes", "signals", "units", "a", "b"} <= set(words)
    assert [len(dots), "M70.0 280.0L740.0 56.0" in svg(chart)] == [1, True]


@pytest.mark.parametrize(("most", "end"), [(0.8, 0.8), (1, 1), (11, 20), (41, 60), (0, 1e-06)])
def test_an_axis_ends_at_a_round_figure(most: float, end: float) -> None:
    """Not below the highest."""
    assert rounded(most) == pytest.approx(end)
