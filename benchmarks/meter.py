"""Counts what the code asks of AWS: every call of every client of this process, with its units."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

from botocore.client import BaseClient

_READ_BYTES: Final = 4096
_READS: Final = frozenset({"GetItem", "BatchGetItem", "Query", "TransactGetItems"})
_WRITES: Final = frozenset({"PutItem", "UpdateItem", "DeleteItem", "BatchWriteItem", "TransactWriteItems"})


@dataclass(frozen=True, slots=True)
class Call:
    """One call; ``reads`` and ``writes`` are capacity units, of DynamoDB only.

    Reads are computed from the items that came back (4 KB a unit, half when eventually consistent, one at
    least), since embedded AWSs answer constants; writes are as answered, a transaction's counted twice.
    """

    service: str
    operation: str
    reads: float = 0.0
    writes: float = 0.0


@dataclass(slots=True)
class Meter:
    """The calls while it ran."""

    calls: list[Call] = field(default_factory=list)

    def count(self, service: str, operation: str | None = None) -> int:
        """How many calls a service got, or one operation of it."""
        return sum(call.service == service and operation in (None, call.operation) for call in self.calls)

    def reads(self) -> float:
        """Read capacity units."""
        return sum(call.reads for call in self.calls)

    def writes(self) -> float:
        """Write capacity units."""
        return sum(call.writes for call in self.calls)


@contextmanager
def metering() -> Iterator[Meter]:
    """Count all calls made inside."""
    meter = Meter()
    where: Any = BaseClient
    stock = where._make_api_call  # noqa: SLF001 - where boto3's and PynamoDB's calls meet

    def counted(client: BaseClient, operation: str, parameters: dict[str, Any]) -> Any:
        service = client.meta.service_model.service_name
        if service == "dynamodb" and operation in _WRITES:
            parameters = parameters | {"ReturnConsumedCapacity": "TOTAL"}
        answer = stock(client, operation, parameters)
        meter.calls.append(_call(service, operation, parameters, answer))
        return answer

    where._make_api_call = counted  # noqa: SLF001 - as above
    try:
        yield meter
    finally:
        where._make_api_call = stock  # noqa: SLF001 - as above


def _call(service: str, operation: str, parameters: Mapping[str, Any], answer: Mapping[str, Any]) -> Call:
    if service != "dynamodb":
        return Call(service, operation)
    if operation in _WRITES:
        consumed = answer.get("ConsumedCapacity", [])
        each = consumed if isinstance(consumed, list) else [consumed]
        return Call(service, operation, writes=sum(one["CapacityUnits"] for one in each))
    return Call(service, operation, reads=_read_units(operation, parameters, answer))


def _read_units(operation: str, parameters: Mapping[str, Any], answer: Mapping[str, Any]) -> float:
    if operation == "BatchGetItem":
        return sum(
            _batch_units(request, answer["Responses"].get(table, []))
            for table, request in parameters["RequestItems"].items()
        )
    if operation not in _READS:
        return 0.0
    items = answer.get("Items", [answer["Item"]] if "Item" in answer else [])
    units = max(1, math.ceil(sum(map(item_bytes, items)) / _READ_BYTES))
    return units * _share(parameters)


def _batch_units(request: Mapping[str, Any], items: list[dict[str, Any]]) -> float:
    """Each item rounds up by itself; a key without an item costs one unit as well."""
    found = sum(max(1, math.ceil(item_bytes(item) / _READ_BYTES)) for item in items)
    return (found + len(request["Keys"]) - len(items)) * _share(request)


def _share(request: Mapping[str, Any]) -> float:
    return 1.0 if request.get("ConsistentRead") else 0.5


def item_bytes(item: Mapping[str, Any]) -> int:
    """The size of an item as DynamoDB counts it, near enough: names and values."""
    return sum(len(name.encode()) + _value_bytes(value) for name, value in item.items())


def _value_bytes(value: Mapping[str, Any]) -> int:
    ((kind, content),) = value.items()
    return _SIZES[kind](content)


_SIZES: Final[Mapping[str, Callable[[Any], int]]] = {
    "S": lambda text: len(text.encode()),
    "B": len,
    "N": lambda number: len(number) // 2 + 1,
    "BOOL": lambda _: 1,
    "NULL": lambda _: 1,
    "SS": lambda texts: sum(len(text.encode()) for text in texts),
    "NS": lambda numbers: sum(len(number) // 2 + 1 for number in numbers),
    "BS": lambda binaries: sum(map(len, binaries)),
    "M": lambda item: 3 + len(item) + item_bytes(item),
    "L": lambda values: 3 + len(values) + sum(map(_value_bytes, values)),
}
"""The size of a value by its type."""
