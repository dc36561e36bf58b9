"""The tables of a stage read raw and whole, by operators only: no function may scan a table.

What is read here shares no code with what wrote it, so that one mistake cannot hide in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, cast

import boto3
from boto3.dynamodb.types import Binary, TypeDeserializer, TypeSerializer
from botocore.config import Config

if TYPE_CHECKING:
    from mypy_boto3_dynamodb import DynamoDBClient

Row = Mapping[str, Any]

KEYS: Final[Mapping[str, tuple[str, ...]]] = {
    "signals": ("signalId",),
    "match-keys": ("matchKey", "signalId"),
    "archive-keys": ("archiveKey", "signalId"),
    "histories": ("signalId",),
    "matches": ("matchId",),
    "signal-matches": ("signalId", "matchId"),
    "references": ("name",),
    "notices": ("noticeId",),
    "work": ("bucket", "itemId"),
    "professionals": ("organisationId", "professionalId"),
    "organisations": ("organisationId",),
    "data-keys": ("keyId",),
    "requests": ("requestId",),
    "audit": ("organisationId", "entryId"),
    "audit-copies": ("copy", "version"),
}
"""The tables that are looked into, and the locked copies of one, with the attributes of their keys."""

_AT_ONCE: Final = 100


@dataclass(frozen=True, slots=True)
class Rows:
    """Consistent reads of whole rows, as Python values; binary values are bytes."""

    prefix: str
    client: DynamoDBClient
    page_size: int = 500

    def pages(self, table: str, after: Row | None = None) -> Iterator[list[Row]]:
        """Every row, page by page; only those that a scan meets after the row with this key."""
        request: dict[str, Any] = {
            "TableName": self.prefix + table, "ConsistentRead": True, "Limit": self.page_size
        }  # fmt: skip
        place = None if after is None else written(after)
        while True:
            answer = self.client.scan(**(request | ({"ExclusiveStartKey": place} if place else {})))
            yield [_read(item) for item in answer["Items"]]
            place = answer.get("LastEvaluatedKey")
            if not place:
                return

    def held(self, table: str, keys: Iterable[Row]) -> list[Row]:
        """The rows that exist under these keys."""
        found: list[Row] = []
        for some in _in_hundreds(_distinct(keys)):
            asked: Any = {
                self.prefix + table: {"Keys": [written(key) for key in some], "ConsistentRead": True}
            }
            while asked:
                answer = self.client.batch_get_item(RequestItems=asked)
                found += [_read(item) for items in answer["Responses"].values() for item in items]
                asked = answer["UnprocessedKeys"]
        return found


def open_rows(prefix: str) -> Rows:
    """The tables of a stage, where the environment says AWS is."""
    patience = Config(
        connect_timeout=2, read_timeout=20, retries={"total_max_attempts": 5, "mode": "standard"}
    )
    return Rows(prefix, boto3.client("dynamodb", config=patience))


def key_of(table: str, row: Row) -> Row:
    """The key of a row."""
    return {name: row[name] for name in KEYS[table]}


def texts(row: Row) -> dict[str, str]:
    """A row of texts and whole numbers, as a stream writes it."""
    return {name: str(value) for name, value in row.items()}


def written(row: Row) -> dict[str, Any]:
    """A row as DynamoDB takes it."""
    write = TypeSerializer().serialize
    return {name: write(value) for name, value in row.items()}


def _distinct(keys: Iterable[Row]) -> list[Row]:
    return list({tuple(key.items()): key for key in keys}.values())


def _in_hundreds(keys: list[Row]) -> Iterator[list[Row]]:
    for start in range(0, len(keys), _AT_ONCE):
        yield keys[start : start + _AT_ONCE]


def _read(item: Mapping[str, Any]) -> Row:
    read = TypeDeserializer().deserialize
    return {name: _plain(read(value)) for name, value in item.items()}


def _plain(value: Any) -> Any:
    return cast("Any", value).value if isinstance(value, Binary) else value
