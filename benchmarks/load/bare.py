"""What the embedded AWS takes for a call that asks nothing of us: the floor under every figure of load."""

from __future__ import annotations

import io
import json
import time
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from benchmarks.load.processors import watching
from benchmarks.stand import Stand

_TABLE: Final = "bare"
_FUNCTION: Final = "bare"
_CODE: Final = "def handler(event, context):\n    return {}\n"


@dataclass(frozen=True, slots=True)
class Floor:
    """Milliseconds of the embedded AWS's own processor time, each the mean of many.

    Attributes:
        write: for putting one small item into a table.
        read: for getting it, consistently.
        function: for invoking a function that does nothing.
    """

    write: float
    read: float
    function: float


def measure(stand: Stand, seconds: float) -> Floor:
    """Call one after the other, for a third of the seconds each, while nothing else is asked of it."""
    dynamodb, functions = stand.account.client("dynamodb"), stand.account.client("lambda")
    dynamodb.create_table(
        TableName=_TABLE,
        KeySchema=[{"AttributeName": "id", "KeyType": "HASH"}],
        AttributeDefinitions=[{"AttributeName": "id", "AttributeType": "S"}],
        BillingMode="PAY_PER_REQUEST",
    )
    functions.create_function(
        FunctionName=_FUNCTION,
        Runtime="python3.12",
        Role="arn:aws:iam::000000000000:role/bare",
        Handler="bare.handler",
        Code={"ZipFile": _zipped()},
    )
    return Floor(
        write=_mean(stand, seconds / 3, lambda at: _put(dynamodb, at)),
        read=_mean(stand, seconds / 3, lambda _: _get(dynamodb)),
        function=_mean(stand, seconds / 3, lambda at: _invoke(functions, at)),
    )


def _put(client: Any, at: int) -> None:
    client.put_item(TableName=_TABLE, Item={"id": {"S": str(at)}, "content": {"B": bytes(300)}})


def _get(client: Any) -> None:
    client.get_item(TableName=_TABLE, Key={"id": {"S": "0"}}, ConsistentRead=True)


def _invoke(client: Any, at: int) -> None:
    client.invoke(FunctionName=_FUNCTION, Payload=json.dumps({"at": at}))["Payload"].read()


def _mean(stand: Stand, seconds: float, call: Callable[[int], None]) -> float:
    """Milliseconds of the emulator's processor time for one call."""
    call(0)
    process, count = stand.emulator.process, 0
    if process is None:
        raise RuntimeError("the embedded AWS has ended")
    with watching(process) as usage:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            count += 1
            call(count)
    return 1000 * usage.emulator / count


def _zipped() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("bare.py", _CODE)
    return file.getvalue()
