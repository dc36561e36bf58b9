"""Asking each side to confirm its own record: two questions that tell nothing of each other."""

from __future__ import annotations

from datetime import timedelta

import pytest

from chalicelib.domain.audit import Act
from chalicelib.domain.errors import ReviewClosed, ReviewNotFound
from chalicelib.domain.notice import NoticeKind, NoticeState
from chalicelib.domain.review import ReviewVerdict
from chalicelib.ports.errors import Stale, StorageBusy
from tests.unit.matches.world import ADMINISTRATOR
from tests.unit.reviews.desk import Desk


def test_each_side_is_asked_about_its_own_signal() -> None:
    """One notice each, due at once, and delivery is woken."""
    desk = Desk()

    seen = desk.ask(ADMINISTRATOR, desk.review.id)

    notices = desk.state.notices.values()
    assert {(one.receiver, one.signal_id, one.kind, one.state) for one in notices} == {
        ("school#p1", "lo-1", NoticeKind.CONFIRMATION, NoticeState.PENDING),
        ("ggd#p1", "lo-2", NoticeKind.CONFIRMATION, NoticeState.PENDING),
    }
    assert {receiver for receiver, _ in desk.state.due} == set(desk.state.wakes) == {"school#p1", "ggd#p1"}
    assert seen.asked_at == desk.world.clock.now()
    assert desk.acts() == [Act.CONFIRMATION_ASKED]


@pytest.mark.rule("D16")
def test_the_ids_of_the_two_questions_tell_nothing_of_each_other() -> None:
    """They reach the organisations in mails and events."""
    desk = Desk()
    desk.ask(ADMINISTRATOR, desk.review.id)

    assert not [one for one in desk.state.notices if desk.review.id in one]


def test_who_was_asked_is_not_asked_again_within_a_day() -> None:
    """A repeat of the request is harmless, and wakes delivery in case the first wake got lost."""
    desk = Desk()
    desk.ask(ADMINISTRATOR, desk.review.id)
    desk.world.clock.advance(timedelta(hours=23))

    desk.ask(ADMINISTRATOR, desk.review.id)

    assert len(desk.state.notices) == 2
    assert desk.state.wakes == {"school#p1": 2, "ggd#p1": 2}


def test_who_was_asked_can_be_asked_again_later() -> None:
    """Two more notices."""
    desk = Desk()
    desk.ask(ADMINISTRATOR, desk.review.id)
    desk.world.clock.advance(timedelta(hours=24))

    desk.ask(ADMINISTRATOR, desk.review.id)

    assert len(desk.state.notices) == 4


def test_nobody_is_asked_about_what_was_decided() -> None:
    """There is no doubt any more."""
    desk = Desk()
    desk.give(ReviewVerdict.SAME)

    with pytest.raises(ReviewClosed):
        desk.ask(ADMINISTRATOR, desk.review.id)


def test_nobody_is_asked_about_a_signal_that_has_ended() -> None:
    """Even before reconcile has withdrawn the review."""
    desk = Desk()
    desk.world.clock.advance(timedelta(days=400))

    with pytest.raises(ReviewClosed):
        desk.ask(ADMINISTRATOR, desk.review.id)


def test_nobody_is_asked_in_an_unknown_review() -> None:
    """An id that was never given."""
    with pytest.raises(ReviewNotFound):
        Desk().ask(ADMINISTRATOR, "lo-none")


def test_who_never_gets_a_turn_is_told_to_come_back() -> None:
    """Nothing was written."""
    desk = Desk()

    def always_stale(operation: str) -> None:
        if operation == "reviews.ask":
            raise Stale("again")

    desk.state.before = always_stale

    with pytest.raises(StorageBusy):
        desk.ask(ADMINISTRATOR, desk.review.id)
    assert desk.state.notices == {}
