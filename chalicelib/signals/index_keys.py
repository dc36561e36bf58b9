"""Under which keys a youth is kept: the same however a signal comes to be written."""

from __future__ import annotations

from collections.abc import Iterable

from chalicelib.domain.signal import IndexKey
from chalicelib.matching import Youth, fold, stored_archive_keys, stored_keys
from chalicelib.ports.world import IndexHasher


def index_keys(youth: Youth, hasher: IndexHasher, keysets: Iterable[str]) -> frozenset[IndexKey]:
    """Every match key of a youth under each key set. Raises LookupError for an unknown key set."""
    return hasher.hashed(stored_keys(fold(youth)), keysets)


def keys_for_archive(youth: Youth, hasher: IndexHasher, keysets: Iterable[str]) -> frozenset[IndexKey]:
    """Every archive key of a youth under each key set (D36). Raises LookupError for an unknown key set."""
    return hasher.hashed(stored_archive_keys(fold(youth)), keysets)
