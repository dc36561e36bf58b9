"""All-or-nothing writes, whose refusals come back as the errors of the ports."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Final

from pynamodb.connection import Connection
from pynamodb.constants import ALL_OLD
from pynamodb.exceptions import CancellationReason, TransactWriteError
from pynamodb.expressions.condition import Condition
from pynamodb.expressions.update import Action
from pynamodb.transactions import TransactWrite

from chalicelib.models.failures import BUSY, CONDITION, storage_errors
from chalicelib.models.rows.row import Row
from chalicelib.ports.errors import StorageBusy, StorageError

MOST_ITEMS: Final = 100

Held = Mapping[str, Mapping[str, Any]]
"""The item that stood in the way, as DynamoDB returns it; empty when there was none."""

Refusal = Callable[[Held], StorageError]
"""Says which error a refused condition means."""


class TransactionTooLargeError(Exception):
    """More items than one transaction can hold: the caller has to write less at once."""


class _Kind(IntEnum):
    """In the order in which PynamoDB sends the items, and so DynamoDB gives its reasons."""

    CHECK = 0
    DELETE = 1
    PUT = 2
    UPDATE = 3


@dataclass(frozen=True, slots=True)
class _Step:
    kind: _Kind
    add_to: Callable[[TransactWrite], None]
    refusal: Refusal | None


class Transaction:
    """Gathers writes and commits them at once.

    When several conditions do not hold, the error is that of the step that was added first.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._steps: list[_Step] = []

    def check(
        self,
        row: type[Row],
        key: str | bytes,
        condition: Condition,
        refusal: Refusal,
        range_key: str | None = None,
    ) -> None:
        """Require something of a row that is not written."""
        self._steps.append(
            _Step(_Kind.CHECK, lambda write: write.condition_check(row, key, range_key, condition), refusal)
        )

    def put(self, row: Row, condition: Condition | None = None, refusal: Refusal | None = None) -> None:
        """Write a whole row; the refusal sees the row that was there."""
        self._steps.append(
            _Step(_Kind.PUT, lambda write: write.save(row, condition, return_values=ALL_OLD), refusal)
        )

    def update(
        self,
        row: Row,
        actions: list[Action],
        condition: Condition | None = None,
        refusal: Refusal | None = None,
    ) -> None:
        """Change some attributes of a row."""
        self._steps.append(_Step(_Kind.UPDATE, lambda write: write.update(row, actions, condition), refusal))

    def delete(self, row: Row, condition: Condition | None = None, refusal: Refusal | None = None) -> None:
        """Remove a row, which need not exist."""
        self._steps.append(_Step(_Kind.DELETE, lambda write: write.delete(row, condition), refusal))

    def commit(self) -> None:
        """Write all or nothing.

        Raises the refusal of a condition that does not hold, StorageBusy, and
        TransactionTooLargeError before anything is sent.
        """
        if len(self._steps) > MOST_ITEMS:
            raise TransactionTooLargeError(f"{len(self._steps)} items; {MOST_ITEMS} fit in a transaction")
        try:
            with storage_errors(), TransactWrite(connection=self._connection) as write:
                for step in self._steps:
                    step.add_to(write)
        except TransactWriteError as error:
            raise self._meaning(error) from error

    def _meaning(self, error: TransactWriteError) -> Exception:
        sent = sorted(range(len(self._steps)), key=lambda place: self._steps[place].kind)
        reasons = dict(zip(sent, error.cancellation_reasons, strict=False))
        for place, step in enumerate(self._steps):
            reason = reasons.get(place)
            if step.refusal is not None and reason is not None and reason.code == CONDITION:
                return step.refusal(reason.raw_item or {})
        return _busy(reasons.values()) or error


def _busy(reasons: Iterable[CancellationReason | None]) -> StorageBusy | None:
    codes = sorted({reason.code for reason in reasons if reason is not None} & BUSY)
    return StorageBusy(", ".join(codes)) if codes else None
