"""``reconcile``: have signals reconciled that did not change: one, those of a day, or all of a region."""

from __future__ import annotations

import argparse
from datetime import date
from typing import Final

from chalicelib.upkeep.ask_again import AskAgain
from infra.operators.action import Action
from infra.operators.desk import Desk
from infra.repair.rows import open_rows

_EVERY: Final = "all"


def _arguments(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--signal", metavar="ID", help="this one, whether it still exists or not")
    which.add_argument("--day", type=date.fromisoformat, metavar="YYYY-MM-DD", help="those given on this day")
    which.add_argument("--all", action="store_true", help="all of the region, ended ones too")
    parser.add_argument(
        "--from-start", action="store_true", help="do not go on where an earlier run was interrupted"
    )


def _reconcile(desk: Desk, options: argparse.Namespace) -> None:
    ask = AskAgain(storage=desk.storage, clock=desk.clock)
    if options.signal:
        print(f"asked for: {ask((options.signal,))}; the next sweep takes it up")
        return
    what = options.day.isoformat() if options.day else _EVERY
    count = ask_for_all(desk, ask, what, from_start=options.from_start)
    print(f"asked for: {count}; the sweep takes up some hundreds a minute")


def ask_for_all(desk: Desk, ask: AskAgain, what: str, *, from_start: bool = False) -> int:
    """Ask for every signal given on a day (``what``, ISO) or at all, page by page; answers how many.

    Where it is stands in the settings after each page, so that a run that was interrupted goes on.
    """
    settings, name = desk.storage.settings, f"run#reconcile#{what}"
    found = None if from_start else settings.report(name)
    after = str(found["after"]) if found and found.get("after") else None
    count = 0
    start = {"signalId": after} if after else None
    for page in open_rows(desk.settings.table_prefix).pages("signals", start):
        asked = [row["signalId"] for row in page if what in {_EVERY, str(row["createdAt"])[:10]}]
        count += ask(asked)
        if page:
            settings.put_report(name, {"after": str(page[-1]["signalId"]), "asked": count})
    settings.put_report(name, {"after": "", "asked": count})
    return count


RECONCILE: Final = Action("reconcile", "have signals reconciled that did not change", _arguments, _reconcile)
