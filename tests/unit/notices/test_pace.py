"""Mails leave no faster than the mail service allows, and nobody waits for their turn."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from chalicelib.notices.pace import PacedMailer
from chalicelib.notices.report import DeliveryReport
from chalicelib.ports.errors import DeliveryUnavailable, StorageBusy
from chalicelib.ports.world import Mail
from tests.fakes.world import FakeMailer, FixedClock
from tests.unit.notices.scene import SCHOOL, Scene

MAIL = Mail(to="a@b.example", subject="x", text="x", html="x", headers={})


@dataclass(slots=True)
class FakeTurns:
    """Counts in memory."""

    counts: Counter[int] = field(default_factory=Counter)
    busy: bool = False

    def take(self, second: int) -> int:
        """Take a turn."""
        if self.busy:
            raise StorageBusy
        self.counts[second] += 1
        return self.counts[second]


@pytest.fixture
def turns() -> FakeTurns:
    """Nothing was sent yet."""
    return FakeTurns()


def paced(turns: FakeTurns, clock: FixedClock, mailer: FakeMailer) -> PacedMailer:
    """Two a second, counted with those of every other function."""
    return PacedMailer(mailer=mailer, turns=turns, clock=clock, per_second=2)


def test_what_is_too_much_for_a_second_has_to_come_later(turns: FakeTurns) -> None:
    """In the next one there is room again."""
    clock, mailer = FixedClock(), FakeMailer()
    one, other = (paced(turns, clock, mailer) for _ in range(2))
    one.send(MAIL)
    other.send(MAIL)

    with pytest.raises(DeliveryUnavailable):
        one.send(MAIL)
    assert len(mailer.sent) == 2

    clock.advance(timedelta(seconds=1))
    assert one.send(MAIL) == "mail-3"


def test_mails_that_cannot_be_counted_are_held_back(turns: FakeTurns) -> None:
    """As if mail were not available; delivery tries again by itself."""
    turns.busy = True

    with pytest.raises(DeliveryUnavailable):
        paced(turns, FixedClock(), FakeMailer()).send(MAIL)


def test_delivery_out_of_turn_sets_a_later_time(turns: FakeTurns) -> None:
    """The notice stays due and is told then; nothing is lost, nothing sleeps."""
    scene = Scene()
    scene.notice(scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd")))
    mailer = paced(turns, scene.clock, FakeMailer())
    mailer.send(MAIL)
    mailer.send(MAIL)

    assert scene.deliver(SCHOOL, mailer=mailer) == DeliveryReport(postponed=1)
    scene.clock.advance(timedelta(seconds=30))
    assert scene.deliver(SCHOOL, mailer=mailer) == DeliveryReport(mails=1, sent=1)
