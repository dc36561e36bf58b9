"""Random lives keep every limit of the law and leave nothing behind (D1, D7, D34 to D38)."""

from __future__ import annotations

import pytest

from chalicelib.ports.storage import Page
from chalicelib.signals.let_go import LetGo
from tests.lives.life import life_of, live

LIVES = 180
PARTS = 10


@pytest.mark.rule("D34")
@pytest.mark.rule("D35")
@pytest.mark.rule("D38")
@pytest.mark.parametrize("part", range(PARTS))
def test_no_life_passes_a_limit_or_leaves_anything(part: int) -> None:
    """A part of the seeds; ``make lives SEED=…`` tells the life of one that fails."""
    outcomes = {seed: live(seed) for seed in range(part, LIVES, PARTS)}

    broken = {seed: outcome.broken for seed, outcome in outcomes.items() if outcome.broken}
    stories = ["\n".join(outcomes[seed].story) for seed in broken]
    assert broken == {}, "\n\n".join(stories)


def test_a_seed_lives_the_same_life_again() -> None:
    """To the last line."""
    assert live(11).story == live(11).story


def test_a_step_of_a_life_can_be_left_out() -> None:
    """So that a life that fails is told without what does not matter."""
    steps = len(life_of(11).steps)

    assert len(live(11, without=frozenset({1, 2})).story) == steps - 2


def test_an_archive_that_keeps_too_long_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """The code with one thing wrong: nothing is ever let go."""
    monkeypatch.setattr(LetGo, "_over", lambda *_: Page((), None))

    assert any("too long" in one or "until" in one for seed in range(20) for one in live(seed).broken)
