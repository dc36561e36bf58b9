"""DynamoDB's refusals in the words of the ports."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from botocore.exceptions import ConnectionError as NotConnected
from botocore.exceptions import HTTPClientError
from pynamodb.exceptions import PynamoDBException

from chalicelib.ports.errors import StorageBusy

CONDITION: Final = "ConditionalCheckFailed"
BUSY: Final = frozenset(
    {
        "InternalServerError",
        "LimitExceededException",
        "ProvisionedThroughputExceeded",
        "ProvisionedThroughputExceededException",
        "RequestLimitExceeded",
        "RequestTimeout",
        "ServiceUnavailable",
        "ThrottlingError",
        "ThrottlingException",
        "TransactionConflict",
        "TransactionConflictException",
        "TransactionInProgressException",
    }
)


@contextmanager
def storage_errors() -> Iterator[None]:
    """Turn throttling, conflicts and time-outs into StorageBusy; what is a defect stays as it is."""
    try:
        yield
    except PynamoDBException as error:
        if isinstance(error.cause, NotConnected | HTTPClientError):
            raise StorageBusy(type(error.cause).__name__) from error
        if error.cause_response_code in BUSY:
            raise StorageBusy(str(error.cause_response_code)) from error
        raise


def refused(error: PynamoDBException) -> bool:
    """Whether a condition of a single write did not hold."""
    return error.cause_response_code == f"{CONDITION}Exception"
