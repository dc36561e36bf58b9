"""Opening the archive: who gave earlier signals about a youth, once, on giving one (D36, D39)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act, AuditEntry
from chalicelib.domain.caller import Caller
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.errors import HistoryClosed, SignalAlreadyEnded, WhyClosed
from chalicelib.domain.history import History
from chalicelib.domain.legal_profile import DUTCH_DEFAULT, LegalProfile
from chalicelib.domain.organisation import ContactCard, card_if_known, receiver_key, shown_name
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.ports.errors import Stale
from chalicelib.ports.storage import Storage
from chalicelib.ports.world import Names, Pseudonyms
from chalicelib.signals.ending import is_overdue
from chalicelib.signals.life import Step, require
from chalicelib.signals.own import own_signal

MOST_SHOWN: Final = 80
"""The latest that ended; each is logged in the write that opens them."""

Find = Callable[[str], tuple[Signal, ...]]
"""The earlier signals about the youth of a signal: :meth:`FindEarlier.about_youth_of`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EarlierSignal:
    """Somebody who was involved before: how to reach them now, and from when to when it was; never why.

    ``card`` is None when theirs got lost; ``organisation`` is then what theirs is called, if that is known.
    """

    card: ContactCard | None
    organisation: str | None
    given_on: date
    ended_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedHistory:
    """What an opening shows, the latest to end first."""

    opened_at: datetime
    items: tuple[EarlierSignal, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenHistory:
    """Shows the professional who gave a signal who gave the earlier ones; logged before it is answered."""

    storage: Storage
    find: Find
    pseudonyms: Pseudonyms
    names: Names
    clock: Clock
    legal: LegalProfile = DUTCH_DEFAULT

    def __call__(self, caller: Caller, signal_id: str, idempotency_key: str | None) -> OpenedHistory:
        """Open them, or open them again for the same request, whose answer may have got lost.

        Raises:
            SignalNotFound: no such signal of this organisation.
            SignalAlreadyEnded, SignalRestricted: it is not active.
            HistoryClosed: it is not for this caller, not now, or was done; it says which.
            StorageBusy: nothing was opened; try again later.
        """
        now = self.clock.now()
        signal = own_signal(self.storage, caller, signal_id)
        self._require_opening(caller, signal, now)
        history = self.storage.archive.histories([signal_id]).get(signal_id)
        under = self._digest(idempotency_key)
        if history is None:
            raise HistoryClosed(WhyClosed.NOT_KNOWN_YET)
        if not history.earlier:
            raise HistoryClosed(WhyClosed.NOTHING)
        if history.opened_at is not None and (under is None or history.opened_under != under):
            raise HistoryClosed(WhyClosed.OPENED)
        earlier = self.find(signal_id)[:MOST_SHOWN]
        opened_at = self._open(history, under, self._entries(caller, signal, earlier, now), now)
        return OpenedHistory(opened_at=opened_at, items=self._items(earlier))

    def _require_opening(self, caller: Caller, signal: Signal, now: datetime) -> None:
        if is_overdue(signal, amsterdam_day(now)):
            raise SignalAlreadyEnded(SignalState.EXPIRED)
        require(signal.state, Step.OPEN_HISTORY)
        if caller.professional_id != signal.professional_id:
            raise HistoryClosed(WhyClosed.NOT_THEIRS)
        if now >= signal.created_at + timedelta(days=self.legal.opening_within_days):
            raise HistoryClosed(WhyClosed.TOO_LATE)

    def _open(
        self, history: History, under: str | None, entries: tuple[AuditEntry, ...], now: datetime
    ) -> datetime:
        """When it was opened first. Raises HistoryClosed when somebody else did meanwhile."""
        if history.opened_at is not None:
            for entry in entries:
                self.storage.audit.append(entry)
            return history.opened_at
        try:
            self.storage.archive.open(replace(history, opened_at=now, opened_under=under), entries)
        except Stale:
            raise HistoryClosed(WhyClosed.OPENED) from None
        return now

    def _entries(
        self, caller: Caller, signal: Signal, earlier: Iterable[Signal], now: datetime
    ) -> tuple[AuditEntry, ...]:
        """That the archive was opened for a signal, and of each in it that it was shown (D32, D39)."""
        seen = [(Act.HISTORY_OPENED, signal), *((Act.HISTORY_SHOWN, one) for one in earlier)]
        return tuple(
            caller.entry(act, one.id, at=now, token=self.names.token(), youth=one.pseudonym)
            for act, one in seen
        )

    def _items(self, earlier: tuple[Signal, ...]) -> tuple[EarlierSignal, ...]:
        """Who they are, as they are called now (D9)."""
        organisations = self.storage.organisations.get_many({one.organisation_id for one in earlier})
        cards = self.storage.organisations.professionals(
            {receiver_key(one.organisation_id, one.professional_id) for one in earlier}
        )
        items = []
        for one in earlier:
            organisation = organisations.get(one.organisation_id)
            card = cards.get(receiver_key(one.organisation_id, one.professional_id))
            items.append(
                EarlierSignal(
                    card=card_if_known(organisation, card),
                    organisation=None if organisation is None else shown_name(organisation),
                    given_on=amsterdam_day(one.created_at),
                    ended_on=amsterdam_day(one.ended_at or one.created_at),
                )
            )
        return tuple(items)

    def _digest(self, key: str | None) -> str | None:
        return None if key is None else self.pseudonyms.digest("history-opening", key)
