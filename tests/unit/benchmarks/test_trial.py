"""Parts are slowed by turns, and only whole turns count."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.inside import Inside
from benchmarks.load import trial
from benchmarks.load.trial import Turn, tried, turning
from infra.emulator.brakes import Brakes

FREE, ITSELF, FUNCTIONS, WAITS = (
    Brakes(),
    Brakes(itself=trial.SHARE),
    Brakes(functions=trial.SHARE),
    Brakes(waits=trial.SHARE),
)
ROUND = [FREE, ITSELF, FREE, FUNCTIONS, FREE, WAITS]


def turns(*brakes: Brakes) -> list[Turn]:
    """One after the other, each of ten seconds."""
    return [Turn(one, 10.0 * place, 10.0 * place + 10) for place, one in enumerate(brakes)]


def look(start: float, end: float) -> Inside:
    """As many requests as the second at which the turn began to count."""
    return Inside(seconds=int(end - start), answered={"requests": start})


def test_each_kind_of_turn_is_a_mean_of_its_own() -> None:
    """The start of a turn is left out, and so is a round that did not end."""
    found = tried(turns(*ROUND, *ROUND, FREE, ITSELF), look)

    assert found is not None
    assert found.rounds == 2
    seen = [one.answered["requests"] for one in (found.free, found.itself, found.functions, found.waits)]
    assert seen == [53, 43, 63, 83]
    assert found.itself.seconds == 14


def test_less_than_a_round_shows_nothing() -> None:
    """Nothing to compare with."""
    assert tried(turns(*ROUND[:-1]), look) is None


def test_brakes_change_by_turns_and_are_off_at_the_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first turn, in which the calls begin, is not told."""
    monkeypatch.setattr(trial, "_TURN", 0.001)
    put: list[Brakes] = []
    monkeypatch.setattr(Brakes, "put", lambda brakes, _: put.append(brakes))

    with turning(tmp_path / "brakes.json", 3600) as told:
        while len(told) < len(ROUND):
            pass

    assert put[: 1 + len(ROUND)] == [FREE, *ROUND]
    assert put[-1] == FREE
    assert [turn.brakes for turn in told[: len(ROUND)]] == ROUND


def test_nothing_is_slowed_when_there_is_no_time_for_a_turn(tmp_path: Path) -> None:
    """The calls go on as they are."""
    with turning(tmp_path / "brakes.json", 1) as told:
        pass

    assert told == []
    assert Brakes.read(tmp_path / "brakes.json") == FREE
