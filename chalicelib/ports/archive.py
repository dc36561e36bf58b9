"""What the use cases need of the archive of ended signals, and of what it told (D35, D36)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Protocol

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.history import History
from chalicelib.domain.signal import IndexKey, Signal
from chalicelib.ports.links import Guard
from chalicelib.ports.parts import Page


class ArchiveStore(Protocol):
    """Archived signals by keys that no other store knows, and what was told of them.

    A signal comes into the archive by :meth:`SignalStore.change`, in the write that ends it, and leaves it
    by the write that erases it. What was told of a signal goes in the write that ends that one.
    """

    def holders(self, keys: Iterable[IndexKey]) -> dict[IndexKey, frozenset[str]]:
        """Per archive key the ids of the archived signals that hold it."""
        ...

    def over(self, today: date, *, limit: int, after: str | None) -> Page[str]:
        """Ids of signals whose last day in the archive is before ``today``. May lag: read each again."""
        ...

    def redate(self, previous: Signal, signal: Signal, audit: AuditEntry) -> None:
        """Write an archived signal's next revision, under the same keys with another last day.

        Nothing is left to reconcile. Raises Stale when the stored revision or keys are others.
        """
        ...

    def histories(self, signal_ids: Iterable[str]) -> dict[str, History]:
        """What was told of these signals, by id; nothing of those that ended."""
        ...

    def tell(self, history: History, guard: Guard) -> None:
        """Write what the archive says of a signal. Raises Stale: another signal by now, or it is told."""
        ...

    def open(self, history: History, audit: Sequence[AuditEntry]) -> None:
        """Write that the earlier signals were opened, and all its entries, in one transaction.

        Raises Stale when there are none, or they were opened before, AlreadyThere for an entry.
        """
        ...
