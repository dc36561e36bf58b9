"""Several charts in one picture."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from benchmarks.panels import Axis, Panel, Series, svg

_X = Axis(label="size", ticks=[(0.0, "1"), (1.0, "10"), (2.0, "100")])
_Y = Axis(label="share", ticks=[(0.0, "0"), (1.0, "1")])


def _drawn(*series: Series) -> ET.Element:
    panel = Panel(title="Found & lost", x=_X, y=_Y, series=series)
    return ET.fromstring(svg("Title", "Words", [panel, panel], columns=2, size=(300, 200)))  # noqa: S314 - our own


def _all(root: ET.Element, tag: str) -> list[ET.Element]:
    return list(root.iter(f"{{http://www.w3.org/2000/svg}}{tag}"))


def test_the_picture_is_whole_and_says_in_words_what_it_shows() -> None:
    """Well-formed, with a title and a description for those who do not see it."""
    root = _drawn(Series(name="a < b", look=0, points=[(0, 0), (1, 1)]))

    assert [child.tag.rpartition("}")[2] for child in root][:2] == ["title", "desc"]
    assert root.attrib["viewBox"].startswith("0 0 600 ")


def test_a_value_beyond_the_bounds_is_put_at_them() -> None:
    """So a picture never draws outside its frame."""
    assert [_X.share(value) for value in (-1.0, 0.5, 3.0)] == [0.0, 0.25, 1.0]


def test_a_name_stands_once_in_the_legend() -> None:
    """Though both panels have it."""
    texts = [text.text for text in _all(_drawn(Series(name="core", look=0, points=[(0, 0)])), "text")]

    assert texts.count("core") == 1
    assert texts.count("Found & lost") == 2


def test_one_point_is_a_mark_and_several_are_a_line_too() -> None:
    """In each of two panels, and a sample of each in the legend."""
    alone = _drawn(Series(name="alone", look=3, points=[(1, 0.5)]))
    line = _drawn(Series(name="line", look=1, points=[(0, 0), (2, 1)], marks=False))

    assert (len(_all(alone, "circle")), _ways(alone)) == (2 + 1, 0 + 1)
    assert (len(_all(line, "circle")), _ways(line)) == (0, 2 + 1)


def _ways(root: ET.Element) -> int:
    return sum(path.attrib["class"].startswith("line") for path in _all(root, "path"))
