"""What operators' commands ask of all signals of a region; no function may read every row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from chalicelib.domain.signal import IndexKey, Signal
from chalicelib.ports.parts import Page


@dataclass(frozen=True, slots=True, order=True)
class KeyItem:
    """That a signal can be found under a key, among the active or in the archive, as its family says."""

    key: IndexKey
    signal_id: str


class CensusStore(Protocol):
    """Every signal and every key item, page by page, in no order; a page may be short, even empty.

    Whatever is there from the first page to the last is seen; what comes or goes meanwhile may be.
    """

    def running(self, *, limit: int, after: str | None) -> Page[Signal]:
        """The signals that have not ended, with their person records left sealed."""
        ...

    def found(self, *, limit: int, after: str | None) -> Page[Signal]:
        """The signals that have keys to be found by: those that run, and those in the archive; sealed."""
        ...

    def archive_items(self, *, limit: int, after: str | None) -> Page[KeyItem]:
        """The items by which signals are found in the archive."""
        ...

    def key_items(self, *, limit: int, after: str | None) -> Page[KeyItem]:
        """The items by which signals are found among the active."""
        ...

    def held(self, items: Iterable[KeyItem]) -> frozenset[KeyItem]:
        """Those of the items that are there."""
        ...

    def rekey(self, signal: Signal, keys: frozenset[IndexKey]) -> None:
        """Have a signal found under these keys instead of those it is ``found_by``, at the same revision.

        Nothing else of it changes, and no reconcile is asked for: what it matches is the same. Raises
        Stale when its revision or its keys are no longer those of ``signal``.
        """
        ...

    def shed(self, signal: Signal) -> None:
        """Have a signal that is over found among the active no more, at the same revision; else Stale."""
        ...
