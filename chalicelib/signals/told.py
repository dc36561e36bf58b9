"""What was told outlives the notice that told it, while the same people know each other by other signals.

A professional with two signals about a youth is told of once (D7, D15). When the one on which it was told is
erased, its notices go; that the two know of each other has to stay, or the end of the other signal would be
news of nobody, and never told (D37).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from chalicelib.domain.match import Match, MatchState, Side
from chalicelib.domain.notice import (
    STAYS_DUE,
    Notice,
    NoticeKind,
    NoticeState,
    notice_id,
    order_of_telling,
)
from chalicelib.domain.organisation import receiver_key
from chalicelib.matches.takeover import Takeover
from chalicelib.ports.storage import Storage


@dataclass(frozen=True, slots=True)
class HandOnWhatWasTold:
    """Writes what was told on the matches of an erased signal on the matches that go on between the two."""

    storage: Storage

    def __call__(self, signal_id: str, matches: Iterable[Match], notices: Iterable[Notice]) -> None:
        """Before ``notices`` about ``matches`` of the erased signal go. Raises Stale, StorageBusy."""
        told = tuple(filter(_may_be_known, notices))
        for match in matches:
            known = dict(_known(match, told))
            if known:
                self.storage.erasures.hand_on(tuple(self._handed_on(signal_id, match, known)))

    def _handed_on(self, signal_id: str, match: Match, known: dict[str, Notice]) -> Iterator[Notice]:
        """To who has the signal on the same side now: what was told goes for who took it over (D28).

        Not for who took over from the one whose signal is erased: they hear by themselves whom they know.
        """
        between = sorted(self._between_the_two(signal_id, match), key=lambda one: (one.since, one.id))
        other = match.other_side(signal_id)
        for receiver, last in known.items():
            is_other = receiver == _whose(other)
            going_on = [
                one for one in between if is_other or _whose(one.other_side(other.signal_id)) == receiver
            ]
            sides = [_side(one, other.signal_id, other=is_other) for one in going_on]
            ids = [
                notice_id(one.id, one.episode, NoticeKind.STARTED, _whose(side))
                for one, side in zip(going_on, sides, strict=True)
            ]
            held = self.storage.notices.get_many(ids).values()
            if going_on and not any(_says(one) for one in held):
                yield _on(going_on[0], sides[0], last, ids[0])

    def _between_the_two(self, signal_id: str, match: Match) -> Iterator[Match]:
        """The matches of the other side that go on with another signal of the same, or of who took over."""
        other = match.other_side(signal_id)
        (own,) = (side for side in match.sides if side != other)
        takers = Takeover(self.storage.organisations.professionals).holders([_whose(own)])
        for one in self.storage.matches.of_signal(other.signal_id):
            same = _whose(one.other_side(other.signal_id)) in {*takers, *takers.values()}
            if one.kind is match.kind and one.state is MatchState.ACTIVE and same:
                yield one


def _known(match: Match, told: Iterable[Notice]) -> Iterator[tuple[str, Notice]]:
    """Per side of a match the last that was told of it, if that was that it began."""
    about = [one for one in told if one.match_id == match.id]
    for receiver in map(_whose, match.sides):
        own = [one for one in about if one.receiver == receiver]
        last = max(own, key=order_of_telling, default=None)
        if last is not None and last.kind is NoticeKind.STARTED:
            yield receiver, last


def _may_be_known(notice: Notice) -> bool:
    """Whether it was told; a beginning that may have been counts as well, for its end is to be told."""
    overtaken = notice.state is NoticeState.OVERTAKEN and notice.kind is NoticeKind.STARTED
    return overtaken or notice.state is NoticeState.SENT


def _says(notice: Notice) -> bool:
    """Whether a beginning was told by itself, or may have been, or will be; the unreadable may have been."""
    return _may_be_known(notice) or notice.state in STAYS_DUE or notice.state is NoticeState.UNREADABLE


def _side(match: Match, other_id: str, *, other: bool) -> Side:
    """The side of the signal that stays, or the one across from it."""
    return next(side for side in match.sides if (side.signal_id == other_id) is other)


def _on(match: Match, side: Side, told: Notice, new_id: str) -> Notice:
    return replace(
        told,
        id=new_id,
        match_id=match.id,
        episode=match.episode,
        receiver=_whose(side),
        signal_id=side.signal_id,
        heard=(),
    )


def _whose(side: Side) -> str:
    return receiver_key(side.organisation_id, side.professional_id)
