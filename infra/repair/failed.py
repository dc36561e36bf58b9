"""``failed``: signals whose reconcile keeps failing."""

from __future__ import annotations

import argparse
from typing import Final

from chalicelib.upkeep.backlog import MOST_COUNTED, TOO_LONG
from chalicelib.upkeep.failures import DiscardReason, Failures
from infra.errors import InfraError
from infra.operators.action import Action, Logged, no_arguments
from infra.operators.desk import Desk
from infra.repair.dead_letters import PURGE
from infra.repair.discard_notice import DISCARD_NOTICE
from infra.repair.missing import tell_missing


def _failures(desk: Desk) -> Failures:
    return Failures(storage=desk.storage, names=desk.names, clock=desk.clock)


def _list(desk: Desk, _: argparse.Namespace) -> None:
    found = _failures(desk).all()
    for work in found:
        print(f"{work.signal_id}\tsince {work.since:%Y-%m-%dT%H:%MZ}\tattempts {work.attempts}\t{work.error}")
    print(f"failed: {len(found)}")
    untried = _failures(desk).untried()
    if untried:
        print(f"not tried by the sweep yet: {untried}")
    waiting = desk.storage.work.receivers_due_before(desk.clock.now() - TOO_LONG, limit=MOST_COUNTED)
    if waiting:
        print(f"receivers who wait for a notice: {len(waiting)}; verify names the notices")


def _redrive_arguments(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("signals", nargs="*", default=[], metavar="ID", help="ids of signals")
    which.add_argument("--all", action="store_true", help="all that `failed list` shows")


def _redrive(desk: Desk, options: argparse.Namespace) -> None:
    failures = _failures(desk)
    tell_missing(desk, options.signals)
    signals = [work.signal_id for work in failures.all()] if options.all else options.signals
    count = failures.redrive(signals, operator=options.operator)
    print(f"asked for: {count}; the next sweep takes them up")


def _discard_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("signal", metavar="ID", help="id of a signal")
    parser.add_argument(
        "--reason", type=DiscardReason, choices=list(DiscardReason), required=True, help="for the audit trail"
    )


def _discard(desk: Desk, options: argparse.Namespace) -> None:
    if not _failures(desk).discard(options.signal, options.reason, operator=options.operator):
        raise InfraError("no reconcile of this signal is pending")
    print("given up; its matches stay as they are")


FAILED_ACTIONS: Final = (
    Action(
        "list",
        "list them: signal, since when, attempts, class of the last error",
        no_arguments,
        _list,
        Logged.looked("failed"),
    ),
    Action("redrive", "have them tried again by the next sweep", _redrive_arguments, _redrive),
    DISCARD_NOTICE,
    Action("discard", "give one up, for a reason that the audit trail keeps", _discard_arguments, _discard),
    PURGE,
)
