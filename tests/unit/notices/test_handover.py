"""What is told where people change while mails fail: nobody is forgotten (D15, D28, D37)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.match import EndReason, Match
from chalicelib.domain.notice import NoticeKind, NoticeState, notice_id
from chalicelib.domain.signal import Signal
from chalicelib.matching.decision import MatchKind
from chalicelib.notices.errors import DeliveryUncertain
from tests.unit.notices.scene import SCHOOL, Scene

HOUSEHOLD = MatchKind.HOUSEHOLD


@pytest.mark.rule("D28")
def test_who_hears_of_an_end_hears_who_took_the_others_signals_over() -> None:
    """They knew of both signals by one word; the signal that is left is a colleague's by now."""
    scene = Scene()
    own, gone = scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd")
    left = scene.signal("lo-3", "ggd", "p2")
    told = scene.match(own, gone, kind=HOUSEHOLD)
    scene.told(told)
    scene.end_signal(gone)
    ended = replace(scene.end_match(told), end_reason=EndReason.SIGNAL_ENDED)
    scene.storage.state.matches[told.id] = ended
    stays = scene.match(own, left, kind=HOUSEHOLD)
    end = scene.notice(ended, NoticeKind.ENDED)

    report = scene.deliver()

    begun = scene.storage.state.notices[notice_id(stays.id, 1, NoticeKind.STARTED, SCHOOL)]
    assert (report.mails, scene.now(end).state, begun.state) == (1, NoticeState.SENT, NoticeState.SENT)


def test_who_hears_of_an_end_hears_nothing_anew_of_colleagues_they_know() -> None:
    """Of those they were told long ago."""
    scene = Scene()
    own, gone = scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd")
    told = scene.match(own, gone, kind=HOUSEHOLD)
    known = scene.match(own, scene.signal("lo-3", "ggd", "p2"), kind=HOUSEHOLD)
    scene.told(told)
    before = scene.told(known)
    scene.end_signal(gone)
    ended = replace(scene.end_match(told), end_reason=EndReason.SIGNAL_ENDED)
    scene.storage.state.matches[told.id] = ended
    end = scene.notice(ended, NoticeKind.ENDED)

    scene.deliver()

    assert set(scene.states()) == {before.id, end.id, notice_id(told.id, 1, NoticeKind.STARTED, SCHOOL)}


@pytest.mark.rule("D37")
def test_an_end_that_may_have_left_did_so_when_it_was_sent() -> None:
    """Not when it was noted, which may be before the beginning was even told; what begins then is news."""
    scene = Scene()
    own, gone = scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd")
    match = scene.match(own, gone, kind=HOUSEHOLD)
    ended_at = scene.clock.now()
    scene.clock.advance(timedelta(seconds=5))
    scene.told(match)
    scene.end_signal(gone)
    ended = replace(scene.end_match(match), end_reason=EndReason.SIGNAL_ENDED)
    scene.storage.state.matches[match.id] = ended
    end = scene.notice(ended, NoticeKind.ENDED, created_at=ended_at)
    scene.clock.advance(timedelta(seconds=5))
    scene.mailer.failures.append(DeliveryUncertain("ReadTimeoutError"))
    scene.deliver()
    assert scene.now(end).state is NoticeState.SENDING

    anew = scene.match(own, scene.signal("lo-3", "ggd"), kind=HOUSEHOLD)
    begun = scene.notice(anew)
    scene.clock.advance(timedelta(hours=1))
    scene.deliver()

    assert scene.now(begun).state is NoticeState.SENT


@pytest.mark.rule("D28")
def test_a_match_that_ended_counts_as_of_who_holds_its_signal_since() -> None:
    """It is not written anew when the signal goes over; they were known by it, and still are involved."""
    scene = Scene()
    own, gone = scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd", "p2")
    told = scene.match(own, replace(gone, professional_id="p1"), kind=HOUSEHOLD)
    scene.told(told)
    scene.end_signal(gone)
    ended = replace(scene.end_match(told), end_reason=EndReason.SIGNAL_ENDED)
    scene.storage.state.matches[told.id] = ended
    scene.match(own, scene.signal("lo-3", "ggd", "p2"), kind=HOUSEHOLD)
    end = scene.notice(ended, NoticeKind.ENDED)

    report = scene.deliver()

    assert (report.mails, scene.now(end).state) == (0, NoticeState.CANCELLED)


