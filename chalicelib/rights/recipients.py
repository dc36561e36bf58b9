"""Who was told of a signal: the notices about its matches, as they were sent (D17, D32; GDPR, art. 19)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from chalicelib.domain.match import Match
from chalicelib.domain.notice import Notice, NoticeKind, NoticeState
from chalicelib.domain.signal import Signal
from chalicelib.matching.decision import MatchKind
from chalicelib.ports.storage import Storage
from chalicelib.rights.names import Person, WhoIsWho
from chalicelib.rights.withheld import Withheld

_OF_MATCHES: Final = frozenset({NoticeKind.STARTED, NoticeKind.ENDED})
_LEFT: Final = frozenset({NoticeState.SENT, NoticeState.SENDING, NoticeState.BOUNCED, NoticeState.OVERTAKEN})
"""What left, or may have; FAILED was refused before it did."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientsOf:
    """Reads whom others' words reached, save what tells of what is withheld."""

    storage: Storage
    who: WhoIsWho
    withheld: Withheld

    def __call__(self, signal: Signal, lineage: Iterable[str]) -> tuple[Recipient, ...]:
        """Everybody but the signal's own professional who was told of it, oldest first.

        ``lineage`` is the signal with those whose place it took (D7): who was told of one knows of all.
        """
        line = tuple(lineage)
        own = f"{signal.organisation_id}#{signal.professional_id}"
        matches = {match.id: match for one in line for match in self.storage.matches.of_signal(one)}
        told = [
            self._recipient(match, notice, notice.sent_at)
            for match in matches.values()
            if match.id not in self.withheld.resources
            for notice in self.storage.erasures.notices_of(match.id)
            if notice.kind in _OF_MATCHES and notice.state in _LEFT and notice.sent_at is not None
            if notice.receiver != own and notice.signal_id not in line
            if not self.withheld.hides_receiver(notice.receiver)
        ]
        return tuple(sorted(told, key=lambda one: (one.at, repr(one.who))))

    def _recipient(self, match: Match, notice: Notice, at: datetime) -> Recipient:
        organisation, _, professional = notice.receiver.partition("#")
        is_supervisor = notice.signal_id is None
        may_be_named = match.kind is MatchKind.PERSON or is_supervisor
        return Recipient(
            who=self.who.card(organisation, professional) if may_be_named else None,
            kind=match.kind,
            told=notice.kind,
            at=at,
        )
