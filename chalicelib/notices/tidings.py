"""From due notices to what is really told: whatever they say, what was told becomes what is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.match import Match, Side
from chalicelib.domain.notice import UNSAID, Notice, NoticeKind, NoticeState
from chalicelib.domain.organisation import ContactCard
from chalicelib.domain.signal import Signal
from chalicelib.notices.case import Case, Word, is_uncertain, own_side
from chalicelib.notices.records import Records, receiver_of
from chalicelib.notices.standing import Verdict, no_longer
from chalicelib.notices.watching import judge_watched


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


@dataclass(slots=True, kw_only=True)
class Sorted:
    """Due notices by what is to be done with them; ``new`` are among ``send``, and not yet written."""

    send: list[Tiding] = field(default_factory=list)
    new: list[Notice] = field(default_factory=list)
    hold: list[Notice] = field(default_factory=list)
    cancel: list[Notice] = field(default_factory=list)
    left: list[Notice] = field(default_factory=list)

    def put(self, verdict: Verdict, notice: Notice) -> None:
        """Note what is to be done with a notice that is not sent."""
        {Verdict.HOLD: self.hold, Verdict.CANCEL: self.cancel, Verdict.LEFT: self.left}[verdict].append(
            notice
        )


def sort_out(records: Records, notices: Sequence[Notice], now: datetime) -> Sorted:
    """Work out from the rows as they are now what a receiver is told, and by which notices."""
    found = Sorted()
    cases: list[tuple[Case, list[Notice]]] = []
    for notice in notices:
        match = records.match_of(notice)
        if notice.signal_id is None:
            _watched(found, records, notice, match, now)
        elif match is None or records.own_side(match) is None:
            found.put(no_longer(notice), notice)
        else:
            cases = _gathered(cases, records.case_of(match, amsterdam_day(now)), notice)
    readable = [(case, due) for case, due in cases if not case.is_unreadable()]
    found.hold += [notice for case, due in cases if case.is_unreadable() for notice in due]
    for case, due in readable:
        _say(found, case, due, now)
    for case, _ in readable:
        _say_who_is_left(found, records, case, now)
    found.send, without = _with_cards(records, found.send)
    found.new = [one for one in found.new if one.id not in {held.id for held in without}]
    found.hold += [one for one in without if one.id in {notice.id for notice in notices}]
    return found


def _gathered(
    cases: Sequence[tuple[Case, list[Notice]]], case: Case, notice: Notice
) -> list[tuple[Case, list[Notice]]]:
    """The cases and this one: those that share a match are one.

    What was read of one signal before a match arose, and of another after it, shows two parts of one case.
    """
    due, apart = [notice], []
    for held, of_it in cases:
        if held.shares_a_match_with(case):
            case, due = held.together_with(case), [*of_it, *due]
        else:
            apart.append((held, of_it))
    return [*apart, (case, due)]


def _watched(found: Sorted, records: Records, notice: Notice, match: Match | None, now: datetime) -> None:
    verdict, told = judge_watched(records, notice, match, amsterdam_day(now))
    if verdict is Verdict.SEND and told is not None:
        found.send.append(Tiding(notice=notice, match=told, own=None, others=told.sides))
    else:
        found.put(verdict, notice)


def _say(found: Sorted, case: Case, due: Sequence[Notice], now: datetime) -> None:
    """Give each word a notice that says it; the others of the case have nothing left to say.

    One whose mail may have left is not taken for sent before the word that comes after it has left: if
    that is overtaken too, it is still unknown what the receiver heard.
    """
    left = {notice.id: notice for notice in due}
    words = case.words()
    for word in sorted(words, key=lambda word: case.notice_id(word) not in left):
        notice = left.pop(case.notice_id(word), None) or _carrier(case, word, left)
        if notice is None:
            notice = _new(case, word, now)
            found.new.append(notice)
        left.pop(notice.id, None)
        found.send.append(_tiding(case, word, replace(notice, signal_id=case.own(word.match))))
    for notice in left.values():
        if case.is_unsettled() or (words and is_uncertain(notice)):
            found.hold.append(notice)
        else:
            found.put(Verdict.LEFT if is_uncertain(notice) else Verdict.CANCEL, notice)


def _say_who_is_left(found: Sorted, records: Records, case: Case, now: datetime) -> None:
    """Where the end of one of an organisation is told, also who of it there is, and was never told of.

    They may have been heard of as the one whose signals they took over, which told nobody anything (D28).
    What has a notice that is due says it by that.
    """
    said = {tiding.notice.id for tiding in found.send}
    for match in records.beside(case):
        other = records.case_of(match, case.today)
        for word in () if other.is_unreadable() else other.words():
            one = other.notice_id(word)
            held = other.notices.get(one)
            if one not in said and (held is None or held.state in UNSAID):
                new = _new(other, word, now)
                found.new.append(new)
                found.send.append(_tiding(other, word, new))
                said.add(one)


def _carrier(case: Case, word: Word, left: dict[str, Notice]) -> Notice | None:
    """A notice whose mail may have left takes the word along, if it said as much: else it is said twice.

    Any other leaves the word to a notice of the match itself, which stays with the match whoever holds its
    signals later (D28).
    """
    own = case.own(word.match)
    for notice in left.values():
        begins = notice.kind is word.kind is NoticeKind.STARTED and case.is_over(notice)
        if begins and notice.signal_id == own and is_uncertain(notice):
            return notice
    return None


def _new(case: Case, word: Word, now: datetime) -> Notice:
    return Notice(
        id=case.notice_id(word),
        kind=word.kind,
        state=NoticeState.PENDING,
        match_id=word.match.id,
        episode=word.match.episode,
        receiver=case.receiver,
        signal_id=case.own(word.match),
        created_at=now,
    )


def _tiding(case: Case, word: Word, notice: Notice) -> Tiding:
    own = own_side(word.match, case.receiver)
    return Tiding(
        notice=notice,
        match=word.match,
        own=case.signals[own.signal_id],
        others=(word.match.other_side(own.signal_id),),
    )


def _with_cards(records: Records, tidings: Iterable[Tiding]) -> tuple[list[Tiding], list[Notice]]:
    """The tidings with the present cards, and the notices of those that miss one, and wait."""
    tidings = list(tidings)
    cards = records.cards(side for tiding in tidings for side in tiding.others) if tidings else {}
    shown, without = [], []
    for tiding in tidings:
        known = [cards[receiver_of(side)] for side in tiding.others if receiver_of(side) in cards]
        if known and len(known) == len(tiding.others):
            shown.append(replace(tiding, cards=tuple(known)))
        else:
            without.append(tiding.notice)
    return shown, without
