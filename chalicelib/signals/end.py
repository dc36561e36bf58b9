"""Ending a signal on purpose: closing (the risk is gone) or retracting (wrongly made) (D34, D35)."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Final, Protocol

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act
from chalicelib.domain.caller import Caller
from chalicelib.domain.dates import amsterdam_day
from chalicelib.domain.erasure import ErasureGround
from chalicelib.domain.errors import SignalAlreadyEnded
from chalicelib.domain.signal import Signal, SignalState
from chalicelib.ports.errors import Stale, StorageBusy
from chalicelib.ports.storage import SignalChange, Storage
from chalicelib.ports.world import Names
from chalicelib.signals.archiving import Archiving
from chalicelib.signals.ending import ended, has_ended, is_overdue
from chalicelib.signals.erase import EraseSignal, emptied
from chalicelib.signals.life import TRANSITIONS, Step
from chalicelib.signals.own import card_of_holder, own_signal, own_signal_to_erase, with_card
from chalicelib.signals.request import OwnSignal
from chalicelib.signals.unique_names import reference_of

ATTEMPTS: Final = 5
_WRONG: Final = ErasureGround.RETRACTED


class WatchesSearches(Protocol):
    """:class:`chalicelib.signals.searching.WatchSearches`."""

    def was_looked_at(self, signal_id: str) -> bool:
        """Whether the matches of a signal were read within the last day."""
        ...

    def note(self, caller: Caller) -> None:
        """Count a retraction of a signal that was looked at."""
        ...


class NobodyWatches:
    """Where no region administrator is to be told."""

    def was_looked_at(self, _: str) -> bool:
        """Nobody remembers."""
        return False

    def note(self, _: Caller) -> None:
        """Nothing is counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EndSignal:
    """Ends a signal: nothing finds it any more, its reference is free, the others are told (D37).

    Both ends are idempotent and raise the same:
        SignalNotFound: no such signal of this organisation.
        SignalAlreadyEnded: it ended in another way.
        CardMissing: who holds it has no card; nothing was written.
        StorageBusy: nothing was written; try again later.
    """

    storage: Storage
    names: Names
    clock: Clock
    archiving: Archiving
    watch: WatchesSearches = field(default_factory=NobodyWatches)

    def close(self, caller: Caller, signal_id: str) -> OwnSignal:
        """Close it: the risk is gone. The archive keeps the person record (D35)."""
        return self._end(caller, signal_id, Step.CLOSE, Act.SIGNAL_CLOSED)

    def retract(self, caller: Caller, signal_id: str) -> OwnSignal:
        """Retract it: it was wrongly made. Nothing of it stays, and a certificate says so (D35, D38).

        Nor does a record that nobody can open, so that it need not stand in the way of others for ever.

        After its matches were read it is written down as such, and counted: else it were a search (D16).
        The signals that it renewed go with it, and before it: what they held had gone over to it (D7), and
        who hears that it is retracted hears that nothing of them is left.
        """
        looked = self.watch.was_looked_at(signal_id)
        act = Act.SIGNAL_RETRACTED_AFTER_LOOKING if looked else Act.SIGNAL_RETRACTED
        return self._end(caller, signal_id, Step.RETRACT, act)

    @property
    def _erase(self) -> EraseSignal:
        legal = self.archiving.legal
        return EraseSignal(storage=self.storage, names=self.names, clock=self.clock, legal=legal)

    def _end(self, caller: Caller, signal_id: str, step: Step, act: Act) -> OwnSignal:
        for _ in range(ATTEMPTS):
            retracts = step is Step.RETRACT
            read = own_signal_to_erase if retracts else own_signal
            signal = read(self.storage, caller, signal_id)
            is_over, card = self._is_over(signal, step), card_of_holder(self.storage, signal)
            line = self._erase.what_it_renewed(signal, _WRONG, caller) if retracts else ()
            if is_over:
                self._log_read(caller, signal)
                return with_card(self.storage, signal, card)
            change = self._change(caller, signal, step, act)
            change = self._leaving_nothing(change, line) if retracts else self._archived(change)
            try:
                self.storage.signals.change(change)
            except Stale:
                continue
            if act is Act.SIGNAL_RETRACTED_AFTER_LOOKING:
                self._count(caller)
            return with_card(self.storage, change.signal, card)
        raise StorageBusy("the signal kept changing")

    def _is_over(self, signal: Signal, step: Step) -> bool:
        """Whether it has ended in just this way. Raises SignalAlreadyEnded for another way.

        Past its last day it has expired, run or no run; but no run can end one whose record does not open,
        so that its retraction still takes it out of the way.
        """
        unread = step is Step.RETRACT and signal.youth is None
        if is_overdue(signal, amsterdam_day(self.clock.now())) and not unread:
            raise SignalAlreadyEnded(SignalState.EXPIRED)
        if has_ended(signal) and signal.state is not TRANSITIONS[step].target:
            raise SignalAlreadyEnded(signal.state)
        return has_ended(signal)

    def _count(self, caller: Caller) -> None:
        """The signal is retracted and the trail says how; a count that storage misses undoes neither."""
        with suppress(StorageBusy):
            self.watch.note(caller)

    def _log_read(self, caller: Caller, signal: Signal) -> None:
        now, token = self.clock.now(), self.names.token()
        entry = caller.entry(Act.SIGNAL_READ, signal.id, at=now, token=token, youth=signal.pseudonym)
        self.storage.audit.append(entry)

    def _change(self, caller: Caller, signal: Signal, step: Step, act: Act) -> SignalChange:
        now = self.clock.now()
        return SignalChange(
            previous=signal,
            signal=ended(signal, step, now),
            released=(reference_of(signal),),
            audit=caller.entry(act, signal.id, at=now, token=self.names.token(), youth=signal.pseudonym),
        )

    def _archived(self, change: SignalChange) -> SignalChange:
        return replace(change, signal=self.archiving(change.signal, amsterdam_day(change.audit.at)))

    def _leaving_nothing(self, change: SignalChange, line: tuple[str, ...]) -> SignalChange:
        signal, at = change.previous, change.audit.at
        certificate = self._erase.begun(signal, _WRONG, line, at)
        return replace(change, signal=emptied(signal, Step.RETRACT, at), erasure=certificate)
