"""Settings of the region over their table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from pynamodb.exceptions import PutError
from pynamodb.expressions.condition import Condition

from chalicelib.clock import Clock
from chalicelib.models.failures import refused, storage_errors
from chalicelib.models.reads import row_of
from chalicelib.models.rows.region import SettingRow
from chalicelib.models.tables import Tables
from chalicelib.ports.errors import Stale
from chalicelib.ports.region import KeysetsInUse
from chalicelib.security.hashing import FIRST_KEYSET

KEYSETS: Final = "keysets"
KEPT: Final = timedelta(minutes=2)

Keysets = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(slots=True)
class SettingTable:
    """The setting store over its table; key sets are kept for two minutes."""

    tables: Tables
    clock: Clock
    _keysets: Keysets | None = None
    _read_at: datetime | None = None

    def keysets(self) -> Keysets:
        """The key sets written and those read; may be a few minutes old. Created on first use."""
        if self._keysets is None or self._read_at is None or self.clock.now() - self._read_at >= KEPT:
            stored = self.keysets_in_use()
            return stored.written, stored.read
        return self._keysets

    def keysets_in_use(self) -> KeysetsInUse:
        """The key sets as they are now, remembered for ``keysets``. Created on first use."""
        now = self.clock.now()
        row = row_of(self.tables.settings, KEYSETS)
        if row is None:
            row = self._created()
        written, read = (tuple(sorted(one or ())) for one in (row.written, row.read))
        self._keysets, self._read_at = (written, read), now
        return KeysetsInUse(written=written, read=read, kept=tuple(sorted(row.kept or written)))

    def put_keysets(
        self, written: tuple[str, ...], read: tuple[str, ...], *, previous: tuple[str, ...]
    ) -> None:
        """Replace them. Raises Stale when those written are no longer ``previous``."""
        kept = {*written, *previous}
        row = self.tables.settings(
            KEYSETS, written=set(written), read=set(read), kept=kept if kept != set(written) else None
        )
        try:
            with storage_errors():
                row.save(SettingRow.written == set(previous))
        except PutError as error:
            if refused(error):
                raise Stale(KEYSETS) from error
            raise
        self._keysets, self._read_at = (tuple(sorted(written)), tuple(sorted(read))), self.clock.now()

    def report(self, name: str) -> Mapping[str, str | int] | None:
        """A stored report."""
        row = row_of(self.tables.settings, name)
        held: Mapping[str, str | int] | None = row.report if row is not None else None
        return held

    def put_report(self, name: str, report: Mapping[str, str | int]) -> None:
        """Create or replace a report."""
        with storage_errors():
            self.tables.settings(name, report=dict(report)).save()

    def _created(self) -> SettingRow:
        first = {FIRST_KEYSET}
        row = self.tables.settings(KEYSETS, written=first, read=first)
        try:
            with storage_errors():
                row.save(SettingRow.name.does_not_exist())
        except PutError as error:
            if not refused(error):
                raise
            return row_of(self.tables.settings, KEYSETS) or row
        return row


def are_in_use(keysets: KeysetsInUse) -> Condition:
    """That the row of the key sets still says this: for a transaction that writes under all of them."""
    left = set(keysets.kept) - set(keysets.written)
    kept = SettingRow.kept == set(keysets.kept) if left else SettingRow.kept.does_not_exist()
    held: Condition = (SettingRow.written == set(keysets.written)) & kept
    return held
