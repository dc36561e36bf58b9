"""Whether a notice still stands: what the receiver was told against what is (D8, D15, D37).

Pure functions. A mail leaves only when the two differ, so a match that ends before its mail, or
ends and returns between two mails, makes no noise; and nobody hears of the end of something they
were never told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from chalicelib.domain.match import Match, MatchState
from chalicelib.domain.notice import Notice, NoticeKind, NoticeState
from chalicelib.domain.signal import Signal

_MAY_HAVE_LEFT = frozenset({NoticeState.SENT, NoticeState.SENDING})


class Verdict(StrEnum):
    """What is to be done with a due notice.

    SEND: tell it. HOLD: a signal is no longer active and reconcile has yet to say what follows, or a
    right is being decided (D33); look again. CANCEL: nothing to tell any more. LEFT: no longer true,
    but a mail may have left before a crash, so it counts as told and its end will be told too.
    """

    SEND = "SEND"
    HOLD = "HOLD"
    CANCEL = "CANCEL"
    LEFT = "LEFT"


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """The last word that reached the receiver, None when none did.

    ``of_match`` is about this very match; ``of_acquaintance`` about any match that makes the same
    other professional known in the same group (a renewed signal, D7).
    """

    of_match: NoticeKind | None = None
    of_acquaintance: NoticeKind | None = None


NOTHING_TOLD = Told()


def last_word(notices: Iterable[Notice]) -> NoticeKind | None:
    """What was told last; a notice left SENDING by a crash counts, one that bounced does not."""
    told = [notice for notice in notices if notice.state in _MAY_HAVE_LEFT]
    return max(told, key=_order).kind if told else None


def holds(match: Match, signals: Mapping[str, Signal], today: date) -> bool:
    """Whether a match is active and both its signals are, whatever reconcile has yet to do (D8)."""
    sides = [signals.get(side.signal_id) for side in match.sides]
    return match.state is MatchState.ACTIVE and all(
        signal is not None and signal.is_active(today) for signal in sides
    )


def judge(
    notice: Notice, match: Match | None, signals: Mapping[str, Signal], told: Told, today: date
) -> Verdict:
    """What to do with a due notice about ``match`` as it is now (None when there is none)."""
    if notice.kind is NoticeKind.STARTED:
        return _judge_started(notice, match, signals, told, today)
    return _judge_ended(notice, match, told)


def _judge_started(
    notice: Notice, match: Match | None, signals: Mapping[str, Signal], told: Told, today: date
) -> Verdict:
    if match is None or match.state is MatchState.ENDED or match.episode != notice.episode:
        return _no_longer(notice)
    if told.of_match is NoticeKind.STARTED and told.of_acquaintance is NoticeKind.STARTED:
        return Verdict.CANCEL
    return Verdict.SEND if holds(match, signals, today) else Verdict.HOLD


def _judge_ended(notice: Notice, match: Match | None, told: Told) -> Verdict:
    if match is None or match.state is MatchState.ACTIVE or match.episode != notice.episode:
        return _no_longer(notice)
    if NoticeKind.STARTED in {told.of_match, told.of_acquaintance}:
        return Verdict.SEND
    return Verdict.CANCEL


def _no_longer(notice: Notice) -> Verdict:
    return Verdict.LEFT if notice.state is NoticeState.SENDING else Verdict.CANCEL


def _order(notice: Notice) -> tuple[datetime, int, bool]:
    return notice.sent_at or notice.created_at, notice.episode, notice.kind is NoticeKind.ENDED
