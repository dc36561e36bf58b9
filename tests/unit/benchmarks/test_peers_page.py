"""The tables and pictures of the page."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from benchmarks.curve import Point
from benchmarks.peers import __main__ as command
from benchmarks.peers import core, pictures, splinking, tables, toolkit
from benchmarks.peers.families import RegionFigures
from benchmarks.peers.lookups import CoreLookUps, LookUps, percentile
from benchmarks.peers.plan import FULL, HEAD, QUICK
from benchmarks.peers.public import PublicFigures
from benchmarks.peers.region import ALL, SLICES, Region
from infra.places import ROOT

_FOUND = RegionFigures(
    region=Region("seed 1, normal", Path("nowhere")),
    signals=1_000,
    true_pairs=1_500,
    figures={core.NAME: {"precision": 0.9997, "recall": 0.9, "seconds": 12.34}},
    slices={core.NAME: dict.fromkeys(SLICES, Point(0.0, 0.999, 0.5))},
    curves={
        ALL: {core.NAME: [Point(0.0, 0.999, 0.5)], splinking.NAME: [Point(9, 1, 0.1), Point(1, 0.5, 0.9)]}
    },
)
_LOOKED_UP = [
    CoreLookUps(
        matcher=core.NAME,
        signals=1_000,
        candidates=[1, 3],
        seconds=[0.001, 0.003],
        deciding=[0.001],
        load=7.6,
    ),
    LookUps(matcher=toolkit.NAME, signals=1_000, candidates=[8], seconds=[0.5], load=7.6),
]


def test_a_region_has_a_row_for_each_matcher() -> None:
    """Shares with four digits, seconds with one."""
    assert tables.of_region(_FOUND) == (
        "**seed 1, normal**: 1,000 signals, 1,500 pairs about one child.\n\n"
        "| matcher | precision | recall | seconds |\n| --- | --- | --- | --- |\n"
        "| Verwijsindex | 0.9997 | 0.9000 | 12.3 |\n"
    )


def test_a_slice_has_precision_and_recall() -> None:
    """A row for each slice."""
    rows = tables.of_slices(_FOUND).splitlines()

    assert len(rows) == 2 + len(SLICES)
    assert rows[2] == "| twins | 0.999 / 0.500 |"


@pytest.mark.parametrize(("odd", "verdict"), [(0.999, "yes"), (0.998, "no")])
def test_a_public_set_tells_whether_the_core_is_at_least_equal(odd: float, verdict: str) -> None:
    """Equal on both halves, or it is not."""
    measured = {2: {core.NAME: PublicFigures(odd, 1.0, 1), "peer": PublicFigures(0.999, 0.99, 1)}}

    assert (
        tables.of_public(measured).splitlines()[2]
        == f"| FEBRL 2 | {odd:.5f} / 1.00000 | 0.99900 / 0.99000 | {verdict} |"
    )


def test_look_ups_tell_how_many_times_the_core_s_time_a_peer_takes() -> None:
    """By the medians."""
    assert tables.of_look_ups(_LOOKED_UP).splitlines()[2:] == [
        "| 1,000 | Verwijsindex | 2 | 2.0 / 3 | 2.00 | 3.00 |  |",
        "| 1,000 | recordlinkage (ECM) | 1 | 8.0 / 8 | 500 | 500 | 250 times |",
    ]


def test_deciding_alone_is_told_of_the_core_only() -> None:
    """With how busy the machine was."""
    assert tables.of_deciding(_LOOKED_UP).splitlines()[2:] == ["| 1,000 | 1.00 | 1.00 | 1.00 | 8 |"]


def test_a_percentile_is_a_value_that_occurred() -> None:
    """The highest one too."""
    assert [percentile([3, 1, 2, 4], share) for share in (0.0, 0.5, 0.99, 1.0)] == [1.0, 3.0, 4.0, 4.0]


def test_precision_is_drawn_by_its_nines() -> None:
    """None wrong stands at the top, not at infinity."""
    assert [round(pictures.nines(share), 3) for share in (0.9, 0.99, 0.999, 1.0)] == [1.0, 2.0, 3.0, 4.5]


def test_every_picture_is_well_formed() -> None:
    """Also with a single size of index and a matcher of one point."""
    drawn = (
        pictures.precision_and_recall(_FOUND),
        pictures.candidates(_LOOKED_UP),
        pictures.times(_LOOKED_UP),
    )

    assert {ET.fromstring(picture).tag for picture in drawn} == {"{http://www.w3.org/2000/svg}svg"}  # noqa: S314 - our own


def test_a_part_that_is_not_there_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Before anything is measured."""
    monkeypatch.setattr("sys.argv", ["peers", "famlies"])

    with pytest.raises(SystemExit):
        command.main()

    assert "no such part: famlies" in capsys.readouterr().err


def test_a_quick_run_writes_beside_the_documentation_and_not_into_it() -> None:
    """Its figures are of small regions."""
    assert FULL.page.parent.name == "benchmarks"
    assert "docs" not in QUICK.page.relative_to(ROOT).parts


def test_a_page_begins_with_what_holds_for_all_sections(tmp_path: Path) -> None:
    """And a section is written anew."""
    plan = replace(QUICK, page=tmp_path / "new" / "peers.md")
    plan.write("FEBRL", "first")
    plan.write("FEBRL", "second")

    text = plan.page.read_text("utf-8")
    assert text.startswith(HEAD)
    assert ("first" in text, "second" in text) == (False, True)


def test_a_plan_of_other_regions_names_the_command_that_asks_for_them() -> None:
    """So the page can be made again."""
    plan = FULL.of_regions(500)

    assert (plan.signals, plan.command) == (500, 'make bench-matching PART="families --signals 500"')


@pytest.mark.parametrize(
    ("parts", "said"),
    [(["look-ups"], "PART=look-ups"), (["public", "look-ups"], 'PART="public look-ups"')],
)
def test_a_plan_of_some_parts_names_the_command_that_asks_for_them(parts: list[str], said: str) -> None:
    """The sections of a page may come of several runs, and each says of which."""
    assert FULL.of_parts(parts).command == f"make bench-matching {said}"


def test_the_committed_page_has_that_beginning_and_every_part() -> None:
    """`make bench-matching` writes it."""
    text = FULL.page.read_text("utf-8")

    assert text.startswith(HEAD)
    assert [line for line in text.splitlines() if line.startswith("## ")] == [
        "## Dutch families",
        "## FEBRL",
        "## Keys",
        "## Look-ups",
    ]
