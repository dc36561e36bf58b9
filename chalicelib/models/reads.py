"""Consistent reads of rows by their keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from chalicelib.models.failures import storage_errors
from chalicelib.models.rows.row import AnyRow

Key = str | bytes | tuple[str | bytes, str]


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
