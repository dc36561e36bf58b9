"""Ending one signal that is past its last day, whoever comes upon it first (D1, D7, D35)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from chalicelib.clock import Clock
from chalicelib.domain.audit import IndexItself
from chalicelib.domain.erasure import ErasureGround
from chalicelib.domain.errors import SignalAlreadyEnded
from chalicelib.domain.signal import Signal
from chalicelib.ports.errors import Stale
from chalicelib.ports.storage import Storage
from chalicelib.ports.world import Names
from chalicelib.signals.archiving import Archiving
from chalicelib.signals.ending import is_of_age


@dataclass(frozen=True, slots=True, kw_only=True)
class ExpireOne:
    """Ends an overdue signal: into the archive, or erased with its line when the youth came of age."""

    storage: Storage
    names: Names
    clock: Clock
    archiving: Archiving

    def __call__(self, signal: Signal, today: date) -> None:
        """End it, which is past its last day. Raises Stale, and StorageBusy: try again later."""
        if is_of_age(signal, today, self.archiving.legal):
            self._come_of_age(signal)
            return
        now, token = self.clock.now(), self.names.token()
        self.storage.signals.change(self.archiving.expiry(signal, today, now=now, token=token))

    def _come_of_age(self, signal: Signal) -> None:
        from chalicelib.signals.erase import EraseSignal  # noqa: PLC0415 - who gives a signal seldom needs it

        legal = self.archiving.legal
        erase = EraseSignal(storage=self.storage, names=self.names, clock=self.clock, legal=legal)
        try:
            erase(signal.id, ErasureGround.AGE, IndexItself())
        except SignalAlreadyEnded as ended:
            raise Stale(signal.id) from ended
