"""What becomes of a notice when something is heard of its mail: pure, in any order, however often.

Nothing is concluded from the order in which it is heard: what was heard is a set, and the state follows
from the set (a mail that was delivered may bounce an hour later, and be heard of the other way round).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from chalicelib.domain.notice import Heard, MailOutcome, Notice, NoticeState
from chalicelib.domain.organisation import MailTrouble

AFTER_BOUNCE: Final = timedelta(hours=1)
"""When to look whether there is another address by now."""
AFTER_RETURN: Final = timedelta(hours=12)
"""When to try a mailbox again that took nothing for as long as the mail service tried."""
LONGEST_RETURN: Final = timedelta(days=3)
"""How long a notice is tried at a mailbox that takes nothing before that counts as one that is not there."""

_OPEN: Final = frozenset({NoticeState.SENT, NoticeState.BOUNCED})


def after_hearing(notice: Notice, heard: Heard) -> Notice:
    """The notice of a mail that had left, once this was heard of it too.

    One that ended in another way meanwhile (cancelled, while it waited to be told again) stays ended.
    """
    all_heard = _earliest((*notice.heard, heard))
    outcomes = {one.outcome for one in all_heard}
    if notice.state not in _OPEN or outcomes == {one.outcome for one in notice.heard}:
        return replace(notice, heard=all_heard)
    state = _state(outcomes)
    due_at = _again(all_heard) if state is NoticeState.BOUNCED else None
    return replace(notice, heard=all_heard, state=state, due_at=due_at)


def trouble_of(notice: Notice, heard: Heard, *, suppressed: bool) -> MailTrouble | None:
    """Why the address gets no more mail after this, if so; ``suppressed`` as the mail service said."""
    if heard.outcome is MailOutcome.COMPLAINED:
        return MailTrouble.COMPLAINED
    if heard.outcome is MailOutcome.BOUNCED:
        return MailTrouble.SUPPRESSED if suppressed else MailTrouble.BOUNCES
    given_up = notice.state is NoticeState.BOUNCED and heard.at - notice.created_at >= LONGEST_RETURN
    return MailTrouble.BOUNCES if heard.outcome is MailOutcome.RETURNED and given_up else None


def _earliest(heard: Iterable[Heard]) -> tuple[Heard, ...]:
    """Each outcome once, at its first moment."""
    moments: dict[MailOutcome, datetime] = {}
    for one in heard:
        moments[one.outcome] = min(one.at, moments.get(one.outcome, one.at))
    return tuple(sorted(Heard(outcome, at) for outcome, at in moments.items()))


def _state(outcomes: set[MailOutcome]) -> NoticeState:
    """A mailbox that answers for its absent owner returns what it has taken: that was delivered."""
    if MailOutcome.REFUSED in outcomes:
        return NoticeState.FAILED
    if MailOutcome.BOUNCED in outcomes:
        return NoticeState.BOUNCED
    if MailOutcome.RETURNED in outcomes and MailOutcome.DELIVERED not in outcomes:
        return NoticeState.BOUNCED
    return NoticeState.SENT


def _again(heard: Iterable[Heard]) -> datetime:
    moments = {one.outcome: one.at for one in heard}
    if MailOutcome.BOUNCED in moments:
        return moments[MailOutcome.BOUNCED] + AFTER_BOUNCE
    return moments[MailOutcome.RETURNED] + AFTER_RETURN
