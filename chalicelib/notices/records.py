"""What one round of delivery reads, each row once: matches, signals, earlier notices, cards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from itertools import chain

from chalicelib.domain.match import Match, MatchState, Side
from chalicelib.domain.notice import Notice, NoticeKind, notice_id
from chalicelib.domain.organisation import ContactCard, Organisation, Professional, contact_card, receiver_key
from chalicelib.domain.signal import Signal
from chalicelib.matches.succession import Succession, as_heirs
from chalicelib.matches.takeover import Takeover
from chalicelib.matching.decision import MatchKind
from chalicelib.notices.case import Case
from chalicelib.notices.standing import last_word
from chalicelib.ports.storage import Storage


def receiver_of(side: Side) -> str:
    """The receiver key of the professional on a side."""
    return receiver_key(side.organisation_id, side.professional_id)


class Records:
    """Reads for one receiver and one round; what is read once is remembered."""

    def __init__(
        self, storage: Storage, receiver: str, due: Iterable[Notice], *, tells_ends: bool = True
    ) -> None:
        self._tells_ends = tells_ends
        self._storage = storage
        self._receiver = receiver
        self._notices: dict[str, Notice | None] = {notice.id: notice for notice in due}
        self._of_signal: dict[str, tuple[Match, ...]] = {}
        self._succession = Succession(storage.signals.sealed)
        self._takeover = Takeover(storage.organisations.professionals)
        self._leavers: dict[str, tuple[Professional, ...]] = {}

    def match_of(self, notice: Notice) -> Match | None:
        """The match a notice is about, as it is now.

        From the own signal's list, which is read anyway; it is not there for a supervisor, nor when the
        notice went over to another own signal (D7).
        """
        own = self._succession.heir(notice.signal_id) if notice.signal_id is not None else None
        listed = self._matches(own) if own is not None else ()
        found = next((match for match in listed if match.id == notice.match_id), None)
        if found is not None:
            return found
        match = self._storage.matches.get(notice.match_id)
        return self._as_heirs([match])[0] if match is not None else None

    def signals(self, signal_ids: Iterable[str]) -> dict[str, Signal]:
        """Those that exist, by id, besides those that took their place."""
        return self._succession.signals(signal_ids)

    def acquaintance(self, match: Match) -> tuple[Match, ...]:
        """All matches that make the same two professionals known to each other in this group.

        They are those of the same kind and pair that hang together by shared signals, this one
        included: a professional who renews (D7) holds two signals on one youth for a while. In a
        household the receiver may also hold signals on brothers and sisters: each is a case apart.
        """
        pair = frozenset(map(receiver_of, match.sides))
        found = {match.id: match}
        to_visit = [side.signal_id for side in match.sides]
        visited: set[str] = set()
        while to_visit:
            signal_id = to_visit.pop()
            visited.add(signal_id)
            for other in self._matches(signal_id):
                if (other.kind, frozenset(map(receiver_of, other.sides))) != (match.kind, pair):
                    continue
                if self._same_case(match, other):
                    found[other.id] = other
                    to_visit.extend({side.signal_id for side in other.sides} - visited)
        return tuple(found[key] for key in sorted(found))

    def own_side(self, match: Match) -> Side | None:
        """The receiver's side of a match; None for a supervisor, and for who is no longer in it."""
        return next((side for side in match.sides if receiver_of(side) == self._receiver), None)

    def _same_case(self, match: Match, other: Match) -> bool:
        """In a household each own signal is a case of its own; about one person they are one case."""
        return match.kind is MatchKind.PERSON or self.own_side(match) in {None, self.own_side(other)}

    def case_of(self, match: Match, today: date) -> Case:
        """All that decides what is said of the other professional of a match."""
        matches = self.acquaintance(match)
        sides = [side for one in matches for side in one.sides]
        return Case(
            receiver=self._receiver,
            matches=matches,
            signals=self.signals(side.signal_id for side in sides),
            notices=self._notices_of(matches),
            leavers={one.id: left for one in matches if (left := self._leavers.get(one.id))},
            today=today,
            tells_ends=self._tells_ends,
        )

    def beside(self, case: Case) -> tuple[Match, ...]:
        """Where the end of one professional is told: the active matches with others of that organisation."""
        found = {}
        for word in case.words():
            if word.kind is NoticeKind.ENDED:
                own = case.own(word.match)
                whose = word.match.other_side(own).organisation_id
                for match in self._matches(own):
                    alike = (match.kind, match.state) == (word.match.kind, MatchState.ACTIVE)
                    if alike and match.other_side(own).organisation_id == whose:
                        found[match.id] = match
        return tuple(found[one] for one in sorted(found))

    def told(self, notice: Notice, match: Match) -> NoticeKind | None:
        """The last word a supervisor got, besides this notice, about the two professionals of a match."""
        others = self._notices_of(self.acquaintance(match))
        return last_word(one for one in others.values() if one.id != notice.id)

    def last_told(self) -> datetime | None:
        """When the latest mail left, or may have, that told of anything read here; None when none did."""
        moments = (notice.sent_at for notice in self._notices.values() if notice is not None)
        return max((moment for moment in moments if moment is not None), default=None)

    def started_notice_exists(self, match: Match) -> bool:
        """Whether the match has a notice of its own for this receiver in this episode."""
        return self._notice_id(match, match.episode, NoticeKind.STARTED) in self._notices_of([match])

    def cards(self, sides: Iterable[Side]) -> dict[str, ContactCard]:
        """The cards as they are now, by receiver key; a side without rows is left out (D9, D18, D19)."""
        wanted = {receiver_of(side): side.organisation_id for side in sides}
        organisations = self._storage.organisations.get_many(set(wanted.values()))
        professionals = self._storage.organisations.professionals(wanted)
        return dict(_cards(wanted, organisations, professionals))

    def _matches(self, signal_id: str) -> tuple[Match, ...]:
        """Those of a signal, and of the ones whose place it took, as matches of who stands there now (D7)."""
        if signal_id not in self._of_signal:
            lists = map(self._storage.matches.of_signal, self._succession.lineage(signal_id))
            self._of_signal[signal_id] = self._as_heirs([match for listed in lists for match in listed])
        return self._of_signal[signal_id]

    def _as_heirs(self, matches: Sequence[Match]) -> tuple[Match, ...]:
        heirs = self._succession.heirs(side.signal_id for match in matches for side in match.sides)
        standing = [as_heirs(match, heirs) for match in matches]
        over = [match for match in standing if match.state is MatchState.ENDED]
        held = self._succession.signals(side.signal_id for match in over for side in match.sides)
        ended = {match.id: _as_held(match, held) for match in over}
        whose = self._takeover.holders(receiver_of(side) for match in ended.values() for side in match.sides)
        for match in ended.values():
            paths = (self._takeover.leavers(receiver_of(side)) for side in match.sides)
            self._leavers[match.id] = tuple(chain.from_iterable(paths))
        return tuple(_as_left(ended[one.id], whose) if one.id in ended else one for one in standing)

    def _notices_of(self, matches: Iterable[Match]) -> dict[str, Notice]:
        """All notices there are for the receiver about these matches."""
        unread = {one for match in matches for one in self._notice_ids(match)} - self._notices.keys()
        if unread:
            self._notices |= dict.fromkeys(unread) | self._storage.notices.get_many(unread)
        ids = {one for match in matches for one in self._notice_ids(match)}
        found = {one: notice for one in sorted(ids) if (notice := self._notices[one]) is not None}
        heirs = self._succession.heirs(one.signal_id for one in found.values() if one.signal_id is not None)
        return {
            one: replace(notice, signal_id=heirs.get(notice.signal_id or "", notice.signal_id))
            for one, notice in found.items()
        }

    def _notice_ids(self, match: Match) -> Iterator[str]:
        """Of an active match the end of this episode cannot have been told."""
        for episode in range(1, match.episode + 1):
            yield self._notice_id(match, episode, NoticeKind.STARTED)
            if episode < match.episode or match.state is MatchState.ENDED:
                yield self._notice_id(match, episode, NoticeKind.ENDED)

    def _notice_id(self, match: Match, episode: int, kind: NoticeKind) -> str:
        return notice_id(match.id, episode, kind, self._receiver)


def _cards(
    wanted: dict[str, str],
    organisations: dict[str, Organisation],
    professionals: dict[str, Professional],
) -> Iterator[tuple[str, ContactCard]]:
    for receiver, organisation_id in wanted.items():
        organisation, professional = organisations.get(organisation_id), professionals.get(receiver)
        if organisation is not None and professional is not None:
            yield receiver, contact_card(organisation, professional)


def _as_held(match: Match, signals: Mapping[str, Signal]) -> Match:
    """An ended match by who holds its signals since: nobody writes it anew when one goes over (D28)."""
    first, second = (
        replace(side, professional_id=signals[side.signal_id].professional_id)
        if side.signal_id in signals
        else side
        for side in match.sides
    )
    return replace(match, sides=(first, second))


def _as_left(match: Match, whose: Mapping[str, str]) -> Match:
    """An ended match by who has the work since of those who left: its signals ended before (D28)."""
    first, second = (
        replace(side, professional_id=whose[receiver_of(side)].rpartition("#")[2]) for side in match.sides
    )
    return replace(match, sides=(first, second))
