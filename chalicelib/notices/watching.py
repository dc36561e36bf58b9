"""What a municipal supervisor is told of: each match that is news, while it stands (D17)."""

from __future__ import annotations

from datetime import date

from chalicelib.domain.match import Match, MatchState
from chalicelib.domain.notice import Notice, NoticeKind
from chalicelib.notices.records import Records
from chalicelib.notices.standing import Verdict, holds, no_longer


def judge_watched(
    records: Records, notice: Notice, match: Match | None, today: date
) -> tuple[Verdict, Match | None]:
    """What to do with a supervisor's due notice, and the match that it tells of by now."""
    if match is None:
        return no_longer(notice), None
    if match.state is MatchState.ENDED or match.episode != notice.episode:
        return _taken_over(records, notice, match, today)
    if notice.episode > 1 and records.told(notice, match) is NoticeKind.STARTED:
        return Verdict.CANCEL, match
    return (Verdict.SEND if _stands(records, match, today) else Verdict.HOLD), match


def _taken_over(records: Records, notice: Notice, match: Match, today: date) -> tuple[Verdict, Match]:
    """Whether an untold match, or a later episode, took the place of one that is over (D7)."""
    verdict = no_longer(notice)
    if records.told(notice, match) is NoticeKind.STARTED:
        return verdict, match
    for other in records.acquaintance(match):
        if other.state is MatchState.ENDED or records.started_notice_exists(other):
            continue
        if _stands(records, other, today):
            return Verdict.SEND, other
        verdict = Verdict.HOLD
    return verdict, match


def _stands(records: Records, match: Match, today: date) -> bool:
    return holds(match, records.signals(side.signal_id for side in match.sides), today)
