"""Reading one's own signals; there is no other way to look anyone up (D16)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act
from chalicelib.domain.caller import Caller
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.history import History
from chalicelib.domain.legal_profile import DUTCH_DEFAULT, LegalProfile
from chalicelib.domain.organisation import Professional, receiver_key
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.ports.storage import Page, Storage
from chalicelib.ports.world import Names
from chalicelib.security.cursors import Cursors
from chalicelib.signals.ending import expired, has_ended, is_overdue
from chalicelib.signals.own import earlier_of, own_signal, with_professional
from chalicelib.signals.request import OwnSignal, OwnSignals, SignalWithoutCard

LIST = "signals"
"""What the audit trail calls the list of an organisation's own signals."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSignals:
    """Shows an organisation its own signals; every read is logged before it is answered (D39)."""

    storage: Storage
    cursors: Cursors
    names: Names
    clock: Clock
    legal: LegalProfile = DUTCH_DEFAULT

    def one(self, caller: Caller, signal_id: str) -> OwnSignal:
        """One signal. Raises SignalNotFound, for another organisation's too, and CardMissing."""
        now = self.clock.now()
        stored = own_signal(self.storage, caller, signal_id)
        signal = as_of(stored, amsterdam_day(now), self.legal)
        self._log(caller, Act.SIGNAL_READ, signal.id, now, stored.pseudonym)
        return with_professional(self.storage, signal)

    def page(
        self,
        caller: Caller,
        *,
        state: SignalState | None,
        reference: str | None,
        limit: int,
        cursor: str | None,
    ) -> OwnSignals:
        """A page of signals but for erased ones, newest first; it may be short, or empty, and have a next.

        A card that got lost hides no signal: those of its holder stand apart.

        Raises CursorRefused for a cursor that this list, with these filters, did not give.
        """
        now = self.clock.now()
        bound_to = ("signals", caller.organisation.id, state or "", reference or "")
        page = self.storage.signals.page(
            caller.organisation.id,
            states=() if state is None else (state,),
            reference=reference,
            limit=limit,
            after=None if cursor is None else self.cursors.opened(cursor, bound_to),
        )
        self._log(caller, Act.SIGNALS_LISTED, LIST, now)
        shown = self._shown(page, state, amsterdam_day(now))
        return OwnSignals(
            items=tuple(one for one in shown if isinstance(one, OwnSignal)),
            without_card=tuple(one for one in shown if isinstance(one, SignalWithoutCard)),
            cursor=None if page.next is None else self.cursors.signed(page.next, bound_to),
        )

    def _shown(
        self, page: Page[Signal], state: SignalState | None, today: date
    ) -> list[OwnSignal | SignalWithoutCard]:
        signals = [as_of(signal, today, self.legal) for signal in page.items]
        left = [signal for signal in signals if signal.state is not SignalState.ERASED]
        shown = [signal for signal in left if state is None or signal.state is state]
        receivers = {receiver_key(signal.organisation_id, signal.professional_id) for signal in shown}
        cards = self.storage.organisations.professionals(receivers)
        told = self.storage.archive.histories(one.id for one in shown if one.ended_at is None)
        return [
            _with(cards.get(receiver_key(one.organisation_id, one.professional_id)), one, told)
            for one in shown
        ]

    def _log(self, caller: Caller, act: Act, resource: str, now: datetime, youth: str | None = None) -> None:
        entry = caller.entry(act, resource, at=now, token=self.names.token(), youth=youth)
        self.storage.audit.append(entry)


def _with(
    card: Professional | None, signal: Signal, told: Mapping[str, History]
) -> OwnSignal | SignalWithoutCard:
    earlier = earlier_of(told, signal)
    if card is None:
        return SignalWithoutCard(signal=signal, earlier=earlier)
    return OwnSignal(signal=signal, professional=card, earlier=earlier)


def as_of(signal: Signal, today: date, legal: LegalProfile) -> Signal:
    """The signal as it stands today: past its last day it is expired, run or no run (D8).

    Of whom an ended signal was about nothing is shown: it is in the archive, which opens once (D36).
    """
    stands = expired(signal, today, legal) if is_overdue(signal, today) else signal
    return replace(stands, youth=None, informed=None, archived=None) if has_ended(stands) else stands
