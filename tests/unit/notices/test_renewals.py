"""Several own signals about one youth, and what must be told on which of them; found by simulation."""

from __future__ import annotations

import pytest

from chalicelib.domain.notice import NoticeKind, NoticeState
from chalicelib.notices.deliver import LEASE, LONGEST_WAIT
from chalicelib.notices.errors import DeliveryUncertain
from chalicelib.notices.report import DeliveryReport
from chalicelib.ports.errors import DeliveryUnavailable
from infra.functions import FUNCTIONS
from tests.unit.notices.scene import Scene


@pytest.fixture
def scene() -> Scene:
    """A region in memory."""
    return Scene()


@pytest.mark.rule("D37")
def test_an_end_is_not_told_while_the_same_professional_is_still_known_there(scene: Scene) -> None:
    """Of two matches with one professional one came back before the mail left: nothing has ended."""
    school, one, renewed = (
        scene.signal("lo-1", "school"),
        scene.signal("lo-2", "ggd"),
        scene.signal("lo-3", "ggd"),
    )
    scene.told(scene.match(school, one))
    end = scene.notice(scene.end_match(scene.match(school, renewed)), NoticeKind.ENDED)

    assert scene.deliver() == DeliveryReport(cancelled=1)
    assert scene.now(end).state is NoticeState.CANCELLED


@pytest.mark.rule("D15")
def test_a_coming_is_news_on_a_signal_that_was_never_told_of_the_going(scene: Scene) -> None:
    """What was told on one own signal ends there; on the other, where it goes on, it is told now."""
    told_on, untold = scene.signal("lo-1", "school"), scene.signal("lo-2", "school")
    old, new = scene.signal("lo-3", "ggd"), scene.signal("lo-4", "ggd")
    first, second = scene.match(told_on, old), scene.match(untold, old)
    scene.told(first)
    scene.notice(scene.end_match(first), NoticeKind.ENDED)
    dropped = scene.notice(scene.end_match(second), NoticeKind.ENDED)
    coming = scene.notice(scene.match(untold, new))

    assert scene.deliver() == DeliveryReport(mails=1, sent=2, cancelled=1)
    assert scene.now(dropped).state is NoticeState.CANCELLED
    assert scene.now(coming).state is NoticeState.SENT


def test_a_mail_that_may_have_left_once_is_not_forgotten_when_the_next_cannot_leave(scene: Scene) -> None:
    """It still counts as told, so that its end will be told too."""
    notice = scene.notice(scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd")))
    scene.mailer.failures.extend([DeliveryUncertain(), DeliveryUnavailable()])

    scene.deliver()
    scene.clock.advance(LONGEST_WAIT)
    scene.deliver()

    assert scene.now(notice).state is NoticeState.SENDING


def test_a_lease_outlives_every_function_that_delivers() -> None:
    """Else a slow delivery and its successor would both send."""
    longest = max(one.timeout for one in FUNCTIONS if one.name in {"deliver", "sweep"})

    assert LEASE.total_seconds() > longest
