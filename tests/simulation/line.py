"""The way to DynamoDB, cut up: actors hand over before every request, and any may fail or lose its answer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from botocore.client import BaseClient
from botocore.exceptions import ClientError, ReadTimeoutError

from chalicelib.ports.errors import StorageBusy
from tests.simulation.scheduling import Scheduler

WRITES = frozenset({"TransactWriteItems", "PutItem", "UpdateItem", "DeleteItem"})

Write = tuple[str, dict[str, Any]]
"""The table of a row that was written, and its key or the whole of it, as DynamoDB writes values."""


@dataclass(slots=True)
class Line:
    """Every request that any client of AWS makes while it is ``held``.

    Attributes:
        prefix: of the tables it is about; other requests pass.
        written: hears of each row that was put or changed, at that very moment.
        open: whether requests pass untouched, because the simulation itself looks.
        touched: the tables written to, until somebody has looked.
    """

    prefix: str
    scheduler: Scheduler
    written: Callable[[str, dict[str, Any]], None]
    open: bool = False
    touched: set[str] = field(default_factory=set)

    @contextmanager
    def held(self) -> Iterator[None]:
        """Requests go by this line inside."""
        send = BaseClient._make_api_call  # type: ignore[attr-defined] # every call of botocore goes by it

        def sent(client: BaseClient, operation: str, parameters: dict[str, Any]) -> Any:
            if (
                self.open
                or self.scheduler.now is None
                or client.meta.service_model.service_name != "dynamodb"
            ):
                return send(client, operation, parameters)
            return self._stepped(operation, parameters, lambda: send(client, operation, parameters))

        BaseClient._make_api_call = sent  # type: ignore[attr-defined]
        try:
            yield
        finally:
            BaseClient._make_api_call = send  # type: ignore[attr-defined]

    def _stepped(self, operation: str, parameters: dict[str, Any], send: Callable[[], Any]) -> Any:
        name = f"{operation} {' '.join(sorted(self._tables(parameters)))}"
        try:
            self.scheduler.before(name)
        except StorageBusy as busy:
            raise ClientError({"Error": {"Code": "ThrottlingException"}}, operation) from busy
        answer = send()
        if operation in WRITES:
            self.touched |= self._tables(parameters)
            self._tell(parameters)
            try:
                self.scheduler.after(name)
            except StorageBusy as busy:
                raise ReadTimeoutError(endpoint_url="simulated") from busy
        return answer

    def _tell(self, parameters: dict[str, Any]) -> None:
        self.open = True
        try:
            for table, row in _writes(parameters):
                self.written(table.removeprefix(self.prefix), row)
        finally:
            self.open = False

    def _tables(self, parameters: dict[str, Any]) -> set[str]:
        named = {table for table, _ in _requests(parameters)} | set(parameters.get("RequestItems", ()))
        return {table.removeprefix(self.prefix) for table in named}


def _writes(parameters: dict[str, Any]) -> Iterator[Write]:
    """The rows that a write puts or changes; what it checks or deletes is left out."""
    for step in parameters.get("TransactItems", ()):
        for kind, one in step.items():
            if kind in {"Put", "Update"}:
                yield one["TableName"], one.get("Item") or one["Key"]
    if "Item" in parameters or "UpdateExpression" in parameters:
        yield parameters["TableName"], parameters.get("Item") or parameters["Key"]


def _requests(parameters: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for step in parameters.get("TransactItems", ()):
        for one in step.values():
            yield one["TableName"], one
    if "TableName" in parameters:
        yield parameters["TableName"], parameters
