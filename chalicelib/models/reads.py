"""Consistent reads of rows by their keys."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Final, TypeVar

from chalicelib.models.failures import storage_errors
from chalicelib.models.rows.row import AnyRow
from chalicelib.ports.errors import Unreadable

Key = str | bytes | tuple[str | bytes, str]
Read = TypeVar("Read")

_NOT_AS_WRITTEN: Final = (AttributeError, KeyError, TypeError, ValueError)
"""What reading raises of a row that we did not write so; PynamoDB's own is a TypeError."""


def row_of(row: type[AnyRow], hash_key: str, range_key: str | None = None) -> AnyRow | None:
    """The row with this key, if it exists."""
    with storage_errors():
        try:
            return row.get(hash_key, range_key, consistent_read=True)
        except row.DoesNotExist:
            return None


def rows_of(row: type[AnyRow], keys: Iterable[Key]) -> Iterator[AnyRow]:
    """The rows that exist, in no order, in chunks of 100; what was left unprocessed is asked again."""
    with storage_errors():
        yield from row.batch_get(keys, consistent_read=True)


def rows_under(
    row: type[AnyRow], hash_key: str | bytes, attributes: list[str] | None = None
) -> Iterator[AnyRow]:
    """All rows under a hash key, page by page, with only these attributes when they are named."""
    with storage_errors():
        yield from row.query(hash_key, consistent_read=True, attributes_to_get=attributes)


def read_one(
    row: type[AnyRow], decode: Callable[[AnyRow], Read], hash_key: str, range_key: str | None = None
) -> Read | None:
    """What a row says, if it exists. Raises Unreadable."""
    with _as_written():
        found = row_of(row, hash_key, range_key)
        return None if found is None else decode(found)


def read_those_that_open(
    row: type[AnyRow],
    decode: Callable[[AnyRow], Read],
    keys: Iterable[Key],
    instead: Callable[[Key], Iterable[Read]] = lambda _: (),
) -> list[Read]:
    """What the rows say that exist and can be read, in no order: one that cannot be hides no other.

    ``instead`` says what stands for one that is there and cannot be read; nothing unless it is given.

    Only when there is one are they read one by one, in batches all the same: nobody needs another grant.
    """
    wanted = list(keys)
    try:
        return _all_of(row, decode, wanted)
    except Unreadable:
        return list(_one_by_one(row, decode, wanted, instead))


def _all_of(row: type[AnyRow], decode: Callable[[AnyRow], Read], keys: Iterable[Key]) -> list[Read]:
    with _as_written():
        return [decode(found) for found in rows_of(row, keys)]


def _one_by_one(
    row: type[AnyRow],
    decode: Callable[[AnyRow], Read],
    keys: Iterable[Key],
    instead: Callable[[Key], Iterable[Read]],
) -> Iterator[Read]:
    for key in keys:
        try:
            yield from _all_of(row, decode, [key])
        except Unreadable:
            yield from instead(key)


@contextmanager
def _as_written() -> Iterator[None]:
    """The class alone is passed on: the text of such an error may quote what the row holds."""
    try:
        yield
    except _NOT_AS_WRITTEN as error:
        raise Unreadable(type(error).__name__) from None
