"""Organisations' keys and used assertions in memory."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.client_keys import ClientKeys, FetchedKeys
from chalicelib.ports.errors import AlreadyThere, Stale
from chalicelib.ports.storage import UniqueName
from tests.fakes.state import FakeState


@dataclass(frozen=True, slots=True)
class FakeClients:
    """Keys over a dict; used assertions are names."""

    state: FakeState

    def keys(self, organisation_id: str) -> ClientKeys | None:
        """The keys of an organisation."""
        self.state.before("clients.keys")
        return self.state.client_keys.get(organisation_id)

    def put_keys(self, keys: ClientKeys, *, previous_revision: int | None, audit: AuditEntry) -> None:
        """Create (None) or replace, forgetting what was fetched."""
        self.state.before("clients.put_keys")
        held = self.state.client_keys.get(keys.organisation_id)
        if previous_revision is None and held is not None:
            raise AlreadyThere(keys.organisation_id)
        if previous_revision is not None and (held is None or held.revision != previous_revision):
            raise Stale(keys.organisation_id)
        self.state.require_new_audit(audit)
        self.state.client_keys[keys.organisation_id] = replace(keys, fetched=None)
        self.state.fetch_tries.pop(keys.organisation_id, None)
        self.state.put_audit(audit)

    def begin_fetch(self, keys: ClientKeys, *, now: datetime, none_since: datetime) -> bool:
        """Whether the caller may fetch now."""
        self.state.before("clients.begin_fetch")
        tried = self.state.fetch_tries.get(keys.organisation_id)
        if not self._as_read(keys) or (tried is not None and tried > none_since):
            return False
        self.state.fetch_tries[keys.organisation_id] = now
        return True

    def put_fetched(self, keys: ClientKeys, fetched: FetchedKeys) -> None:
        """Keep what was fetched beside the keys as they were read."""
        self.state.before("clients.put_fetched")
        if not self._as_read(keys):
            raise Stale(keys.organisation_id)
        held = self.state.client_keys[keys.organisation_id]
        self.state.client_keys[keys.organisation_id] = replace(held, fetched=fetched)

    def spend(self, assertion: UniqueName, audit: AuditEntry) -> None:
        """Use an assertion once, with the entry of what it was used for."""
        self.state.before("clients.spend")
        self.state.require_free([assertion])
        self.state.require_new_audit(audit)
        self.state.claim([assertion])
        self.state.put_audit(audit)

    def _as_read(self, keys: ClientKeys) -> bool:
        held = self.state.client_keys.get(keys.organisation_id)
        return held is not None and held.revision == keys.revision
