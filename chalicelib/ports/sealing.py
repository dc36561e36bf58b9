"""What storage needs to seal person records, and what sealing needs of storage."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


class SealBroken(Exception):  # noqa: N818 - as StorageBusy
    """A sealed record was changed, belongs to another row, or was sealed under a key that is gone."""


class Sealer(Protocol):
    """Seals a record to the row it belongs to."""

    def seal(self, plain: bytes, identity: str) -> bytes:
        """The sealed record; ``identity`` names row and field, and is needed to open it."""
        ...

    def open(self, sealed: bytes, identity: str) -> bytes:
        """The plain record. Raises SealBroken."""
        ...


@dataclass(frozen=True, slots=True)
class Reservation:
    """Some uses of a data key: its wrapped form, and how often it is used once these are."""

    wrapped: bytes
    used: int


class DataKeyStore(Protocol):
    """Data keys as rows, each wrapped by the region's master key."""

    def wrapped(self, key_id: str) -> bytes | None:
        """The wrapped key."""
        ...

    def create(self, key_id: str, wrapped: bytes) -> None:
        """Keep a new key, unused. Raises AlreadyThere when one of this id is there, or was."""
        ...

    def reserve(self, key_id: str, uses: int, *, most: int) -> Reservation | None:
        """Count uses of a key in advance; None when there is no such key. Raises Stale beyond ``most``."""
        ...
