"""What a stage keeps about its own deploys, so that any machine can go on where another stopped.

Chalice's record of what it deployed stands in the stage's settings table; a lease keeps two deploys apart.
"""

from __future__ import annotations

import getpass
import socket
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from botocore.exceptions import ClientError

from infra.account import Account
from infra.errors import InfraError

_RECORD: Final = {"name": {"S": "deploy#record"}}
_LEASE: Final = {"name": {"S": "deploy"}}
_LEASE_SECONDS: Final = 30 * 60


def fetch_record(account: Account) -> None:
    """Bring the record of the last deploy to this machine; without one there is none here either."""
    found = account.client("dynamodb").get_item(
        TableName=_table(account, "settings"), Key=_RECORD, ConsistentRead=True
    )
    account.deployed_file.unlink(missing_ok=True)
    if "Item" in found:
        account.deployed_file.parent.mkdir(parents=True, exist_ok=True)
        account.deployed_file.write_text(found["Item"]["content"]["S"], encoding="utf-8")


def share_record(account: Account) -> None:
    """Put this machine's record of the last deploy where others find it."""
    content = account.deployed_file.read_text(encoding="utf-8")
    item = _RECORD | {"content": {"S": content}}
    account.client("dynamodb").put_item(TableName=_table(account, "settings"), Item=item)


@contextmanager
def only_deploy(account: Account) -> Iterator[None]:
    """Hold the stage's lease. Raises InfraError that says who holds it."""
    client, table = account.client("dynamodb"), _table(account, "leases")
    token = uuid.uuid4().hex
    _take(client, table, token)
    try:
        yield
    finally:
        _give_back(client, table, token)


def _take(client: Any, table: str, token: str) -> None:
    now = int(time.time())
    until = {"N": str(now + _LEASE_SECONDS)}
    holder = f"{getpass.getuser()} on {socket.gethostname()}"
    try:
        client.put_item(
            TableName=table,
            Item=_LEASE
            | {"token": {"S": token}, "holder": {"S": holder}, "until": until, "expiresAt": until},
            ConditionExpression="attribute_not_exists(#name) OR #until < :now",
            ExpressionAttributeNames={"#name": "name", "#until": "until"},
            ExpressionAttributeValues={":now": {"N": str(now)}},
            ReturnValuesOnConditionCheckFailure="ALL_OLD",
        )
    except ClientError as error:
        if error.response["Error"]["Code"] != "ConditionalCheckFailedException":
            raise
        held: Any = error.response.get("Item", {})
        held_by = held.get("holder", {}).get("S", "another machine")
        raise InfraError(f"this stage is being deployed by {held_by}; wait for it") from error


def _give_back(client: Any, table: str, token: str) -> None:
    try:
        client.delete_item(
            TableName=table,
            Key=_LEASE,
            ConditionExpression="#token = :token",
            ExpressionAttributeNames={"#token": "token"},
            ExpressionAttributeValues={":token": {"S": token}},
        )
    except ClientError as error:
        if error.response["Error"]["Code"] not in {
            "ConditionalCheckFailedException",
            "ResourceNotFoundException",
        }:
            raise


def _table(account: Account, name: str) -> str:
    return f"{account.stage.prefix}-{name}"
