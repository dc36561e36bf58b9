"""What a declaration in app.py must know of the stage while it is being deployed."""

from __future__ import annotations

from typing import Final

from chalicelib.settings import deploying_for

PLACEHOLDER: Final = "arn:aws:dynamodb:eu-central-1:000000000000:table/{}/stream/placeholder"
"""What a stream's ARN looks like where it does not matter: in functions, tests and tools."""


class StreamMissingError(Exception):
    """The table of a stage does not exist or has no stream: its storage must be deployed first."""


def stream_arn(table_name: str) -> str:
    """The ARN of a table's stream; looked up only while Chalice deploys.

    ``table_name`` is without the stage's prefix. Raises StreamMissingError.
    """
    prefix = deploying_for()
    if prefix is None:
        return PLACEHOLDER.format(table_name)
    return _look_up(f"{prefix}{table_name}")


def queue_name(name: str) -> str:
    """The name of a stage's queue; with the stage's prefix only while Chalice deploys."""
    return f"{deploying_for() or ''}{name}"


def _look_up(table: str) -> str:
    import boto3  # noqa: PLC0415 - only the deploying process needs it, and it is slow to import
    from botocore.config import Config  # noqa: PLC0415 - as above

    patient = Config(
        connect_timeout=5, read_timeout=20, retries={"total_max_attempts": 3, "mode": "standard"}
    )
    client = boto3.client("dynamodb", config=patient)
    try:
        found = client.describe_table(TableName=table)["Table"].get("LatestStreamArn")
    except client.exceptions.ResourceNotFoundException as error:
        raise StreamMissingError(f"there is no table {table}: deploy the stage's storage first") from error
    if not found:
        raise StreamMissingError(f"the table {table} has no stream")
    return str(found)
