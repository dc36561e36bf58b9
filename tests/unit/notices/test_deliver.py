"""Delivery: one mail per receiver, checked before it leaves, repeated rather than lost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from chalicelib.domain.audit import Act
from chalicelib.domain.legal_profile import LegalProfile
from chalicelib.domain.notice import Notice, NoticeKind, NoticeState, unreadable
from chalicelib.domain.organisation import ContactPoint, OrganisationKind, OrganisationState, receiver_key
from chalicelib.domain.signal import SignalState
from chalicelib.matching.decision import MatchKind
from chalicelib.notices.deliver import LEASE, MOST_ROUNDS, SUSPENDED, UNSETTLED
from chalicelib.notices.errors import DeliveryUncertain
from chalicelib.notices.report import DeliveryReport
from chalicelib.notices.settling import next_attempt
from chalicelib.ports.errors import DeliveryRejected, DeliveryUnavailable, StorageBusy
from tests.builders import NOW
from tests.unit.notices.scene import NURSE, REGION, SCHOOL, Scene

TOPIC = "arn:aws:sns:eu-central-1:000000000000:verwijsindex-local-school"


class Crash(BaseException):
    """The process stopped here."""


def crash(operation: str) -> None:
    """Stop before notices are settled, after the mail has left."""
    if operation == "notices.settle":
        raise Crash


@pytest.fixture
def scene() -> Scene:
    """A region with a school and a youth nurse who both know a youth."""
    return Scene()


@pytest.mark.rule("D15")
def test_all_that_is_due_for_a_receiver_goes_in_one_mail(scene: Scene) -> None:
    """A newcomer hears of everybody at once."""
    own = scene.signal("lo-1", "school")
    for number, name in enumerate(("ggd", "debt", "police"), start=2):
        scene.notice(scene.match(own, scene.signal(f"lo-{number}", name)))

    report = scene.deliver()

    assert report == DeliveryReport(mails=1, sent=3)
    assert [mail.to for mail in scene.mails] == ["p1@school.example"]
    for name in ("ggd", "debt", "police"):
        assert f"Organisation {name}" in scene.mails[0].text


def test_a_sent_notice_keeps_the_mail_services_id_and_is_no_longer_due(scene: Scene) -> None:
    """Bounces come back under that id."""
    notice = scene.notice(scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd")))

    scene.deliver()

    sent = scene.now(notice)
    assert (sent.state, sent.message_id, sent.sent_at, sent.attempts) == (
        NoticeState.SENT,
        "mail-1",
        NOW,
        1,
    )
    assert scene.storage.notices.due(SCHOOL) == ()


def test_nothing_due_sends_nothing(scene: Scene) -> None:
    """A wake may come twice."""
    assert scene.deliver() == DeliveryReport()
    assert scene.mails == []


@pytest.mark.rule("D39")
def test_every_sent_notice_is_audited(scene: Scene) -> None:
    """Which professional received what notice, and when."""
    notice = scene.notice(scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd")))

    scene.deliver()

    (entry,) = scene.storage.state.audit.values()
    assert (entry.organisation_id, entry.professional_id, entry.act, entry.resource, entry.at) == (
        "school",
        "p1",
        Act.NOTICE_SENT,
        notice.id,
        NOW,
    )


def test_a_match_that_ended_before_its_mail_is_not_told(scene: Scene) -> None:
    """Neither its beginning nor its end."""
    match = scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd"))
    scene.notice(match)
    scene.notice(scene.end_match(match), NoticeKind.ENDED)

    report = scene.deliver()

    assert report == DeliveryReport(cancelled=2)
    assert scene.mails == []
    assert set(scene.states().values()) == {NoticeState.CANCELLED}


@pytest.mark.rule("D8")
@pytest.mark.parametrize(
    "over", [{"state": SignalState.CLOSED}, {"ends_on": (NOW - timedelta(days=1)).date()}], ids=str
)
def test_a_match_with_a_signal_that_is_over_is_not_told(scene: Scene, over: dict[str, Any]) -> None:
    """A late reconcile or expiry run leaks nothing; once it has run, the notice goes."""
    own = scene.signal("lo-1", "school")
    match = scene.match(own, scene.signal("lo-2", "ggd", **over))
    notice = scene.notice(match)

    assert scene.deliver() == DeliveryReport(held=1)
    scene.end_match(match)
    scene.clock.advance(UNSETTLED)

    assert scene.deliver() == DeliveryReport(cancelled=1)
    assert scene.now(notice).state is NoticeState.CANCELLED
    assert scene.mails == []


@pytest.mark.rule("D37")
def test_the_end_of_a_match_is_told_to_whom_its_beginning_was(scene: Scene) -> None:
    """The mail says with whom the match was."""
    match = scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd"))
    scene.told(match)
    scene.notice(scene.end_match(match), NoticeKind.ENDED)

    scene.deliver()

    (mail,) = scene.mails
    assert mail.subject == "Verwijsindex: 1 match gestopt"
    assert "Organisation ggd" in mail.text


@pytest.mark.rule("D37")
def test_where_the_law_does_not_want_it_nobody_is_told_of_an_end(scene: Scene) -> None:
    """The notice is cancelled: the other side finds out by reading."""
    match = scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd"))
    scene.told(match)
    ended = scene.notice(scene.end_match(match), NoticeKind.ENDED)
    silent = LegalProfile.of({"end_notices": False})

    scene.deliver(legal=silent)

    assert (scene.mails, scene.now(ended).state) == ([], NoticeState.CANCELLED)


def test_an_end_is_not_told_when_the_beginning_bounced(scene: Scene) -> None:
    """Nobody hears of the end of what they never heard of."""
    match = scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd"))
    scene.notice(match, state=NoticeState.BOUNCED)
    ended = scene.notice(scene.end_match(match), NoticeKind.ENDED)

    scene.deliver()

    assert scene.now(ended).state is NoticeState.CANCELLED


def test_a_match_that_ended_and_returned_between_two_mails_makes_no_noise(scene: Scene) -> None:
    """What was told is what is."""
    match = scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd"))
    scene.told(match)
    scene.notice(scene.end_match(match), NoticeKind.ENDED)
    returned = scene.match(*scene.storage.state.signals.values(), episode=2)
    scene.notice(returned)

    report = scene.deliver()

    assert report == DeliveryReport(cancelled=2)
    assert scene.mails == []


def test_a_match_that_returns_after_its_end_was_told_is_told_again(scene: Scene) -> None:
    """A new episode is news."""
    match = scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd"))
    scene.told(match)
    scene.told(scene.end_match(match), NoticeKind.ENDED)
    scene.notice(scene.match(*scene.storage.state.signals.values(), episode=2))

    assert scene.deliver() == DeliveryReport(mails=1, sent=1)


def test_a_match_that_returned_untold_and_ended_again_gives_one_end(scene: Scene) -> None:
    """Told once, so ended once."""
    match = scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd"))
    scene.told(match)
    scene.notice(scene.end_match(match), NoticeKind.ENDED)
    returned = scene.match(*scene.storage.state.signals.values(), episode=2)
    scene.notice(returned)
    last = scene.notice(scene.end_match(returned), NoticeKind.ENDED)

    report = scene.deliver()

    assert report == DeliveryReport(mails=1, sent=1, cancelled=2)
    assert scene.now(last).state is NoticeState.SENT


@pytest.mark.rule("D7")
def test_the_end_of_a_renewed_signal_is_told_though_the_renewal_was_no_news(scene: Scene) -> None:
    """The nurse renewed and later closed: the school heard of the first match, so hears of the end."""
    school, old, renewed = (
        scene.signal("lo-1", "school"),
        scene.signal("lo-2", "ggd"),
        scene.signal("lo-3", "ggd"),
    )
    first = scene.match(school, old)
    scene.told(first)
    scene.end_match(first)
    ended = scene.notice(scene.end_match(scene.match(school, renewed)), NoticeKind.ENDED)

    report = scene.deliver()

    assert report == DeliveryReport(mails=1, sent=1)
    assert scene.now(ended).state is NoticeState.SENT


@pytest.mark.rule("D7")
def test_news_survives_a_renewal_that_overtakes_its_mail(scene: Scene) -> None:
    """The nurse renewed and closed the old signal before the mail left: the school still hears of her."""
    school, old, renewed = (
        scene.signal("lo-1", "school"),
        scene.signal("lo-2", "ggd"),
        scene.signal("lo-3", "ggd"),
    )
    first = scene.match(school, old)
    notice = scene.notice(first)
    scene.match(school, renewed)
    scene.end_signal(old)
    scene.end_match(first)

    report = scene.deliver()

    assert report == DeliveryReport(mails=1, sent=1, cancelled=1)
    assert "Organisation ggd" in scene.mails[0].text
    assert scene.now(notice).state is NoticeState.CANCELLED  # a notice of the match that is there says it


@pytest.mark.rule("D7")
def test_news_follows_the_receivers_own_renewal(scene: Scene) -> None:
    """The mail names the signal that is active now."""
    old, renewed, nurse = (
        scene.signal("lo-1", "school"),
        scene.signal("lo-3", "school"),
        scene.signal("lo-2", "ggd"),
    )
    first = scene.match(old, nurse)
    scene.notice(first)
    scene.match(renewed, nurse)
    scene.end_signal(old)
    scene.end_match(first)

    scene.deliver()

    assert renewed.number in scene.mails[0].text
    assert old.number not in scene.mails[0].text


@pytest.mark.rule("D7")
def test_a_close_and_a_renewal_that_nobody_reconciled_yet_lose_no_news(scene: Scene) -> None:
    """The notice waits, for what follows may make no news of its own."""
    school, old = scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd")
    first = scene.match(school, old)
    scene.notice(first)
    scene.end_signal(old)
    renewed = scene.signal("lo-3", "ggd")

    assert scene.deliver() == DeliveryReport(held=1)
    scene.end_match(first)
    scene.match(school, renewed)
    scene.clock.advance(UNSETTLED)

    assert scene.deliver() == DeliveryReport(mails=1, sent=1, cancelled=1)


@pytest.mark.rule("D7")
def test_news_waits_as_long_as_the_match_that_took_over_is_not_settled(scene: Scene) -> None:
    """It may be followed by one more that makes no news of its own."""
    school, old, renewed = (
        scene.signal("lo-1", "school"),
        scene.signal("lo-2", "ggd"),
        scene.signal("lo-3", "ggd"),
    )
    first = scene.match(school, old)
    scene.notice(first)
    scene.end_match(first)
    scene.match(school, renewed)
    scene.end_signal(old)
    scene.end_signal(renewed)

    assert scene.deliver() == DeliveryReport(held=1)


@pytest.mark.rule("D7")
def test_news_that_may_have_left_is_repeated_for_the_match_that_took_over(scene: Scene) -> None:
    """At worst a repeat, never a loss."""
    school, old, renewed = (
        scene.signal("lo-1", "school"),
        scene.signal("lo-2", "ggd"),
        scene.signal("lo-3", "ggd"),
    )
    first = scene.match(school, old)
    scene.notice(first, state=NoticeState.SENDING, attempts=1)
    scene.end_match(first)
    scene.match(school, renewed)

    assert scene.deliver() == DeliveryReport(mails=1, sent=1)


@pytest.mark.rule("D12")
def test_in_a_household_each_own_signal_is_a_case_of_its_own(scene: Scene) -> None:
    """Another signal of one's own, on a sister or renewed, has news of its own; delivery opens no record."""
    own, other = scene.signal("lo-1", "school"), scene.signal("lo-3", "school")
    nurse = scene.signal("lo-2", "ggd")
    first = scene.match(own, nurse, kind=MatchKind.HOUSEHOLD)
    scene.notice(first)
    scene.end_match(first)
    scene.match(other, nurse, kind=MatchKind.HOUSEHOLD)

    assert scene.deliver() == DeliveryReport(cancelled=1)


