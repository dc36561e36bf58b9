"""Whether a match stands, and what a supervisor who was told of it is to hear (D8, D15, D17).

Pure functions. Supervisors hear of beginnings alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum

from chalicelib.domain.match import Match, MatchState
from chalicelib.domain.notice import Notice, NoticeKind, NoticeState, order_of_telling
from chalicelib.domain.signal import Signal

_MAY_HAVE_LEFT = frozenset({NoticeState.SENT, NoticeState.SENDING})


class Verdict(StrEnum):
    """What is to be done with a due notice.

    SEND: tell it. HOLD: a signal is no longer active and reconcile has yet to say what follows, or a
    right is being decided (D33); look again. CANCEL: nothing to tell any more. LEFT: no longer true,
    but a mail may have left before a crash, so it may have been heard.
    """

    SEND = "SEND"
    HOLD = "HOLD"
    CANCEL = "CANCEL"
    LEFT = "LEFT"


def last_word(notices: Iterable[Notice]) -> NoticeKind | None:
    """What was told last; a notice left SENDING by a crash counts, one that bounced does not."""
    told = [notice for notice in notices if notice.state in _MAY_HAVE_LEFT]
    return max(told, key=order_of_telling).kind if told else None


def holds(match: Match, signals: Mapping[str, Signal], today: date) -> bool:
    """Whether a match is active and both its signals are, whatever reconcile has yet to do (D8)."""
    sides = [signals.get(side.signal_id) for side in match.sides]
    return match.state is MatchState.ACTIVE and all(
        signal is not None and signal.is_active(today) for signal in sides
    )


def no_longer(notice: Notice) -> Verdict:
    """What becomes of a notice that need not be told any more."""
    return Verdict.LEFT if notice.state is NoticeState.SENDING else Verdict.CANCEL
