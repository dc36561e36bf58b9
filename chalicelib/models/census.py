"""Every signal and key item of a region, for operators' commands: the only scans besides the register's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pynamodb.expressions.condition import Condition

from chalicelib.domain.signal import IndexKey, Signal
from chalicelib.matching.archive import FAMILY
from chalicelib.models.failures import storage_errors
from chalicelib.models.reads import rows_of
from chalicelib.models.rows.signals import ArchiveKeyRow, MatchKeyRow, SignalRow
from chalicelib.models.signal_codec import SignalCodec
from chalicelib.models.signal_keys import rekey, shed
from chalicelib.models.tables import Tables
from chalicelib.ports.census import KeyItem
from chalicelib.ports.storage import Page

AnyKeys = type[MatchKeyRow] | type[ArchiveKeyRow]


@dataclass(frozen=True, slots=True)
class CensusTable:
    """The census over its tables; every read is consistent."""

    tables: Tables
    codec: SignalCodec

    def running(self, *, limit: int, after: str | None) -> Page[Signal]:
        """The signals that have not ended, with their person records left sealed."""
        return self._signals(SignalRow.ended_at.does_not_exist(), limit, after)

    def found(self, *, limit: int, after: str | None) -> Page[Signal]:
        """The signals that run and those in the archive, with their person records left sealed."""
        findable = SignalRow.ended_at.does_not_exist() | SignalRow.archived_until.exists()
        return self._signals(findable, limit, after)

    def _signals(self, which: Condition, limit: int, after: str | None) -> Page[Signal]:
        with storage_errors():
            rows = self.tables.signals.scan(
                which,
                consistent_read=True,
                limit=limit,
                page_size=limit,
                last_evaluated_key={"signalId": {"S": after}} if after is not None else None,
            )
            signals = tuple(self.codec.sealed_signal(row) for row in rows)
        return Page(signals, _text(rows.last_evaluated_key, "signalId"))

    def key_items(self, *, limit: int, after: str | None) -> Page[KeyItem]:
        """The items by which signals are found among the active."""
        return self._items(self.tables.match_keys, limit, after)

    def archive_items(self, *, limit: int, after: str | None) -> Page[KeyItem]:
        """The items by which signals are found in the archive."""
        return self._items(self.tables.archive_keys, limit, after)

    def _items(self, keys: AnyKeys, limit: int, after: str | None) -> Page[KeyItem]:
        with storage_errors():
            rows = keys.scan(
                consistent_read=True,
                limit=limit,
                page_size=limit,
                last_evaluated_key=_place(_hash_name(keys), after) if after is not None else None,
            )
            items = tuple(_item(row) for row in rows)
            place = rows.last_evaluated_key
        if not place:
            return Page(items, None)
        return Page(items, f"{place[_hash_name(keys)]['B'].hex()}#{place['signalId']['S']}")

    def held(self, items: Iterable[KeyItem]) -> frozenset[KeyItem]:
        """Those of the items that are there."""
        wanted = frozenset(items)
        archived = {item for item in wanted if item.key.family.startswith(FAMILY)}
        active = map(_item, rows_of(self.tables.match_keys, _keys_of(wanted - archived)))
        return frozenset((*active, *map(_item, rows_of(self.tables.archive_keys, _keys_of(archived)))))

    def rekey(self, signal: Signal, keys: frozenset[IndexKey]) -> None:
        """Have a signal found under these keys, at the same revision; else Stale.

        What comes is there before anything goes.
        """
        rekey(self.tables, self.codec, signal, keys)

    def shed(self, signal: Signal) -> None:
        """Have a signal that is over found among the active no more, at the same revision; else Stale."""
        shed(self.tables, self.codec, signal, signal.keys)


def _item(row: MatchKeyRow | ArchiveKeyRow) -> KeyItem:
    hashed = row.match_key if isinstance(row, MatchKeyRow) else row.archive_key
    return KeyItem(IndexKey(row.family, row.keyset, hashed), row.signal_id)


def _keys_of(items: Iterable[KeyItem]) -> set[tuple[bytes, str]]:
    return {(item.key.hashed, item.signal_id) for item in items}


def _hash_name(keys: AnyKeys) -> str:
    return "matchKey" if issubclass(keys, MatchKeyRow) else "archiveKey"


def _place(hash_name: str, after: str) -> dict[str, dict[str, object]]:
    hashed, _, signal_id = after.partition("#")
    return {hash_name: {"B": bytes.fromhex(hashed)}, "signalId": {"S": signal_id}}


def _text(place: dict[str, dict[str, str]] | None, key: str) -> str | None:
    return place[key]["S"] if place else None
