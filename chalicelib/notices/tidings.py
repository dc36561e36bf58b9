"""From due notices to what is really told: checked, replaced or dropped just before sending."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from chalicelib.domain.match import Match, MatchState, Side
from chalicelib.domain.notice import Notice, NoticeKind
from chalicelib.domain.organisation import ContactCard
from chalicelib.domain.signal import Signal
from chalicelib.notices.records import Records, receiver_of
from chalicelib.notices.standing import NOTHING_TOLD, Verdict, holds, judge


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiding:
    """One thing to tell: the notice, the match as it is now, and whose cards are shown.

    ``own`` is the receiver's own signal, None for a supervisor, who sees both sides (D17).
    """

    notice: Notice
    match: Match
    own: Signal | None
    others: tuple[Side, ...]
    cards: tuple[ContactCard, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """Due notices by what is to be done with them."""

    send: tuple[Tiding, ...]
    hold: tuple[Notice, ...]
    cancel: tuple[Notice, ...]
    left: tuple[Notice, ...]


def sort_out(records: Records, notices: Sequence[Notice], today: date) -> Sorted:
    """Judge each due notice of a receiver against the rows as they are now."""
    judged = [_judged(records, notice, today) for notice in notices]
    tidings = [tiding for verdict, _, tiding in judged if verdict is Verdict.SEND and tiding is not None]
    handed_over = _handed_over(records, tidings) | _still_known(records, tidings, today)
    shown = _with_cards(records, [tiding for tiding in tidings if tiding.notice.id not in handed_over])
    return Sorted(
        send=tuple(tiding for tiding in shown if tiding.cards),
        hold=(*_of(judged, Verdict.HOLD), *(tiding.notice for tiding in shown if not tiding.cards)),
        cancel=(
            *_of(judged, Verdict.CANCEL),
            *(tiding.notice for tiding in tidings if tiding.notice.id in handed_over),
        ),
        left=_of(judged, Verdict.LEFT),
    )


_Judged = tuple[Verdict, Notice, Tiding | None]


def _of(judged: Iterable[_Judged], wanted: Verdict) -> tuple[Notice, ...]:
    return tuple(notice for verdict, notice, _ in judged if verdict is wanted)


def _judged(records: Records, notice: Notice, today: date) -> _Judged:
    match = records.match_of(notice)
    if match is None:
        return judge(notice, None, {}, NOTHING_TOLD, today), notice, None
    signals = records.signals(side.signal_id for side in match.sides)
    told = records.told(notice, match) if _has_history(notice) else NOTHING_TOLD
    verdict = judge(notice, match, signals, told, today)
    if verdict in {Verdict.CANCEL, Verdict.LEFT} and notice.kind is NoticeKind.STARTED:
        verdict, match = _taken_over(records, notice, match, verdict, today)
    if verdict is not Verdict.SEND:
        return verdict, notice, None
    tiding = _tiding(records, notice, match)
    return (Verdict.SEND if tiding else Verdict.CANCEL), notice, tiding


def _has_history(notice: Notice) -> bool:
    """A first beginning has nothing before it: the common case needs no further reading."""
    return notice.kind is NoticeKind.ENDED or notice.episode > 1


def _taken_over(
    records: Records, notice: Notice, match: Match, verdict: Verdict, today: date
) -> tuple[Verdict, Match]:
    """Whether an untold match, or a later episode, took the place of one that is over.

    When a professional renews a signal (D7), the new match makes nobody new known and gets no
    notice of its own. If the old one ends before its mail left, the news lives on in the new one,
    or waits until reconcile has settled that one too.
    """
    if records.told(notice, match).of_acquaintance is NoticeKind.STARTED:
        return verdict, match
    for other in records.acquaintance(match):
        if other.state is MatchState.ENDED or records.started_notice_exists(other):
            continue
        if holds(other, records.signals(side.signal_id for side in other.sides), today):
            return Verdict.SEND, other
        verdict = Verdict.HOLD
    return verdict, match


def _tiding(records: Records, notice: Notice, match: Match) -> Tiding | None:
    if notice.signal_id is None:
        return Tiding(notice=notice, match=match, own=None, others=match.sides)
    own_side = records.own_side(match)
    if own_side is None:
        return None
    own = records.signals([own_side.signal_id]).get(own_side.signal_id)
    if own is None:
        return None
    return Tiding(notice=notice, match=match, own=own, others=(match.other_side(own_side.signal_id),))


def _handed_over(records: Records, tidings: Sequence[Tiding]) -> frozenset[str]:
    """Ids of notices that cancel out: on one own signal the same professional goes and comes.

    Where that professional was told of on another own signal, and never on this one, there is nothing
    to take back here, and the coming is news.
    """
    ended = {_pair(tiding): tiding for tiding in tidings if tiding.notice.kind is NoticeKind.ENDED}
    gone: set[str] = set()
    for tiding in tidings:
        before = ended.get(_pair(tiding))
        if tiding.notice.kind is NoticeKind.STARTED and before is not None:
            gone.add(before.notice.id)
            if records.word_on_case(before.notice, before.match) is NoticeKind.STARTED:
                gone.add(tiding.notice.id)
    return frozenset(gone)


def _still_known(records: Records, tidings: Sequence[Tiding], today: date) -> frozenset[str]:
    """Ids of ends that are none: on the same own signal another match with that professional holds.

    Reconcile saw none; it came back before the mail left. One that is told in this mail is handed over.
    """
    told = {tiding.match.id for tiding in tidings if tiding.notice.kind is NoticeKind.STARTED}
    return frozenset(
        tiding.notice.id
        for tiding in tidings
        if tiding.notice.kind is NoticeKind.ENDED
        and any(
            holds(other, records.signals(side.signal_id for side in other.sides), today)
            for other in records.same_case(tiding.match)
            if other.id not in told
        )
    )


def _pair(tiding: Tiding) -> tuple[str | None, str, tuple[str, ...]]:
    own = tiding.own.id if tiding.own is not None else None
    return own, tiding.match.kind, tuple(map(receiver_of, tiding.others))


def _with_cards(records: Records, tidings: Sequence[Tiding]) -> list[Tiding]:
    """Put the present cards in; a tiding that misses one gets none, and waits."""
    if not tidings:
        return []
    cards = records.cards(side for tiding in tidings for side in tiding.others)
    shown = []
    for tiding in tidings:
        known = [cards[receiver_of(side)] for side in tiding.others if receiver_of(side) in cards]
        shown.append(replace(tiding, cards=tuple(known) if len(known) == len(tiding.others) else ()))
    return shown
