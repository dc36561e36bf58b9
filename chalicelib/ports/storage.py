"""What the use cases need of storage.

`chalicelib/models` implements these over DynamoDB, `tests/fakes` in memory; one contract suite
runs over both. Every read is consistent unless its docstring says otherwise. Any call may raise
:class:`StorageBusy`; other errors are named where they can happen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.notice import Notice
from chalicelib.domain.organisation import Organisation, Professional
from chalicelib.domain.signal import IndexKey, Signal, SignalState
from chalicelib.matching.records import Address
from chalicelib.ports.census import CensusStore
from chalicelib.ports.links import (
    ConfirmationsAsked,
    Guard,
    Links,
    MatchChange,
    MatchStore,
    ReviewChange,
    ReviewStore,
    VerdictChange,
)
from chalicelib.ports.parts import Page, UniqueName

__all__ = [
    "AuditStore",
    "ConfirmationsAsked",
    "ExcludedAddress",
    "ExclusionStore",
    "Guard",
    "LeaseStore",
    "Links",
    "MatchChange",
    "MatchStore",
    "NewSignal",
    "NoticeStore",
    "OrganisationStore",
    "Page",
    "PendingWork",
    "Recheck",
    "ReviewChange",
    "ReviewStore",
    "SettingStore",
    "SignalChange",
    "SignalStore",
    "Storage",
    "UniqueName",
    "VerdictChange",
    "WorkStore",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSignal:
    """All that giving a signal writes, in one transaction (architecture.md, 2).

    ``professional`` is None when the stored card is already so. The pending item is implied.
    """

    signal: Signal
    names: tuple[UniqueName, ...]
    professional: Professional | None
    audit: AuditEntry


@dataclass(frozen=True, slots=True, kw_only=True)
class SignalChange:
    """A signal's next revision, in one transaction: row, key items added and removed, pending item.

    ``signal`` is the new value with ``revision`` = ``previous.revision`` + 1. Key items of
    ``previous.keys`` that are not in ``signal.keys`` go. ``released`` names become free.
    ``professional`` is None when no card is to be written.
    """

    previous: Signal
    signal: Signal
    released: tuple[str, ...]
    audit: AuditEntry
    professional: Professional | None = None


class SignalStore(Protocol):
    """Signals with their match keys."""

    def add(self, new: NewSignal) -> None:
        """Write a new signal. Raises NameTaken (the first that is taken), else AlreadyThere."""
        ...

    def change(self, change: SignalChange) -> None:
        """Write a signal's next revision. Raises Stale when the stored revision or keys are others."""
        ...

    def get(self, signal_id: str) -> Signal | None:
        """The signal, opened from its seal."""
        ...

    def get_many(self, signal_ids: Iterable[str]) -> dict[str, Signal]:
        """Those that exist, by id."""
        ...

    def sealed(self, signal_ids: Iterable[str]) -> dict[str, Signal]:
        """As ``get_many`` with the person records left sealed: ``youth`` and ``informed`` are None."""
        ...

    def page(
        self,
        organisation_id: str,
        *,
        state: SignalState | None,
        reference: str | None,
        limit: int,
        after: str | None,
    ) -> Page[Signal]:
        """An organisation's own signals, newest first. The order may lag a moment behind."""
        ...

    def holders(self, keys: Iterable[IndexKey]) -> dict[IndexKey, frozenset[str]]:
        """Per key the ids of the signals that hold it."""
        ...

    def overdue(self, today: date, *, limit: int, after: str | None) -> Page[str]:
        """Ids of signals whose last day is before ``today``. May lag: read each again."""
        ...


class NoticeStore(Protocol):
    """The outbox: notices, and what is due per receiver."""

    def get_many(self, notice_ids: Iterable[str]) -> dict[str, Notice]:
        """Those that exist, by id."""
        ...

    def due(self, receiver: str) -> tuple[Notice, ...]:
        """All notices of a receiver that still have a due item, oldest first."""
        ...

    def settle(self, notices: Sequence[Notice]) -> None:
        """Write notices in a final state and remove their due items, in transactions."""
        ...

    def save(self, notices: Sequence[Notice]) -> None:
        """Write notices that stay due (SENDING, or PENDING with another ``due_at`` and ``attempts``).

        Raises Stale when one of them has been settled meanwhile.
        """
        ...

    def wake(self, receivers: Iterable[str]) -> None:
        """Touch the outbox row of each receiver: its stream wakes delivery."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingWork:
    """A signal revision that still has to be reconciled.

    Attributes:
        attempts: how often the sweep tried in vain; a new revision, or a new request, counts from 0.
        error: the class of the last error; never its text.
        not_before: when the sweep may try again; None when it never failed.
    """

    signal_id: str
    revision: int
    since: datetime
    attempts: int = 0
    error: str | None = None
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True, order=True)
class Recheck:
    """A new look, from a day on, at all who hold a key."""

    day: date
    key: IndexKey


class WorkStore(Protocol):
    """Stored work items: the guarantee behind the streams (architecture.md, 4)."""

    def pending(self, signal_id: str) -> PendingWork | None:
        """The signal's pending item."""
        ...

    def add_pending(self, signal_id: str, revision: int, since: datetime) -> None:
        """Ask for a reconcile of a signal without changing it; an item of a later revision stays."""
        ...

    def done(self, work: PendingWork) -> None:
        """Remove the pending item; does nothing when its revision or ``since`` is another, or it is gone."""
        ...

    def put_off(self, work: PendingWork, error: str, until: datetime) -> None:
        """Note a failed attempt at an item; as ``done`` does nothing when it is another, or gone."""
        ...

    def pending_before(self, moment: datetime, *, limit: int) -> tuple[PendingWork, ...]:
        """Pending items whose time (``since``, or a later ``not_before``) is before a moment.

        Oldest first in each bucket, the buckets in turns.
        """
        ...

    def recheck(self, recheck: Recheck) -> None:
        """Ask for a new look; asking again changes nothing."""
        ...

    def rechecks_until(self, day: date, *, limit: int) -> tuple[Recheck, ...]:
        """The looks asked for a day up to this one, oldest first."""
        ...

    def recheck_done(self, recheck: Recheck) -> None:
        """Remove it; does nothing when it is gone."""
        ...

    def receivers_due_before(self, moment: datetime, *, limit: int) -> tuple[str, ...]:
        """Receivers with a due item whose time (``since``, or a later ``due_at``) is before a moment."""
        ...


