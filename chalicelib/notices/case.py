"""What a receiver is to be told of one other professional: what was told against what is (D7, D15, D37).

Pure functions. A case is all matches of one kind that make the same other professional known to the
receiver, and hang together by shared signals. Nothing here asks what has changed: whatever happened,
and in whatever order notices fell due, what is said makes what was told what is.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property

from chalicelib.domain.match import EndReason, Match, MatchState, Side
from chalicelib.domain.notice import (
    STAYS_DUE,
    UNSAID,
    Notice,
    NoticeKind,
    NoticeState,
    notice_id,
    order_of_telling,
)
from chalicelib.domain.organisation import receiver_key
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.notices.leavers import Leavers, unspent


@dataclass(frozen=True, slots=True)
class Word:
    """One thing to say, on the receiver's own side of a match: that it began, or that it ended."""

    kind: NoticeKind
    match: Match


@dataclass(frozen=True, kw_only=True)
class Case:
    """Everything that decides what is said of one other professional.

    Attributes:
        receiver: who is told.
        matches: all of the case, ended ones too.
        signals: both sides of each, without their person records.
        notices: all that there are for the receiver about these matches, by id.
        leavers: who left before the work on a match that ended came to the present holder (D28).
        tells_ends: whether the law of the region has the other side hear of an end (D37).
    """

    receiver: str
    matches: tuple[Match, ...]
    signals: Mapping[str, Signal]
    notices: Mapping[str, Notice]
    today: date
    leavers: Leavers = field(default_factory=dict)
    tells_ends: bool = True

    def words(self) -> tuple[Word, ...]:
        """What is to be said now."""
        beginnings = (word for group in self._groups for word in self._beginnings(group))
        together = {self.own(match) for group in self._groups for match in group}
        apart = sorted({self.own(match) for match in self.matches} - together)
        ends = (self._end(own) for own in apart)
        return (*beginnings, *(word for word in ends if word is not None))

    def is_unsettled(self) -> bool:
        """Whether there may be something to say once reconcile has been: a match's signal is over."""
        return any(not self._live(group) and not self._is_known(group) for group in self._groups)

    def is_unreadable(self) -> bool:
        """Whether nobody can tell what was told: nothing is said before an operator has been."""
        return any(notice.state is NoticeState.UNREADABLE for notice in self.notices.values())

    def is_over(self, notice: Notice) -> bool:
        """Whether the episode that a notice is about has ended, so that it cannot say it any more."""
        match = next(one for one in self.matches if one.id == notice.match_id)
        return match.state is MatchState.ENDED or match.episode != notice.episode

    def shares_a_match_with(self, other: Case) -> bool:
        """Whether both are parts of one case."""
        return not {match.id for match in self.matches}.isdisjoint(match.id for match in other.matches)

    def together_with(self, other: Case) -> Case:
        """Both as one; what both hold is the same row."""
        matches = {match.id: match for match in (*self.matches, *other.matches)}
        return replace(
            self,
            matches=tuple(matches[one] for one in sorted(matches)),
            signals={**self.signals, **other.signals},
            notices={**self.notices, **other.notices},
            leavers={**self.leavers, **other.leavers},
        )

    def own(self, match: Match) -> str:
        """The receiver's own signal in a match."""
        return own_side(match, self.receiver).signal_id

    def notice_id(self, word: Word) -> str:
        """The id of the notice that says a word."""
        return notice_id(word.match.id, word.match.episode, word.kind, self.receiver)

    def _beginnings(self, group: tuple[Match, ...]) -> list[Word]:
        """One word is enough for all own signals about a youth (D7); what may not have left is repeated."""
        live = sorted(self._live(group), key=_since)
        repeated = [word for word in _words(NoticeKind.STARTED, live) if self._may_have_left(word)]
        if repeated or self._is_known(group):
            return repeated
        word = self._sayable(NoticeKind.STARTED, live)
        return [word] if word is not None else []

    def _end(self, own: str) -> Word | None:
        """On each own signal that goes on while nothing is left of what was told on it."""
        if not self.tells_ends:
            return None
        signal = self.signals.get(own)
        if signal is None or not (signal.state is SignalState.RESTRICTED or signal.is_active(self.today)):
            return None
        ended = sorted((one for one in self.matches if self.own(one) == own), key=_ended_at, reverse=True)
        if ended[0].end_reason is EndReason.SAME_PERSON or not self._believes(own, ended):
            return None
        return self._sayable(NoticeKind.ENDED, ended)

    def _is_known(self, group: tuple[Match, ...]) -> bool:
        """An end that may have reached the receiver counts, a beginning that may not have does not."""
        owns, unsure = {self.own(match) for match in group}, NoticeKind.ENDED
        told = any(self._last_word({own}, unsure) is NoticeKind.STARTED for own in owns)
        return told or self._inherits(owns, group, unsure)

    def _believes(self, own: str, ended: Iterable[Match]) -> bool:
        """A beginning that may have reached the receiver counts, an end that may not have does not."""
        word = self._last_word({own}, NoticeKind.STARTED)
        if word is None:
            return self._inherits({own}, ended, NoticeKind.STARTED)
        return word is NoticeKind.STARTED

    def _inherits(self, owns: set[str], matches: Iterable[Match], unsure: NoticeKind) -> bool:
        """Whether what was told on own signals that have ended goes for these: they were renewed (D7)."""
        before = {one for one in self._renewed(matches) - owns if self._has_ended(one)}
        return bool(before) and self._last_word(before | owns, unsure) is NoticeKind.STARTED

    def _renewed(self, matches: Iterable[Match]) -> set[str]:
        """The signals that hang together with these matches by matches that only a signal's end ended."""
        lasting = [{side.signal_id for side in one.sides} for one in self.matches if _lasts(one)]
        found = {side.signal_id for one in matches if _lasts(one) for side in one.sides}
        while grown := set().union(*(pair for pair in lasting if pair & found)) - found:
            found |= grown
        return found

    def _has_ended(self, signal_id: str) -> bool:
        signal = self.signals.get(signal_id)
        if signal is None:
            return True
        return signal.state is not SignalState.RESTRICTED and not signal.is_active(self.today)

    def _last_word(self, owns: set[str], unsure: NoticeKind) -> NoticeKind | None:
        """The last word on any of these own signals, None when there is none.

        Of the mails that may have left or not, those that say ``unsure`` count.
        """
        told = [
            one
            for one in self.notices.values()
            if one.signal_id in owns and (has_left(one) or (one.kind is unsure and is_uncertain(one)))
        ]
        return max(left, key=order_of_telling).kind if (left := unspent(told, self.leavers)) else None

    def _sayable(self, kind: NoticeKind, matches: Iterable[Match]) -> Word | None:
        """The word of the first of these that has not been said, before others one whose notice waits."""
        held = [(word, self.notices.get(self.notice_id(word))) for word in _words(kind, matches)]
        waiting = [word for word, notice in held if notice is not None and notice.state in STAYS_DUE]
        unsaid = [word for word, one in held if one is None or one.state in UNSAID]
        return next(iter((*waiting, *unsaid)), None)

    def _may_have_left(self, word: Word) -> bool:
        notice = self.notices.get(self.notice_id(word))
        return notice is not None and is_uncertain(notice) and notice.state in STAYS_DUE

    def _live(self, group: tuple[Match, ...]) -> list[Match]:
        return [match for match in group if self._holds(match)]

    def _holds(self, match: Match) -> bool:
        sides = [self.signals.get(side.signal_id) for side in match.sides]
        return all(signal is not None and signal.is_active(self.today) for signal in sides)

    @cached_property
    def _groups(self) -> tuple[tuple[Match, ...], ...]:
        """The active matches, gathered by youth: those that hang together by shared signals."""
        groups: list[tuple[Match, ...]] = []
        for match in self.matches:
            if match.state is MatchState.ACTIVE:
                touching = [group for group in groups if any(_touch(match, other) for other in group)]
                groups = [group for group in groups if group not in touching]
                groups.append((match, *(other for group in touching for other in group)))
        return tuple(groups)


