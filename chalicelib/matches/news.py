"""Who is to be told of what changed (D14, D15, D17, D37): a pure function."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from chalicelib.domain.match import Audience, EndReason, Match, MatchState, Side
from chalicelib.domain.notice import Notice, NoticeKind, NoticeState, notice_id
from chalicelib.domain.organisation import receiver_key
from chalicelib.matches.settle import Settlement
from chalicelib.matches.succession import as_heirs
from chalicelib.matching import MatchKind

Groups = Mapping[str, tuple[str, ...]]
NOBODY_RENEWED: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """That a receiver knows another professional to be involved.

    ``youth`` holds the receiver's own signals about one youth for a person match; for a household
    match the one own signal, since there each own signal is a case of its own.
    """

    kind: MatchKind
    youth: tuple[str, ...]
    receiver: str
    counterpart: str


def notices_for(
    changes: Iterable[Settlement],
    stored: Iterable[Match],
    groups: Groups,
    supervisors: Mapping[str, frozenset[str]],
    now: datetime,
    *,
    heirs: Mapping[str, str] = NOBODY_RENEWED,
) -> dict[str, tuple[Notice, ...]]:
    """Per match id the notices its transaction must hold.

    A receiver is told when a match makes a professional of another organisation known to them whom
    no other active match about the same youth already does, and when the last such match ends
    (so a renewal by the same professional is no news, D7). Supervisors (by signal id) hear of every
    match that is news to somebody (D17). Groups that turn out to be one person end their household
    matches without a mail. A match of a signal that was renewed counts as that of the one
    which took its place, by ``heirs``.
    """
    changes = [_of_heirs(change, heirs) for change in changes]
    before = [as_heirs(match, heirs) for match in stored if match.state is MatchState.ACTIVE]
    known = _acquaintances(before, groups)
    after = {match.id: match for match in before} | {change.match.id: change.match for change in changes}
    remaining = _acquaintances((m for m in after.values() if m.state is MatchState.ACTIVE), groups)
    told: dict[str, tuple[Notice, ...]] = {}
    for change in changes:
        match = change.match
        if match.audience is Audience.WITHIN_ORGANISATION:
            continue
        if change.arises:
            told[match.id] = _started(match, groups, supervisors, known, now)
            known |= _acquaintances([match], groups)
        elif change.ends and match.end_reason is not EndReason.SAME_PERSON:
            told[match.id] = tuple(
                notice_of(match, NoticeKind.ENDED, receiver_of(own), own.signal_id, now)
                for own, other in ways_of(match)
                if own.signal_id in groups and acquaintance_of(match, own, other, groups) not in remaining
            )
    return told


def _of_heirs(change: Settlement, heirs: Mapping[str, str]) -> Settlement:
    return replace(change, match=as_heirs(change.match, heirs))


def with_looks(
    notices: Mapping[str, tuple[Notice, ...]], changes: Iterable[Settlement], groups: Groups, now: datetime
) -> dict[str, tuple[Notice, ...]]:
    """The notices, and for whom a match arises or ends without one, a look whether there is news.

    Another match makes, or made, the same professional known about the same youth; whether the receiver
    was ever told of that one, on an own signal that is still about this youth, delivery has to find out.
    So it has for who took a signal over, with matches that there were (D28).
    """
    changes = list(changes)
    return {
        **{one.match.id: tuple(_looks_of_takers(one, now)) for one in changes},
        **notices,
        **{
            match.id: (*notices[match.id], *_looks(match, notices[match.id], groups, now))
            for match in (change.match for change in changes)
            if match.id in notices
        },
    }


def _looks_of_takers(change: Settlement, now: datetime) -> Iterator[Notice]:
    match, previous = change.match, change.previous
    if change.arises or change.ends or previous is None or match.audience is Audience.WITHIN_ORGANISATION:
        return
    held_by = {side.signal_id: side.professional_id for side in previous.sides}
    for own, _ in ways_of(match):
        if held_by[own.signal_id] != own.professional_id and match.state is MatchState.ACTIVE:
            yield _look(match, own, now)


def _look(match: Match, own: Side, now: datetime) -> Notice:
    look = notice_of(match, NoticeKind.LOOK, receiver_of(own), own.signal_id, now)
    return replace(look, id=notice_id(match.id, match.revision, NoticeKind.LOOK, look.receiver))


def _looks(match: Match, notices: Iterable[Notice], groups: Groups, now: datetime) -> Iterator[Notice]:
    told = {notice.receiver for notice in notices}
    for own, _ in ways_of(match):
        if own.signal_id in groups and receiver_of(own) not in told:
            yield _look(match, own, now)


def _started(
    match: Match,
    groups: Groups,
    supervisors: Mapping[str, frozenset[str]],
    known: set[Acquaintance],
    now: datetime,
) -> tuple[Notice, ...]:
    news = [
        notice_of(match, NoticeKind.STARTED, receiver_of(own), own.signal_id, now)
        for own, other in ways_of(match)
        if acquaintance_of(match, own, other, groups) not in known
    ]
    if not news:
        return ()
    watching = {one for side in match.sides for one in supervisors.get(side.signal_id, frozenset())}
    watching -= {receiver_of(side) for side in match.sides}
    return (*news, *(notice_of(match, NoticeKind.STARTED, one, None, now) for one in sorted(watching)))


def notice_of(match: Match, kind: NoticeKind, receiver: str, signal_id: str | None, now: datetime) -> Notice:
    """A new notice of a match as it is written."""
    return Notice(
        id=notice_id(match.id, match.episode, kind, receiver),
        kind=kind,
        state=NoticeState.PENDING,
        match_id=match.id,
        episode=match.episode,
        receiver=receiver,
        signal_id=signal_id,
        created_at=now,
    )


def _acquaintances(matches: Iterable[Match], groups: Groups) -> set[Acquaintance]:
    return {
        acquaintance_of(match, own, other, groups)
        for match in matches
        if match.audience is Audience.BETWEEN_ORGANISATIONS
        for own, other in ways_of(match)
    }


def acquaintance_of(match: Match, own: Side, other: Side, groups: Groups) -> Acquaintance:
    """What a match makes known to the professional on its ``own`` side."""
    alone = (own.signal_id,)
    youth = alone if match.kind is MatchKind.HOUSEHOLD else groups.get(own.signal_id, alone)
    return Acquaintance(match.kind, youth, receiver_of(own), receiver_of(other))


def ways_of(match: Match) -> tuple[tuple[Side, Side], tuple[Side, Side]]:
    """Own and other side, for each of the two."""
    first, second = match.sides
    return (first, second), (second, first)


def receiver_of(side: Side) -> str:
    """The receiver key of the professional on a side."""
    return receiver_key(side.organisation_id, side.professional_id)
