"""Organisations' keys and used assertions over their tables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pynamodb.exceptions import UpdateError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action

from chalicelib.clock import Clock
from chalicelib.domain.audit import AuditEntry
from chalicelib.domain.client_keys import ClientKeys, FetchedKeys
from chalicelib.models.audit import append_in
from chalicelib.models.failures import refused, storage_errors
from chalicelib.models.moments import moment_of, stored
from chalicelib.models.names import claim
from chalicelib.models.reads import row_of
from chalicelib.models.rows.clients import ClientKeyRow
from chalicelib.models.tables import Tables
from chalicelib.models.transactions import Transaction
from chalicelib.ports.errors import AlreadyThere, Stale
from chalicelib.ports.storage import UniqueName


@dataclass(frozen=True, slots=True)
class ClientTable:
    """The client store over its tables."""

    tables: Tables
    clock: Clock

    def keys(self, organisation_id: str) -> ClientKeys | None:
        """The keys of an organisation, None when it registered none."""
        row = row_of(self.tables.client_keys, organisation_id)
        return _keys(row) if row is not None else None

    def put_keys(self, keys: ClientKeys, *, previous_revision: int | None, audit: AuditEntry) -> None:
        """Create (None) or replace, forgetting what was fetched. Raises AlreadyThere, Stale."""
        row = self.tables.client_keys(
            keys.organisation_id,
            keys=[dict(key) for key in keys.keys],
            uri=keys.uri,
            revision=keys.revision,
        )
        transaction = Transaction(self.tables.connection)
        if previous_revision is None:
            free = ClientKeyRow.organisation_id.does_not_exist()
            transaction.put(row, free, lambda _: AlreadyThere(keys.organisation_id))
        else:
            as_read = ClientKeyRow.revision == previous_revision
            transaction.put(row, as_read, lambda _: Stale(keys.organisation_id))
        append_in(transaction, self.tables, audit)
        transaction.commit()

    def begin_fetch(self, keys: ClientKeys, *, now: datetime, none_since: datetime) -> bool:
        """Whether the caller may fetch now: nobody began after ``none_since``, and the keys are as read."""
        quiet = ClientKeyRow.tried_at.does_not_exist() | (ClientKeyRow.tried_at <= stored(none_since))
        return self._change(keys, [ClientKeyRow.tried_at.set(stored(now))], quiet)

    def put_fetched(self, keys: ClientKeys, fetched: FetchedKeys) -> None:
        """Keep what was fetched beside the keys as they were read. Raises Stale when they changed."""
        actions = [
            ClientKeyRow.fetched.set([dict(key) for key in fetched.keys]),
            ClientKeyRow.fetched_at.set(stored(fetched.at)),
        ]
        if not self._change(keys, actions):
            raise Stale(keys.organisation_id)

    def spend(self, assertion: UniqueName, audit: AuditEntry) -> None:
        """Use an assertion once, with the entry of what it was used for. Raises NameTaken, AlreadyThere."""
        transaction = Transaction(self.tables.connection)
        claim(transaction, self.tables, assertion, self.clock.now())
        append_in(transaction, self.tables, audit)
        transaction.commit()

    def _change(
        self, keys: ClientKeys, actions: Sequence[Action], condition: Condition | None = None
    ) -> bool:
        """Change the row as it was read; False when it is at another revision, or the condition fails."""
        as_read = ClientKeyRow.revision == keys.revision
        wanted = as_read if condition is None else as_read & condition
        try:
            with storage_errors():
                self.tables.client_keys(keys.organisation_id).update(list(actions), wanted)
        except UpdateError as error:
            if refused(error):
                return False
            raise
        return True


def _keys(row: ClientKeyRow) -> ClientKeys:
    fetched = None
    if row.fetched is not None and row.fetched_at is not None:
        fetched = FetchedKeys(keys=tuple(row.fetched), at=moment_of(row.fetched_at))
    return ClientKeys(
        organisation_id=row.organisation_id,
        keys=tuple(row.keys),
        uri=row.uri,
        revision=int(row.revision),
        fetched=fetched,
    )