@pytest.mark.rule("D37")
@pytest.mark.rule("D28")
def test_the_end_of_who_took_over_is_told_to_who_was_told_of_the_leaver_by_a_signal_that_had_ended() -> None:
    """One word was enough for both signals; one ended, the other was handed over, and ends now."""
    scene = Scene()
    own, gone = scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd")
    handed_over = scene.signal("lo-3", "ggd", "p2")
    scene.professional("ggd", "p1", left_at=scene.clock.now(), left_to="p2")
    told = scene.match(own, gone)
    scene.told(told)
    scene.end_signal(gone)
    scene.storage.state.matches[told.id] = replace(scene.end_match(told), end_reason=EndReason.SIGNAL_ENDED)
    going_on = scene.match(own, handed_over)
    scene.end_signal(handed_over)
    ended = replace(scene.end_match(going_on), end_reason=EndReason.SIGNAL_ENDED)
    scene.storage.state.matches[going_on.id] = ended
    end = scene.notice(ended, NoticeKind.ENDED)

    report = scene.deliver()

    assert (report.mails, scene.now(end).state) == (1, NoticeState.SENT)


@pytest.mark.rule("D28")
def test_who_took_over_is_no_news_to_who_was_told_of_the_leaver_by_a_signal_that_had_ended() -> None:
    """A handover is told to nobody else."""
    scene = Scene()
    own, gone = scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd")
    scene.professional("ggd", "p1", left_at=scene.clock.now(), left_to="p2")
    told = scene.match(own, gone)
    scene.told(told)
    scene.end_signal(gone)
    ended = replace(scene.end_match(told), end_reason=EndReason.SIGNAL_ENDED)
    scene.storage.state.matches[told.id] = ended
    scene.match(own, scene.signal("lo-3", "ggd", "p2"))
    scene.notice(ended, NoticeKind.ENDED)

    assert (scene.deliver().mails, len(scene.mails)) == (0, 0)


def told_that_the_leaver_was_gone(scene: Scene) -> tuple[Signal, Match]:
    """The school knew two of the ggd, heard that one was gone, and that one left their work to the other."""
    own, gone = scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd")
    told, stays = scene.match(own, gone), scene.match(own, scene.signal("lo-3", "ggd", "p2"))
    scene.told(told)
    scene.told(stays)
    scene.clock.advance(timedelta(seconds=2))
    scene.end_signal(gone)
    ended = replace(scene.end_match(told), end_reason=EndReason.SIGNAL_ENDED)
    scene.storage.state.matches[told.id] = ended
    scene.told(ended, NoticeKind.ENDED)
    scene.clock.advance(timedelta(seconds=2))
    scene.professional("ggd", "p1", left_at=scene.clock.now(), left_to="p2")
    return own, stays


@pytest.mark.rule("D28")
def test_a_colleague_who_is_known_is_no_news_because_they_took_over_from_one_who_was_told_to_be_gone() -> (
    None
):
    """That end was the other's."""
    scene = Scene()
    own, _ = told_that_the_leaver_was_gone(scene)
    begun = scene.notice(scene.match(own, scene.signal("lo-4", "ggd", "p2")))

    report = scene.deliver()

    assert (report.mails, scene.now(begun).state) == (0, NoticeState.CANCELLED)


@pytest.mark.rule("D37")
@pytest.mark.rule("D28")
def test_the_end_of_a_colleague_is_told_though_they_took_over_from_one_who_was_told_to_be_gone() -> None:
    """They were known by a signal of their own."""
    scene = Scene()
    _, stays = told_that_the_leaver_was_gone(scene)
    side = next(side for side in stays.sides if side.organisation_id == "ggd")
    scene.end_signal(scene.storage.state.signals[side.signal_id])
    ended = replace(scene.end_match(stays), end_reason=EndReason.SIGNAL_ENDED)
    scene.storage.state.matches[stays.id] = ended
    end = scene.notice(ended, NoticeKind.ENDED)

    report = scene.deliver()

    assert (report.mails, scene.now(end).state) == (1, NoticeState.SENT)


@pytest.mark.rule("D28")
def test_an_end_that_is_told_after_one_left_is_of_who_took_over() -> None:
    """Whom the receiver hears of again when they begin anew."""
    scene = Scene()
    own, gone = scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd")
    told = scene.match(own, gone)
    scene.told(told)
    scene.clock.advance(timedelta(seconds=2))
    scene.professional("ggd", "p1", left_at=scene.clock.now(), left_to="p2")
    scene.professional("ggd", "p2")
    scene.clock.advance(timedelta(seconds=2))
    scene.end_signal(gone)
    ended = replace(scene.end_match(told), end_reason=EndReason.SIGNAL_ENDED)
    scene.storage.state.matches[told.id] = ended
    scene.told(ended, NoticeKind.ENDED)
    begun = scene.notice(scene.match(own, scene.signal("lo-4", "ggd", "p2")))

    scene.deliver()

    assert scene.now(begun).state is NoticeState.SENT
