"""What erasing asks of storage: the ledger of what was erased, and rows that outlive a person record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from chalicelib.domain.erasure import ErasureCertificate
from chalicelib.domain.match import Match
from chalicelib.domain.notice import Notice
from chalicelib.domain.review import Review


class ErasureStore(Protocol):
    """Certificates, each begun in the transaction that erases its signal (``SignalChange.erasure``)."""

    def get(self, signal_id: str) -> ErasureCertificate | None:
        """The certificate of a signal."""
        ...

    def unfinished(self, *, limit: int, after: str | None = None) -> tuple[str, ...]:
        """Ids of signals of which something is left, by id; those after this one."""
        ...

    def save(self, certificate: ErasureCertificate) -> None:
        """Write what more has gone; one that is completed is unfinished no more. Stale once erased anew."""
        ...

    def notices_of(self, pair_id: str) -> tuple[Notice, ...]:
        """All notices about a match or review, by id. May lag a moment."""
        ...

    def remove_notices(self, notices: Sequence[Notice]) -> None:
        """Remove notices and their due items; those that are gone do not matter."""
        ...

    def remove_pair(self, pair: Match | Review) -> None:
        """Remove a match or review with both mirrors. Raises Stale when it is at another revision.

        Its match key is not given to another: the name stays taken, and points at nothing.
        """
        ...

    def hand_on(self, notices: Sequence[Notice]) -> None:
        """Write that what was told by notices that go is told on other matches; nothing becomes due.

        Raises Stale when one of them is there and was not cancelled.
        """
        ...

    def take_back_verdicts(self, signal_id: str, about: str, at: datetime) -> bool:
        """Have a signal forget what was decided about it and another, and be reconciled.

        False when it holds no such verdict, or is gone. Raises Stale.
        """
        ...
