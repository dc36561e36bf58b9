"""Every signal and key item of a region, for operators' commands: the only scans besides the register's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chalicelib.domain.signal import IndexKey, Signal
from chalicelib.models.failures import storage_errors
from chalicelib.models.reads import rows_of
from chalicelib.models.rows.signals import MatchKeyRow, SignalRow
from chalicelib.models.signal_codec import SignalCodec
from chalicelib.models.signal_keys import rekey
from chalicelib.models.tables import Tables
from chalicelib.ports.census import KeyItem
from chalicelib.ports.storage import Page


@dataclass(frozen=True, slots=True)
class CensusTable:
    """The census over its tables; every read is consistent."""

    tables: Tables
    codec: SignalCodec

    def running(self, *, limit: int, after: str | None) -> Page[Signal]:
        """The signals that have not ended, with their person records left sealed."""
        with storage_errors():
            rows = self.tables.signals.scan(
                SignalRow.ended_at.does_not_exist(),
                consistent_read=True,
                limit=limit,
                page_size=limit,
                last_evaluated_key={"signalId": {"S": after}} if after is not None else None,
            )
            signals = tuple(self.codec.sealed_signal(row) for row in rows)
        return Page(signals, _text(rows.last_evaluated_key, "signalId"))

    def key_items(self, *, limit: int, after: str | None) -> Page[KeyItem]:
        """The items by which signals are found."""
        with storage_errors():
            rows = self.tables.match_keys.scan(
                consistent_read=True,
                limit=limit,
                page_size=limit,
                last_evaluated_key=_place(after) if after is not None else None,
            )
            items = tuple(_item(row) for row in rows)
            place = rows.last_evaluated_key
        return Page(items, f"{place['matchKey']['B'].hex()}#{place['signalId']['S']}" if place else None)

    def held(self, items: Iterable[KeyItem]) -> frozenset[KeyItem]:
        """Those of the items that are there."""
        keys = {(item.key.hashed, item.signal_id) for item in items}
        return frozenset(_item(row) for row in rows_of(self.tables.match_keys, keys))

    def rekey(self, signal: Signal, keys: frozenset[IndexKey]) -> None:
        """Have a signal found under these keys, at the same revision; else Stale.

        What comes is there before anything goes.
        """
        rekey(self.tables, self.codec, signal, keys)


def _item(row: MatchKeyRow) -> KeyItem:
    return KeyItem(IndexKey(row.family, row.keyset, row.match_key), row.signal_id)


def _place(after: str) -> dict[str, dict[str, object]]:
    hashed, _, signal_id = after.partition("#")
    return {"matchKey": {"B": bytes.fromhex(hashed)}, "signalId": {"S": signal_id}}


def _text(place: dict[str, dict[str, str]] | None, key: str) -> str | None:
    return place[key]["S"] if place else None
