"""The page of load says what was measured, and what the limit is."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from benchmarks.chart import svg
from benchmarks.inside import Inside, inside
from benchmarks.load.bare import Floor
from benchmarks.load.calling import Calls
from benchmarks.load.phase import Phase
from benchmarks.load.processors import Usage
from benchmarks.load.reckoning import Reckoning
from benchmarks.load.report import Run, picture, told
from benchmarks.load.trial import Trial

PHASE = Phase(
    name="steady mix",
    calls=[Calls("give", 100, 1, 10.0, {20.0: 90, 400.0: 10})],
    signals=100,
    calling=10.0,
    settled=20.0,
    usage=Usage(emulator=4.0, functions=8.0, elapsed=20.0, busy=[75.0]),
    called=Inside(seconds=9, used=0.96, late=21.4, running={"api": 7.5, "match": 1.25, "sweep": 1.0}),
    caught_up=Inside(),
)
FREE, SLOWER = ({"requests": rate, "calls": rate / 10} for rate in (600.0, 400.0))
TRIAL = Trial(
    rounds=4,
    free=Inside(used=0.8, answered=FREE),
    itself=Inside(used=0.9, answered=SLOWER),
    functions=Inside(used=0.7, answered={"requests": 540.0, "calls": 54.0}),
    waits=Inside(used=0.8, answered=FREE),
)
RUN = Run(
    phases=[PHASE],
    slowed=PHASE,
    trial=TRIAL,
    floor=Floor(write=2.0, read=1.0, function=5.0),
    quiet=Inside(seconds=5, used=0.01, late=0.12),
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


def test_the_page_shows_what_went_on_inside() -> None:
    """Beside how it is when nothing is asked of it."""
    text = told(RUN)

    assert "| quiet | 5 | 1% | 0.1 ms | 0.0 | 0.0 | 0.0 |" in text
    assert "| steady mix, while called | 9 | 96% | 21.4 ms | 7.5 | 1.2 | 0.0 |" in text


def test_what_slows_everything_as_much_as_itself_is_the_limit() -> None:
    """Two thirds are left when it takes half as long again; slower functions change nothing."""
    text = told(RUN)

    assert "| the embedded AWS | 40.0 | 400 | 67% | 1.00 | 90% |" in text
    assert "| our functions, computing | 54.0 | 540 | 90% | 0.26 | 70% |" in text
    assert "| our functions, waiting | 60.0 | 600 | 100% | 0.00 | 80% |" in text
    assert "**it is the limit, not our functions.**" in text


@pytest.mark.parametrize(
    "trial",
    [replace(TRIAL, waits=Inside(answered=SLOWER)), replace(TRIAL, itself=Inside(answered=FREE))],
    ids=["our functions slow it too", "the embedded AWS does not slow it"],
)
def test_it_is_not_the_limit_when_the_trial_says_otherwise(trial: Trial) -> None:
    """Nobody is told of a ceiling that is ours."""
    assert "**No single part is shown to be the limit.**" in told(replace(RUN, trial=trial))


def test_a_run_on_a_busy_machine_does_not_pass_for_a_ceiling() -> None:
    """Nor one in which nothing was slowed for long enough."""
    crowded = replace(PHASE, usage=replace(PHASE.usage, busy=[99.0]))

    assert "(steady mix): **the machine is the limit**" in told(replace(RUN, slowed=crowded))
    assert "No part was slowed for long enough" in told(replace(RUN, trial=None))


def test_what_the_embedded_aws_told_is_summed_over_a_time(tmp_path: Path) -> None:
    """Whole seconds within it alone; a line that is still being written is none."""
    told_by_it = tmp_path / "watch.jsonl"
    lines: list[dict[str, object]] = [
        {"at": 10.5, "used": 0.1, "late": 0.5, "running": {}},
        {"at": 12.0, "used": 0.75, "late": 0.01, "answered": {"requests": 9.0}, "running": {"s-match": 2.0}},
        {
            "at": 13.0,
            "used": 1.0,
            "late": 0.03,
            "answered": {"requests": 5.0, "calls": 2.0},
            "running": {"s-match": 1.0, "s": 4.0},
        },
        {"at": 99.0, "used": 0.0, "late": 0.0, "running": {}},
    ]
    told_by_it.write_text("".join(json.dumps(line) + "\n" for line in lines) + '{"at": 12.5, "us')

    found = inside(told_by_it, "s", 10.0, 14.0)

    answered = {"requests": 7.0, "calls": 1.0}
    running = {"match": 1.5, "api": 2.0}
    assert found == Inside(seconds=2, used=0.875, late=20.0, answered=answered, running=running)
    assert inside(told_by_it, "s", 50.0, 60.0) == Inside()


def test_the_page_tells_what_was_lost() -> None:
    """As it is."""
    assert "| 1 | 0 | 2 | 0 | 0 |" in told(RUN)


def test_the_picture_counts_in_slots_of_ten_seconds() -> None:
    """Two lines, from the first moment of either."""
    chart = picture(RUN)

    assert [line.points for line in chart.lines] == [[(5.0, 0.2), (15.0, 0.1)], [(5.0, 0.0), (15.0, 0.1)]]
    assert ET.fromstring(svg(chart)).tag.endswith("svg")  # noqa: S314 - our own text
