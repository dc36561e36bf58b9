"""Whatever fails in between, and however often parts run again: nothing is lost, nothing is told twice."""

from __future__ import annotations

import pytest

from tests.simulation.hunt import MOST_RUNS, runs_until_noticed
from tests.simulation.mutants import MUTANTS
from tests.simulation.running import run
from tests.simulation.story import story_of
from tests.simulation.variant import Variant

RUNS = 20_000
PARTS = 100

OPEN_FAULTS: dict[int, list[str]] = {}
"""Stories that still break a promise (docs/simulation.md, "Still open"); the list only gets shorter."""


@pytest.mark.parametrize("part", range(PARTS))
def test_every_promise_holds_once_the_dust_has_settled(part: int) -> None:
    """A part of the seeds; `make simulate SEED=…` tells the story of one that fails."""
    seeds = range(part, RUNS, PARTS)

    broken = {seed: outcome.broken for seed in seeds if (outcome := run(seed)).broken}

    assert broken == {seed: fault for seed, fault in OPEN_FAULTS.items() if seed in seeds}


@pytest.mark.parametrize("part", range(4))
def test_every_promise_holds_however_hasty_the_changes(part: int) -> None:
    """Signals that change while they are reconciled, and nothing that brings them up again."""
    seeds = range(-1 - part, -401, -4)

    broken = {seed: outcome.broken for seed in seeds if (outcome := run(seed)).broken}

    assert broken == {}


@pytest.mark.parametrize("seed", [3, 6, 11, 46])
def test_a_seed_gives_the_same_run_again(seed: int) -> None:
    """To the last operation, so that a failure can be told and mended."""
    first: list[str] = []
    second: list[str] = []

    run(seed, trace=first.append)
    run(seed, trace=second.append)

    assert first == second


def test_every_step_of_a_story_can_be_left_out() -> None:
    """A failing story is told without the steps that do not matter."""
    steps = range(len(story_of(7).steps))

    assert all(len(run(7, without=frozenset({step})).story) == len(steps) - 1 for step in steps)


@pytest.mark.parametrize("mutant", MUTANTS, ids=lambda mutant: mutant.name)
def test_a_deliberate_fault_is_noticed(mutant: Variant) -> None:
    """The code with one thing wrong breaks a promise within a bounded number of runs."""
    assert runs_until_noticed(mutant, mutant.seeds(MOST_RUNS)) is not None
