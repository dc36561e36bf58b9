"""``rematch``: what a new look at signals would change, and having it done."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Final

from chalicelib.domain.signal import Signal
from chalicelib.matches.anew import address_keys, holders_of
from chalicelib.matching import Address
from chalicelib.upkeep.rematch import Difference, Rematch, RematchReport
from infra.command import Command
from infra.errors import InfraError
from infra.operators.action import Action, Logged, command
from infra.operators.desk import Desk
from infra.words import day


def _arguments(parser: argparse.ArgumentParser) -> None:
    which = parser.add_mutually_exclusive_group()
    which.add_argument("--since", type=day, metavar="YYYY-MM-DD", help="only signals given since this day")
    which.add_argument("--signal", metavar="ID", help="only this signal")
    which.add_argument("--postal-code", help="only signals at this address; with --house-number")
    parser.add_argument("--house-number", type=int)
    parser.add_argument(
        "--apply", action="store_true", help="have the functions do it; else it is only shown"
    )
    parser.add_argument("--here", action="store_true", help="with --apply: do it from this machine, at once")


def _act(desk: Desk, options: argparse.Namespace) -> None:
    rematch = Rematch(storage=desk.storage, reconcile=desk.reconcile, clock=desk.clock, tell=_tell)
    act = _doing(desk, rematch, options)
    _print(_looked(desk, rematch, act, options), options)


def _looked(
    desk: Desk, rematch: Rematch, act: Callable[[Signal], None] | None, options: argparse.Namespace
) -> RematchReport:
    if options.signal is not None:
        return rematch.some([options.signal], act=act)
    if options.postal_code is not None:
        address = Address(postal_code=options.postal_code, house_number=options.house_number)
        keys = address_keys(desk.storage, desk.hasher, address)
        if not keys:
            raise InfraError("an address is a postal code and a house number")
        return rematch.some(holders_of(desk.storage, keys), act=act)
    return rematch.region(since=options.since, act=act)


def _doing(desk: Desk, rematch: Rematch, options: argparse.Namespace) -> Callable[[Signal], None] | None:
    if options.here and not options.apply:
        raise InfraError("--here says where to do it; add --apply")
    if not options.apply:
        return None
    return (lambda signal: _reconcile(desk, signal)) if options.here else rematch.ask


def _reconcile(desk: Desk, signal: Signal) -> None:
    desk.reconcile(signal.id)


def _tell(one: Difference) -> None:
    print(f"{one.kind}\t{one.change}\t{one.rule}\t{one.id}")


def _print(report: RematchReport, options: argparse.Namespace) -> None:
    print(f"signals: {report.signals}; with something to change: {report.differing}")
    for change, count in report.counts.items():
        print(f"  {change}: {count}")
    for signal_id in report.failed:
        print(f"  not read: {signal_id}")
    if not options.apply:
        print("nothing was written; --apply has it done")


REMATCH: Final[Command] = command(
    Action(
        "rematch",
        "show what a new look at signals would change, and have it done",
        _arguments,
        _act,
        Logged.asked("rematch"),
    )
)
"""The command, for the program to offer."""
