"""Under which keys a signal is found, written at the revision it has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import islice
from typing import Final

from pynamodb.attributes import UnicodeSetAttribute
from pynamodb.expressions.condition import Condition

from chalicelib.domain.signal import IndexKey, Signal
from chalicelib.models.rows.signals import SignalRow
from chalicelib.models.signal_codec import SignalCodec, keys_in_archive
from chalicelib.models.tables import Tables
from chalicelib.models.transactions import MOST_ITEMS, Transaction
from chalicelib.ports.errors import Stale

KEYS_AT_ONCE: Final = MOST_ITEMS - 1


def as_read(codec: SignalCodec, signal: Signal) -> Condition:
    """That a signal is still at the revision, and under the keys, that were read.

    A change of key set leaves the revision alone; whoever writes the row has to know its keys.
    """
    kept: Condition = SignalRow.revision == signal.revision
    kept &= _same(SignalRow.match_keys, codec.key_texts(signal.keys))
    kept &= _same(SignalRow.archive_keys, codec.key_texts(keys_in_archive(signal)))
    return kept


def _same(attribute: UnicodeSetAttribute, texts: set[str]) -> Condition:
    same: Condition = attribute == texts if texts else attribute.does_not_exist()
    return same


def rekey(tables: Tables, codec: SignalCodec, signal: Signal, keys: frozenset[IndexKey]) -> None:
    """Have a signal found under these keys, where it is found, at the same revision; else Stale.

    What comes is there before anything goes, and the row lists at each step all that is there: a
    crash between two steps leaves nothing that the next rekey does not see.
    """
    current = signal
    for some in _some_at_once(keys - signal.found_by):
        current = _step(tables, codec, current, current.found_by | some)
    for some in _some_at_once(signal.found_by - keys):
        current = _step(tables, codec, current, current.found_by - some)


def shed(tables: Tables, codec: SignalCodec, signal: Signal, keys: frozenset[IndexKey]) -> None:
    """Have a signal found among the active under these keys no more, whatever the archive keeps; else Stale.

    As for :func:`rekey` the row lists at each step all that is there.
    """
    current = signal
    for some in _some_at_once(keys & signal.keys):
        left = current.keys - some
        transaction = Transaction(tables.connection)
        texts = codec.key_texts(left)
        transaction.update(
            tables.signals(current.id),
            [SignalRow.match_keys.set(texts) if texts else SignalRow.match_keys.remove()],
            as_read(codec, current),
            lambda _: Stale(signal.id),
        )
        for gone in codec.key_rows(current, some):
            transaction.delete(gone)
        transaction.commit()
        current = replace(current, keys=left)


def _step(tables: Tables, codec: SignalCodec, current: Signal, keys: frozenset[IndexKey]) -> Signal:
    archived = current.archived
    attribute = SignalRow.match_keys if archived is None else SignalRow.archive_keys
    rows = codec.key_rows if archived is None else codec.archive_rows
    transaction = Transaction(tables.connection)
    texts = codec.key_texts(keys)
    transaction.update(
        tables.signals(current.id),
        [attribute.set(texts) if texts else attribute.remove()],
        as_read(codec, current),
        lambda _: Stale(current.id),
    )
    for gone in rows(current, current.found_by - keys):
        transaction.delete(gone)
    for new in rows(current, keys - current.found_by):
        transaction.put(new)
    transaction.commit()
    if archived is None:
        return replace(current, keys=keys)
    return replace(current, archived=replace(archived, keys=keys))


def _some_at_once(keys: Iterable[IndexKey]) -> Iterator[frozenset[IndexKey]]:
    """As many as one transaction holds beside the signal's row."""
    left = iter(sorted(keys))
    while some := frozenset(islice(left, KEYS_AT_ONCE)):
        yield some
