"""Several own signals about one youth, and what must be told on which of them; found by simulation."""

from __future__ import annotations

import pytest

from chalicelib.domain.notice import NoticeKind, NoticeState
from chalicelib.notices.deliver import LEASE
from chalicelib.notices.errors import DeliveryUncertain
from chalicelib.notices.report import DeliveryReport
from chalicelib.notices.settling import LONGEST_WAIT
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


@pytest.mark.rule("D15")
def test_a_look_tells_what_no_notice_says(scene: Scene) -> None:
    """The notice that says it is made by delivery, and the look is done."""
    told_on, untold, nurse = (
        scene.signal("lo-1", "school"),
        scene.signal("lo-2", "school"),
        scene.signal("lo-3", "ggd"),
    )
    first, second = scene.match(told_on, nurse), scene.match(untold, nurse)
    scene.told(first)
    scene.end_match(first)
    look = scene.notice(second, NoticeKind.LOOK)

    assert scene.deliver() == DeliveryReport(mails=1, sent=2, cancelled=1)
    assert scene.now(look).state is NoticeState.CANCELLED
    assert untold.number in scene.mails[0].text
    assert scene.storage.state.due == {}


def test_a_look_where_nothing_is_to_be_said_says_nothing(scene: Scene) -> None:
    """What was told is what is."""
    match = scene.match(scene.signal("lo-1", "school"), scene.signal("lo-3", "ggd"))
    scene.told(match)
    scene.notice(scene.match(scene.signal("lo-2", "school"), scene.signal("lo-3", "ggd")), NoticeKind.LOOK)

    assert scene.deliver() == DeliveryReport(cancelled=1)


def test_a_word_that_delivery_added_waits_when_the_mail_cannot_leave(scene: Scene) -> None:
    """It is due like any other."""
    scene.notice(scene.match(scene.signal("lo-1", "school"), scene.signal("lo-3", "ggd")), NoticeKind.LOOK)
    scene.mailer.failures.append(DeliveryUnavailable())

    first = scene.deliver()
    scene.clock.advance(LONGEST_WAIT)

    assert first == DeliveryReport(postponed=1, cancelled=1)
    assert scene.deliver() == DeliveryReport(mails=1, sent=1)


def test_a_notice_that_went_over_to_a_renewal_keeps_to_it(scene: Scene) -> None:
    """Though its mail may not have left: the repeat is told on the same own signal."""
    old, renewed, nurse = (
        scene.signal("lo-1", "school"),
        scene.signal("lo-2", "school"),
        scene.signal("lo-3", "ggd"),
    )
    first = scene.end_match(scene.match(old, nurse))
    scene.end_signal(old)
    scene.match(renewed, nurse)
    scene.notice(first, state=NoticeState.SENDING, signal_id="lo-2", attempts=1)

    assert scene.deliver() == DeliveryReport(mails=1, sent=1)
    assert renewed.number in scene.mails[0].text


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


@pytest.mark.rule("D15")
def test_a_match_that_arises_while_its_case_is_read_gets_nothing_said_twice(scene: Scene) -> None:
    """Signals read before it and after it show two parts of one case, and both would say the same."""
    own, renewed = scene.signal("lo-1", "school"), scene.signal("lo-2", "school")
    nurse, later = scene.signal("lo-3", "ggd"), scene.signal("lo-4", "ggd")
    scene.notice(scene.match(own, nurse))
    scene.notice(scene.match(renewed, later))
    lists_read = iter(range(1, 100))

    def arise(operation: str) -> None:
        if operation == "matches.of_signal" and next(lists_read) == len({own.id, nurse.id}) + 1:
            scene.match(own, later)

    scene.storage.state.before = arise

    assert scene.deliver() == DeliveryReport(mails=1, sent=1, cancelled=1)
    assert scene.mails[0].subject == "Verwijsindex: 1 nieuwe match"
