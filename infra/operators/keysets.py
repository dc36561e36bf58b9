"""``keysets``: a new secret for the index, step by step, while signals keep coming."""

from __future__ import annotations

import argparse
import re
from typing import Final

from chalicelib.upkeep.rekey_walk import RekeyReport
from infra.errors import InfraError
from infra.operators.action import Action, Logged, no_arguments
from infra.operators.desk import Desk

_VERSION: Final = re.compile(r"v[1-9][0-9]{0,3}")
_SHOWN_IDS: Final = 20


def _show(desk: Desk, _: argparse.Namespace) -> None:
    written, read = desk.storage.settings.keysets()
    print(f"written: {', '.join(written)}\nread: {', '.join(read)}")
    print(f"versions of the secret: {', '.join(sorted(desk.versions.names()))}")
    change = desk.keysets.under_way()
    if change is None:
        print("no change is under way")
    else:
        since = f"{change.since:%Y-%m-%d %H:%M} UTC"
        print(f"under way: from {change.old} to {change.new}, {change.step} since {since}")


def _begin_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("version", metavar="VERSION", help="of the secret, v2 after v1")


def _begin(desk: Desk, options: argparse.Namespace) -> None:
    if _VERSION.fullmatch(options.version) is None:
        raise InfraError("a version is called v1, v2 and on")
    change = desk.keysets.begin(options.version, operator=options.operator)
    print(f"{change.old} and {change.new} are written and read from now on; next: backfill")


def _backfill(desk: Desk, _: argparse.Namespace) -> None:
    report = desk.rekeying.backfill()
    print(f"signals: {report.signals}; given new keys: {report.rewritten}; addresses: {report.addresses}")
    _failed(report)
    print("next: verify")


def _verify(desk: Desk, _: argparse.Namespace) -> None:
    found = desk.rekeying.verify()
    print(
        f"signals: {found.signals}; lacking keys: {len(found.lacking)}; with stray keys: {len(found.strays)}"
    )
    for signal_id in (*found.lacking, *found.strays)[:_SHOWN_IDS]:
        print(f"  {signal_id}")
    if not found.clean:
        raise InfraError("not everything is found under the new key set: backfill, then verify again")
    print("everything is found under the new key set; next: switch")


def _switch(desk: Desk, options: argparse.Namespace) -> None:
    change = desk.keysets.switch(operator=options.operator)
    print(f"only {change.new} is written and read from now on; next: drop")


def _drop(desk: Desk, options: argparse.Namespace) -> None:
    report = desk.rekeying.drop(operator=options.operator)
    print(f"signals: {report.signals}; rid of old keys: {report.rewritten}; addresses: {report.addresses}")
    _failed(report)
    print("the old keys and their secret are gone")


def _failed(report: RekeyReport) -> None:
    """Raise InfraError where a signal was missed, in this run or before it stopped the last time."""
    if report.missed:
        ids = "\n".join(f"  {one}" for one in report.failed[:_SHOWN_IDS])
        raise InfraError(f"{report.missed} signals could not be written now; do this again:\n{ids}")


KEYSET_ACTIONS: Final = (
    Action(
        "show",
        "print what is written and read, and how far a change is",
        no_arguments,
        _show,
        Logged.looked("keysets"),
    ),
    Action("begin", "make a new secret version, and write and read by it too", _begin_arguments, _begin),
    Action(
        "backfill",
        "give every signal and excluded address its new keys",
        no_arguments,
        _backfill,
        Logged.asked("keysets"),
    ),
    Action(
        "verify",
        "see that all is found by the new keys, and no key is astray",
        no_arguments,
        _verify,
        Logged.looked("keysets"),
    ),
    Action("switch", "write and read by the new keys only", no_arguments, _switch),
    Action("drop", "take the old keys and their secret away", no_arguments, _drop),
)