def own_side(match: Match, receiver: str) -> Side:
    """The receiver's side of a match they are in."""
    first, second = match.sides
    return first if receiver_key(first.organisation_id, first.professional_id) == receiver else second


def has_left(notice: Notice) -> bool:
    """Whether its mail has left and was not returned; its event may still have to be published."""
    sent = notice.state is NoticeState.SENDING and notice.message_id is not None
    return sent or notice.state is NoticeState.SENT


def is_uncertain(notice: Notice) -> bool:
    """Whether its mail may have left before a crash, or without an answer."""
    sending = notice.state is NoticeState.SENDING and notice.message_id is None
    return sending or notice.state is NoticeState.OVERTAKEN


def _words(kind: NoticeKind, matches: Iterable[Match]) -> list[Word]:
    return [Word(kind, match) for match in matches]


def _lasts(match: Match) -> bool:
    """Whether a match is active, or ended only because a signal did."""
    return match.state is MatchState.ACTIVE or match.end_reason in {None, EndReason.SIGNAL_ENDED}


def _since(match: Match) -> tuple[datetime, str]:
    return match.since, match.id


def _ended_at(match: Match) -> tuple[datetime, str]:
    return match.ended_at or match.since, match.id


def _touch(one: Match, other: Match) -> bool:
    return any(other.concerns(side.signal_id) for side in one.sides)
