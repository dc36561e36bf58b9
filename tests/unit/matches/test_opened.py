"""Who is over need not open to hold nobody up; who is not, has to."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from chalicelib.matches.opened import opened
from chalicelib.ports.sealing import SealBroken
from tests.builders import TODAY, make_signal
from tests.unit.matches.world import OneIsBroken, World

OVER = make_signal("lo-1", "school", ends_on=TODAY - timedelta(days=1))
OTHERS = (make_signal("lo-2", "ggd", ends_on=OVER.ends_on), make_signal("lo-3", "debt"))


@pytest.fixture
def signals() -> OneIsBroken:
    """Two that are over, of which the first does not open, and one that is active."""
    world = World()
    world.give(OVER, *OTHERS)
    return OneIsBroken(world.storage.state)


def test_what_does_not_open_stays_sealed_and_the_others_are_opened(signals: OneIsBroken) -> None:
    """Those that are over too."""
    found = opened(signals, ["lo-1", "lo-2", "lo-3", "lo-gone"], TODAY)

    assert found == {"lo-1": replace(OVER, youth=None, informed=None), "lo-2": OTHERS[0], "lo-3": OTHERS[1]}


@pytest.mark.parametrize(
    ("day", "subject"), [(OVER.ends_on, None), (TODAY, "lo-1")], ids=["active", "subject"]
)
def test_what_is_evidence_has_to_open(signals: OneIsBroken, day: date, subject: str | None) -> None:
    """While it is active, and when it is what all is about."""
    with pytest.raises(SealBroken):
        opened(signals, ["lo-1", "lo-2"], day, subject=subject)
