"""``reconcile``: have signals reconciled that did not change: one, those of a day, or all of a region."""

from __future__ import annotations

import argparse
from typing import Final

from chalicelib.upkeep.ask_again import AskAgain
from infra.operators.action import Action, Logged
from infra.operators.desk import Desk
from infra.repair.missing import tell_missing
from infra.words import day


def _arguments(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--signal", metavar="ID", help="this one, whether it still exists or not")
    which.add_argument("--day", type=day, metavar="YYYY-MM-DD", help="those given on this day")
    which.add_argument("--all", action="store_true", help="all of the region that have not ended")
    parser.add_argument(
        "--from-start", action="store_true", help="do not go on where an earlier run was interrupted"
    )


def _reconcile(desk: Desk, options: argparse.Namespace) -> None:
    ask = AskAgain(storage=desk.storage, clock=desk.clock)
    if options.signal:
        tell_missing(desk, (options.signal,))
        print(f"asked for: {ask((options.signal,))}; the next sweep takes it up")
    else:
        if not options.from_start and ask.goes_on(options.day):
            print("going on where an earlier run stopped; --from-start begins anew")
        count = ask.region(options.day, from_start=options.from_start)
        print(f"asked for: {count}; the sweep takes up some hundreds a minute")


RECONCILE: Final = Action(
    "reconcile",
    "have signals reconciled that did not change",
    _arguments,
    _reconcile,
    Logged.asked("reconcile"),
)
