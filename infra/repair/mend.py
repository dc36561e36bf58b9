"""``mend``: puts right what follows from other rows: keys, mirrors, what is due."""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from chalicelib.ports.errors import StorageBusy
from chalicelib.upkeep.ask_again import AskAgain
from infra.errors import InfraError
from infra.operators.action import Action, Logged
from infra.operators.desk import Desk
from infra.repair.look import Look
from infra.repair.mendings import MENDS, Mending
from infra.repair.promises import PROMISES
from infra.repair.rows import Rows, key_of, written
from infra.repair.verify import broken_rows, look_at, told

_MENDED: Final = "mended"
_PASSED: Final = "passed"
_BUSY: Final = "busy"
_ANOTHER: Final = "ConditionalCheckFailed"


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--apply", action="store_true", help="do it; without, only show what would be done")


def _mend(desk: Desk, options: argparse.Namespace) -> None:
    look, counts = look_at(desk, 0), Counter[str]()
    ask = AskAgain(storage=desk.storage, clock=desk.clock)
    for name, line, mendings in mendable(look):
        print(f"{name:<16}{line}")
        counts["broken"] += 1
        if options.apply:  # asked for first: once the row is there nothing tells that it was gone
            counts["asked"] += ask({one.asks for one in mendings if one.asks is not None})
            counts.update(_outcome(look.rows, one) for one in mendings)
    if not options.apply:
        print(f"broken: {counts['broken']}; --apply mends them")
        return
    print(f"broken: {counts['broken']}; rows mended: {counts[_MENDED]}; ", end="")
    print(f"as they should be by now: {counts[_PASSED]}")
    print(f"reconciles asked for: {counts['asked']}; the next sweep takes them up")
    if counts[_BUSY]:
        raise InfraError(f"rows that others held just then: {counts[_BUSY]}; mend again")


def _outcome(rows: Rows, mending: Mending) -> str:
    try:
        return _MENDED if is_written(rows, mending) else _PASSED
    except StorageBusy:
        return _BUSY


def mendable(look: Look) -> Iterator[tuple[str, str, tuple[Mending, ...]]]:
    """Each row that breaks a promise and can be mended: the promise, the row, what to do."""
    for promise in PROMISES:
        if promise.name not in MENDS:
            continue
        for page in look.pages(promise.table):
            for row in broken_rows(look, promise, page):
                yield promise.name, told(promise.table, row), tuple(MENDS[promise.name](row))


def is_written(rows: Rows, mending: Mending) -> bool:
    """Whether it was; not when the row that it follows from is another by now. Raises StorageBusy."""
    source = mending.source
    check: Any = {
        "TableName": rows.prefix + source.table,
        "Key": written(source.key),
        "ConditionExpression": source.condition,
    }
    if source.values:
        check["ExpressionAttributeValues"] = written(source.values)
    if "#state" in source.condition:
        check["ExpressionAttributeNames"] = {"#state": "state"}
    place = {"TableName": rows.prefix + mending.table}
    row = written(mending.row)
    write: Any = {"Delete": {**place, "Key": row}} if mending.goes else {"Put": {**place, "Item": row}}
    items: Any = [{"ConditionCheck": check}, write]
    if (source.table, source.key) == (mending.table, key_of(mending.table, mending.row)):
        condition = {"ConditionExpression": source.condition}
        items = [{"Put": {**place, "Item": row, **condition}}]  # a transaction takes each row once
    try:
        rows.client.transact_write_items(TransactItems=items)
    except rows.client.exceptions.TransactionCanceledException as error:
        checked, *_ = error.response["CancellationReasons"]
        if checked["Code"] == _ANOTHER:
            return False
        raise StorageBusy("others held a row of it") from error
    return True


MEND: Final = Action(
    "mend",
    "put right what follows from other rows: keys, mirrors, what is due; shows it without --apply",
    _arguments,
    _mend,
    Logged.asked("mend"),
)
