"""The function ``witness``: copies what was written to the audit trail to where nobody can change it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from chalicelib.functions.records import BatchAnswer, each_record, time_left
from chalicelib.observability import Code, Metric, log, measure
from chalicelib.ports.errors import StorageBusy
from chalicelib.upkeep.audit_copies import copy_of, ledger_line
from chalicelib.wiring.base import settings
from chalicelib.wiring.witness import copies

_ADDED: Final = "INSERT"
_REMOVED: Final = "REMOVE"
_SWEEPER: Final = {"type": "Service", "principalId": "dynamodb.amazonaws.com"}
"""Who removes what is past its time to live, as a stream names it."""


def witness(event: Mapping[str, Any], context: Any) -> BatchAnswer:
    """Copy a batch of the audit trail's stream; an entry that was touched later is told, and never copied."""
    kept, oin, stage = copies(_account(context)), settings().oin, settings().stage
    enough = time_left(context)

    def act(record: Mapping[str, Any]) -> None:
        if not enough():
            raise StorageBusy("out of time before this entry")
        if _is_over(record):
            return
        if record["eventName"] != _ADDED:
            log(Code.AUDIT_TOUCHED, how=record["eventName"])
            measure(Metric.AUDIT_TOUCHED, 1, stage=stage)
            return
        image = record["dynamodb"]["NewImage"]
        entry = {name: _text(value) for name, value in image.items()}
        kept.keep(copy_of(entry, oin))
        line = ledger_line(entry, oin)
        if line is not None:
            kept.keep(line)

    answer = each_record(event, act, _failed)
    log(Code.AUDIT_KEPT, records=len(event["Records"]), failed=len(answer["batchItemFailures"]))
    return answer


def _is_over(record: Mapping[str, Any]) -> bool:
    """Whether an entry went by itself, after the time that it is kept."""
    who = record.get("userIdentity") or {}
    return record["eventName"] == _REMOVED and _SWEEPER.items() <= who.items()


def _text(value: Mapping[str, str]) -> str:
    """A text or a number, as the stream writes both."""
    (held,) = value.values()
    return held


def _failed(error: Exception) -> None:
    log(Code.AUDIT_NOT_KEPT, error=type(error).__name__)


def _account(context: Any) -> str:
    """The AWS account that the function runs in, of which the bucket's name ends."""
    return str(context.invoked_function_arn).split(":")[4]
