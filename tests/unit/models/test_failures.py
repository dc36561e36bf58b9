"""What DynamoDB refuses is told in the words of the ports."""

from __future__ import annotations

import pytest
from botocore.exceptions import (
    ConnectTimeoutError,
    EndpointConnectionError,
    NoCredentialsError,
    ReadTimeoutError,
)
from pynamodb.exceptions import GetError, PutError, PynamoDBException, VerboseClientError

from chalicelib.models.failures import BUSY, refused, storage_errors
from chalicelib.ports.errors import StorageBusy

NOWHERE = "https://dynamodb.example"


def answered(code: str) -> PutError:
    """A write that DynamoDB answered with this error."""
    return PutError(cause=VerboseClientError({"Error": {"Code": code}}, "PutItem"))


@pytest.mark.parametrize("code", sorted(BUSY))
def test_throttling_and_conflicts_are_busy(code: str) -> None:
    """The code is told, nothing of the row."""
    with pytest.raises(StorageBusy) as busy, storage_errors():
        raise answered(code)

    assert str(busy.value) == code


@pytest.mark.parametrize(
    "cause",
    [
        ConnectTimeoutError(endpoint_url=NOWHERE),
        ReadTimeoutError(endpoint_url=NOWHERE),
        EndpointConnectionError(endpoint_url=NOWHERE),
    ],
)
def test_silence_is_busy(cause: Exception) -> None:
    """No answer in time, or no connection."""
    with pytest.raises(StorageBusy), storage_errors():
        raise GetError(cause=cause)


@pytest.mark.parametrize("error", [answered("ValidationException"), GetError(cause=NoCredentialsError())])
def test_defects_stay_what_they_are(error: PynamoDBException) -> None:
    """Trying again would not help."""
    with pytest.raises(type(error)) as same, storage_errors():
        raise error

    assert same.value is error


def test_refused_condition_is_known() -> None:
    """A condition that did not hold, and nothing else."""
    assert refused(answered("ConditionalCheckFailedException"))
    assert not refused(answered("ValidationException"))
    assert not refused(GetError(cause=NoCredentialsError()))
