"""What is put together once serves for as long as the process lives: over midnight, too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest

from chalicelib.wiring import base
from chalicelib.wiring.histories import open_history
from infra.chalice_config import environment
from infra.stages import LOCAL_STAGE, stage_named
from tests.builders import TODAY, WrittenOut, make_signal
from tests.fakes import FakePseudonyms
from tests.unit.matches.test_earlier import make_archived, with_archive
from tests.unit.matches.world import World


@pytest.fixture
def world(monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Everything is wired over a region in memory; what the archive holds there goes after today."""
    region = with_archive(make_archived("lo-a1", until=TODAY))
    region.arrive(make_signal("lo-s1"))
    for name, value in environment(stage_named(LOCAL_STAGE), base_url="https://index.example/v1").items():
        monkeypatch.setenv(name, value)
    for name, made in (("clock", region.clock), ("storage", region.storage), ("names", region.names)):
        monkeypatch.setattr(base, name, lambda made=made: made)
    base.settings.cache_clear()
    yield region
    base.settings.cache_clear()


@pytest.mark.rule("D35")
@pytest.mark.rule("D36")
def test_opening_the_archive_knows_that_a_day_has_gone_by(world: World) -> None:
    """What it keeps no longer is not shown, by a process that began when it was kept still."""
    opening = open_history(FakePseudonyms(), WrittenOut())
    today = [one.id for one in opening.find("lo-s1")]

    world.clock.advance(timedelta(days=1))

    assert (today, opening.find("lo-s1")) == (["lo-a1"], ())
