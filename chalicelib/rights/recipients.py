"""Who was told of a signal: the notices about its matches, as they were sent (D17, D32)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from chalicelib.domain.match import Match
from chalicelib.domain.notice import Notice, NoticeKind
from chalicelib.domain.signal import Signal
from chalicelib.matching.decision import MatchKind
from chalicelib.ports.storage import Storage
from chalicelib.rights.names import Person, WhoIsWho

_OF_MATCHES: Final = frozenset({NoticeKind.STARTED, NoticeKind.ENDED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """Somebody who was told that a professional is involved, or no longer is.

    ``who`` is None for the professional of another youth of the household: that somebody is involved
    there is that youth's own.
    """

    who: Person | None
    kind: MatchKind
    told: NoticeKind
    at: datetime


def recipients_of(storage: Storage, signal: Signal, who: WhoIsWho) -> tuple[Recipient, ...]:
    """Everybody but the signal's own professional who was told of it, oldest first."""
    own = f"{signal.organisation_id}#{signal.professional_id}"
    told = [
        _recipient(match, notice, notice.sent_at, who)
        for match in storage.matches.of_signal(signal.id)
        for notice in storage.erasures.notices_of(match.id)
        if notice.kind in _OF_MATCHES and notice.sent_at is not None and notice.receiver != own
    ]
    return tuple(sorted(told, key=lambda one: (one.at, repr(one.who))))


def _recipient(match: Match, notice: Notice, at: datetime, who: WhoIsWho) -> Recipient:
    organisation, _, professional = notice.receiver.partition("#")
    is_supervisor = notice.signal_id is None
    may_be_named = match.kind is MatchKind.PERSON or is_supervisor
    return Recipient(
        who=who.card(organisation, professional) if may_be_named else None,
        kind=match.kind,
        told=notice.kind,
        at=at,
    )
