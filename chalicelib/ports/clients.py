"""What sign-in needs of storage: the keys of organisations, and which assertions were used."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.client_keys import ClientKeys, FetchedKeys
from chalicelib.ports.parts import UniqueName


class ClientStore(Protocol):
    """Organisations' keys and used assertions; reads are consistent."""

    def keys(self, organisation_id: str) -> ClientKeys | None:
        """The keys of an organisation, None when it registered none."""
        ...

    def put_keys(self, keys: ClientKeys, *, previous_revision: int | None, audit: AuditEntry) -> None:
        """Create (None) or replace, forgetting what was fetched. Raises AlreadyThere, Stale."""
        ...

    def begin_fetch(self, keys: ClientKeys, *, now: datetime, none_since: datetime) -> bool:
        """Whether the caller may fetch now: nobody began after ``none_since``, and the keys are as read."""
        ...

    def put_fetched(self, keys: ClientKeys, fetched: FetchedKeys) -> None:
        """Keep what was fetched beside the keys as they were read. Raises Stale when they changed."""
        ...

    def spend(self, assertion: UniqueName, audit: AuditEntry) -> None:
        """Use an assertion once, with the entry of what it was used for. Raises NameTaken, AlreadyThere."""
        ...
