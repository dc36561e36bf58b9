"""Who must be told anew because their own signals turn out to be about different youths (D7, D15).

While a receiver's signals count as one youth, one notice on one of them is enough. When they part,
or one goes over to another youth, that notice speaks for the signals that stay with the one it stood
on: on the others the counterpart is news.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from chalicelib.domain.match import Audience, Match, MatchState, Side
from chalicelib.domain.notice import Notice, NoticeKind, notice_id
from chalicelib.matches.match_keys import KeyedSettlement
from chalicelib.matches.news import Acquaintance, Groups, acquaintance_of, receiver_of, ways_of
from chalicelib.matches.settle import Settlement
from chalicelib.matching import MatchKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Parting:
    """An acquaintance that remains for some own signals while a match with the same professional ended.

    ``match`` stands for it from now on, unless one of the ``spoken_for`` tells of it already: stored
    matches, ended ones too, that make the same professional known on these own signals.
    """

    match: Match
    own: Side
    spoken_for: tuple[Match, ...]

    def is_untold(self, notices: Iterable[str]) -> bool:
        """Whether none of the notices there are tells of it, or what told of it was taken back."""
        there = set(notices)
        return not any(
            self._notice(one, NoticeKind.STARTED) in there
            and self._notice(one, NoticeKind.ENDED) not in there
            for one in self.spoken_for
        )

    @property
    def asked(self) -> tuple[str, ...]:
        """The ids of the notices that may tell of it."""
        return tuple(self._notice(one, kind) for one in self.spoken_for for kind in NoticeKind)

    def _notice(self, match: Match, kind: NoticeKind) -> str:
        return notice_id(match.id, match.episode, kind, receiver_of(self.own))


def partings(changes: Iterable[Settlement], stored: Iterable[Match], groups: Groups) -> tuple[Parting, ...]:
    """What remains, per youth, of the acquaintance of two professionals of whom a match ends."""
    changes, stored = tuple(changes), tuple(stored)
    lost = {
        (receiver_of(own), receiver_of(other))
        for change in changes
        if change.ends and _tells(change.match)
        for own, other in ways_of(change.match)
        if own.signal_id in groups
    }
    if not lost:
        return ()
    after = {match.id: match for match in stored} | {change.match.id: change.match for change in changes}
    cases: dict[Acquaintance, list[tuple[Match, Side]]] = {}
    for one in sorted(after):
        if _tells(after[one]):
            for own, other in ways_of(after[one]):
                cases.setdefault(acquaintance_of(after[one], own, other, groups), []).append(
                    (after[one], own)
                )
    return tuple(
        _parting(of_case)
        for case, of_case in cases.items()
        if (case.receiver, case.counterpart) in lost
        and any(match.state is MatchState.ACTIVE for match, _ in of_case)
    )


def with_word(keyed: Iterable[KeyedSettlement], match: Match) -> tuple[KeyedSettlement, ...]:
    """The matches to write, with this one among them: as it is, if it would not be written otherwise.

    It comes before all but the claims of new keys, so that a crash never leaves the end told and
    what remains untold.
    """
    keyed = tuple(keyed)
    if match.id not in {one.settlement.match.id for one in keyed}:
        settlement = Settlement(match=replace(match, revision=match.revision + 1), previous=match)
        keyed = (KeyedSettlement(settlement=settlement, name=None), *keyed)
    return tuple(sorted(keyed, key=lambda one: (one.name is None, one.settlement.match.id != match.id)))


def with_notice(
    notices: Mapping[str, tuple[Notice, ...]], match: Match, notice: Notice
) -> dict[str, tuple[Notice, ...]]:
    """The notices by match id, with one more."""
    return {**notices, match.id: (*notices.get(match.id, ()), notice)}


def _parting(of_case: list[tuple[Match, Side]]) -> Parting:
    match, own = next((match, own) for match, own in of_case if match.state is MatchState.ACTIVE)
    return Parting(match=match, own=own, spoken_for=tuple(match for match, _ in of_case))


def _tells(match: Match) -> bool:
    return match.kind is MatchKind.PERSON and match.audience is Audience.BETWEEN_ORGANISATIONS
