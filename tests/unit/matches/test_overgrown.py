"""How many signals one key brings together, which a reconcile reports and never cuts off."""

from __future__ import annotations

from dataclasses import replace

from chalicelib.matches.plan import OVERGROWN
from tests.builders import make_signal
from tests.unit.matches.world import World


def test_a_reconcile_tells_how_many_signals_share_one_key() -> None:
    """All of them were looked at."""
    world = World()
    world.give(make_signal("lo-1", "school"), make_signal("lo-2", "ggd"), make_signal("lo-3", "debt"))

    report = world.reconcile("lo-1")

    assert report.under_one_key == 3
    assert not report.is_overgrown
    assert replace(report, under_one_key=OVERGROWN + 1).is_overgrown
