"""A transaction is refused in the words of its first step that did not hold."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import pytest
from pynamodb.connection import Connection
from pynamodb.exceptions import CancellationReason, TransactWriteError, VerboseClientError

from chalicelib.models.rows.work import WorkRow
from chalicelib.models.tables import Tables
from chalicelib.models.transactions import MOST_ITEMS, Transaction, TransactionTooLargeError
from chalicelib.ports.errors import AlreadyThere, NameTaken, Stale, StorageBusy

TABLES = Tables("verwijsindex-test-")
CONDITION = WorkRow.item_id.does_not_exist()
REFUSED = CancellationReason(code="ConditionalCheckFailed")
CONFLICT = CancellationReason(code="TransactionConflict")


@dataclass
class CancellingConnection(Connection):
    """DynamoDB that cancels every transaction for these reasons."""

    reasons: list[CancellationReason | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(region="eu-central-1")

    def transact_write_items(self, *_: Any, **__: Any) -> dict[str, Any]:
        """Cancel."""
        cause = VerboseClientError(
            {"Error": {"Code": "TransactionCanceledException"}},
            "TransactWriteItems",
            cancellation_reasons=self.reasons,
        )
        raise TransactWriteError("cancelled", cause)


def transaction(*reasons: CancellationReason | None) -> Transaction:
    """A put, an update, a delete and a check, which DynamoDB sees as check, delete, put, update."""
    steps = Transaction(CancellingConnection(reasons=list(reasons)))
    row = TABLES.work("pending#1", "lo-s1", since="2026-11-22T09:30:00.000Z")
    steps.put(row, CONDITION, lambda _: AlreadyThere("put"))
    steps.update(row, [WorkRow.revision.set(1)], CONDITION, lambda _: Stale("update"))
    steps.delete(row, CONDITION, lambda _: NameTaken("delete", "target"))
    steps.check(TABLES.signals, "lo-s1", CONDITION, lambda _: Stale("check"))
    return steps


@pytest.mark.parametrize(
    ("reasons", "error", "told"),
    [
        ((None, None, REFUSED, None), AlreadyThere, "put"),
        ((None, None, None, REFUSED), Stale, "update"),
        ((None, REFUSED, None, None), NameTaken, "a unique name is in use"),
        ((REFUSED, None, None, None), Stale, "check"),
    ],
)
def test_reason_is_that_of_its_step(
    reasons: tuple[CancellationReason | None, ...], error: type[Exception], told: str
) -> None:
    """Though DynamoDB sees the steps in another order than they were added in."""
    with pytest.raises(error, match=told):
        transaction(*reasons).commit()


def test_first_step_that_was_added_speaks() -> None:
    """Of several that did not hold."""
    with pytest.raises(AlreadyThere):
        transaction(REFUSED, REFUSED, REFUSED, REFUSED).commit()


def test_refusal_goes_before_conflict() -> None:
    """A condition that does not hold will not hold after the conflict either."""
    with pytest.raises(Stale, match="update"):
        transaction(CONFLICT, CONFLICT, CONFLICT, REFUSED).commit()


def test_conflict_is_busy() -> None:
    """Another transaction was writing the same rows."""
    with pytest.raises(StorageBusy, match="TransactionConflict"):
        transaction(CONFLICT, None, CONFLICT, None).commit()


def test_defect_is_not_hidden() -> None:
    """A reason that is neither refusal nor conflict is a fault of the code."""
    with pytest.raises(TransactWriteError):
        transaction(CancellationReason(code="ValidationError"), None, None, None).commit()


def test_too_much_is_refused_before_it_is_sent() -> None:
    """One item more than DynamoDB takes."""
    steps = Transaction(CancellingConnection())
    for number in range(MOST_ITEMS + 1):
        steps.put(TABLES.work("pending#1", f"lo-s{number}", since="now"))

    with pytest.raises(TransactionTooLargeError, match="101 items"):
        steps.commit()
