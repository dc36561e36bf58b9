"""The excluded-address register over its table (D13): keyed hashes, and the addresses sealed."""

from __future__ import annotations

from collections.abc import Iterable
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
from chalicelib.models.tables import Tables
from chalicelib.models.transactions import Transaction
from chalicelib.ports.errors import Stale
from chalicelib.ports.sealing import Sealer
from chalicelib.ports.storage import ExcludedAddress, Page, SettingStore
from chalicelib.ports.world import IndexHasher

FAMILY: Final = "excluded-address"


@dataclass(frozen=True, slots=True)
class ExclusionTable:
    """The register; its rows are hashed and follow the key sets as match keys do.

    An entry has a row under each key set in use. Writers ask for the key sets afresh: one that remembered
    those of before a change would leave the row under the new set standing when it takes an entry away.
    They take a row under a set that is in use no more along too: some functions may still read by it.
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
        """Create or replace an entry, under every key set at once."""
        written, _ = self.settings.keysets(fresh=True)
        keys = {key.hashed: key for key in self._keys(excluded.form, written)}
        transaction = Transaction(self.tables.connection)
        for hashed in sorted(self._under_any_set(keys) - keys.keys()):
            transaction.delete(self.tables.excluded_addresses(hashed))
        for _, key in sorted(keys.items()):
            transaction.put(self._row(excluded, key))
        transaction.commit()

    def rekey(self, excluded: ExcludedAddress) -> bool:
        """Keep an entry under the key sets it lacks; False when it was replaced or taken away meanwhile."""
        written, _ = self.settings.keysets(fresh=True)
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
            entries = map(self._entry, self.tables.excluded_addresses.scan(consistent_read=True))
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
        entries = sorted(map(self._entry, rows), key=lambda entry: entry.id)
        return Page(tuple(entries), ids[limit - 1] if len(ids) > limit else None)

    def entry(self, entry_id: str) -> ExcludedAddress | None:
        """One entry, read again from its own row."""
        rows = rows_of(self.tables.excluded_addresses, self._keys_of_entry(entry_id))
        return next((self._entry(row) for row in rows if row.entry_id == entry_id), None)

    def remove(self, form: str) -> bool:
        """Remove an entry, under every key set; False when there was none.

        Each of its keys is taken away, there or not: a backfill may be writing the row under one of them.
        """
        written, read = self.settings.keysets(fresh=True)
        hashes = {key.hashed for key in self._keys(form, {*written, *read})}
        there = self._under_any_set(hashes)
        if there:
            transaction = Transaction(self.tables.connection)
            for hashed in sorted(hashes | there):
                transaction.delete(self.tables.excluded_addresses(hashed))
            transaction.commit()
        return bool(there)

    def lacking(self, keyset: str) -> tuple[ExcludedAddress, ...]:
        """The entries that are not kept under a key set, by form: for operators, as ``all``."""
        with storage_errors():
            rows = list(self.tables.excluded_addresses.scan(consistent_read=True))
        entries = [(row.keyset, self._entry(row)) for row in rows]
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

    def _under_any_set(self, hashes: Iterable[bytes]) -> set[bytes]:
        """The keys of all rows of the entries that have one of these; none when there is no such row."""
        held = {row.address_key: row.entry_id for row in rows_of(self.tables.excluded_addresses, hashes)}
        others = {hashed for one in {*held.values()} for hashed in self._keys_of_entry(one)}
        return held.keys() | others

    def _keys_of_entry(self, entry_id: str) -> list[bytes]:
        """By the index: without a row that was written just now."""
        same = ExcludedAddressRow.entry_id == entry_id
        with storage_errors():
            index = self.tables.excluded_addresses.by_register
            return [row.address_key for row in index.query(REGISTER, same)]

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

    def _entry(self, row: ExcludedAddressRow) -> ExcludedAddress:
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
