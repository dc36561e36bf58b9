"""The excluded-address register over its table (D13): keyed hashes, and the addresses sealed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from chalicelib.domain.signal import IndexKey
from chalicelib.matching.address import address_forms
from chalicelib.matching.keys import MatchKey
from chalicelib.matching.records import Address
from chalicelib.models.failures import storage_errors
from chalicelib.models.person import address_bytes, address_of
from chalicelib.models.reads import rows_of
from chalicelib.models.rows.region import REGISTER, ExcludedAddressRow
from chalicelib.models.settings import KEYSETS, are_in_use
from chalicelib.models.tables import Tables
from chalicelib.models.transactions import Transaction
from chalicelib.ports.errors import Stale, StorageBusy
from chalicelib.ports.region import KeysetsInUse
from chalicelib.ports.sealing import Sealer
from chalicelib.ports.storage import ExcludedAddress, Page, SettingStore
from chalicelib.ports.world import IndexHasher

FAMILY: Final = "excluded-address"
ATTEMPTS: Final = 3


@dataclass(frozen=True, slots=True)
class ExclusionTable:
    """The register; its rows are hashed and follow the key sets as match keys do.

    An entry has a row under each key set that is written. Whoever writes an entry writes all its rows, also
    one that a switch has left, in one transaction that holds only while the key sets are as they were read:
    otherwise a row that a change brings in meanwhile would outlive its entry.
    """

    tables: Tables
    sealer: Sealer
    hasher: IndexHasher
    settings: SettingStore

    def excluded(self, forms: Iterable[str], today: date) -> frozenset[str]:
        """The forms that are in the register on this day."""
        _, read = self.settings.keysets()
        form_of = {key.hashed: form for form in set(forms) for key in self._keys(form, read)}
        rows = rows_of(self.tables.excluded_addresses, form_of)
        return frozenset(form_of[row.address_key] for row in rows if _holds_on(row, today))

    def put(self, excluded: ExcludedAddress) -> None:
        """Create or replace an entry, under every key set in use at that moment. Raises StorageBusy."""

        def fill(transaction: Transaction, keysets: KeysetsInUse) -> bool:
            for key in sorted(self._keys(excluded.form, keysets.kept)):
                if key.keyset in keysets.written:
                    transaction.put(self._row(excluded, key))
                else:
                    transaction.delete(self.tables.excluded_addresses(key.hashed))
            return True

        self._at_once(fill)

    def rekey(self, excluded: ExcludedAddress) -> bool:
        """Keep an entry under the key sets it lacks; False when it was replaced or taken away meanwhile."""
        written = self.settings.keysets_in_use().written
        keys = {key.hashed: key for key in self._keys(excluded.form, written)}
        rows = rows_of(self.tables.excluded_addresses, keys)
        held = {row.address_key for row in rows}
        if not held:
            return False
        transaction, gone = Transaction(self.tables.connection), lambda _: Stale(excluded.id)
        for hashed, key in sorted(keys.items()):
            if hashed in held:
                same = ExcludedAddressRow.entry_id == excluded.id
                transaction.check(self.tables.excluded_addresses, hashed, same, gone)
            else:
                transaction.put(self._row(excluded, key))
        try:
            transaction.commit()
        except Stale:
            return False
        return True

    def all(self) -> tuple[ExcludedAddress, ...]:
        """The whole register, by form: for operators only, no function may read every row."""
        with storage_errors():
            entries = map(self.entry_of, self.tables.excluded_addresses.scan(consistent_read=True))
            by_form = {entry.form: entry for entry in entries}
        return tuple(by_form[form] for form in sorted(by_form))

    def page(self, *, limit: int, after: str | None) -> Page[ExcludedAddress]:
        """A page of the register, by id; while two key sets are written an entry has two rows."""
        later = ExcludedAddressRow.entry_id > after if after is not None else None
        keys: dict[str, bytes] = {}
        with storage_errors():
            for row in self.tables.excluded_addresses.by_register.query(REGISTER, later, page_size=2 * limit):
                if row.entry_id not in keys and len(keys) > limit:
                    break
                keys.setdefault(row.entry_id, row.address_key)
        ids = list(keys)
        rows = rows_of(self.tables.excluded_addresses, [keys[one] for one in ids[:limit]])
        entries = sorted(map(self.entry_of, rows), key=lambda entry: entry.id)
        return Page(tuple(entries), ids[limit - 1] if len(ids) > limit else None)

    def entry(self, entry_id: str) -> ExcludedAddress | None:
        """One entry, read again from its own row."""
        same = ExcludedAddressRow.entry_id == entry_id
        with storage_errors():
            index = self.tables.excluded_addresses.by_register
            keys = [row.address_key for row in index.query(REGISTER, same)]
        rows = rows_of(self.tables.excluded_addresses, keys)
        return next((self.entry_of(row) for row in rows if row.entry_id == entry_id), None)

    def remove(self, form: str) -> bool:
        """Remove an entry, whatever it is kept under; False when there was none."""

        def fill(transaction: Transaction, keysets: KeysetsInUse) -> bool:
            hashes = sorted(key.hashed for key in self._keys(form, keysets.kept))
            for hashed in hashes:  # also where a row is missing now: a backfill may just bring it in
                transaction.delete(self.tables.excluded_addresses(hashed))
            return any(True for _ in rows_of(self.tables.excluded_addresses, hashes))

        return self._at_once(fill)

    def lacking(self, keyset: str) -> tuple[ExcludedAddress, ...]:
        """The entries that are not kept under a key set, by form: for operators, as ``all``."""
        with storage_errors():
            rows = list(self.tables.excluded_addresses.scan(consistent_read=True))
        entries = [(row.keyset, self.entry_of(row)) for row in rows]
        kept = {entry.form for under, entry in entries if under == keyset}
        by_form = {entry.form: entry for _, entry in entries if entry.form not in kept}
        return tuple(by_form[form] for form in sorted(by_form))

    def drop(self, keyset: str) -> int:
        """Remove what is kept under a key set, and say how many rows that were: for operators, as ``all``."""
        with storage_errors():
            rows = list(
                self.tables.excluded_addresses.scan(ExcludedAddressRow.keyset == keyset, consistent_read=True)
            )
            for row in rows:
                row.delete()
        return len(rows)

    def _at_once(self, fill: Callable[[Transaction, KeysetsInUse], bool]) -> bool:
        """Commit what is filled in by the key sets in use, while they are, if ``fill`` says so.

        Answers what it said. Raises StorageBusy.
        """
        for _ in range(ATTEMPTS):
            keysets = self.settings.keysets_in_use()
            transaction = Transaction(self.tables.connection)
            transaction.check(
                self.tables.settings, KEYSETS, are_in_use(keysets), lambda _: Stale("key sets in use")
            )
            if not fill(transaction, keysets):
                return False
            try:
                transaction.commit()
            except Stale:
                continue
            return True
        raise StorageBusy("the key sets change")

    def _keys(self, form: str, keysets: Iterable[str]) -> frozenset[IndexKey]:
        return self.hasher.hashed([MatchKey(FAMILY, form)], keysets)

    def _row(self, excluded: ExcludedAddress, key: IndexKey) -> ExcludedAddressRow:
        until = excluded.valid_until
        return self.tables.excluded_addresses(
            key.hashed,
            entry_id=excluded.id,
            keyset=key.keyset,
            level=excluded.level,
            kind=excluded.kind,
            source=excluded.source,
            valid_from=excluded.valid_from.isoformat(),
            valid_until=until.isoformat() if until is not None else None,
            address=self.sealer.seal(address_bytes(excluded.address), _identity(key.hashed)),
        )

    def entry_of(self, row: ExcludedAddressRow) -> ExcludedAddress:
        """What a row says. Raises SealBroken."""
        address = address_of(self.sealer.open(row.address, _identity(row.address_key)))
        return ExcludedAddress(
            id=row.entry_id,
            form=_form(address, row.level),
            level=row.level,
            kind=row.kind,
            source=row.source,
            valid_from=date.fromisoformat(row.valid_from),
            valid_until=date.fromisoformat(row.valid_until) if row.valid_until else None,
            address=address,
        )


def _identity(hashed: bytes) -> str:
    """What an address is sealed to: its own row."""
    return f"excluded-addresses/{hashed.hex()}/address"


def _form(address: Address, level: str) -> str:
    """The form an entry is kept under; an address without one was never let in."""
    forms = address_forms(address)
    if forms is None:
        raise ValueError("an excluded address has a postal code and a house number")
    return forms.number if level == "NUMBER" else forms.exact


def _holds_on(row: ExcludedAddressRow, today: date) -> bool:
    day = today.isoformat()
    return row.valid_from <= day and not _over(row.valid_until, day)


def _over(valid_until: str | None, day: str) -> bool:
    return valid_until is not None and valid_until < day
