"""Reading the certificate of an erasure (D38)."""

from __future__ import annotations

from dataclasses import dataclass

from chalicelib.clock import Clock
from chalicelib.domain.audit import Act
from chalicelib.domain.caller import Caller
from chalicelib.domain.erasure import ErasureCertificate
from chalicelib.domain.errors import ErasureNotFound
from chalicelib.ports.storage import Storage
from chalicelib.ports.world import Names


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadErasure:
    """Shows who handles rights what went of a signal; the look is logged (D39)."""

    storage: Storage
    names: Names
    clock: Clock

    def __call__(self, caller: Caller, signal_id: str) -> ErasureCertificate:
        """The certificate. Raises ErasureNotFound, StorageBusy."""
        found = self.storage.erasures.get(signal_id)
        if found is None:
            raise ErasureNotFound
        now, token = self.clock.now(), self.names.token()
        self.storage.audit.append(caller.entry(Act.ERASURE_READ, signal_id, at=now, token=token))
        return found
