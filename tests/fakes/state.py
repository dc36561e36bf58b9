"""What the in-memory stores share, and where a test can make them fail."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime

from chalicelib.clock import Clock
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.client_keys import ClientKeys
from chalicelib.domain.erasure import ErasureCertificate
from chalicelib.domain.history import History
from chalicelib.domain.legal_profile import DUTCH_DEFAULT
from chalicelib.domain.match import Match
from chalicelib.domain.notice import Notice
from chalicelib.domain.organisation import Organisation, OrganisationState, Professional, receiver_key
from chalicelib.domain.review import Review
from chalicelib.domain.rights import RightsRequest
from chalicelib.domain.signal import IndexKey, Signal, SignalState
from chalicelib.domain.site import Site
from chalicelib.matching.records import Youth
from chalicelib.models.person import person_bytes
from chalicelib.ports.errors import AlreadyThere, NameTaken, Stale
from chalicelib.ports.region import KeysetsInUse
from chalicelib.ports.signals import RequestAsRead
from chalicelib.ports.storage import ExcludedAddress, Guard, PendingWork, Recheck, UniqueName


def _nothing(operation: str) -> None:
    """No fault."""


@dataclass(slots=True)
class FakeState:
    """All rows of a region.

    ``before`` and ``after`` are called with the name of each operation (``signals.add``): a test
    makes them raise, or writes what another process would have written meanwhile.
    """

    clock: Clock
    before: Callable[[str], None] = _nothing
    after: Callable[[str], None] = _nothing
    signals: dict[str, Signal] = field(default_factory=dict)
    keys: defaultdict[IndexKey, set[str]] = field(default_factory=lambda: defaultdict(set))
    archive_keys: defaultdict[IndexKey, set[str]] = field(default_factory=lambda: defaultdict(set))
    histories: dict[str, History] = field(default_factory=dict)
    pending: dict[str, PendingWork] = field(default_factory=dict)
    names: dict[str, UniqueName] = field(default_factory=dict)
    running: dict[str, datetime] = field(default_factory=dict)
    matches: dict[str, Match] = field(default_factory=dict)
    reviews: dict[str, Review] = field(default_factory=dict)
    notices: dict[str, Notice] = field(default_factory=dict)
    due: dict[tuple[str, str], datetime] = field(default_factory=dict)
    rechecks: set[Recheck] = field(default_factory=set)
    wakes: dict[str, int] = field(default_factory=dict)
    leases: dict[str, tuple[str, datetime]] = field(default_factory=dict)
    counts: dict[str, tuple[int, datetime]] = field(default_factory=dict)
    concerns: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    organisations: dict[str, Organisation] = field(default_factory=dict)
    professionals: dict[str, Professional] = field(default_factory=dict)
    sites: dict[tuple[str, str], Site] = field(default_factory=dict)
    client_keys: dict[str, ClientKeys] = field(default_factory=dict)
    fetch_tries: dict[str, datetime] = field(default_factory=dict)
    excluded: dict[str, ExcludedAddress] = field(default_factory=dict)
    excluded_under: defaultdict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    requests: dict[str, RightsRequest] = field(default_factory=dict)
    audit: dict[tuple[str, str], AuditEntry] = field(default_factory=dict)
    erasures: dict[str, ErasureCertificate] = field(default_factory=dict)
    audit_years: int = DUTCH_DEFAULT.audit_years
    keysets: KeysetsInUse | None = None
    reports: dict[str, dict[str, str | int]] = field(default_factory=dict)

    def require_free(self, names: Iterable[UniqueName]) -> None:
        """Raise NameTaken for the first name in use; an expired one counts as free."""
        for wanted in names:
            holder = self.names.get(wanted.name)
            if holder is None or (holder.expires_at is not None and holder.expires_at <= self.clock.now()):
                continue
            raise NameTaken(wanted.name, holder.target, holder.digest)

    def require_own(self, names: Iterable[str], target: str) -> None:
        """Raise Stale when a name is another's."""
        for name in names:
            if name in self.names and self.names[name].target != target:
                raise Stale(name)

    def require_new_audit(self, entry: AuditEntry) -> None:
        """Raise AlreadyThere for an entry that exists."""
        if (entry.organisation_id, entry.id) in self.audit:
            raise AlreadyThere(entry.id)

    def require_as_read(self, guard: Guard) -> None:
        """Raise Stale when a signal has another revision, or is not active where it must be."""
        signal = self.signals.get(guard.signal_id)
        if signal is None or signal.revision != guard.revision:
            raise Stale(guard.signal_id)
        if guard.active and signal.state is not SignalState.ACTIVE:
            raise Stale(guard.signal_id)

    def require_request(self, as_read: RequestAsRead) -> None:
        """Raise Stale when a request has another revision."""
        request = self.requests.get(as_read.request_id)
        if request is None or request.revision != as_read.revision:
            raise Stale(as_read.request_id)

    def require_new_notice(self, notice: Notice) -> None:
        """Raise AlreadyThere for a notice that exists."""
        if notice.id in self.notices:
            raise AlreadyThere(notice.id)

    def put_new_notice(self, notice: Notice) -> None:
        """Add a notice that was found new, with its due item."""
        self.notices[notice.id] = notice
        self.due[notice.receiver, notice.id] = notice.due_at or notice.created_at

    def ask(self, signal_id: str, revision: int, since: datetime, former: Youth | None = None) -> None:
        """Put a pending item; former records of the one that is there stay."""
        held = self.pending.get(signal_id)
        formers = held.formers if held is not None else frozenset()
        if former is not None:
            formers |= {person_bytes(former, None)}
        self.pending[signal_id] = PendingWork(
            signal_id=signal_id, revision=revision, since=since, formers=formers
        )

    def claim(self, names: Iterable[UniqueName]) -> None:
        """Take names that were found free."""
        self.names.update({name.name: name for name in names})

    def require_present(self, signal: Signal, card: Professional | None) -> None:
        """Raise Stale when who holds a signal has left, or has no card and gets none with it."""
        held = self.professionals.get(receiver_key(signal.organisation_id, signal.professional_id), card)
        if held is None or held.left_at is not None:
            raise Stale("a card changed")

    def require_active(self, organisation_id: str) -> None:
        """Raise Stale when an organisation is suspended, or not there."""
        held = self.organisations.get(organisation_id)
        if held is None or held.state is not OrganisationState.ACTIVE:
            raise Stale(organisation_id)

    def put_card(self, card: Professional) -> None:
        """Create or replace a card; what is known of the mailbox stays, and that somebody left."""
        held = self.professionals.get(card.receiver)
        known = held if held is not None else replace(card, mailbox=None, left_at=None, left_to=None)
        self.professionals[card.receiver] = replace(
            card, mailbox=known.mailbox, left_at=known.left_at, left_to=known.left_to, place=None
        )

    def placed(self, card: Professional) -> Professional:
        """The card with the site that it names, as that is now."""
        if card.site_id is None:
            return card
        return replace(card, place=self.sites.get((card.organisation_id, card.site_id)))

    def put_audit(self, entry: AuditEntry) -> None:
        """Add an entry that was found new."""
        self.audit[entry.organisation_id, entry.id] = entry
