"""What the use cases need of a region's own rows: organisations, the register, the trail and the settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from chalicelib.domain.audit import ALWAYS, AuditEntry, Period
from chalicelib.domain.organisation import Mailbox, Organisation, Professional
from chalicelib.domain.site import Site
from chalicelib.matching.records import Address
from chalicelib.ports.parts import Page
from chalicelib.ports.repeats import Run


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

    def page(self, *, limit: int, after: str | None) -> Page[Organisation]:
        """A page of them, by id; ``after`` is the last id of the page before."""
        ...

    def put(
        self,
        organisation: Organisation,
        *,
        previous_revision: int | None,
        audit: AuditEntry,
        run: Run | None = None,
    ) -> None:
        """Create (None) or replace, and remember in the same write what a run under a key made.

        Raises AlreadyThere, and Stale: it is at another revision, or the key is another run's by now.
        """
        ...

    def professional(self, organisation_id: str, professional_id: str) -> Professional | None:
        """A contact card with the site it names, as that is now. Raises Unreadable."""
        ...

    def professionals(self, receivers: Iterable[str]) -> dict[str, Professional]:
        """Those that exist and can be read, by receiver key, with the sites they name."""
        ...

    def put_professional(self, professional: Professional) -> None:
        """Create or replace a card; what is known of the mailbox stays."""
        ...

    def cards(self, organisation_id: str, *, limit: int, after: str | None) -> Page[Professional]:
        """A page of an organisation's cards, by staff id; ``after`` is the last one of the page before."""
        ...

    def keep_card(self, card: Professional, *, previous: Professional | None, audit: AuditEntry) -> None:
        """Create a card, or replace ``previous``; what is known of the mailbox stays.

        Raises Stale when there is a card already, or another one than ``previous``.
        """
        ...

    def close_card(self, card: Professional, at: datetime, taker: str, audit: AuditEntry) -> None:
        """Note since when a professional is gone, and the staff id of who takes over.

        ``keep_card`` has them back. Raises Stale if it changed.
        """
        ...

    def site(self, organisation_id: str, site_id: str) -> Site | None:
        """A site of an organisation."""
        ...

    def sites(self, organisation_id: str, *, limit: int, after: str | None) -> Page[Site]:
        """A page of an organisation's sites, by id; ``after`` is the last one of the page before."""
        ...

    def keep_site(self, site: Site, *, previous: Site | None, audit: AuditEntry) -> None:
        """Create a site, or replace ``previous``; cards that name it show it so from then on.

        Raises Stale when there is a site already, or another one than ``previous``.
        """
        ...

    def put_mailbox(self, card: Professional, mailbox: Mailbox | None, audit: AuditEntry | None) -> None:
        """Write what is known of the address on a card as it was read; None forgets it.

        Raises Stale when the card has another address by now, or its mailbox changed.
        """
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

    ``id`` is of this entry: what takes its place has another. ``form`` is the canonical string of
    matching's ``address_forms``: ``.number`` for level NUMBER,
    ``.exact`` for level EXACT.
    """

    id: str
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
        """Create or replace an entry, under every key set in use at that moment. Raises StorageBusy."""
        ...

    def rekey(self, excluded: ExcludedAddress) -> bool:
        """Keep an entry under the key sets it lacks; False when it was replaced or taken away meanwhile."""
        ...

    def all(self) -> tuple[ExcludedAddress, ...]:
        """The whole register, by form: for operators only, no function may read every row."""
        ...

    def page(self, *, limit: int, after: str | None) -> Page[ExcludedAddress]:
        """A page of the register, by id; ``after`` is the last one of the page before. May lag a moment."""
        ...

    def entry(self, entry_id: str) -> ExcludedAddress | None:
        """One entry. May lag a moment."""
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
    """The audit trail: entries are only ever added, and go by themselves when their time is over (D39).

    Lists are in order of time, oldest first; ``after`` is the last id of the page before.
    """

    def append(self, entry: AuditEntry) -> None:
        """Add an entry. Raises AlreadyThere."""
        ...

    def of_organisation(
        self, organisation_id: str, *, limit: int, after: str | None = None, period: Period = ALWAYS
    ) -> Page[AuditEntry]:
        """What was done for an organisation, or by the index itself."""
        ...

    def of_resource(
        self, resource: str, *, limit: int, after: str | None = None, period: Period = ALWAYS
    ) -> Page[AuditEntry]:
        """What was done to one thing, by whomever. May lag a moment."""
        ...

    def of_youth(
        self, pseudonym: str, *, limit: int, after: str | None = None, period: Period = ALWAYS
    ) -> Page[AuditEntry]:
        """What was done about one youth, by whomever. May lag a moment."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class KeysetsInUse:
    """The key sets as they are stored, each tuple sorted.

    Attributes:
        written: under which everything is written.
        read: by which is looked.
        kept: under which something may still be kept: those written, and one that a switch has left until
            it is dropped.
    """

    written: tuple[str, ...]
    read: tuple[str, ...]
    kept: tuple[str, ...]


class SettingStore(Protocol):
    """Rows that steer the region: key sets, and the reports of scheduled runs."""

    def keysets(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The key sets written and those read; may be a few minutes old. Created on first use."""
        ...

    def keysets_in_use(self) -> KeysetsInUse:
        """The key sets as they are now; ``keysets`` answers no older ones from then on."""
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