class LeaseStore(Protocol):
    """Leases: who does a thing now."""

    def acquire(self, name: str, owner: str, *, now: datetime, until: datetime) -> bool:
        """True when the lease is ours until then; False when another's has not run out."""
        ...

    def release(self, name: str, owner: str) -> None:
        """Give it back if it is still ours."""
        ...


class OrganisationStore(Protocol):
    """Organisations, supervisors and professionals."""

    def get(self, organisation_id: str) -> Organisation | None:
        """The organisation."""
        ...

    def get_many(self, organisation_ids: Iterable[str]) -> dict[str, Organisation]:
        """Those that exist, by id."""
        ...

    def all(self) -> tuple[Organisation, ...]:
        """Every organisation, by id."""
        ...

    def put(self, organisation: Organisation, *, previous_revision: int | None, audit: AuditEntry) -> None:
        """Create (None) or replace. Raises AlreadyThere, Stale."""
        ...

    def professional(self, organisation_id: str, professional_id: str) -> Professional | None:
        """A contact card row."""
        ...

    def professionals(self, receivers: Iterable[str]) -> dict[str, Professional]:
        """Those that exist, by receiver key."""
        ...

    def put_professional(self, professional: Professional) -> None:
        """Create or replace a card."""
        ...

    def supervisor(self, municipality_code: str) -> str | None:
        """The receiver key of the municipality's supervisor (D17)."""
        ...

    def set_supervisor(self, municipality_code: str, receiver: str) -> None:
        """Create or replace the supervisor of a municipality."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ExcludedAddress:
    """An address that makes no household match (D13).

    ``form`` is the canonical string of matching's ``address_forms``: ``.number`` for level NUMBER,
    ``.exact`` for level EXACT.
    """

    form: str
    level: str
    kind: str
    source: str
    valid_from: date
    valid_until: date | None
    address: Address


class ExclusionStore(Protocol):
    """The excluded-address register (D13)."""

    def excluded(self, forms: Iterable[str], today: date) -> frozenset[str]:
        """The forms that are in the register on this day."""
        ...

    def put(self, excluded: ExcludedAddress) -> None:
        """Create or replace an entry."""
        ...

    def all(self) -> tuple[ExcludedAddress, ...]:
        """The whole register, by form: for operators only, no function may read every row."""
        ...

    def remove(self, form: str) -> bool:
        """Remove an entry, under every key set in use; False when there was none."""
        ...

    def lacking(self, keyset: str) -> tuple[ExcludedAddress, ...]:
        """The entries that are not kept under a key set, by form: for operators, as ``all``."""
        ...

    def drop(self, keyset: str) -> int:
        """Remove what is kept under a key set, and say how many rows that were: for operators, as ``all``."""
        ...


class AuditStore(Protocol):
    """The audit trail: entries are only ever added (D39)."""

    def append(self, entry: AuditEntry) -> None:
        """Add an entry. Raises AlreadyThere."""
        ...


class SettingStore(Protocol):
    """Rows that steer the region: key sets, and the reports of scheduled runs."""

    def keysets(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The key sets written and those read; may be a few minutes old. Created on first use."""
        ...

    def put_keysets(
        self, written: tuple[str, ...], read: tuple[str, ...], *, previous: tuple[str, ...]
    ) -> None:
        """Replace them. Raises Stale when those written are no longer ``previous``."""
        ...

    def report(self, name: str) -> Mapping[str, str | int] | None:
        """A stored report."""
        ...

    def put_report(self, name: str, report: Mapping[str, str | int]) -> None:
        """Create or replace a report."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Storage:
    """All stores of a region, as wiring hands them to the use cases."""

    signals: SignalStore
    census: CensusStore
    matches: MatchStore
    reviews: ReviewStore
    notices: NoticeStore
    work: WorkStore
    leases: LeaseStore
    organisations: OrganisationStore
    exclusions: ExclusionStore
    audit: AuditStore
    settings: SettingStore
