"""What one round of delivery reads, each row once: matches, signals, earlier notices, cards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chalicelib.domain.match import Match, Side
from chalicelib.domain.notice import Notice, NoticeKind, notice_id
from chalicelib.domain.organisation import ContactCard, Organisation, Professional, contact_card, receiver_key
from chalicelib.domain.signal import Signal
from chalicelib.matching.decision import MatchKind
from chalicelib.notices.standing import Told, last_word
from chalicelib.ports.storage import Storage


def receiver_of(side: Side) -> str:
    """The receiver key of the professional on a side."""
    return receiver_key(side.organisation_id, side.professional_id)


class Records:
    """Reads for one receiver and one round; what is read once is remembered."""

    def __init__(self, storage: Storage, receiver: str) -> None:
        self._storage = storage
        self._receiver = receiver
        self._of_signal: dict[str, tuple[Match, ...]] = {}
        self._signals: dict[str, Signal] = {}
        self._asked: set[str] = set()

    def match_of(self, notice: Notice) -> Match | None:
        """The match a notice is about, as it is now; for a supervisor from its own row."""
        if notice.signal_id is None:
            return self._storage.matches.get(notice.match_id)
        matches = self._matches(notice.signal_id)
        return next((match for match in matches if match.id == notice.match_id), None)

    def signals(self, signal_ids: Iterable[str]) -> dict[str, Signal]:
        """Those that exist, by id."""
        wanted = set(signal_ids)
        new = wanted - self._asked
        if new:
            self._signals |= self._storage.signals.sealed(new)
            self._asked |= new
        return {signal_id: self._signals[signal_id] for signal_id in wanted & self._signals.keys()}

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

    def told(self, notice: Notice, match: Match) -> Told:
        """The last word the receiver got about this match, and about this acquaintance."""
        ids = {each.id: set(self._notice_ids(each)) - {notice.id} for each in self.acquaintance(match)}
        notices = self._storage.notices.get_many(set().union(*ids.values()))
        return Told(
            of_match=last_word(notices[key] for key in ids[match.id] & notices.keys()),
            of_acquaintance=last_word(notices.values()),
        )

    def same_case(self, match: Match) -> tuple[Match, ...]:
        """Those of the acquaintance on this very own signal, this match included."""
        own = self.own_side(match)
        return tuple(each for each in self.acquaintance(match) if self.own_side(each) == own)

    def word_on_case(self, notice: Notice, match: Match) -> NoticeKind | None:
        """The last word the receiver got, besides this notice, on this own signal about the same other."""
        ids = {one for each in self.same_case(match) for one in self._notice_ids(each)} - {notice.id}
        return last_word(self._storage.notices.get_many(ids).values())

    def started_notice_exists(self, match: Match) -> bool:
        """Whether the match has a notice of its own for this receiver in this episode."""
        wanted = notice_id(match.id, match.episode, NoticeKind.STARTED, self._receiver)
        return wanted in self._storage.notices.get_many([wanted])

    def cards(self, sides: Iterable[Side]) -> dict[str, ContactCard]:
        """The cards as they are now, by receiver key; a side without rows is left out (D9, D18, D19)."""
        wanted = {receiver_of(side): side.organisation_id for side in sides}
        organisations = self._storage.organisations.get_many(set(wanted.values()))
        professionals = self._storage.organisations.professionals(wanted)
        return dict(_cards(wanted, organisations, professionals))

    def _matches(self, signal_id: str) -> tuple[Match, ...]:
        if signal_id not in self._of_signal:
            self._of_signal[signal_id] = self._storage.matches.of_signal(signal_id)
        return self._of_signal[signal_id]

    def _notice_ids(self, match: Match) -> Iterator[str]:
        for episode in range(1, match.episode + 1):
            for kind in NoticeKind:
                yield notice_id(match.id, episode, kind, self._receiver)


def _cards(
    wanted: dict[str, str],
    organisations: dict[str, Organisation],
    professionals: dict[str, Professional],
) -> Iterator[tuple[str, ContactCard]]:
    for receiver, organisation_id in wanted.items():
        organisation, professional = organisations.get(organisation_id), professionals.get(receiver)
        if organisation is not None and professional is not None:
            yield receiver, contact_card(organisation, professional)