def test_news_of_an_episode_that_was_overtaken_by_a_silent_one_is_told(scene: Scene) -> None:
    """The match ended and returned without a notice of its own; the receiver has heard of neither."""
    match = scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd"))
    scene.notice(match)
    scene.match(*scene.storage.state.signals.values(), episode=2)

    assert scene.deliver() == DeliveryReport(mails=1, sent=1, cancelled=1)


@pytest.mark.rule("D7")
def test_a_renewal_with_a_notice_of_its_own_is_not_told_twice(scene: Scene) -> None:
    """The old notice goes, the new one is sent."""
    school, old, renewed = (
        scene.signal("lo-1", "school"),
        scene.signal("lo-2", "ggd"),
        scene.signal("lo-3", "ggd"),
    )
    first = scene.match(school, old)
    scene.notice(first)
    scene.end_signal(old)
    scene.end_match(first)
    scene.notice(scene.match(school, renewed))

    assert scene.deliver() == DeliveryReport(mails=1, sent=1, cancelled=1)


@pytest.mark.rule("D7")
def test_closing_first_and_renewing_at_once_is_no_news(scene: Scene) -> None:
    """The same professional goes and comes on one case: nothing to tell."""
    school, old, renewed = (
        scene.signal("lo-1", "school"),
        scene.signal("lo-2", "ggd"),
        scene.signal("lo-3", "ggd"),
    )
    first = scene.match(school, old)
    scene.told(first)
    scene.notice(scene.end_match(first), NoticeKind.ENDED)
    scene.notice(scene.match(school, renewed))

    assert scene.deliver() == DeliveryReport(cancelled=2)
    assert scene.mails == []


