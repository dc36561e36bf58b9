"""``mend``: puts right what follows from other rows: keys, mirrors, what is due."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from typing import Any, Final

from chalicelib.upkeep.ask_again import AskAgain
from infra.operators.action import Action, Logged
from infra.operators.desk import Desk
from infra.repair.look import Look
from infra.repair.mendings import MENDS, Mending
from infra.repair.promises import PROMISES
from infra.repair.rows import Rows, written
from infra.repair.verify import broken_rows, look_at, told


def _arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--apply", action="store_true", help="do it; without, only show what would be done")


def _mend(desk: Desk, options: argparse.Namespace) -> None:
    look = look_at(desk, 0)
    rows = mended = passed = 0
    asked: set[str] = set()
    for name, line, mendings in mendable(look):
        print(f"{name:<16}{line}")
        rows += 1
        for mending in mendings if options.apply else ():
            if not is_written(look.rows, mending):
                passed += 1
                continue
            mended += 1
            if mending.asks is not None:
                asked.add(mending.asks)
    AskAgain(storage=desk.storage, clock=desk.clock)(sorted(asked))
    if options.apply:
        print(f"broken: {rows}; rows mended: {mended}; as they should be by now: {passed}")
        print(f"reconciles asked for: {len(asked)}; the next sweep takes them up")
    else:
        print(f"broken: {rows}; --apply mends them")


def mendable(look: Look) -> Iterator[tuple[str, str, tuple[Mending, ...]]]:
    """Each row that breaks a promise and can be mended: the promise, the row, what to do."""
    for promise in PROMISES:
        if promise.name not in MENDS:
            continue
        for page in look.pages(promise.table):
            for row in broken_rows(look, promise, page):
                yield promise.name, told(promise.table, row), tuple(MENDS[promise.name](row))


def is_written(rows: Rows, mending: Mending) -> bool:
    """Whether it was; not when the row that it follows from is another by now."""
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
    try:
        rows.client.transact_write_items(TransactItems=[{"ConditionCheck": check}, write])
    except rows.client.exceptions.TransactionCanceledException:
        return False
    return True


MEND: Final = Action(
    "mend",
    "put right what follows from other rows: keys, mirrors, what is due; shows it without --apply",
    _arguments,
    _mend,
    Logged.asked("mend"),
)
