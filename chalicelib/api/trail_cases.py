"""What the endpoints of oversight can do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from chalicelib.domain.caller import Caller
    from chalicelib.domain.erasure import ErasureCertificate
    from chalicelib.organisations.read_trail import TrailEntries, TrailQuestion


class ReadsTrail(Protocol):
    """:class:`chalicelib.organisations.read_trail.ReadTrail`."""

    def __call__(
        self, caller: Caller, question: TrailQuestion, *, limit: int, cursor: str | None
    ) -> TrailEntries:
        """A page of the trail. Raises OrganisationNotFound, CursorRefused, StorageBusy."""
        ...


class ReadsErasure(Protocol):
    """:class:`chalicelib.organisations.read_erasure.ReadErasure`."""

    def __call__(self, caller: Caller, signal_id: str) -> ErasureCertificate:
        """The certificate. Raises ErasureNotFound, StorageBusy."""
        ...