@pytest.mark.rule("D33")
def test_a_match_with_a_restricted_signal_waits(scene: Scene) -> None:
    """While a right is being decided nothing is told, and nothing is forgotten."""
    other = scene.signal("lo-2", "ggd")
    notice = scene.notice(scene.match(scene.signal("lo-1", "school"), other))
    scene.end_signal(other, SignalState.RESTRICTED)

    assert scene.deliver() == DeliveryReport(held=1)
    assert (scene.now(notice).state, scene.now(notice).due_at) == (NoticeState.PENDING, NOW + UNSETTLED)

    scene.end_signal(other, SignalState.ACTIVE)
    scene.clock.advance(UNSETTLED)

    assert scene.deliver() == DeliveryReport(mails=1, sent=1)


def test_mail_that_is_not_available_is_tried_again_later(scene: Scene) -> None:
    """The notice stays due, with a time."""
    notice = scene.notice(scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd")))
    scene.mailer.failures.append(DeliveryUnavailable("Throttling"))

    assert scene.deliver() == DeliveryReport(postponed=1)

    waiting = scene.now(notice)
    assert (waiting.state, waiting.attempts, waiting.due_at) == (
        NoticeState.PENDING,
        1,
        NOW + timedelta(seconds=30),
    )
    assert scene.deliver() == DeliveryReport()
    scene.clock.advance(timedelta(seconds=30))
    assert scene.deliver() == DeliveryReport(mails=1, sent=1)


def test_waiting_grows_to_an_hour_at_most() -> None:
    """Doubled each time."""
    waits = [next_attempt(NOW, attempts) - NOW for attempts in (1, 2, 3, 8, 1000)]

    assert waits == [timedelta(seconds=seconds) for seconds in (30, 60, 120, 3600, 3600)]


def test_what_waits_goes_along_with_what_is_ready(scene: Scene) -> None:
    """One mail, not two a minute apart."""
    own = scene.signal("lo-1", "school")
    scene.notice(
        scene.match(own, scene.signal("lo-2", "ggd")), attempts=1, due_at=NOW + timedelta(seconds=30)
    )
    scene.notice(scene.match(own, scene.signal("lo-3", "debt")))

    assert scene.deliver() == DeliveryReport(mails=1, sent=2)


def test_a_refused_mail_fails_for_good(scene: Scene) -> None:
    """An invalid or suppressed address is not tried again."""
    notice = scene.notice(scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd")))
    scene.mailer.failures.append(DeliveryRejected("MessageRejected"))

    assert scene.deliver() == DeliveryReport(failed=1)
    assert scene.now(notice).state is NoticeState.FAILED
    assert scene.deliver() == DeliveryReport()
    assert scene.storage.state.audit == {}


def test_a_crash_after_sending_repeats_the_mail(scene: Scene) -> None:
    """At worst a repeat, never a loss."""
    notice = scene.notice(scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd")))
    scene.storage.state.before = crash
    with pytest.raises(Crash):
        scene.deliver()
    scene.storage.state.before = lambda _: None

    assert scene.now(notice).state is NoticeState.SENDING
    assert scene.deliver() == DeliveryReport(mails=1, sent=1)
    assert scene.mails[0] == scene.mails[1]


def test_the_end_is_told_when_a_crash_left_it_open_whether_the_beginning_was(scene: Scene) -> None:
    """A mail that may have left is overtaken, once the end has left."""
    match = scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd"))
    started = scene.notice(match, state=NoticeState.SENDING, attempts=1)
    ended = scene.notice(scene.end_match(match), NoticeKind.ENDED)

    assert scene.deliver() == DeliveryReport(mails=1, sent=1, held=1)
    scene.clock.advance(UNSETTLED)
    assert scene.deliver() == DeliveryReport(overtaken=1)
    assert (scene.now(started).state, scene.now(ended).state) == (NoticeState.OVERTAKEN, NoticeState.SENT)
    assert [mail.subject for mail in scene.mails] == ["Verwijsindex: 1 match gestopt"]


@pytest.mark.rule("D15")
def test_a_beginning_that_may_not_have_left_is_told_when_its_end_did_not_leave_either(scene: Scene) -> None:
    """The same professional comes again before the end was told: nothing was heard so far."""
    own = scene.signal("lo-1", "school")
    match = scene.match(own, scene.signal("lo-2", "ggd"))
    scene.notice(match, state=NoticeState.SENDING, attempts=1)
    scene.notice(scene.end_match(match), NoticeKind.ENDED)
    scene.mailer.failures.append(DeliveryUnavailable("Throttling"))
    scene.deliver()

    scene.notice(scene.match(own, scene.signal("lo-3", "ggd")))
    scene.clock.advance(UNSETTLED)
    scene.deliver()

    assert [mail.subject for mail in scene.mails] == ["Verwijsindex: 1 nieuwe match"]


def test_a_mail_without_an_answer_stays_in_sending(scene: Scene) -> None:
    """It may have left, and is tried again."""
    notice = scene.notice(scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd")))
    scene.mailer.failures.append(DeliveryUncertain("ReadTimeoutError"))

    assert scene.deliver() == DeliveryReport(postponed=1)
    assert scene.now(notice).state is NoticeState.SENDING


@pytest.mark.rule("D9")
def test_a_card_that_changed_meanwhile_is_shown_as_it_is_now(scene: Scene) -> None:
    """A new name of the organisation and a new telephone number follow."""
    scene.notice(scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd")))
    scene.organisation("ggd", name="GGD Nieuwe Naam")
    scene.professional("ggd", telephone="+31612345678")

    scene.deliver()

    assert "GGD Nieuwe Naam" in scene.mails[0].text
    assert "+31 6 12 34 56 78" in scene.mails[0].text


@pytest.mark.rule("D19")
def test_of_a_contact_point_nothing_else_is_shown(scene: Scene) -> None:
    """Not the organisation, not its domain, not the professional."""
    scene.notice(scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "addiction")))
    scene.organisation(
        "addiction", contact_point=ContactPoint(name="Contactpunt", email="c@punt.example", telephone=None)
    )

    scene.deliver()

    assert "Contactpunt" in scene.mails[0].text
    for hidden in ("addiction", "Jansen", "onderwijs"):
        assert hidden not in scene.mails[0].text.replace("J. Jansen p1,", "")
        assert hidden not in scene.mails[0].html.replace("J. Jansen p1,", "")


def test_a_lease_of_another_is_respected(scene: Scene) -> None:
    """The holder sends; the notice stays due."""
    scene.notice(scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd")))
    scene.storage.leases.acquire(f"delivery#{SCHOOL}", "another", now=NOW, until=NOW + LEASE)

    assert scene.deliver() == DeliveryReport(busy=1)
    assert scene.mails == []
    assert len(scene.storage.notices.due(SCHOOL)) == 1


def test_a_lease_that_ran_out_is_taken_over(scene: Scene) -> None:
    """Whoever held it has crashed."""
    scene.notice(scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd")))
    scene.storage.leases.acquire(f"delivery#{SCHOOL}", "another", now=NOW, until=NOW + LEASE)
    scene.clock.advance(LEASE)

    assert scene.deliver() == DeliveryReport(mails=1, sent=1)


def test_the_lease_is_given_back(scene: Scene) -> None:
    """Also when storage fails halfway."""
    scene.notice(scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd")))

    def busy(operation: str) -> None:
        if operation == "matches.of_signal":
            raise StorageBusy

    scene.storage.state.before = busy
    with pytest.raises(StorageBusy):
        scene.deliver()

    assert scene.storage.state.leases == {}


def test_a_wake_during_our_lease_is_not_lost(scene: Scene) -> None:
    """What was written while we were sending goes in a second mail of the same delivery."""
    own = scene.signal("lo-1", "school")
    scene.notice(scene.match(own, scene.signal("lo-2", "ggd")))
    later = scene.match(own, scene.signal("lo-3", "debt"))

    def meanwhile(operation: str) -> None:
        if operation == "notices.settle":
            scene.storage.state.after = lambda _: None
            scene.notice(later)
            assert scene.deliver() == DeliveryReport(busy=1)

    scene.storage.state.after = meanwhile

    assert scene.deliver() == DeliveryReport(mails=2, sent=2)


def test_a_receiver_that_never_comes_to_rest_is_left_to_the_next_wake(scene: Scene) -> None:
    """One delivery does not go on for ever."""
    own = scene.signal("lo-1", "school")
    matches = [scene.match(own, scene.signal(f"lo-{number}", f"org{number}")) for number in range(2, 12)]
    scene.notice(matches.pop())

    def another(operation: str) -> None:
        if operation == "notices.settle":
            scene.notice(matches.pop())

    scene.storage.state.after = another

    assert scene.deliver() == DeliveryReport(mails=MOST_ROUNDS, sent=MOST_ROUNDS)
    assert len(scene.storage.notices.due(SCHOOL)) == 1


@pytest.mark.parametrize("missing", ["organisations", "professionals"])
def test_without_anybody_to_write_to_a_notice_fails(scene: Scene, missing: str) -> None:
    """A metric tells; nothing is tried for ever."""
    notice = scene.notice(scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd")))
    getattr(scene.storage.state, missing).clear()

    assert scene.deliver() == DeliveryReport(failed=1)
    assert scene.now(notice).state is NoticeState.FAILED


def test_a_suspended_organisation_hears_nothing_until_it_is_resumed(scene: Scene) -> None:
    """Its notices wait, and are judged anew then."""
    notice = scene.notice(scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd")))
    scene.organisation("school", state=OrganisationState.SUSPENDED)

    assert scene.deliver() == DeliveryReport(held=1)
    assert scene.now(notice).due_at == NOW + SUSPENDED

    scene.organisation("school")
    scene.clock.advance(SUSPENDED)

    assert scene.deliver() == DeliveryReport(mails=1, sent=1)


def test_a_notice_waits_for_a_card_that_is_missing(scene: Scene) -> None:
    """The others in the mail do not."""
    own = scene.signal("lo-1", "school")
    waiting = scene.notice(scene.match(own, scene.signal("lo-2", "ggd")))
    scene.notice(scene.match(own, scene.signal("lo-3", "debt")))
    del scene.storage.state.professionals[NURSE]

    assert scene.deliver() == DeliveryReport(mails=1, sent=1, held=1)
    assert scene.now(waiting).state is NoticeState.PENDING


def test_a_notice_for_somebody_who_is_no_longer_in_the_match_is_dropped(scene: Scene) -> None:
    """Their signals went to a colleague (D28)."""
    match = scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd"))
    notice = scene.notice(match)
    scene.match(scene.signal("lo-1", "school", "p2"), scene.signal("lo-2", "ggd"))

    assert scene.deliver() == DeliveryReport(cancelled=1)
    assert scene.now(notice).state is NoticeState.CANCELLED


def test_a_notice_without_a_match_is_dropped(scene: Scene) -> None:
    """A match that was erased has nothing to tell."""
    match = scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd"))
    scene.notice(match)
    scene.storage.state.matches.clear()

    assert scene.deliver() == DeliveryReport(cancelled=1)


@pytest.mark.rule("D17")
def test_a_supervisor_sees_both_sides_without_number_or_reference(scene: Scene) -> None:
    """And not whose case it is."""
    first, second = scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd")
    scene.organisation("town", kind=OrganisationKind.SUPERVISION, municipalities=("0344",))
    supervisor = scene.professional("town")
    scene.notice(scene.match(first, second, kind=MatchKind.HOUSEHOLD), receiver=supervisor.receiver)

    assert scene.deliver(supervisor.receiver) == DeliveryReport(mails=1, sent=1)

    (mail,) = scene.mails
    assert mail.to == "p1@town.example"
    for shown in ("Organisation school", "Organisation ggd", "M-AAAA-AAAA-A"):
        assert shown in mail.text
    for hidden in (first.number, second.number, first.reference, second.reference):
        assert hidden not in mail.text + mail.html


@pytest.mark.rule("D17")
def test_a_supervisors_news_survives_a_renewal_too(scene: Scene) -> None:
    """The match that took its place is told instead."""
    school, old, renewed = (
        scene.signal("lo-1", "school"),
        scene.signal("lo-2", "ggd"),
        scene.signal("lo-3", "ggd"),
    )
    scene.organisation("town", kind=OrganisationKind.SUPERVISION)
    supervisor = scene.professional("town").receiver
    first = scene.match(school, old)
    scene.notice(first, receiver=supervisor)
    scene.end_signal(old)
    scene.end_match(first)
    scene.match(school, renewed)

    assert scene.deliver(supervisor) == DeliveryReport(mails=1, sent=1)


def test_the_end_of_a_person_match_is_not_told_for_a_household_match(scene: Scene) -> None:
    """That two cases touch is another thing than that they are one."""
    first, second = scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd")
    scene.told(scene.match(first, second, kind=MatchKind.HOUSEHOLD))
    ended = scene.notice(scene.end_match(scene.match(first, second)), NoticeKind.ENDED)

    assert scene.deliver() == DeliveryReport(cancelled=1)
    assert scene.now(ended).state is NoticeState.CANCELLED


def test_the_end_is_not_told_on_a_case_of_the_receiver_that_is_gone(scene: Scene) -> None:
    """There is no number to tell it by."""
    match = scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd"))
    scene.told(match)
    scene.notice(scene.end_match(match), NoticeKind.ENDED)
    del scene.storage.state.signals["lo-1"]

    assert scene.deliver() == DeliveryReport(cancelled=1)


def test_an_event_goes_to_the_organisations_own_topic(scene: Scene) -> None:
    """Opaque ids only; the system fetches the rest with its token."""
    notice = scene.notice(scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd")))
    scene.organisation("school", topic_arn=TOPIC)

    assert scene.deliver() == DeliveryReport(mails=1, sent=1, events=1)
    assert scene.published == [
        (
            TOPIC,
            {
                "specversion": "1.0",
                "id": notice.id,
                "source": "urn:nld:oin:00000099000000002000:systeem:verwijsindex",
                "type": "nl.verwijsindex.match.started.v1",
                "subject": notice.match_id,
                "time": "2026-11-22T09:30:00.000Z",
                "datacontenttype": "application/json",
                "dataref": f"{REGION.base_url}/signals/lo-1/matches",
                "data": {"matchId": notice.match_id, "signalId": "lo-1"},
            },
        )
    ]


def test_events_that_are_not_available_do_not_repeat_the_mail(scene: Scene) -> None:
    """The next attempt publishes only."""
    notice = scene.notice(scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd")))
    scene.organisation("school", topic_arn=TOPIC)
    scene.events.failures.append(DeliveryUnavailable("Throttled"))

    assert scene.deliver() == DeliveryReport(mails=1, postponed=1)
    assert (scene.now(notice).state, scene.now(notice).message_id) == (NoticeState.SENDING, "mail-1")

    scene.clock.advance(timedelta(seconds=30))

    assert scene.deliver() == DeliveryReport(sent=1, events=1)
    assert (len(scene.mails), len(scene.published)) == (1, 1)
    assert scene.now(notice).sent_at == NOW


def test_an_event_refused_for_good_does_not_hold_up_the_notice(scene: Scene) -> None:
    """A topic that is gone is counted; the mail was sent."""
    scene.notice(scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd")))
    scene.organisation("school", topic_arn=TOPIC)
    scene.events.failures.append(DeliveryRejected("NotFound"))

    assert scene.deliver() == DeliveryReport(mails=1, sent=1, events_refused=1)


def test_the_event_of_an_end_says_so(scene: Scene) -> None:
    """The type tells, the rest is the same."""
    match = scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd"))
    scene.told(match)
    scene.notice(scene.end_match(match), NoticeKind.ENDED)
    scene.organisation("school", topic_arn=TOPIC)

    scene.deliver()

    assert [event["type"] for _, event in scene.published] == ["nl.verwijsindex.match.ended.v1"]


@pytest.mark.rule("D17")
def test_the_event_of_a_supervisor_refers_to_no_signal(scene: Scene) -> None:
    """They have none."""
    scene.organisation("town", kind=OrganisationKind.SUPERVISION, topic_arn=TOPIC)
    supervisor = receiver_key("town", "p1")
    scene.professional("town")
    match = scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd"))
    scene.notice(match, receiver=supervisor)

    scene.deliver(supervisor)

    ((_, event),) = scene.published
    assert "dataref" not in event
    assert event["data"] == {"matchId": match.id}


def test_nothing_is_begun_without_time(scene: Scene) -> None:
    """The due item stays, and the stream's record comes again."""
    notice = scene.notice(scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd")))

    with pytest.raises(StorageBusy):
        scene.deliver(time_left=lambda: False)

    assert scene.now(notice).state is NoticeState.PENDING
    assert scene.mails == []


def test_events_left_when_time_runs_out_are_published_later_without_a_second_mail(scene: Scene) -> None:
    """The mail has left and its id is kept: the next attempt publishes only."""
    own = scene.signal("lo-1", "school")
    scene.organisation("school", topic_arn=TOPIC)
    notices = [
        scene.notice(scene.match(own, scene.signal(f"lo-{number}", name)))
        for number, name in enumerate(("ggd", "debt"), start=2)
    ]
    looks = iter([True, True, False, False])

    first = scene.deliver(time_left=lambda: next(looks))
    scene.clock.advance(timedelta(minutes=5))
    second = scene.deliver()

    assert (first.mails, first.sent, first.postponed) == (1, 0, 2)
    assert (second.mails, second.sent) == (0, 2)
    assert len(scene.mails) == 1
    assert {event["id"] for _, event in scene.published} == {notice.id for notice in notices}


def test_no_further_round_is_begun_when_time_runs_out(scene: Scene) -> None:
    """What was woken meanwhile waits for the next run."""
    own = scene.signal("lo-1", "school")
    scene.notice(scene.match(own, scene.signal("lo-2", "ggd")))
    late = scene.match(own, scene.signal("lo-3", "debt"))
    waiting: list[object] = []

    def release(operation: str) -> None:
        if operation == "leases.release" and not waiting:
            waiting.append(scene.notice(late))

    scene.storage.state.before = release
    looks = iter([True, False])

    report = scene.deliver(time_left=lambda: next(looks))

    assert report.mails == 1
    assert len(scene.storage.notices.due(SCHOOL)) == 1


@pytest.mark.rule("D15")
def test_what_is_told_later_is_the_later_word_whatever_the_clock_says(scene: Scene) -> None:
    """The function that told of the beginning had a clock ahead of the one that tells of the end."""
    match = scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd"))
    started = scene.told(match)
    scene.clock.advance(-timedelta(milliseconds=5))
    ended = scene.notice(scene.end_match(match), NoticeKind.ENDED)
    scene.deliver()

    first, last = scene.now(started).sent_at, scene.now(ended).sent_at
    assert first is not None
    assert last is not None
    assert last > first


def garble(scene: Scene, notice: Notice) -> None:
    """Leave nothing of a notice but its id, and that it is due."""
    scene.storage.state.notices[notice.id] = unreadable(notice.id, notice.receiver)


def test_a_notice_that_nobody_can_read_holds_up_no_other(scene: Scene) -> None:
    """The others are told; it stays due, so that whoever looks sees that somebody waits."""
    own = scene.signal("lo-1", "school")
    garbled = scene.notice(scene.match(own, scene.signal("lo-2", "ggd")))
    other = scene.notice(scene.match(own, scene.signal("lo-3", "debt")))
    garble(scene, garbled)

    first, again = scene.deliver(), scene.deliver()

    assert first == DeliveryReport(mails=1, sent=1, unreadable=1)
    assert again == DeliveryReport()
    assert scene.now(other).state is NoticeState.SENT
    assert [notice.id for notice in scene.storage.notices.due(SCHOOL)] == [garbled.id]
    assert "Organisation ggd" not in scene.mails[0].text


@pytest.mark.rule("D37")
def test_what_hangs_together_with_a_notice_that_nobody_can_read_waits(scene: Scene) -> None:
    """Whether the beginning was told is not known, so neither is whether its end is news."""
    match = scene.match(scene.signal("lo-1", "school"), scene.signal("lo-2", "ggd"))
    garble(scene, scene.notice(match))
    ended = scene.notice(scene.end_match(match), NoticeKind.ENDED)

    report = scene.deliver()

    assert report == DeliveryReport(held=1, unreadable=1)
    assert scene.now(ended).due_at == NOW + UNSETTLED
    assert scene.mails == []
