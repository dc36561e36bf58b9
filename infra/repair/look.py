"""What the checks of `verify` may ask while they judge a page of rows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from chalicelib.models.buckets import WORK_BUCKETS, bucket_of
from chalicelib.ports.sealing import SealBroken
from chalicelib.ports.storage import Storage
from infra.repair.copies import TABLE, Copies
from infra.repair.rows import Row, Rows

if TYPE_CHECKING:
    from mypy_boto3_kms import KMSClient


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """A look at a stage at one moment.

    Attributes:
        stored_before: work asked for before this moment (as stored) should have been done.
        ended_before: signals whose last day was before this day (as stored) should have ended.
        kept_since: what the trail says of before this moment (as stored) may be gone, or its copy may.
    """

    rows: Rows
    copies: Copies
    storage: Storage
    kms: KMSClient
    master_key: str
    now: datetime
    stored_before: str
    ended_before: str
    kept_since: str

    def pages(self, table: str, after: Row | None = None) -> Iterator[list[Row]]:
        """Every row of a table, or every locked copy, page by page; only those after a place."""
        return self.copies.pages(after) if table == TABLE else self.rows.pages(table, after)

    def held(self, table: str, keys: Iterable[Row]) -> list[Row]:
        """The rows or copies that exist under these keys."""
        return self.copies.held(keys) if table == TABLE else self.rows.held(table, keys)

    def by_id(self, table: str, name: str, ids: Iterable[str]) -> dict[str, Row]:
        """Rows of a table with a single key, by it."""
        return {row[name]: row for row in self.rows.held(table, ({name: one} for one in ids))}

    def signals(self, ids: Iterable[str]) -> dict[str, Row]:
        """Signals by id."""
        return self.by_id("signals", "signalId", ids)

    def names(self, names: Iterable[str]) -> dict[str, str]:
        """Whose each name is, of those in use."""
        return {name: row["target"] for name, row in self.by_id("references", "name", names).items()}

    def awaited(self, ids: Iterable[str]) -> set[str]:
        """Signals that wait for a reconcile: what it will put right is no broken promise yet."""
        keys = ({"bucket": f"pending#{bucket_of(one, WORK_BUCKETS)}", "itemId": one} for one in ids)
        return {row["itemId"] for row in self.rows.held("work", keys)}

    def opens(self, signal_id: str) -> bool:
        """Whether the person record of a signal opens; what is in it is forgotten at once.

        Not either when KMS refuses its key: one that is disabled, or that whoever looks may not use.
        """
        try:
            self.storage.signals.get(signal_id)
        except (SealBroken, ClientError):
            return False
        return True

    def unwraps(self, row: Row) -> bool:
        """Whether the master key opens a data key."""
        try:
            self.kms.decrypt(
                KeyId=self.master_key,
                CiphertextBlob=row["wrapped"],
                EncryptionContext={"keyId": row["keyId"]},
            )
        except ClientError:
            return False
        return True
