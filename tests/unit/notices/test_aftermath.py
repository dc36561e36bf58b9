"""What is heard of a mail changes its notice in one way, whatever the order and however often."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import reduce
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.notice import Heard, MailOutcome, Notice, NoticeState
from chalicelib.domain.organisation import MailTrouble
from chalicelib.notices.aftermath import AFTER_BOUNCE, AFTER_RETURN, LONGEST_RETURN, after_hearing, trouble_of
from tests.builders import NOW
from tests.integration.storage.given import make_notice

SENT = make_notice(state=NoticeState.SENT, sent_at=NOW, message_id="mail-1", attempts=1)
DELIVERED, RETURNED, BOUNCED, COMPLAINED, REFUSED = (
    Heard(outcome, NOW + timedelta(minutes=number)) for number, outcome in enumerate(MailOutcome)
)
HEARD = st.lists(
    st.builds(
        Heard,
        st.sampled_from(MailOutcome),
        st.integers(0, 3).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    ),
    max_size=6,
)


def after(*heard: Heard, notice: Notice = SENT) -> Notice:
    """The notice after hearing these."""
    return reduce(after_hearing, heard, notice)


@given(HEARD, st.randoms(use_true_random=False))
def test_order_and_repeats_do_not_matter(heard: list[Heard], chance: Random) -> None:
    """A queue gives each at least once, in any order."""
    shuffled = [*heard, *heard[:2]]
    chance.shuffle(shuffled)

    mixed, straight = after(*shuffled), after(*heard)

    assert (mixed.state, mixed.heard) == (straight.state, straight.heard)
    assert (mixed.due_at is None) == (straight.due_at is None)


@pytest.mark.parametrize(
    ("heard", "state", "due_at"),
    [
        ((DELIVERED,), NoticeState.SENT, None),
        ((BOUNCED,), NoticeState.BOUNCED, BOUNCED.at + AFTER_BOUNCE),
        ((DELIVERED, BOUNCED), NoticeState.BOUNCED, BOUNCED.at + AFTER_BOUNCE),
        ((RETURNED,), NoticeState.BOUNCED, RETURNED.at + AFTER_RETURN),
        ((RETURNED, BOUNCED), NoticeState.BOUNCED, BOUNCED.at + AFTER_BOUNCE),
        ((DELIVERED, RETURNED), NoticeState.SENT, None),
        ((DELIVERED, COMPLAINED), NoticeState.SENT, None),
        ((REFUSED,), NoticeState.FAILED, None),
    ],
    ids=str,
)
def test_what_was_heard_says_how_the_notice_is(
    heard: tuple[Heard, ...], state: NoticeState, due_at: object
) -> None:
    """Who is away answers a mail that arrived; a mailbox that is not there takes nothing."""
    notice = after(*heard)

    assert (notice.state, notice.due_at, notice.heard) == (state, due_at, tuple(sorted(heard)))


def test_a_repeat_does_not_hurry_what_was_put_off() -> None:
    """Delivery set another time meanwhile."""
    put_off = replace(after(BOUNCED), due_at=NOW + timedelta(days=3))

    assert after_hearing(put_off, BOUNCED) == put_off


@pytest.mark.parametrize("state", [NoticeState.CANCELLED, NoticeState.FAILED])
def test_what_ended_stays_ended(state: NoticeState) -> None:
    """A match that ended while its notice waited is not told after all."""
    ended = replace(after(RETURNED), state=state, due_at=None)

    notice = after_hearing(ended, DELIVERED)

    assert (notice.state, notice.due_at, notice.heard) == (state, None, (DELIVERED, RETURNED))


@pytest.mark.rule("D28")
@pytest.mark.parametrize(
    ("heard", "suppressed", "trouble"),
    [
        (DELIVERED, False, None),
        (BOUNCED, False, MailTrouble.BOUNCES),
        (BOUNCED, True, MailTrouble.SUPPRESSED),
        (COMPLAINED, False, MailTrouble.COMPLAINED),
        (RETURNED, False, None),
        (REFUSED, False, None),
    ],
    ids=str,
)
def test_which_outcomes_are_the_addresses_fault(
    heard: Heard, *, suppressed: bool, trouble: MailTrouble | None
) -> None:
    """A full mailbox is not, nor is a mail that was refused for what is in it."""
    assert trouble_of(after(heard), heard, suppressed=suppressed) is trouble


def test_a_mailbox_that_stays_full_counts_as_gone() -> None:
    """After so many days, unless the mail arrived and its owner is just away."""
    old = replace(SENT, created_at=NOW - LONGEST_RETURN)
    returned, away = after(RETURNED, notice=old), after(DELIVERED, RETURNED, notice=old)

    assert trouble_of(returned, RETURNED, suppressed=False) is MailTrouble.BOUNCES
    assert trouble_of(away, RETURNED, suppressed=False) is None
